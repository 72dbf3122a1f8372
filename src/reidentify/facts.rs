//! The facts of a description: who, where, when, what happened.

use super::statistics::{self, Kind as Rate, Row, Scope, Sex};
use super::who::Who;
use super::{ages, counts};
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Span};
use crate::order;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::patterns::{Match, group};
use crate::text::places;
use crate::text::tokens::{Case, Class};
use crate::text::words::{Words, words};

/// What a fact tells. In the order in which a description is read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A place, down to a town or a house of nine.
    Place,
    /// A place where everybody knows everybody.
    Small,
    Age,
    Occupation,
    /// Where somebody comes from, what they believe or speak.
    Origin,
    Condition,
    /// When it was.
    Time,
    /// A gathering that many attended.
    Occasion,
    /// A mark that everybody sees, a habit that people know somebody by.
    Mark,
    /// A family that few are like.
    Family,
    /// A rare birth, or an age at which few do this.
    Birth,
    /// A circumstance that is told on.
    Odd,
    /// An event of the news.
    Event,
    /// Many have seen or read it.
    Fame,
    /// Known far beyond the place.
    Public,
    /// An office: one in a place, a house, a team.
    Role,
    /// Somebody's relative.
    Kin,
    /// Somebody whom those who know the writer can name.
    Mine,
    /// The draft says that people will know.
    Known,
    /// The only, the first, the last one, one of five.
    Sole,
}

impl What {
    /// Facts that no table of cases counts: what people tell each other.
    pub fn is_story(self) -> bool {
        self >= What::Occasion || matches!(self, What::Occupation | What::Origin)
    }

    /// People know somebody by it who are no patients.
    fn is_talk_of_the_town(self) -> bool {
        use What::*;
        matches!(self, Event | Fame | Public | Role | Kin | Mine | Sole)
    }

    /// The name as it is written in output.
    pub const fn name(self) -> &'static str {
        match self {
            What::Place => "place",
            What::Small => "small_place",
            What::Age => "age",
            What::Occupation => "occupation",
            What::Origin => "origin",
            What::Condition => "condition",
            What::Time => "time",
            What::Occasion => "occasion",
            What::Mark => "mark",
            What::Family => "family",
            What::Birth => "birth",
            What::Odd => "circumstance",
            What::Event => "event",
            What::Fame => "fame",
            What::Public => "public_person",
            What::Role => "role",
            What::Kin => "relative",
            What::Mine => "acquaintance",
            What::Known => "recognised",
            What::Sole => "only_one",
        }
    }
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

impl Fact {
    /// A fact of nothing but its words.
    pub fn new(what: What, from: usize, to: usize) -> Fact {
        Fact { what, from, to, sentence: 0, row: None, range: (0.0, 0.0), definite: false }
    }
}

/// The facts of a draft that may be about a patient.
#[derive(Debug, Default, Clone)]
pub struct Description {
    /// By position.
    pub facts: Vec<Fact>,
    pub sex: Option<Sex>,
    /// The person is surely the writer's own patient: whoever reads this knows
    /// where the writer works.
    pub sure: bool,
    /// The policy tells the hospital's own state.
    pub placed: bool,
}

/// More facts than a person would tell: the rest of a long text is not read.
const MOST: usize = 200;
/// An office that no more people hold is known beyond its place.
const HIGH_OFFICE: f64 = 8_000.0 / statistics::US;

/// Reads the facts. None where no patient is described, or an invented one.
pub fn read(reading: &Reading, found: &[Finding]) -> Option<Description> {
    let doc = &reading.doc;
    let mut facts = Vec::new();
    phrases(doc, &mut facts);
    terms(doc, &mut facts);
    ages::read(doc, &mut facts);
    counts::read(doc, &mut facts);
    times(doc, &mut facts);
    places(doc, found, &mut facts);
    for fact in &mut facts {
        fact.sentence = doc.tokens.get(fact.from).map_or(0, |token| token.sentence);
    }
    ages::extreme(doc, &mut facts);
    let who = Who::read(reading, &facts)?;
    // Whom people know by name or face is told of for many reasons: the writer
    // must care for them, or tell what they have.
    let of_patient = |fact: &Fact| who.known || !fact.what.is_talk_of_the_town();
    facts.retain(|fact| who.near(fact.sentence) && of_patient(fact) && !is_writer(doc, fact));
    order::by(&mut facts, |f| order::key([f.from as u64, f.to as u64, f.what as u64]));
    facts.truncate(MOST);
    Some(Description { sex: sex(doc), facts, sure: who.sure, placed: reading.policy.region.is_some() })
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
            group::QUASI_TRADE => What::Occupation,
            group::QUASI_ROLE => What::Role,
            group::QUASI_MINE => What::Mine,
            _ => continue,
        };
        if what == What::Sole && (is_no_person(doc, m) || !tells_person(doc, m)) {
            continue;
        }
        let mut new = Fact::new(what, m.start as usize, m.end as usize);
        new.definite = match what {
            What::Event | What::Odd | What::Fame | What::Mark | What::Family => particular(doc, new.from),
            What::Role => true,
            _ => definite(doc, new.from),
        };
        into.push(new);
    }
}

const PERSON: u128 = tag::PATIENT_NOUN | tag::PERSON_NOUN | tag::OCCUPATION | tag::KIN;

/// "the man who", "that guy from", "the lovely couple behind" before a fact:
/// readers are taken to know which.
fn particular(doc: &Doc, at: usize) -> bool {
    let from = at.saturating_sub(9);
    (from..=at).any(|the| {
        doc.reads_any(the, words!["the", "that", "el", "la"])
            && (the + 1..the + 4).any(|who| doc.tags(who) & PERSON != 0)
            && (the + 2..at + 3).any(|who| {
                doc.reads_any(who, words!["who", "that", "from", "in", "whose", "behind", "with", "que", "on"])
            })
    })
}

/// "The only MRI of the county": nobody is told of.
fn tells_person(doc: &Doc, m: &Match) -> bool {
    (m.start as usize..m.end as usize + 4).any(|at| {
        doc.tags(at) & (PERSON | tag::STAFF_ROLE | tag::PRONOUN_ONE) != 0
            || statistics::at(doc, at).is_some_and(|term| matches!(term.row.kind, Rate::Occupation | Rate::Origin))
            || doc.reads_any(
                at,
                words![
                    "one",
                    "survivor",
                    "survivors",
                    "case",
                    "cases",
                    "speaker",
                    "speakers",
                    "member",
                    "family",
                    "families",
                    "person",
                    "people",
                    "baby",
                    "twins",
                    "couple",
                    "resident",
                    "residents",
                    "who",
                    "he",
                    "she",
                    "her",
                    "his",
                    "donor",
                    "recipient",
                    "carrier",
                    "sisters",
                    "brothers",
                    "siblings",
                    "kids",
                    "girls",
                    "boys",
                    "nuns",
                    "monks",
                    "them",
                    "him",
                    "us",
                    "ever",
                    "que",
                    "taxista",
                    "cartero",
                    "mine"
                ],
            )
    })
}

/// "The only thing", "one of three ways": nobody is told of.
fn is_no_person(doc: &Doc, m: &Match) -> bool {
    (m.start as usize + 1..(m.start as usize + 4).min(m.end as usize)).any(|at| {
        doc.reads_any(
            at,
            words![
                "thing",
                "things",
                "way",
                "ways",
                "reason",
                "reasons",
                "option",
                "options",
                "question",
                "questions",
                "time",
                "times",
                "problem",
                "treatment",
                "drug",
                "drugs",
                "test",
                "answer",
                "difference",
                "symptom",
                "symptoms",
                "finding",
                "tip",
                "rule",
                "trial",
                "trials",
                "studies",
                "study",
                "causes",
                "cause",
                "choice",
                "solution",
                "hope",
                "regret",
                "complaint",
                "language",
                "languages",
                "steps",
                "signs",
                "pills",
                "doses",
                "meds",
                "days",
                "weeks",
                "months",
                "years",
                "hours",
                "minutes",
                "beds",
                "calls",
                "cosa",
                "forma",
                "manera"
            ],
        )
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
        if scope == Scope::Staff && !after_age(doc, at) {
            at = term.to;
            continue;
        }
        let what = match term.row.kind {
            Rate::Occupation if scope.one_each() => What::Role,
            Rate::Occupation if scope.public() => What::Public,
            Rate::Occupation => What::Occupation,
            Rate::State => What::Place,
            Rate::Origin => What::Origin,
            _ => What::Condition,
        };
        let mut new = Fact::new(what, term.from, term.to);
        new.row = Some(term.row);
        if what == What::Place {
            new.range = (f64::from(term.row.rate), 0.0);
        }
        if what == What::Role {
            new.definite = role_is_definite(doc, &new);
            if !new.definite {
                // "A bishop": one of many, but of few.
                new.what = if f64::from(term.row.rate) < HIGH_OFFICE { What::Public } else { What::Occupation };
            }
        }
        into.push(new);
        at = term.to;
    }
}

/// "38F emergency physician", "a 52-year-old nurse": the patient, not the staff.
fn after_age(doc: &Doc, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    doc.reads_any(before, words!["m", "f", "yo", "yom", "yof", "old", "o"])
        && (at.saturating_sub(6)..at).any(|number| doc.tokens[number].class == Class::Number)
}

/// Whether the words before make it one particular one.
fn definite(doc: &Doc, at: usize) -> bool {
    article(doc, at) == Some(true)
}

/// True for "the", "our", "town's" before, false for "a", none without either.
fn article(doc: &Doc, at: usize) -> Option<bool> {
    for before in (at.saturating_sub(5)..at).rev() {
        let word = doc.word(before);
        let is = |list: &Words| list.hold(word.as_bytes());
        if is(words![
            "the", "our", "my", "their", "his", "her", "this", "that", "'s", "el", "la", "nuestro", "nuestra", "del",
        ]) {
            return Some(true);
        }
        if is(words![
            "a", "an", "some", "another", "any", "every", "un", "una", "no", "each", "two", "three", "as", "like"
        ]) {
            return Some(false);
        }
        if matches!(word, "," | "." | ":" | ";" | "(" | ")" | "!" | "?")
            || is(words!["and", "or", "by", "from", "with"])
        {
            return None;
        }
    }
    None
}

/// Our mayor, the principal, "67M, county coroner", a quarterback of our team.
fn role_is_definite(doc: &Doc, fact: &Fact) -> bool {
    let of_ours = doc.reads_any(fact.to, words!["of", "for", "at", "from", "in", "here"])
        && (fact.to..fact.to + 3).any(|at| doc.reads_any(at, words!["the", "our", "my", "this", "here", "town"]));
    of_ours
        || match article(doc, fact.from) {
            Some(definite) => definite,
            None => {
                let local = fact.from.checked_sub(1).is_some_and(|before| {
                    doc.reads_any(
                        before,
                        words![
                            "county", "town", "village", "city", "island", "local", "school", "church", "parish",
                            "tribal"
                        ],
                    )
                });
                local || fact.from > 0 && doc.punct(fact.from - 1, b',')
            }
        }
}

/// The role is the writer's own or a bystander's: "I'm the only", "EMT here",
/// "brought in by the sheriff", "the mayor called".
fn is_writer(doc: &Doc, fact: &Fact) -> bool {
    if !matches!(
        fact.what,
        What::Role | What::Occupation | What::Public | What::Sole | What::Kin | What::Mine | What::Origin
    ) {
        return false;
    }
    let ends_here = |m: &Match| {
        (m.start as usize) < fact.from && m.end as usize <= fact.from + 1 && m.end as usize + 2 >= fact.from
    };
    let start = doc.matches.partition_point(|m| m.start as usize + 8 < fact.from);
    let mine = doc.matches[start..]
        .iter()
        .take_while(|m| m.start as usize <= fact.from)
        .any(|m| m.group == group::QUASI_WRITER && ends_here(m));
    if mine {
        return true;
    }
    if !matches!(fact.what, What::Role | What::Occupation | What::Public | What::Mine) {
        return fact.what == What::Sole
            && fact.from > 0
            && (doc.reads(fact.from - 1, "my") || doc.reads(fact.from, "my"));
    }
    let by = (fact.from.saturating_sub(3)..fact.from).any(|at| doc.reads(at, "by"));
    let acts = doc.reads_any(
        fact.to,
        words![
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
            "signed",
            "signs",
            "blocked",
            "blocks",
            "ruled",
            "rules",
            "vetoed",
            "announced",
            "ordered",
            "wants",
            "vows",
            "spoke",
            "speaks",
            "voted",
            "allowed",
            "allows",
            "sues",
            "sued",
            "hired",
            "retires",
            "retired",
            "elect",
            "election",
            "candidates",
            "thinks",
            "keeps",
            "believes",
            "wonders",
            "cut",
            "declared",
            "bill",
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
            "training"
        ],
    );
    by || acts
}

fn times(doc: &Doc, into: &mut Vec<Fact>) {
    for m in &doc.matches {
        let days = match m.group {
            group::DATE_RELATIVE | group::DATE_HOLIDAY => 1.0,
            group::DATE_RECENT => 14.0,
            _ => continue,
        };
        let mut new = Fact::new(What::Time, m.start as usize, m.end as usize);
        new.range = (days, days);
        into.push(new);
    }
}

/// People of a place that the gazetteer does not know: a county, a district.
const UNKNOWN_PLACE: f64 = 60_000.0;

/// Places that were found as places of the patient, and those that stand where
/// a description tells the place: "a welder in Ontario", "boy, Idaho,".
fn places(doc: &Doc, found: &[Finding], into: &mut Vec<Fact>) {
    let people = |from: usize, to: usize| {
        (from..to)
            .filter_map(|at| places::at(doc, at))
            .filter_map(|name| name.places().find(|place| place.region.len() == 2).or(name.largest()))
            .map(|place| place.population)
            .find(|people| *people > 1.0)
    };
    for finding in found.iter().filter(|f| f.kind == Kind::Location).take(MOST) {
        let (from, to) = tokens_of(doc, finding.span);
        if from >= to {
            continue;
        }
        let mut new = Fact::new(What::Place, from, to);
        new.range = (people(from, to).unwrap_or(UNKNOWN_PLACE), 0.0);
        into.push(new);
    }
    for at in 1..doc.tokens.len() {
        if matches!(doc.tokens[at].case, Case::Lower) || doc.tokens[at].class != Class::Word {
            continue;
        }
        if !doc.reads_any(at - 1, words!["in", "from", "near", "outside", "around"]) {
            continue;
        }
        let Some(name) = places::at(doc, at).filter(|name| name.largest().is_some_and(|place| !place.ambiguous)) else {
            continue;
        };
        if let Some(people) = people(at, at + name.tokens) {
            let mut new = Fact::new(What::Place, at, at + name.tokens);
            new.range = (people, 0.0);
            into.push(new);
        }
    }
}

/// The tokens that a span of the draft covers.
fn tokens_of(doc: &Doc, span: Span) -> (usize, usize) {
    let from = doc.tokens.partition_point(|t| doc.span_of_bytes(t.start as usize, t.end as usize).end <= span.start);
    let to = doc.tokens.partition_point(|t| doc.span_of_bytes(t.start as usize, t.end as usize).start < span.end);
    (from, to)
}

fn sex(doc: &Doc) -> Option<Sex> {
    const MEN: &Words =
        words!["he", "his", "him", "he's", "man", "male", "yom", "guy", "boy", "gentleman", "dude", "bloke"];
    const WOMEN: &Words =
        words!["she", "her", "she's", "woman", "female", "yof", "lady", "girl", "gal", "mom", "mother"];
    for at in 0..doc.tokens.len() {
        let word = doc.word(at);
        let number = at > 0 && doc.tokens[at - 1].class == Class::Number;
        if MEN.hold(word.as_bytes()) || number && word.eq_ignore_ascii_case("m") {
            return Some(Sex::Man);
        }
        if WOMEN.hold(word.as_bytes()) || number && word.eq_ignore_ascii_case("f") {
            return Some(Sex::Woman);
        }
    }
    None
}
