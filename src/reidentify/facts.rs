//! The facts of a description: who, where, when, what happened.

use super::statistics::{self, Kind as Rate, Row, Sex};
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Span};
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::{Match, group};
use crate::text::places;
use crate::text::tokens::Class;

/// What a fact tells. In the order in which a description is read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A place, down to a town.
    Place,
    /// A place where everybody knows everybody.
    Small,
    Age,
    Occupation,
    Condition,
    /// When it was.
    Time,
    /// A gathering that many attended.
    Occasion,
    /// A mark that everybody sees, a habit that people know somebody by.
    Mark,
    /// A family that few are like.
    Family,
    /// A rare birth.
    Birth,
    /// A circumstance that is told on.
    Odd,
    /// An event of the news.
    Event,
    /// An office: one in a place, a house, a team.
    Role,
    /// Somebody's relative.
    Kin,
    /// Known far beyond the place.
    Public,
    /// Many have seen or read it.
    Fame,
    /// The draft says that people will know.
    Known,
    /// The only, the first, the last one.
    Sole,
}

/// One fact of the description and the tokens it stands on.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    pub what: What,
    pub from: usize,
    pub to: usize,
    pub sentence: u32,
    /// Its line in the statistics.
    pub row: Option<&'static Row>,
    /// Ages of [`What::Age`], days of [`What::Time`], people of [`What::Place`].
    pub range: (f64, f64),
    /// It is one particular one: "the", "our", an office without an article.
    pub definite: bool,
}

/// The facts of a draft that may be about a patient.
#[derive(Debug, Default)]
pub struct Description {
    /// By position.
    pub facts: Vec<Fact>,
    pub sex: Option<Sex>,
}

/// More facts than a person would tell: the rest of a long text is not read.
const MOST: usize = 200;
/// Sentences between what ties a draft to a patient and a fact about them.
const REACH: u32 = 2;
/// Tokens between two facts of one phrase.
const NEAR: usize = 9;
/// An office that no more people hold is known beyond its place.
const HIGH_OFFICE: f64 = 8_000.0 / statistics::US;

/// Reads the facts. None where no patient is described, or an invented one.
pub fn read(reading: &Reading, found: &[Finding]) -> Option<Description> {
    let doc = &reading.doc;
    let ties = ties(reading)?;
    let mut facts = Vec::new();
    phrases(doc, &mut facts);
    terms(doc, &mut facts);
    ages(doc, &mut facts);
    times(doc, &mut facts);
    places(doc, found, &mut facts);
    for fact in &mut facts {
        fact.sentence = doc.tokens.get(fact.from).map_or(0, |token| token.sentence);
    }
    facts.retain(|fact| {
        let at = ties.partition_point(|tie| tie + REACH < fact.sentence);
        ties.get(at).is_some_and(|tie| *tie <= fact.sentence + REACH) && !is_writer(doc, fact)
    });
    facts.sort_by_key(|f| (f.from, f.to, f.what));
    facts.truncate(MOST);
    Some(Description { sex: sex(doc), facts })
}

/// Sentences in which the writer cares for somebody. None where the draft is
/// about nobody, or about somebody invented.
fn ties(reading: &Reading) -> Option<Vec<u32>> {
    let doc = &reading.doc;
    let frame = &reading.patient;
    let mut ties: Vec<u32> = Vec::new();
    let (mut altered, mut denied, mut story, mut own) = (false, false, false, false);
    for m in &doc.matches {
        match m.group {
            group::QUASI_ALTERED => altered = true,
            group::QUASI_NOT_ALTERED => denied = true,
            group::QUASI_TIE => own = true,
            group::PATIENT_ONE | group::PATIENT_ACT => {}
            group::QUASI_SOLE
            | group::QUASI_FAME
            | group::QUASI_KNOWN
            | group::QUASI_EVENT
            | group::QUASI_FAMILY
            | group::QUASI_BIRTH
            | group::QUASI_ODD
            | group::QUASI_KIN => {
                story = true;
                continue;
            }
            _ => continue,
        }
        let sentence = doc.tokens.get(m.start as usize).map_or(0, |token| token.sentence);
        if ties.last() != Some(&sentence) {
            ties.push(sentence);
        }
    }
    let _ = story;
    if altered && !denied {
        return None;
    }
    let away = frame.away;
    let strong = frame.strength == Strength::Strong;
    let allowed = if away.fiction || away.public || away.own || away.announcement || away.colleague {
        strong
    } else if away.study || away.teaching || away.animal {
        strong || own || denied
    } else {
        strong || own || frame.strength == Strength::Weak || !ties.is_empty()
    };
    if !allowed {
        return None;
    }
    if ties.is_empty() {
        ties = (0..=doc.tokens.last().map_or(0, |token| token.sentence)).filter(|s| frame.near(*s)).collect();
    }
    ties.sort_unstable();
    (!ties.is_empty()).then_some(ties)
}

fn fact(what: What, from: usize, to: usize) -> Fact {
    Fact { what, from, to, sentence: 0, row: None, range: (0.0, 0.0), definite: false }
}

fn phrases(doc: &Doc, into: &mut Vec<Fact>) {
    for m in &doc.matches {
        let what = match m.group {
            group::QUASI_SOLE => What::Sole,
            group::QUASI_FAME => What::Fame,
            group::QUASI_KNOWN => What::Known,
            group::QUASI_EVENT => What::Event,
            group::QUASI_OCCASION => What::Occasion,
            group::QUASI_FAMILY => What::Family,
            group::QUASI_BIRTH => What::Birth,
            group::QUASI_ODD => What::Odd,
            group::QUASI_MARK => What::Mark,
            group::QUASI_KIN => What::Kin,
            group::QUASI_SMALL => What::Small,
            _ => continue,
        };
        let mut new = fact(what, m.start as usize, m.end as usize);
        new.definite = match what {
            What::Event | What::Odd => particular(doc, new.from),
            _ => definite(doc, new.from),
        };
        into.push(new);
    }
}

/// "the man who", "that guy from" before an event.
fn particular(doc: &Doc, at: usize) -> bool {
    let from = at.saturating_sub(6);
    (from..at).any(|the| {
        (doc.reads(the, "the") || doc.reads(the, "that"))
            && doc.tags(the + 1) & (tag::PATIENT_NOUN | tag::PERSON_NOUN | tag::OCCUPATION | tag::KIN) != 0
            && (the + 2..at + 2).any(|who| ["who", "that", "from", "in", "whose"].iter().any(|w| doc.reads(who, w)))
    })
}

fn terms(doc: &Doc, into: &mut Vec<Fact>) {
    let mut at = 0;
    while at < doc.tokens.len() {
        let Some(term) = statistics::at(doc, at) else {
            at += 1;
            continue;
        };
        let scope = term.row.scope;
        let what = match term.row.kind {
            Rate::Occupation if scope.one_each() => What::Role,
            Rate::Occupation if scope.public() => What::Public,
            Rate::Occupation => What::Occupation,
            Rate::State => What::Place,
            _ => What::Condition,
        };
        let mut new = fact(what, term.from, term.to);
        new.row = Some(term.row);
        if what == What::Place {
            new.range = (f64::from(term.row.rate), 0.0);
        }
        if what == What::Role {
            new.definite = role_is_definite(doc, &new);
            if !new.definite && f64::from(term.row.rate) < HIGH_OFFICE {
                new.what = What::Public;
            }
        }
        into.push(new);
        at = term.to;
    }
}

/// Whether the words before make it one particular one.
fn definite(doc: &Doc, at: usize) -> bool {
    article(doc, at) == Some(true)
}

/// True for "the", "our", "town's" before, false for "a", none without either.
fn article(doc: &Doc, at: usize) -> Option<bool> {
    for before in (at.saturating_sub(5)..at).rev() {
        let word = doc.word(before);
        let is = |list: &[&str]| list.iter().any(|w| word.eq_ignore_ascii_case(w));
        if is(&[
            "the", "our", "my", "their", "his", "her", "this", "that", "'s", "el", "la", "nuestro", "nuestra", "del",
        ]) {
            return Some(true);
        }
        if is(&["a", "an", "some", "another", "any", "every", "un", "una", "no", "each", "two", "three", "as", "like"])
        {
            return Some(false);
        }
        if matches!(word, "," | "." | ":" | ";" | "(" | ")" | "!" | "?") || is(&["and", "or", "by", "from", "with"]) {
            return None;
        }
    }
    None
}

/// Our mayor, the principal, "67M, county coroner", a quarterback of our team.
fn role_is_definite(doc: &Doc, fact: &Fact) -> bool {
    let of_ours = ["of", "for", "at", "from", "in", "here"].iter().any(|w| doc.reads(fact.to, w))
        && (fact.to..fact.to + 3)
            .any(|at| ["the", "our", "my", "this", "here", "town"].iter().any(|w| doc.reads(at, w)));
    of_ours
        || match article(doc, fact.from) {
            Some(definite) => definite,
            None => {
                let local = fact.from.checked_sub(1).is_some_and(|before| {
                    ["county", "town", "village", "city", "island", "local", "school", "church", "parish", "tribal"]
                        .iter()
                        .any(|w| doc.reads(before, w))
                });
                local || fact.from > 0 && doc.punct(fact.from - 1, b',')
            }
        }
}

/// The role is the writer's own or a bystander's: "I'm the only", "EMT here",
/// "brought in by the sheriff", "the mayor called".
fn is_writer(doc: &Doc, fact: &Fact) -> bool {
    if !matches!(fact.what, What::Role | What::Occupation | What::Public | What::Sole | What::Kin) {
        return false;
    }
    let ends_here = |m: &Match| (m.end as usize) <= fact.from && m.end as usize + 2 >= fact.from;
    let start = doc.matches.partition_point(|m| m.start as usize + 8 < fact.from);
    let mine = doc.matches[start..]
        .iter()
        .take_while(|m| m.start as usize <= fact.from)
        .any(|m| m.group == group::QUASI_WRITER && ends_here(m));
    if mine {
        return true;
    }
    if !matches!(fact.what, What::Role | What::Occupation | What::Public) {
        return fact.what == What::Sole
            && fact.from > 0
            && (doc.reads(fact.from - 1, "my") || doc.reads(fact.from, "my"));
    }
    let by = (fact.from.saturating_sub(3)..fact.from).any(|at| doc.reads(at, "by"));
    let acts = [
        "knew",
        "knows",
        "called",
        "calls",
        "brought",
        "asked",
        "told",
        "said",
        "says",
        "arrested",
        "escorted",
        "gave",
        "visited",
        "blessed",
        "dropped",
        "drove",
        "prayed",
        "stood",
        "arrived",
        "showed",
        "sent",
        "thanked",
        "here",
        "tip",
        "tips",
        "pearl",
        "appreciation",
        "week",
        "award",
        "burnout",
        "salary",
        "training",
    ]
    .iter()
    .any(|w| doc.reads(fact.to, w));
    by || acts
}

fn ages(doc: &Doc, into: &mut Vec<Fact>) {
    for at in 0..doc.tokens.len() {
        let token = doc.tokens[at];
        if token.class != Class::Number && !token.is(tag::NUM_AGE) {
            continue;
        }
        let Some(number) = numbers::at(doc, at).filter(|n| n.value <= 115) else { continue };
        let mut next = at + number.tokens;
        let joined = doc.tokens.get(next).is_some_and(|t| !t.spaced);
        if doc.punct(next, b'-') {
            next += 1;
        }
        let word = doc.word(next);
        let is = |list: &[&str]| list.iter().any(|w| word.eq_ignore_ascii_case(w));
        let age = number.value as f64;
        let old = |reach: usize| (next + 1..=next + reach).any(|n| doc.reads(n, "old") || doc.reads(n, "o"));
        let years = is(&["yo", "yom", "yof", "yearold"])
            || is(&["m", "f"]) && (joined || number.value > 12)
            || is(&["year", "years", "yr", "yrs", "y"]) && old(3);
        let range = if years {
            (age, age)
        } else if is(&["s"]) && joined && number.value % 10 == 0 && number.value >= 20 {
            (age, age + 9.0)
        } else if is(&["month", "months", "week", "weeks", "day", "days"]) && old(2) {
            (0.0, (age / 12.0).floor())
        } else {
            continue;
        };
        let to = next + 1;
        let mut new = fact(What::Age, at, to);
        new.range = range;
        into.push(new);
    }
}

fn times(doc: &Doc, into: &mut Vec<Fact>) {
    for m in &doc.matches {
        let days = match m.group {
            group::DATE_RELATIVE | group::DATE_HOLIDAY => 1.0,
            group::DATE_RECENT => 14.0,
            _ => continue,
        };
        let mut new = fact(What::Time, m.start as usize, m.end as usize);
        new.range = (days, days);
        into.push(new);
    }
}

/// People of a place that the gazetteer does not know: a county, a district.
const UNKNOWN_PLACE: f64 = 60_000.0;

/// Places that were found as places of the patient.
fn places(doc: &Doc, found: &[Finding], into: &mut Vec<Fact>) {
    for finding in found.iter().filter(|f| f.kind == Kind::Location).take(MOST) {
        let (from, to) = tokens_of(doc, finding.span);
        if from >= to {
            continue;
        }
        let people = (from..to)
            .filter_map(|at| places::at(doc, at))
            .filter_map(|name| name.places().find(|place| place.region.len() == 2).or(name.largest()))
            .map(|place| place.population)
            .find(|people| *people > 1.0)
            .unwrap_or(UNKNOWN_PLACE);
        let mut new = fact(What::Place, from, to);
        new.range = (people, 0.0);
        into.push(new);
    }
}

/// The tokens that a span of the draft covers.
fn tokens_of(doc: &Doc, span: Span) -> (usize, usize) {
    let from = doc.tokens.partition_point(|t| doc.span_of_bytes(t.start as usize, t.end as usize).end <= span.start);
    let to = doc.tokens.partition_point(|t| doc.span_of_bytes(t.start as usize, t.end as usize).start < span.end);
    (from, to)
}

fn sex(doc: &Doc) -> Option<Sex> {
    const MEN: &[&str] =
        &["he", "his", "him", "he's", "man", "male", "yom", "guy", "boy", "gentleman", "dude", "bloke"];
    const WOMEN: &[&str] = &["she", "her", "she's", "woman", "female", "yof", "lady", "girl", "gal", "mom", "mother"];
    for at in 0..doc.tokens.len() {
        let word = doc.word(at);
        let number = at > 0 && doc.tokens[at - 1].class == Class::Number;
        if MEN.iter().any(|w| word.eq_ignore_ascii_case(w)) || number && word.eq_ignore_ascii_case("m") {
            return Some(Sex::Man);
        }
        if WOMEN.iter().any(|w| word.eq_ignore_ascii_case(w)) || number && word.eq_ignore_ascii_case("f") {
            return Some(Sex::Woman);
        }
    }
    None
}

impl Description {
    /// Facts of these kinds within reach of a sentence.
    fn near(&self, sentence: u32, whats: &[What]) -> bool {
        self.facts.iter().any(|f| whats.contains(&f.what) && f.sentence.abs_diff(sentence) <= REACH)
    }

    /// Whether the fact identifies by itself, or with what stands around it.
    pub fn decides(&self, fact: &Fact) -> bool {
        match fact.what {
            What::Sole | What::Fame | What::Known | What::Birth | What::Odd | What::Public | What::Kin => true,
            What::Role => fact.definite,
            // Told in the news, and the time or the place tells which.
            What::Event => {
                fact.definite
                    || self.near(
                        fact.sentence,
                        &[
                            What::Time,
                            What::Place,
                            What::Small,
                            What::Occasion,
                            What::Fame,
                            What::Known,
                            What::Role,
                            What::Kin,
                            What::Public,
                            What::Sole,
                            What::Occupation,
                        ],
                    )
            }
            What::Family => {
                self.near(fact.sentence, &[What::Kin, What::Role, What::Place, What::Event, What::Fame, What::Small])
                    || self.facts.iter().any(|f| f.sentence == fact.sentence && is_rare(f))
            }
            _ => false,
        }
    }

    /// The tokens to underline: the fact with the facts that adjoin it.
    pub fn phrase(&self, fact: &Fact) -> (usize, usize) {
        let mut range = (fact.from, fact.to);
        for other in self.facts.iter().filter(|f| f.sentence.abs_diff(fact.sentence) <= 1) {
            if other.from <= range.1 + NEAR && other.to + NEAR >= range.0 {
                range = (range.0.min(other.from), range.1.max(other.to));
            }
        }
        range
    }
}

/// A condition that fewer than one in a thousand have.
fn is_rare(fact: &Fact) -> bool {
    fact.what == What::Condition && fact.row.is_some_and(|row| row.rate < 1e-3)
}
