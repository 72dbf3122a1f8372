//! (A) Names of patients, relatives, household and employers.
//!
//! A capital is no name and a name is no patient. So two questions are asked
//! of each candidate: do its words bear names (lexicon, honorific, shape), and
//! does the draft tie it to a patient (an announcement before it, or the
//! patient frame) rather than to a colleague, an author, a public figure, the
//! writer, a disease or a building?

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::patient::Strength;
use crate::text::lexicon::{self, tag};
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};
use crate::text::words::{Words, words};
use crate::text::{Doc, places};

/// Words of a name: "María del Carmen de la Cruz-Nguyen" is the longest that
/// is written in practice.
const LONGEST: usize = 10;

/// Every way a name is given away.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let from = into.len();
    honorifics(reading, into);
    clinicians(reading, into);
    owners(reading, into);
    residents(reading, into);
    announced(reading, into);
    spoken_to(reading, into);
    hashtags(reading, into);
    handles(reading, into);
    initials(reading, into);
    bare(reading, into);
    employers(reading, into);
    // An announcement may reach into a public figure's or a disease's name.
    let public: Vec<_> =
        reading.doc.found(group::PUBLIC_FIGURE).map(|m| reading.doc.span(m.start as usize, m.end as usize)).collect();
    if !public.is_empty() {
        let kept = into.split_off(from);
        into.extend(kept.into_iter().filter(|finding| {
            let next = public.partition_point(|span| span.end <= finding.span.start);
            !public.get(next).is_some_and(|span| span.overlaps(finding.span))
        }));
    }
}

/// How much a word looks like a name of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// An ordinary word, or something else's name.
    No,
    /// A capital, and no ordinary word.
    Shape,
    /// In the lexicon, but an ordinary word too: Hope, Mark, Young.
    Shared,
    /// In the lexicon as a name only.
    Sure,
}

/// A capitalised word as a name.
fn likeness(doc: &Doc, at: usize) -> Likeness {
    const OTHER: u128 = tag::MONTH
        | tag::WEEKDAY
        | tag::HONORIFIC
        | tag::DOCTOR_TITLE
        | tag::DISEASE
        | tag::DRUG
        | tag::CREDENTIAL_SUFFIX
        | tag::STAFF_ROLE
        | tag::ANATOMY
        | tag::CLINICAL_NOUN
        | tag::UNIT_WORD
        | tag::FACILITY_WORD;
    let Some(token) = doc.tokens.get(at) else { return Likeness::No };
    if token.class != Class::Word || !token.capital() || token.end - token.start < 2 || doc.word(at) == "'s" {
        return Likeness::No;
    }
    let named = token.is(tag::FIRST_NAME | tag::SURNAME);
    let shared = token.is(OTHER | tag::COMMON_WORD | tag::ENGLISH | tag::OCCUPATION | tag::PRONOUN_ONE | tag::ANYBODY);
    // Capitals throughout are an abbreviation more often than a name.
    let abbreviation = token.case == Case::Upper && token.end - token.start < 5;
    match (named, shared) {
        (true, false) if !abbreviation => Likeness::Sure,
        (true, _) if !token.is(OTHER & !tag::MONTH) => Likeness::Shared,
        (false, false) if !abbreviation && !token.is(tag::KIN | tag::PATIENT_NOUN | tag::PERSON_NOUN) => {
            Likeness::Shape
        }
        _ => Likeness::No,
    }
}

/// Joins the parts of a name: particles, hyphens, apostrophes, initials.
fn particle(doc: &Doc, at: usize) -> bool {
    const PARTICLES: &Words = words![
        "al", "el", "bin", "bint", "ibn", "van", "von", "der", "den", "de", "da", "dos", "das", "del", "della", "la",
        "las", "los", "le", "di", "du", "y", "e", "ter", "ten", "st", "mac", "mc", "o", "abu", "ould", "zu"
    ];
    doc.reads_any(at, PARTICLES)
}

/// The token after the name that starts here. Any capitalised word goes on a
/// name; the caller knows that the first word is one.
fn end_of_name(doc: &Doc, start: usize) -> usize {
    let mut end = start + 1;
    let mut at = end;
    let upper = doc.tokens[start].case == Case::Upper;
    while at < doc.tokens.len() && at - start < LONGEST {
        let token = doc.tokens[at];
        if token.line_start || token.sentence != doc.tokens[start].sentence {
            break;
        }
        let joined = (doc.punct(at, b'-') || doc.punct(at, b'\'')) && !token.spaced;
        let initial = token.class == Class::Word
            && token.end - token.start == 1
            && token.capital()
            && !doc.reads(at, "i")
            && doc.word(at) != "I";
        if joined && doc.tokens.get(at + 1).is_some_and(|t| !t.spaced && t.class == Class::Word) {
            at += 2;
            end = at;
        } else if doc.punct(at, b'.') && !token.spaced && end == at && one_letter(doc, at - 1)
            || initial
            || token.spaced && likeness(doc, at) != Likeness::No && (token.case != Case::Upper || upper)
        {
            at += 1;
            end = at;
        } else if token.spaced && particle(doc, at) && name_after_particles(doc, at) {
            at += 1;
        } else {
            break;
        }
    }
    end
}

fn one_letter(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|t| t.class == Class::Word && t.end - t.start == 1)
}

fn name_after_particles(doc: &Doc, at: usize) -> bool {
    (at..at + 3)
        .find(|at| !particle(doc, *at) && !doc.punct(*at, b'-'))
        .is_some_and(|at| likeness(doc, at) >= Likeness::Shape)
}

/// The name belongs to a colleague, an author, the writer, a thing.
pub(super) fn elsewhere(reading: &Reading, from: usize, to: usize) -> bool {
    let doc = &reading.doc;
    // "Tomasz Wieczorek, RN", "Adewale MD", "(pharmacist)"
    let mut after = to;
    if doc.punct(after, b',') || doc.punct(after, b'(') || doc.punct(after, b'-') {
        after += 1;
    }
    let suffix = doc.tokens.get(after).is_some_and(|t| {
        t.is(tag::CREDENTIAL_SUFFIX) && (t.case == Case::Upper || t.case == Case::Mixed)
            || after > to && t.is(tag::STAFF_ROLE)
    }) || after > to
        && (doc.reads(after, "our") || doc.reads(after, "your") || doc.reads(after, "the") || doc.reads(after, "a"))
        && (after + 1..after + 5).any(|at| doc.tags(at) & tag::STAFF_ROLE != 0);
    let mut before = from;
    while before > 0 && doc.punct(before - 1, b'.') {
        before -= 1;
    }
    let titled = before > 0 && doc.tags(before - 1) & (tag::DOCTOR_TITLE | tag::STAFF_ROLE) != 0;
    let titled = titled
        || before > 1
            && doc.reads_any(before - 1, words!["resident", "fellow", "student"])
            && doc.reads_any(before - 2, words!["chief", "senior", "junior", "medical", "surgical", "our"]);
    let introduced = doc.ends(group::NAME_STAFF, from);
    let from_department = (doc.reads(to, "from") || doc.reads(to, "in") || doc.reads(to, "at"))
        && doc.reads_any(
            to + 1,
            words![
                "pt",
                "ot",
                "it",
                "facilities",
                "radiology",
                "pharmacy",
                "billing",
                "housekeeping",
                "hr",
                "security",
                "lab",
                "dietary",
                "biomed",
                "transport",
                "registration",
                "respiratory",
                "front"
            ],
        );
    let cited = doc.reads(to, "et") && doc.reads(to + 1, "al");
    let thing = doc.touching(group::NAME_THING, to, to + 1).is_some_and(|m| (m.start as usize) < to)
        || before > 0
            && doc.reads_any(
                before - 1,
                words!["st", "saint", "mount", "mt", "san", "santa", "port", "lake", "camp", "fort"],
            );
    let house = doc
        .touching(group::PLACE_KNOWN, from, to)
        .is_some_and(|m| m.start as usize <= from && doc.tokens[from].capital());
    // "Hey Jess, ..." speaks to a colleague; only a practice's answer to a
    // review speaks to a patient.
    let spoken_to = reading.draft.setting != Setting::ReviewReply && doc.ends(group::NAME_GREETING, from);
    spoken_to || suffix || titled || introduced || from_department || cited || thing || house
}

/// How sure the tie to a patient is when nothing announces the name.
fn tie(reading: &Reading, at: usize) -> Option<Level> {
    let sentence = reading.doc.tokens[at].sentence;
    match reading.patient.level_at(sentence) {
        None if reading.patient.clinical_near(sentence) => Some(Level::Notice),
        level => Some(level.unwrap_or(Level::Hint)),
    }
}

/// `Mrs. Alvarez`, `mr smith`, `Sra. G.`
fn honorifics(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for at in 0..doc.tokens.len() {
        if !doc.tokens[at].is(tag::HONORIFIC) || doc.tokens[at].hashtag {
            continue;
        }
        // "don" and "miss" are words too, "MS" a state, a disease and a degree.
        let word = doc.word(at);
        let doubtful =
            ["don", "dona", "miss", "ms", "sr", "sri", "mister", "mx"].iter().any(|w| word.eq_ignore_ascii_case(w));
        if doc.tokens[at].case == Case::Upper && doubtful {
            continue;
        }
        let name = if doc.punct(at + 1, b'.') { at + 2 } else { at + 1 };
        let Some(token) = doc.tokens.get(name).filter(|t| t.class == Class::Word && !t.line_start) else { continue };
        let lower = token.case == Case::Lower;
        let named = token.is(tag::FIRST_NAME | tag::SURNAME);
        if lower && !(particle(doc, name) && name_after_particles(doc, name)) {
            let common = token.is(tag::COMMON_WORD | tag::ENGLISH);
            if !named || common && doubtful || token.end - token.start < 3 {
                continue;
            }
        } else if doubtful && !doc.reads(at, "ms") && likeness(doc, name) < Likeness::Sure
            || doc.reads(at, "sri")
            || doc.title_case && doubtful
        {
            // "Miss Dec 1 target", "Sr. Correspondent"
            continue;
        } else if token.sentence != doc.tokens[at].sentence && !doc.punct(at + 1, b'.') {
            continue;
        }
        let end = if lower && !particle(doc, name) { name + 1 } else { end_of_name(doc, name) };
        if elsewhere(reading, at, end) || role_before(doc, at) {
            continue;
        }
        let level = match reading.patient.strength {
            Strength::None if reading.patient.elsewhere() => Level::Notice,
            _ if reading.patient.away.fiction => Level::Notice,
            _ => Level::Warn,
        };
        into.push(named_patient(reading, "name.honorific", level, at, end));
    }
}

/// `seen by Dr. Lee`: who treated a patient, next to where or when, leads to
/// the patient. A clinician's name elsewhere is nobody's identifier.
fn clinicians(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    if reading.draft.setting == Setting::ReviewReply {
        return;
    }
    for found in doc.found(group::NAME_CLINICIAN) {
        let at = found.end as usize;
        let named = doc.tokens.get(at).is_some_and(|t| t.class == Class::Word && t.capital() && !t.line_start);
        if !named || reading.patient.level_at(doc.tokens[at].sentence) != Some(Level::Warn) {
            continue;
        }
        let end = end_of_name(doc, at);
        let title = at - 1 - usize::from(doc.punct(at - 1, b'.'));
        into.push(
            Finding::new(Kind::Name, "name.clinician", Level::Warn, doc.span(title, end)).replaced_by("a colleague"),
        );
    }
}

/// `John Smith's chart`, `the Ferris kid`
fn owners(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let families = doc.found(group::NAME_FAMILY).map(|m| (m.capture.0 as usize, m.capture.1 as usize));
    let owners =
        doc.found(group::NAME_OWNER).filter_map(|m| Some((name_before(doc, m.start as usize)?, m.start as usize)));
    // "Jean's stoma bag": a first name only, told by somebody who was there.
    let bodies = doc
        .found(group::NAME_BODY)
        .filter_map(|m| Some((name_before(doc, m.start as usize)?, m.start as usize)))
        .filter(|(from, to)| {
            to - from == 1
                && doc.tags(*from) & tag::FIRST_NAME != 0
                && doc.tags(*from) & (tag::EPONYM | tag::COMMON_WORD) == 0
                && reading.patient.own_voice
        });
    for (from, to) in families.chain(owners).chain(bodies) {
        let named = likeness(doc, from) == Likeness::Sure
            || to - from > 1 && likeness(doc, from) == Likeness::Shared && likeness(doc, from + 1) == Likeness::Sure;
        if named && !reading.patient.elsewhere() && !elsewhere(reading, from, to) {
            into.push(named_patient(reading, "name.patient", Level::Warn, from, to));
        }
    }
}

/// `Jacob lives on Whitchurch Road`: a private person's whereabouts are nobody
/// else's to post, patient or not.
fn residents(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let before =
        doc.found(group::NAME_RESIDENT).filter_map(|m| Some((name_before(doc, m.start as usize)?, m.start as usize)));
    let after = doc.found(group::NAME_MAIDEN).map(|m| (m.end as usize, m.end as usize + 1));
    for (from, to) in before.chain(after) {
        if likeness(doc, from) >= Likeness::Shared && !reading.patient.elsewhere() && !elsewhere(reading, from, to) {
            into.push(named_patient(reading, "name.patient", Level::Warn, from, to));
        }
    }
}

/// Where the capitalised words that end right before a token begin.
fn name_before(doc: &Doc, at: usize) -> Option<usize> {
    let mut from = at;
    while from > 0 && at - from < 3 && likeness(doc, from - 1) != Likeness::No {
        from -= 1;
    }
    (from < at).then_some(from)
}

/// "Our compliance officer, Ms. Petrov"
fn role_before(doc: &Doc, at: usize) -> bool {
    let last = if at > 0 && doc.punct(at - 1, b',') { at - 1 } else { at };
    last > 0 && doc.tags(last - 1) & (tag::STAFF_ROLE | tag::DOCTOR_TITLE) != 0
}

/// `my patient Yesenia`, `her husband Dave`, `name: Lindqvist`
fn announced(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for found in &doc.matches {
        let relative = match found.group {
            group::NAME_PATIENT | group::NAME_CASE => false,
            group::NAME_RELATIVE => true,
            _ => continue,
        };
        let mut at = found.end as usize;
        while doc.punct(at, b'"') || doc.punct(at, b'\'') || doc.punct(at, b',') || doc.punct(at, b':') {
            at += 1;
        }
        let Some(token) = doc.tokens.get(at).filter(|t| !t.hashtag) else { continue };
        if token.sentence != doc.tokens[found.start as usize].sentence || token.line_start && !doc.punct(at - 1, b':') {
            continue;
        }
        // The weakest announcements need a name of the lexicon.
        let loose = found.group == group::NAME_CASE;
        let weak = found.end - found.start == 1 || relative || loose;
        if loose && (doc.starts(group::PLACE_REGION, at) || places_at(doc, at) || reading.patient.elsewhere()) {
            continue;
        }
        let needed = if weak { Likeness::Sure } else { Likeness::Shared };
        let is_name = likeness(doc, at) >= needed
            || !weak && likeness(doc, at) == Likeness::Shape && !places_at(doc, at)
            || lower_name(doc, at) && !weak;
        if !is_name || reading.patient.away.fiction || doc.ends(group::AWAY_ANIMAL, at) {
            continue;
        }
        let end =
            if doc.tokens[at].capital() { end_of_name(doc, at) } else { at + 1 + usize::from(lower_name(doc, at + 1)) };
        if elsewhere(reading, at, end) && weak {
            continue;
        }
        let own = relative && found.start > 0 && (doc.reads(found.start as usize - 1, "my"));
        let level = if own || weak && !loose && reading.patient.strength == Strength::None {
            Level::Notice
        } else {
            Level::Warn
        };
        let rule = if relative { "name.relative" } else { "name.patient" };
        // "my patient Yesenia" keeps its sense without the name.
        into.push(Finding::new(Kind::Name, rule, level, doc.span(titled_from(doc, at), end)).replaced_by(""));
    }
}

fn places_at(doc: &Doc, at: usize) -> bool {
    places::at(doc, at).is_some_and(|place| place.largest().is_some_and(|p| !p.ambiguous))
}

/// `vasquezs`: a surname whose apostrophe was left out.
fn lower_possessive(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|t| t.class == Class::Word && t.case == Case::Lower && t.tags == 0)
        && doc.word(at).strip_suffix('s').is_some_and(|stem| {
            let tags = lexicon::look_up(stem.as_bytes()).tags;
            stem.len() > 3
                && tags & (tag::SURNAME | tag::FIRST_NAME) != 0
                && tags & (tag::COMMON_WORD | tag::ENGLISH) == 0
        })
}

/// A name in lower case, and no other word.
fn lower_name(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|t| {
        t.class == Class::Word
            && t.case == Case::Lower
            && t.is(tag::FIRST_NAME | tag::SURNAME)
            && !t.is(tag::COMMON_WORD
                | tag::ENGLISH
                | tag::MONTH
                | tag::DISEASE
                | tag::DRUG
                | tag::KIN
                | tag::PATIENT_NOUN)
            && t.end - t.start > 2
    })
}

/// A reply to a review that speaks to the reviewer by name.
fn spoken_to(reading: &Reading, into: &mut Vec<Finding>) {
    if reading.draft.setting != Setting::ReviewReply {
        return;
    }
    let doc = &reading.doc;
    for at in 0..doc.tokens.len() {
        // "Dear S a r a h   P."
        let spelled = (at..at + LONGEST).take_while(|at| one_letter(doc, *at) && doc.tokens[*at].spaced).count();
        if spelled > 2 && doc.ends(group::NAME_GREETING, at) {
            let end = at + spelled;
            into.push(Finding::new(Kind::Name, "name.vocative", Level::Warn, doc.span(at, end)).replaced_by(""));
            continue;
        }
        let greeting = doc.starts(group::NAME_GREETING, at);
        if greeting || !doc.tokens[at].capital() && !lower_name(doc, at) {
            continue;
        }
        let greeted = doc.ends(group::NAME_GREETING, at);
        let thanked = doc.ends(group::NAME_THANKS, at);
        let (like, lower) = (likeness(doc, at), lower_name(doc, at));
        let end = if lower { at + 1 } else { end_of_name(doc, at) };
        let mark = doc
            .tokens
            .get(end)
            .is_none_or(|t| t.class == Class::Punct && !doc.punct(end, b'\'') || t.class == Class::Symbol);
        let before = at > 0 && doc.punct(at - 1, b',') && doc.tokens.get(end).is_none_or(|_| stop(doc, end));
        let opens = at == 0 && doc.punct(end, b',');
        let title = (like == Likeness::No) && capital_vocative(doc, at);
        let named = lower || like >= Likeness::Shared || greeted && (like == Likeness::Shape || title);
        if named
            && mark
            && (greeted
                || thanked
                || before && like >= Likeness::Sure && !doc.starts(group::PLACE_REGION, at) && !places_at(doc, at)
                || opens && like >= Likeness::Shared
                || closing(doc, at, end) && like >= Likeness::Sure)
            && !elsewhere(reading, at, end)
        {
            into.push(
                Finding::new(Kind::Name, "name.vocative", Level::Warn, doc.span(titled_from(doc, at), end))
                    .replaced_by(""),
            );
        }
    }
}

/// "Mr." and "Sgt." go with the name.
fn titled_from(doc: &Doc, at: usize) -> usize {
    let title = if at > 0 && doc.punct(at - 1, b'.') { at - 1 } else { at };
    match title.checked_sub(1) {
        Some(before)
            if doc.tags(before) & tag::HONORIFIC != 0 || doc.tags(before) & tag::ABBREVIATION != 0 && title < at =>
        {
            before
        }
        _ => at,
    }
}

/// "Thanks for the kind words Adaeze!"
fn closing(doc: &Doc, at: usize, end: usize) -> bool {
    let sentence = doc.sentence(at);
    stop(doc, end) && doc.found_from(group::NAME_THANKS, sentence.start, at).next().is_some()
}

fn stop(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_none_or(|t| t.class == Class::Symbol) || b".!?;".iter().any(|mark| doc.punct(at, *mark))
}

/// An ordinary word with a capital after "Hi": a nickname, unless it greets all.
fn capital_vocative(doc: &Doc, at: usize) -> bool {
    const ALL: &Words = words![
        "there",
        "all",
        "everyone",
        "everybody",
        "team",
        "friend",
        "friends",
        "guys",
        "folks",
        "neighbor",
        "neighbors",
        "sir",
        "madam",
        "ma'am",
        "doctor",
        "dr",
        "valued",
        "customer",
        "reviewer",
        "you",
        "we",
        "and",
        "thank",
        "thanks",
        "sorry",
        "again",
        "anonymous",
        "local",
        "google",
        "yelp",
        "community",
        "guest",
        "patient",
        "patients",
        "parent",
        "i"
    ];
    let token = &doc.tokens[at];
    token.case == Case::Title && token.end - token.start > 2 && !doc.reads_any(at, ALL)
}

/// `#PrayForBabyEmma`, `#teamoliver`, `#zoestrong`
fn hashtags(reading: &Reading, into: &mut Vec<Finding>) {
    const OPENS: &[&str] = &[
        "resteasy",
        "restinpeace",
        "flyhigh",
        "prayfor",
        "prayforbaby",
        "wemissyou",
        "weloveyou",
        "inlovingmemoryof",
        "prayersfor",
        "prayfor",
        "justicefor",
        "hopefor",
        "fightfor",
        "team",
        "baby",
        "forever",
        "longlive",
        "bringhome",
        "helpfor",
        "save",
        "rip",
    ];
    const CLOSES: &[&str] =
        &["strong", "sarmy", "stribe", "swarriors", "army", "tribe", "fightscancer", "journey", "sjourney", "miracle"];
    let doc = &reading.doc;
    let cued = |at: usize| doc.tokens[at].hashtag && doc.starts(group::NAME_TAG, at);
    let level = if reading.patient.away.announcement { Level::Notice } else { Level::Warn };
    for at in 0..doc.tokens.len() {
        let token = &doc.tokens[at];
        if !token.hashtag || token.class != Class::Word {
            continue;
        }
        let same = |other: usize| doc.tokens.get(other).is_some_and(|t| t.hashtag && t.sentence == token.sentence);
        let near = at > 0 && same(at - 1) && !token.spaced && cued(at - 1)
            || same(at + 1) && !doc.tokens[at + 1].spaced && cued(at + 1);
        let sure = token.is(tag::FIRST_NAME) && !token.is(tag::COMMON_WORD | tag::MONTH | tag::ENGLISH | tag::DISEASE);
        if near && sure && !cued(at) {
            into.push(Finding::new(Kind::Name, "name.hashtag", level, doc.span(at, at + 1)).replaced_by(""));
            continue;
        }
        // "#MarcellineDuquesne": first name and surname in one tag.
        let pair = same(at + 1)
            && !doc.tokens[at + 1].spaced
            && doc.punct(at.wrapping_sub(1), b'#')
            && !same_tag(doc, at + 2)
            && sure
            && likeness(doc, at + 1) >= Likeness::Shape
            && doc.tokens[at + 1].case == Case::Title
            && !cued(at + 1);
        if pair && !reading.patient.elsewhere() && hashtag_frame(reading) {
            into.push(Finding::new(Kind::Name, "name.hashtag", level, doc.span(at, at + 2)).replaced_by(""));
            continue;
        }
        let word = doc.word(at).to_ascii_lowercase();
        let part = OPENS
            .iter()
            .find_map(|open| word.strip_prefix(open))
            .or_else(|| CLOSES.iter().find_map(|close| word.strip_suffix(close)))
            .filter(|part| part.len() > 2);
        if let Some(part) = part {
            let tags = lexicon::look_up(part.as_bytes()).tags;
            if tags & tag::FIRST_NAME != 0 && tags & (tag::COMMON_WORD | tag::ENGLISH) == 0 {
                into.push(Finding::new(Kind::Name, "name.hashtag", level, doc.span(at, at + 1)).replaced_by(""));
            }
        }
    }
}

fn same_tag(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|t| t.hashtag && !t.spaced && t.class == Class::Word)
}

/// Illness or care is spoken of, also within the tags.
fn hashtag_frame(reading: &Reading) -> bool {
    reading.patient.strength > Strength::None
        || reading.doc.tokens.iter().any(|t| t.is(tag::CARE | tag::DISEASE | tag::CLINICAL_NOUN))
}

/// `my patient @lisa_runs`
fn handles(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for at in 1..doc.tokens.len() {
        if doc.tokens[at].class != Class::Handle {
            continue;
        }
        let profile =
            (1..=4).any(|back| {
                at.checked_sub(back).is_some_and(|b| {
                    doc.reads_any(
                        b,
                        words![
                            "instagram",
                            "insta",
                            "ig",
                            "tiktok",
                            "handle",
                            "twitter",
                            "page",
                            "channel",
                            "account",
                            "tagged",
                            "tag",
                            "follow"
                        ],
                    )
                })
            }) && doc.sentence(at).any(|t| doc.tags(t) & tag::PATIENT_NOUN != 0 || doc.tags(t) & tag::PRONOUN_ONE != 0);
        let cued = doc.ends(group::NAME_PATIENT, at)
            || profile && reading.patient.strength > Strength::None
            || doc.tags(at - 1) & (tag::PATIENT_NOUN | tag::PERSON_NOUN) != 0
                && reading.patient.strength == Strength::Strong;
        if cued {
            into.push(Finding::new(Kind::Name, "name.handle", Level::Warn, doc.span(at, at + 1)).replaced_by(""));
        }
    }
}

/// `J. K. in 214`, `John L.`, `RB in bed 4`
fn initials(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for at in 0..doc.tokens.len() {
        let token = &doc.tokens[at];
        let letter = |at: usize| one_letter(doc, at) && doc.tokens[at].capital() && doc.word(at).is_ascii();
        // J. K. and J.K., not followed by the surname of an author.
        let dotted = letter(at)
            && doc.punct(at + 1, b'.')
            && letter(at + 2)
            && doc.punct(at + 3, b'.')
            && !(at > 0
                && (doc.punct(at - 1, b'.') && one_letter(doc, at.saturating_sub(2)) || doc.tokens[at - 1].hashtag));
        if dotted {
            let end = if letter(at + 4) && doc.punct(at + 5, b'.') { at + 6 } else { at + 4 };
            let word: String = doc.words(at, end).chars().filter(char::is_ascii_alphabetic).collect();
            const ABBREVIATIONS: &[&str] = &[
                "US", "UK", "EU", "UN", "DC", "IV", "IM", "PO", "PR", "AM", "PM", "MD", "DO", "RN", "PT", "OT", "ER",
                "ED", "OR", "ICU", "BID", "TID", "QID", "NPO", "TV", "ID", "VA", "NY", "LA", "AD", "BC", "CE", "BA",
                "MA", "BS", "MS", "PA", "NP", "EMT", "HIV", "AKA", "USA", "GP", "OB", "PS", "DOB", "DOA", "DNR", "SOB",
                "RIP", "ASAP",
            ];
            let surname = doc
                .tokens
                .get(end)
                .is_some_and(|t| t.spaced && likeness(doc, end) != Likeness::No && !t.sentence_start);
            if !ABBREVIATIONS.contains(&word.as_str())
                && !surname
                && !elsewhere(reading, at, end)
                && let Some(level) = if in_room(doc, end) { Some(Level::Warn) } else { tie(reading, at) }
            {
                into.push(named_patient(reading, "name.initials", level, at, end));
            }
            continue;
        }
        // "RB in bed 4", "MK in 12"
        let bare = token.class == Class::Word
            && token.case == Case::Upper
            && token.end - token.start == 2
            && token.tags & !(tag::FIRST_NAME | tag::SURNAME) == 0;
        if bare && in_room(doc, at + 1) {
            into.push(named_patient(reading, "name.initials", Level::Warn, at, at + 1));
        }
    }
}

/// `in 214`, `from bed 3`
fn in_room(doc: &Doc, at: usize) -> bool {
    (doc.reads(at, "in") || doc.reads(at, "from"))
        && (doc.tokens.get(at + 1).is_some_and(|t| {
            // "Baltimore in 1951"
            t.class == Class::Number && !super::places::measured(doc, at + 1, at + 2)
        }) || doc.reads_any(at + 1, words!["room", "bed", "bay", "chair", "rm"]))
}

/// A name that nothing announces: the patient frame decides.
fn bare(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let medical_list = doc.tokens.iter().any(|t| t.is(tag::PATIENT_NOUN));
    let mut at = 0;
    while at < doc.tokens.len() {
        let token = &doc.tokens[at];
        let at_was = at;
        at += 1;
        if token.class != Class::Word || token.hashtag {
            continue;
        }
        // "PATEL, Hemlata" in a list.
        if (token.case == Case::Upper || likeness(doc, at_was) == Likeness::Sure)
            && token.is(tag::SURNAME)
            && doc.punct(at_was + 1, b',')
            && doc.tokens.get(at_was + 2).is_some_and(|t| {
                (t.is(tag::FIRST_NAME) || doc.punct(at_was + 3, b';') && likeness(doc, at_was + 2) == Likeness::Shape)
                    && t.capital()
                    && !t.is(tag::CREDENTIAL_SUFFIX)
            })
            && (token.case == Case::Upper && token.end - token.start > 2 || doc.punct(at_was + 3, b';'))
            && medical_list
        {
            into.push(named_patient(reading, "name.full", Level::Warn, at_was, at_was + 3));
            at = at_was + 3;
            continue;
        }
        if token.case == Case::Lower {
            // "maribel ochoa": two words that are nothing but names.
            if lower_name(doc, at_was)
                && token.is(tag::FIRST_NAME)
                && (lower_name(doc, at) && doc.tokens[at].is(tag::SURNAME) || lower_possessive(doc, at))
                && doc.tokens[at].spaced
                && !elsewhere(reading, at_was, at + 1)
                && let Some(level) = tie(reading, at_was)
            {
                into.push(named_patient(reading, "name.full", level, at_was, at + 1));
                at += 1;
            }
            continue;
        }
        let like = likeness(doc, at_was);
        // "Hey Jess" is who reads it.
        let greeted = reading.draft.setting != Setting::ReviewReply && doc.ends(group::NAME_GREETING, at_was);
        if like < Likeness::Shape || greeted || doc.starts(group::NAME_GREETING, at_was) {
            continue;
        }
        let end = end_of_name(doc, at_was);
        at = end;
        let words: Vec<usize> = (at_was..end).filter(|at| likeness(doc, *at) != Likeness::No).collect();
        let sure = words.iter().filter(|at| likeness(doc, **at) == Likeness::Sure).count();
        if words.len() == 1 && like >= Likeness::Shared && in_room(doc, end) && !elsewhere(reading, at_was, end) {
            into.push(named_patient(reading, "name.full", Level::Warn, at_was, end));
            continue;
        }
        let first =
            token.is(tag::FIRST_NAME) && (like == Likeness::Sure || like == Likeness::Shared && !token.sentence_start);
        let surname = words.last().is_some_and(|at| doc.tokens[*at].is(tag::SURNAME));
        let partial = end > at_was + 1 && one_letter(doc, end - 1)
            || doc.punct(end - 1, b'.') && end > at_was + 2 && one_letter(doc, end - 2);
        let full = words.len() >= 2
            && (first && sure >= 1 || surname && sure >= 1 && !token.sentence_start || first && surname);
        // A place, unless both words are nothing but names.
        let region = doc.found_from(group::PLACE_REGION, at_was, at_was + 1).any(|m| m.end as usize >= end);
        let place = region
            || places::at(doc, at_was).is_some_and(|p| {
                at_was + p.tokens >= end && words.len() > 1 && !(first && sure > 1)
                    || at_was + p.tokens >= end
                        && (at_was > 0
                            && doc.reads_any(
                                at_was - 1,
                                words![
                                    "in", "from", "near", "at", "to", "outside", "of", "around", "the", "en", "desde",
                                    "hacia"
                                ],
                            )
                            || doc.punct(end, b',') && doc.tags(end + 1) & tag::STATE_ABBR != 0)
            });
        // "Lincoln Park Elem", "Fairhaven Plaza"
        let place = place
            || !(first && surname && sure > 0)
                && [group::PLACE_LANDMARK, group::PLACE_FACILITY]
                    .iter()
                    .any(|group| doc.found_from(*group, at_was, at_was + 1).any(|m| m.end as usize >= end));
        let eponym =
            (at_was..end).any(|at| doc.tags(at) & tag::EPONYM != 0) && reading.patient.strength < Strength::Strong;
        if place || token.is(tag::EPONYM) || eponym || elsewhere(reading, at_was, end) {
            continue;
        }
        let Some(level) = tie(reading, at_was) else { continue };
        let clinical_context = reading.patient.clinical_near(token.sentence);
        if full || partial && first {
            // First and last name next to illness need no more, where somebody
            // tells a story of their own; the news names people too.
            let told = reading.patient.own_voice && reading.patient.clinical_near(token.sentence);
            let level = if told || partial && clinical_context { Level::Warn } else { level };
            into.push(named_patient(reading, "name.full", level, at_was, end));
        } else if words.len() == 1 && first && sure == 1 && reading.draft.setting != Setting::ReviewReply {
            // One first name alone: a place, a brand or a colleague as often
            // as a patient, unless it acts like a person in the story.
            let acts = doc.punct(end, b',')
                || doc.word(end) == "'s"
                || doc.tags(end) & (tag::HAPPENED | tag::CLINICAL_VERB) != 0
                || doc.word(end).len() > 4 && doc.word(end).ends_with("ed")
                || doc.reads_any(
                    end,
                    words![
                        "is", "has", "and", "who", "will", "can", "just", "(", "he", "she", "wants", "needs", "says",
                        "keeps", "never", "always", "still", "gets", "did", "couldn't", "wouldn't", "didn't", "won't"
                    ],
                )
                || stop(doc, end);
            // "Anton's heart stopped at 6:55": somebody ill, told by one who was
            // there.
            let told = reading.patient.own_voice
                && reading.patient.treated_near(token.sentence)
                && !reading.patient.elsewhere()
                && !stop(doc, end)
                && !doc.punct(end, b',');
            let level = if told { Level::Warn } else { level };
            let level = if acts && !doc.tokens[at_was].is(tag::COMMON_WORD) { level } else { Level::Notice };
            let level = if places_at(doc, at_was) { Level::Notice } else { level };
            into.push(named_patient(reading, "name.full", level, at_was, end));
        } else if words.len() == 1 && !token.sentence_start && !token.is(tag::ENGLISH) {
            // "from Tulsa": a place of somebody's, not somebody.
            if places_at(doc, at_was) && doc.ends(group::PLACE_OF, at_was) {
                continue;
            }
            // "hey Tuck": a capital that is no word.
            into.push(named_patient(reading, "name.full", Level::Hint, at_was, end));
        }
    }
}

/// `works at Kessler Freight`: employers are names too (45 CFR
/// 164.514(b)(2)(i): "of the individual or of relatives, employers").
fn employers(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for found in doc.found(group::NAME_EMPLOYER) {
        let at = found.end as usize;
        if likeness(doc, at) == Likeness::No
            && !doc.tokens.get(at).is_some_and(|t| t.case == Case::Title && !t.is(tag::UNIT_WORD))
        {
            continue;
        }
        let mut end = end_of_name(doc, at);
        while doc
            .tokens
            .get(end)
            .is_some_and(|t| t.case == Case::Title && t.spaced && t.class == Class::Word && !t.sentence_start)
            || doc.punct(end, b'&')
        {
            end += 1;
        }
        if reading.patient.level_at(doc.tokens[at].sentence) == Some(Level::Warn) {
            into.push(
                Finding::new(Kind::Name, "name.employer", Level::Warn, doc.span(at, end))
                    .replaced_by("a local employer"),
            );
        }
    }
}

/// A finding whose replacement fits its place in the sentence.
fn named_patient(reading: &Reading, rule: &'static str, level: Level, from: usize, to: usize) -> Finding {
    let doc = &reading.doc;
    let spanish = from > 0 && doc.reads_any(from - 1, words!["el", "la", "mi", "con", "de"]);
    let after_patient = from > 0 && doc.tags(from - 1) & (tag::PATIENT_NOUN | tag::PERSON_NOUN | tag::KIN) != 0;
    let text = match (after_patient, doc.tokens[from].sentence_start, spanish) {
        // "a patient" in a reply would say what it must not.
        _ if reading.draft.setting == Setting::ReviewReply => "",
        (true, ..) => "",
        (_, _, true) => "paciente",
        (_, true, _) => "A patient",
        _ => "a patient",
    };
    Finding::new(Kind::Name, rule, level, doc.span(from, to)).replaced_by(text)
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Name;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        flags("My patient Mrs. Alvarez finally went home", Name);
        flags("mr kowalski in bed 6 wants his soup again", Name);
        flags("mi paciente Yesenia necesita un riñón", Name);
        flags("My patient's chart again. Her husband Tobias asked for a priest", Name);
        flags("#PrayForBabyEmma she had her third surgery", Name);
        flags("J. K. in 2-1-4 rang the bell nine times", Name);
        flags("my patient, pt name: Ochieng, refused the MRI", Name);
        flags("Chukwuemeka walked out of rehab today. My patient since March.", Name);
    }

    #[test]
    fn left_alone() {
        clean("Nurse Betty gives the flu shots", Name);
        clean("Dr. Helene Marchetti, DPM joins us on Tuesdays", Name);
        clean("Tomasz Wieczorek, RN, CCRN is our new nurse manager", Name);
        clean("Graves vs toxic nodule: order TRAb first. My patient agreed.", Name);
        clean("Jimmy Carter chose hospice openly at 98", Name);
        clean("Okafor et al. 2023 is the citation you want", Name);
        clean("Our compliance officer, Ms. Petrov, would like to hear from you", Name);
        clean("my husband Dave says my patients are lucky", Name);
    }
}
