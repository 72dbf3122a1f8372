//! (B) Geography smaller than a state, and whatever locates the patient within
//! a house of care.
//!
//! A place identifies nobody by itself: the patient frame decides. States and
//! countries may be said. A ZIP code may be said by its first three digits
//! (45 CFR 164.514(b)(2)(i)(B)), which nobody does in a post, so a whole code is
//! found.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::patient::Strength;
use crate::text::lexicon::tag;
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};
use crate::text::words::{Words, words};
use crate::text::{Doc, places};

/// Every way a place is given away.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    rooms(reading, into);
    streets(reading, into);
    addresses(reading, into);
    codes(reading, into);
    coordinates(reading, into);
    named(reading, into);
    cities(reading, into);
}

fn push(into: &mut Vec<Finding>, reading: &Reading, rule: &'static str, level: Level, at: (usize, usize), text: &str) {
    into.push(Finding::new(Kind::Location, rule, level, reading.doc.span(at.0, at.1)).replaced_by(text));
}

/// Digits of a room, also with letters: `418`, `3B-12`, `4 1 8`, `12A`.
fn room_number(doc: &Doc, at: usize) -> Option<usize> {
    let number = |at: usize| doc.tokens.get(at).is_some_and(|t| t.class == Class::Number && t.end - t.start <= 4);
    if !number(at) {
        let letter = doc.tokens.get(at).is_some_and(|t| t.class == Class::Word && t.end - t.start <= 2 && t.capital());
        return (letter && number(at + 1) && !doc.tokens[at + 1].spaced).then(|| tail(doc, at + 2));
    }
    let mut end = at + 1;
    // "room 4 1 8", also down the lines
    while number(end)
        && doc.tokens[end].end - doc.tokens[end].start == 1
        && doc.tokens[at].end - doc.tokens[at].start == 1
        && end - at < 5
    {
        end += 1;
    }
    Some(tail(doc, end))
}

/// Letters and parts after a room number: `B`, `-12`, `/2`.
fn tail(doc: &Doc, mut end: usize) -> usize {
    for _ in 0..4 {
        let Some(token) = doc.tokens.get(end) else { break };
        let letter = !token.spaced && token.class == Class::Word && token.end - token.start == 1;
        let part = !token.spaced
            && (doc.punct(end, b'-') || doc.punct(end, b'/'))
            && doc.tokens.get(end + 1).is_some_and(|t| !t.spaced && (t.class == Class::Number || t.end - t.start <= 2));
        if letter {
            end += 1;
        } else if part {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// `room 418`, `bed 6`, `7 West`, `the lady in 12`
fn rooms(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let away = reading.patient.elsewhere();
    for found in doc.found(group::PLACE_ROOM) {
        let Some(end) = room_number(doc, found.end as usize).filter(|end| !measured(doc, found.end as usize, *end))
        else {
            continue;
        };
        let sentence = doc.tokens[found.start as usize].sentence;
        // A room alone is where a meeting is; a room with somebody in it who
        // is ill, or who does something, is a patient.
        let level = match reading.patient.level_at(sentence) {
            Some(level) => level,
            None if away => Level::Hint,
            None if doc.reads_any(
                found.start as usize,
                words![
                    "bed",
                    "chair",
                    "bay",
                    "cama",
                    "room",
                    "rm",
                    "hallway",
                    "stretcher",
                    "gurney",
                    "isolette",
                    "habitacion",
                    "cubicle",
                    "bassinet",
                    "pod"
                ],
            ) && (reading.patient.speaks_of_someone(sentence)
                    || acts(doc, end)
                    // A room may be anybody's; a bed or a chair is a patient's.
                    || !doc.reads_any(found.start as usize, words!["room", "rm"])
                        && reading.patient.care_near(sentence)) =>
            {
                Level::Warn
            }
            None => Level::Hint,
        };
        let unit = doc.tokens.get(found.start as usize).is_some_and(|t| t.is(tag::UNIT_WORD));
        let rule = if unit { "location.unit" } else { "location.room" };
        push(into, reading, rule, level, (found.capture.0 as usize, end), "a room");
    }
    for at in 1..doc.tokens.len() {
        // "the lady in 12", "J. K. in 2-1-4"
        let preposition = doc.reads(at, "in") || doc.reads(at, "to") || doc.reads(at, "from");
        if preposition
            && (doc.tags(at - 1) & (tag::PATIENT_NOUN | tag::PERSON_NOUN) != 0
                || !doc.reads(at, "to") && doc.tags(at - 1) & (tag::DISEASE | tag::CLINICAL_NOUN) != 0
                || doc.punct(at - 1, b'.') && at > 1 && doc.tokens[at - 2].end - doc.tokens[at - 2].start == 1
                || doc.tags(at - 1) & tag::SURNAME != 0 && doc.tokens[at - 1].capital())
            && let Some(end) = room_number(doc, at + 1)
            && !measured(doc, at + 1, end)
            && let Some(level) =
                reading.patient.level_at(doc.tokens[at].sentence).or(Some(if away { Level::Hint } else { Level::Warn }))
        {
            push(into, reading, "location.room", level, (at + 1, end), "a room");
        }
        // "7 West", "4 North", "5E", "on 3B"
        let token = &doc.tokens[at];
        if token.class == Class::Number
            && token.end - token.start <= 2
            && (doc.reads(at - 1, "on") || doc.reads(at - 1, "from") || doc.reads(at - 1, "to"))
        {
            let wing =
                doc.reads_any(at + 1, words!["west", "east", "north", "south", "center", "central", "tower", "main"]);
            let letter = doc
                .tokens
                .get(at + 1)
                .is_some_and(|t| !t.spaced && t.class == Class::Word && t.end - t.start == 1 && t.capital());
            if (wing || letter)
                && let level = reading.patient.level_or_hint(token.sentence)
            {
                let end = if letter { tail(doc, at + 2) } else { at + 2 };
                push(into, reading, "location.unit", level, (at, end), "a unit");
            }
        }
    }
}

/// Somebody in the room does something.
fn acts(doc: &Doc, at: usize) -> bool {
    let at = if doc.punct(at, b',') { at + 1 } else { at };
    doc.tags(at) & tag::HAPPENED != 0
        || doc.reads_any(
            at,
            words![
                "is", "was", "wants", "keeps", "has", "needs", "thinks", "says", "coded", "again", "who", "just",
                "won't", "will"
            ],
        )
}

/// "in 12 hours", "in 2023", "in 5 minutes"
pub(super) fn measured(doc: &Doc, at: usize, end: usize) -> bool {
    const UNITS: &Words = words![
        "s",
        "st",
        "nd",
        "rd",
        "th",
        "yo",
        "yom",
        "yof",
        "y",
        "male",
        "female",
        "hours",
        "hour",
        "minutes",
        "min",
        "mins",
        "days",
        "day",
        "weeks",
        "week",
        "months",
        "month",
        "years",
        "year",
        "percent",
        "patients",
        "people",
        "adults",
        "kids",
        "children",
        "women",
        "men",
        "of",
        "more",
        "seconds",
        "sec",
        "pounds",
        "lbs",
        "kg",
        "mg",
        "ml",
        "am",
        "pm",
        "shifts",
        "times",
        "different",
        "hrs",
        "yrs",
        "states",
        "countries"
    ];
    doc.tokens
        .get(at)
        .is_some_and(|t| t.end - t.start == 4 && (doc.word(at).starts_with("19") || doc.word(at).starts_with("20")))
        || doc.tags(end) & tag::MONTH != 0
        || doc.punct(end, b'%')
        || doc.punct(end, b':')
        || doc.punct(end, b',') && doc.tokens.get(end + 1).is_some_and(|t| t.class == Class::Number && !t.spaced)
        || doc.punct(end, b'/')
        || doc.punct(end, b'-') && doc.reads_any(end + 1, UNITS)
        || doc.reads_any(end, UNITS)
}

/// `12 Rosewood Lane`, `on Alder St`
fn streets(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for at in 1..doc.tokens.len() {
        if !doc.tokens[at].is(tag::STREET_WORD) || !doc.tokens[at].capital() && doc.tokens[at - 1].case == Case::Lower {
            continue;
        }
        let mut from = at;
        while from > 0 && at - from < 4 {
            let token = &doc.tokens[from - 1];
            let part = token.class == Class::Word && token.case == Case::Title && !token.is(tag::ONE)
                || token.class == Class::Number
                || doc.tags(from - 1) & tag::ORDINAL_SUFFIX != 0;
            if !part || doc.tokens[from].line_start {
                break;
            }
            from -= 1;
        }
        if from == at
            || doc.tags(at) & tag::DOCTOR_TITLE != 0
                && !doc.tokens[from].is(0)
                && doc.tokens[from].class != Class::Number
        {
            continue;
        }
        let numbered = doc.tokens[from].class == Class::Number && at - from >= 2;
        let cued =
            numbered || from > 0 && doc.reads_any(from - 1, words!["on", "at", "of", "to", "from", "off", "near"]);
        if cued {
            let level = reading.patient.level_or_hint(doc.tokens[at].sentence);
            push(into, reading, "location.street", level, (from, at + 1), "an address");
        }
    }
}

/// `lives at 28919 Filadelfeos Str.`, `her address: Rua Diadema 1903`: names and
/// numbers after words that an address follows, whatever its country's order.
fn addresses(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for found in doc.found(group::PLACE_ADDRESS) {
        let from = found.end as usize;
        let (mut to, mut numbers, mut names) = (from, 0, 0);
        while let Some(token) = doc.tokens.get(to).filter(|_| to - from < LONGEST_ADDRESS) {
            match token.class {
                Class::Number => numbers += 1,
                Class::Word if token.capital() => names += 1,
                Class::Word
                    if doc.reads_any(
                        to,
                        words!["de", "du", "van", "der", "la", "del", "street", "road", "st", "ave", "apt"],
                    ) => {}
                Class::Punct if to > from && !token.spaced && matches!(doc.word(to), "." | "-" | "'") => {}
                _ => break,
            }
            to += 1;
        }
        if numbers > 0
            && names > 0
            && let Some(level) = reading.patient.level_at(doc.tokens[from].sentence)
        {
            push(into, reading, "location.street", level, (from, to), "an address");
        }
    }
}

/// Tokens of an address.
const LONGEST_ADDRESS: usize = 10;

/// ZIP codes and postcodes.
fn codes(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let width = |at: usize| doc.tokens.get(at).map_or(0, |t| t.end - t.start);
    let is = |at: usize, class: Class| doc.tokens.get(at).is_some_and(|t| t.class == class);
    for at in 1..doc.tokens.len() {
        let sentence = doc.tokens[at].sentence;
        let cue = |at: usize| {
            doc.reads_any(at, words!["zip", "zipcode", "postcode", "postal", "pin", "code", "cp", "eircode"])
        };
        if is(at, Class::Number) && width(at) == 5 && doc.tokens[at].spaced {
            let cued = cue(at - 1) || at > 1 && cue(at - 2) && !doc.reads(at - 2, "code");
            let after_state = doc.tags(at - 1) & tag::STATE_ABBR != 0 && doc.tokens[at - 1].case == Case::Upper;
            let plus_four = doc.punct(at + 1, b'-') && !doc.tokens[at + 1].spaced && width(at + 2) == 4;
            if cued || after_state || plus_four && doc.tokens[at - 1].class == Class::Word {
                let end = if plus_four { at + 3 } else { at + 1 };
                let level = reading
                    .patient
                    .level_at(sentence)
                    .or_else(|| reading.patient.clinical_near(sentence).then_some(Level::Warn).filter(|_| cued));
                // The cue goes with it: "near zip 59036" → "near our area".
                let from = if cue(at - 1) { at - 1 } else { at };
                push(into, reading, "location.zip", level.unwrap_or(Level::Hint), (from, end), "our area");
            }
        }
        // "LE4 7ZN", "K1A 0B1", "D02 X285": letters and digits in the fixed
        // order of the British, Canadian and Irish codes.
        if doc.tokens[at].class == Class::Word
            && doc.tokens[at].case != Case::Lower
            && (doc.tokens[at].spaced || doc.punct(at - 1, b';'))
            && width(at) <= 2
            && let Some(length) = postcode(doc.words(at, (at + 6).min(doc.tokens.len())))
        {
            let limit = doc.tokens[at].start + length as u32;
            let end = doc.tokens.partition_point(|t| t.end <= limit);
            let level = reading.patient.level_at(sentence).or(Some(if reading.patient.elsewhere() {
                Level::Hint
            } else {
                Level::Notice
            }));
            if let Some(level) = level.filter(|_| end > at) {
                push(into, reading, "location.zip", level, (at, end), "our area");
            }
        }
    }
}

/// Bytes of a British, Canadian or Irish postcode at the start of the text.
fn postcode(text: &str) -> Option<usize> {
    const SHAPES: &[&str] = &["A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA", "A9A 9A9", "A99 A999"];
    let bytes = text.as_bytes();
    let fits = |byte: u8, sign: u8| match sign {
        b'A' => byte.is_ascii_uppercase(),
        b'9' => byte.is_ascii_digit(),
        _ => byte == sign,
    };
    let matches = |shape: &&&str| {
        bytes.len() >= shape.len() && bytes.iter().zip(shape.bytes()).all(|(byte, sign)| fits(*byte, sign))
    };
    let shape = SHAPES.iter().filter(matches).max_by_key(|shape| shape.len())?;
    let next = bytes.get(shape.len());
    (!next.is_some_and(|next| next.is_ascii_uppercase() || next.is_ascii_digit())).then_some(shape.len())
}

/// `44.0837, -121.7021`
fn coordinates(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let number = |at: usize| doc.tokens.get(at).is_some_and(|t| t.class == Class::Number);
    let decimal = |at: usize| {
        let at = if doc.punct(at, b'-') || doc.punct(at, b'+') { at + 1 } else { at };
        let long = doc.tokens.get(at + 2).is_some_and(|t| t.end - t.start >= 3 && !t.spaced);
        (number(at) && doc.punct(at + 1, b'.') && !doc.tokens[at + 1].spaced && number(at + 2) && long)
            .then_some(at + 3)
    };
    let mut at = 0;
    while at < doc.tokens.len() {
        let found = decimal(at)
            .map(|end| {
                if doc.tokens.get(end).is_some_and(|t| t.class == Class::Word && t.end - t.start == 1) {
                    end + 1
                } else {
                    end
                }
            })
            .map(|end| if doc.punct(end, b',') { end + 1 } else { end })
            .and_then(decimal);
        match found {
            Some(end) => {
                let level = if reading.patient.strength == Strength::None && reading.patient.elsewhere() {
                    Level::Notice
                } else {
                    Level::Warn
                };
                push(into, reading, "location.coordinates", level, (at, end), "a remote area");
                at = end;
            }
            None => at += 1,
        }
    }
}

/// Houses of care, landmarks and offices, by their names.
fn named(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for found in &doc.matches {
        let (rule, text, (from, to)) = match found.group {
            group::PLACE_FACILITY => ("location.facility", "a hospital", (found.start, found.end)),
            group::PLACE_KNOWN => ("location.facility", "a hospital", (found.start, found.end)),
            group::PLACE_LANDMARK => ("location.city", "a place nearby", (found.start, found.end)),
            group::PLACE_ROAD if doc.tokens[found.start as usize].capital() => {
                ("location.street", "a road", (found.start, found.end))
            }
            group::PLACE_CITY => ("location.city", "our area", (found.start, found.end)),
            group::PLACE_OUR => ("location.facility", "", found.capture),
            _ => continue,
        };
        let (from, to) = (from as usize, to as usize);
        let first = &doc.tokens[from];
        // "Texas hospital", "For Entrepreneurs In Health": no house's name.
        let loose = found.group == group::PLACE_FACILITY
            && (to - from == 2 && doc.starts(group::PLACE_REGION, from)
                || (from..to).any(|at| {
                    doc.reads_any(at, words!["in", "for", "to", "of", "with", "a", "and", "on", "who", "that"])
                }));
        // "the Ohio River Valley" is larger than a state.
        let vast = found.group == group::PLACE_LANDMARK && doc.starts(group::PLACE_REGION, from);
        if loose || vast || doc.title_case && found.group == group::PLACE_FACILITY && to - from < 3 {
            continue;
        }
        let known = matches!(found.group, group::PLACE_KNOWN | group::PLACE_CITY)
            && (first.capital() || first.is(tag::FACILITY_WORD));
        let ordinary = !known && first.sentence_start && first.is(tag::ENGLISH | tag::COMMON_WORD | tag::ONE)
            || found.group == group::PLACE_KNOWN && !known
            || first.is(tag::OWN_VOICE | tag::ONE | tag::PRONOUN_ONE | tag::CLINICAL_VERB | tag::HAPPENED)
            || first.hashtag
            || !known && first.case == Case::Upper && to - from < 3
            || doc.tags(to - 1) & (tag::CREDENTIAL_SUFFIX | tag::STAFF_ROLE) != 0
            || doc.reads_any(
                from,
                words![
                    "behavioral",
                    "home",
                    "occupational",
                    "women's",
                    "community",
                    "rural",
                    "global",
                    "prison",
                    "school",
                    "night",
                    "travel",
                    "wound",
                    "peds",
                    "hospice",
                    "veterans",
                    "dialysis",
                    "pharmacy",
                    "dental",
                    "rheum",
                    "cardiology",
                    "oncology",
                    "neuro",
                    "derm",
                    "ortho",
                    "renal",
                    "diabetes",
                    "pain",
                    "sleep",
                    "memory",
                    "fertility",
                    "flu",
                    "covid",
                    "emergency",
                    "public",
                    "mental",
                    "the",
                    "our",
                    "my",
                    "primary",
                    "urgent"
                ],
            );
        // What the writer is: "I work at", "here at", "RN at".
        if ordinary || region(doc, from, to) {
            continue;
        }
        // A practice's own name under its reply is no secret.
        if reading.draft.setting == Setting::ReviewReply && rule == "location.facility" {
            continue;
        }
        // A name alone, far from where the patient is spoken of, is where the
        // writer works.
        push(into, reading, rule, reading.patient.level_or_hint(first.sentence), (from, to), text);
    }
}

fn region(doc: &Doc, from: usize, to: usize) -> bool {
    doc.found_from(group::PLACE_REGION, from, from + 1).any(|m| m.end as usize >= to)
}

/// Cities, towns and counties of the gazetteer, and unknown places that the
/// sentence treats as one.
fn cities(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let preceded = |at: usize| doc.ends(group::PLACE_OF, at);
    let home = |at: usize| doc.ends(group::PLACE_HOME, at);
    let thing =
        |at: usize, end: usize| doc.touching(group::PLACE_THING, at, at + 1).is_some_and(|m| m.end as usize >= end);
    let mut at = 0;
    while at < doc.tokens.len() {
        let start = at;
        let token = &doc.tokens[start];
        at += 1;
        if token.class != Class::Word || token.end - token.start < 3 && !token.capital() {
            continue;
        }
        // "Ayer" is yesterday oftener than a town.
        if doc.starts(group::DATE_RELATIVE, start) {
            continue;
        }
        // "Dr. Sandoval" is no county.
        let title = if start > 0 && doc.punct(start - 1, b'.') { start - 1 } else { start };
        if title > 0 && doc.tags(title - 1) & (tag::DOCTOR_TITLE | tag::HONORIFIC) != 0 {
            continue;
        }
        let after_patient = start > 0 && doc.punct(start - 1, b'(') || start > 1 && doc.punct(start - 1, b',');
        if token.hashtag {
            // "#BronxStrong"
            let strong =
                doc.tokens.get(start + 1).is_some_and(|t| t.hashtag && !t.spaced) && doc.reads(start + 1, "strong");
            if strong && (places::at(doc, start).is_some() || doc.starts(group::PLACE_CITY, start)) {
                let level = reading.patient.level_or_hint(token.sentence);
                push(into, reading, "location.city", level, (start, start + 2), "");
            }
            continue;
        }
        let found = places::at(doc, start);
        let state_after = |end: usize| {
            doc.punct(end, b',')
                && doc.tokens.get(end + 1).is_some_and(|t| t.is(tag::STATE_ABBR) && t.case == Case::Upper)
                || doc.punct(end, b',') && doc.starts(group::PLACE_REGION, end + 1)
        };
        let Some(place) = found else {
            // A town too small for the gazetteer: "lives in Ruidoso Springs".
            if (token.case == Case::Title || token.case == Case::Upper && token.end - token.start > 4)
                && (home(start)
                    || state_after(start + 1) && preceded(start)
                    // In a story about a patient an unknown capital after "in" or
                    // "from" is a place that the gazetteer is too coarse for.
                    || token.tags == 0
                        && token.case == Case::Title
                        && token.end - token.start > 3
                        && start > 0
                        && doc.reads_any(start - 1, words!["in", "from", "near", "outside"]))
                && !region(doc, start, start + 1)
                && !token.is(tag::MONTH
                    | tag::WEEKDAY
                    | tag::ENGLISH
                    | tag::DISEASE
                    | tag::DRUG
                    | tag::UNIT_WORD
                    | tag::CLINICAL_NOUN
                    | tag::FIRST_NAME)
                && !thing(start, start + 1)
                && let Some(level) = reading.patient.level_at(token.sentence)
            {
                let next = doc.tokens.get(start + 1).is_some_and(|t| {
                    t.case == Case::Title && t.spaced && t.class == Class::Word && !t.sentence_start && !t.line_start
                });
                push(into, reading, "location.city", level, (start, start + 1 + usize::from(next)), "our area");
            }
            continue;
        };
        let end = start + place.tokens;
        let largest = place.largest();
        let ambiguous = largest.is_some_and(|p| p.ambiguous)
            || token.is(tag::ENGLISH | tag::COMMON_WORD | tag::MONTH | tag::WEEKDAY);
        let person = token.is(tag::FIRST_NAME | tag::SURNAME);
        if region(doc, start, end) && !state_after(end)
            || thing(start, end)
            || place.tokens == 1
                && token.is(tag::DISEASE | tag::DRUG | tag::CLINICAL_NOUN | tag::HONORIFIC | tag::DOCTOR_TITLE)
        {
            at = end;
            continue;
        }
        let lower = token.case == Case::Lower;
        let (of, lives) = (preceded(start), home(start));
        let tied = state_after(end)
            || lives && (!lower || !ambiguous && !person)
            || of && !lower && (!ambiguous || !token.sentence_start)
            || of && lower && !ambiguous && !person && largest.is_some_and(|p| p.population > 50_000.0)
            || !lower && !ambiguous && !person && (after_patient || place.tokens > 1);
        if lower && (!tied || token.end - token.start < 4) {
            continue;
        }
        {
            let level = if tied { reading.patient.level_or_hint(token.sentence) } else { Level::Hint };
            // The writer's own town at the head of a post is a notice.
            let own = start < 8 && (doc.reads(end, "here") || doc.reads(end, "doc") || doc.reads(end, "nurse"));
            let level = if own { Level::Notice } else { level };
            let county = doc.reads_any(end, words!["county", "township", "parish", "borough", "village"]);
            let to = if state_after(end) { end + 2 } else { end + usize::from(county) };
            push(into, reading, "location.city", level, (start, to), "our area");
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Location;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        flags("my patient in room 418 threw the urinal at me", Location);
        flags("My patient lives in Tulsa and cannot get her insulin", Location);
        flags("The lady in 12 asked for the priest again", Location);
        flags("My patient was flown in from Ruidoso with frostbite", Location);
        flags("our pt, zip 59036, lost his foot to frostbite", Location);
        flags("Hiker with HAPE was found at 44.0837, -121.7021", Location);
        flags("She is my patient and lives at 12 Rosewood Lane", Location);
        flags("My patient at Mercy Ridge Hospital coded twice", Location);
    }

    #[test]
    fn left_alone() {
        clean("West Nile positive mosquitoes were trapped in the county", Location);
        clean("Landed in Chicago for the congress, room S404", Location);
        clean("My patient is from Texas", Location);
        clean("Free blood pressure checks at the fire station on Alder St this Thursday", Location);
        clean("Lyme is not everything west of Connecticut", Location);
        clean("Titrate in 12 hours, my patient did fine", Location);
    }
}
