//! Candidates that no family announces: a capital that is no word, a room, a
//! day told loosely, a bare age, a picture, a code. Nothing but their shape
//! speaks for them, so they are hints, and [`crate::tie`] decides by what
//! surrounds them.

use std::ops::Range;

use super::code;
use super::names;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::text::lexicon::tag;
use crate::text::patterns::{Match, group};
use crate::text::tokens::{Case, Class};
use crate::text::words::{Words, words};
use crate::text::{Doc, numbers, places};
use crate::tie;

/// Every hint that no other finding of the draft covers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let mut hints = Hints::new(&reading.doc, into);
    capitals(reading, &mut hints);
    rooms(&reading.doc, &mut hints);
    days(&reading.doc, &mut hints);
    ages(&reading.doc, &mut hints);
    pictures(reading, &mut hints);
    codes(reading, &mut hints);
    into.append(&mut hints.found);
}

/// Hints that are gathered, and which tokens have a finding already.
struct Hints {
    found: Vec<Finding>,
    /// A bit for each kind, by token.
    covered: Vec<u32>,
}

impl Hints {
    fn new(doc: &Doc, findings: &[Finding]) -> Hints {
        let mut covered = vec![0; doc.tokens.len()];
        for finding in findings {
            for token in tie::tokens_of(doc, finding.span) {
                covered[token] |= 1 << finding.kind as u32;
            }
        }
        Hints { found: Vec::new(), covered }
    }

    fn push(&mut self, doc: &Doc, kind: Kind, rule: &'static str, tokens: Range<usize>, text: Option<&str>) {
        if self.covered[tokens.clone()].iter().any(|kinds| kinds & 1 << kind as u32 != 0) {
            return;
        }
        let finding = Finding::new(kind, rule, Level::Hint, doc.span(tokens.start, tokens.end));
        self.found.push(match text {
            Some(text) => finding.replaced_by(text),
            None => finding,
        });
    }
}

/// Words with a capital that are no ordinary words: a person, a place, or a
/// house; also names in lower case.
fn capitals(reading: &Reading, hints: &mut Hints) {
    const ORDINARY: u128 = tag::MONTH
        | tag::WEEKDAY
        | tag::HONORIFIC
        | tag::DOCTOR_TITLE
        | tag::DISEASE
        | tag::DRUG
        | tag::CREDENTIAL_SUFFIX
        | tag::STAFF_ROLE
        | tag::ANATOMY
        | tag::PRONOUN_ONE
        | tag::CLINICAL_NOUN;
    // Where people come from names nobody.
    const ORIGINS: &[&str] = &[
        "african",
        "american",
        "asian",
        "hispanic",
        "latino",
        "latina",
        "caucasian",
        "european",
        "british",
        "english",
        "irish",
        "mexican",
        "indian",
        "chinese",
        "filipino",
        "filipina",
        "nigerian",
        "jewish",
        "muslim",
        "christian",
        "catholic",
        "hindu",
        "spanish",
        "french",
        "german",
        "italian",
        "japanese",
        "korean",
        "vietnamese",
        "russian",
        "ukrainian",
        "somali",
        "arab",
        "native",
        "australian",
        "canadian",
        "scottish",
        "welsh",
        "polish",
        "brazilian",
    ];
    let doc = &reading.doc;
    let named = |at: usize| {
        doc.tokens.get(at).is_some_and(|t| {
            t.class == Class::Word
                && t.case != Case::Lower
                && t.end - t.start > 2
                && !t.is(ORDINARY)
                && !ORIGINS.iter().any(|origin| doc.reads(at, origin))
                && (t.case != Case::Upper || t.end - t.start > 4)
        })
    };
    let mut at = 0;
    while at < doc.tokens.len() {
        let from = at;
        let token = &doc.tokens[from];
        at += 1;
        let known = token.is(tag::FIRST_NAME | tag::SURNAME);
        let word = token.is(tag::ENGLISH | tag::COMMON_WORD);
        if token.class == Class::Word && token.case == Case::Lower {
            // "jaylen from peds onc"
            let said = from > 0
                && (doc.tags(from - 1) & tag::ONE != 0
                    || doc.reads_any(
                        from - 1,
                        words!["nuestra", "nuestro", "la", "el", "una", "su", "mi", "las", "los"],
                    ));
            if token.is(tag::FIRST_NAME) && !said && !token.is(ORDINARY) && !word && token.end - token.start > 2 {
                hints.push(doc, Kind::Name, "name.full", from..at, Some("a patient"));
            }
            continue;
        }
        if !named(from) || token.sentence_start && word && !known {
            continue;
        }
        while named(at) && doc.tokens[at].spaced && !doc.tokens[at].line_start {
            at += 1;
        }
        let place = places::at(doc, from).is_some() && !token.is(tag::EPONYM);
        let house = doc.tags(at) & tag::FACILITY_WORD != 0;
        let placed = from > 0 && (doc.ends(group::PLACE_OF, from) || doc.ends(group::PLACE_HOME, from));
        // "lives in Laredo"
        let only_place = place && placed;
        let titled = from > 0 && doc.reads_any(from - 1, TITLES);
        if !only_place && (!word || at - from > 1 || titled) && (titled || !names::elsewhere(reading, from, at)) {
            let text = if token.sentence_start { "A patient" } else { "a patient" };
            hints.push(doc, Kind::Name, "name.full", from..at, Some(text));
        }
        if place || house || placed && !token.sentence_start {
            let (rule, text) = if house { ("location.facility", "a hospital") } else { ("location.city", "our area") };
            let end = if house { at + 1 } else { at };
            hints.push(doc, Kind::Location, rule, from..end, Some(text));
        }
    }
}

/// Titles that people keep when they fall ill.
const TITLES: &Words = words![
    "coach",
    "pastor",
    "father",
    "sister",
    "brother",
    "captain",
    "sergeant",
    "officer",
    "rabbi",
    "imam",
    "reverend",
    "deacon",
    "bishop",
    "chief",
    "judge",
    "mayor",
    "senator",
    "principal",
    "miss",
    "auntie",
    "aunty",
    "uncle",
    "granny",
    "grandma",
    "grandpa",
    "nana",
    "lola",
    "lolo",
    "tita",
    "tito",
    "dona",
    "don",
    "baby",
    "little",
    "wee",
    "big",
    "old",
    "madame",
    "lady",
    "lord",
    "sir",
    "dame",
    "colonel",
    "major",
    "lieutenant",
    "skipper",
    "farmer"
];

/// What stands for a room or a unit before its number. Short words in capitals
/// do too: "CVU 7", "LDR 4".
const ROOMS: &Words = words![
    "resus",
    "bay",
    "pod",
    "chair",
    "bed",
    "room",
    "rm",
    "space",
    "cubicle",
    "cubby",
    "stepdown",
    "triage",
    "cooler",
    "flat",
    "apartment",
    "ward",
    "wing",
    "unit",
    "theatre",
    "theater",
    "suite",
    "bedspace",
    "side",
    "telemetry",
    "tele",
    "ortho",
    "medsurg",
    "neuro",
    "peds",
    "north",
    "south",
    "east",
    "west",
    "tower",
    "curtain",
    "hall",
    "window",
    "trauma",
    "cama",
    "sala",
    "cuarto",
    "habitacion",
    "piso"
];

/// `resus 3`, `CVU 7`, `bay D`, `12A`
fn rooms(doc: &Doc, hints: &mut Hints) {
    for at in 0..doc.tokens.len() {
        let token = &doc.tokens[at];
        let long = token.end - token.start;
        let number = token.class == Class::Number && long <= 4;
        // "2B", "12A"
        let word = doc.word(at).as_bytes();
        let mixed = (2..=4).contains(&word.len())
            && word[0].is_ascii_digit()
            && word[word.len() - 1].is_ascii_alphabetic()
            && word[..word.len() - 1].iter().all(u8::is_ascii_digit);
        let letter = word.len() == 1 && word[0].is_ascii_uppercase() && word[0] != b'I' && word[0] != b'A';
        let before = at.checked_sub(1).map(|before| {
            let named = doc.reads_any(before, ROOMS) || doc.tags(before) & tag::UNIT_WORD != 0;
            let short = doc.tokens[before].case == Case::Upper
                && doc.tokens[before].class == Class::Word
                && (2..=5).contains(&(doc.tokens[before].end - doc.tokens[before].start));
            (named, short)
        });
        match before {
            Some((named, short)) if (number || mixed) && (named || short) || letter && named => {
                hints.push(doc, Kind::Location, "location.room", at - 1..at + 1, Some("a room"));
            }
            _ if mixed => hints.push(doc, Kind::Location, "location.room", at..at + 1, Some("a room")),
            _ => {}
        }
    }
}

/// `12/24`, `the next morning`
fn days(doc: &Doc, hints: &mut Hints) {
    for found in doc.found(group::DATE_LOOSE) {
        let range = found.start as usize..found.end as usize;
        hints.push(doc, Kind::Date, "date.relative", range, Some("recently"));
    }
    let number = |at: usize| {
        let token = doc.tokens.get(at).filter(|t| t.class == Class::Number && t.end - t.start <= 2)?;
        doc.plain.text.get(token.start as usize..token.end as usize)?.parse::<u32>().ok()
    };
    for at in 1..doc.tokens.len().saturating_sub(1) {
        if !doc.punct(at, b'/') || doc.punct(at + 2, b'/') || at > 1 && doc.punct(at - 2, b'/') {
            continue;
        }
        // Month and day, in the order of the one country or the other.
        let (Some(first), Some(second)) = (number(at - 1), number(at + 1)) else { continue };
        if first.min(second) >= 1 && first.min(second) <= 12 && first.max(second) <= 31 {
            hints.push(doc, Kind::Date, "date.absolute", at - 1..at + 2, Some("recently"));
        }
    }
}

/// A bare number that may be an age over 89: "97 and she wanted the lipstick",
/// "living to ninety-seven".
fn ages(doc: &Doc, hints: &mut Hints) {
    const BEFORE: &[&str] =
        &["both", "him", "her", "age", "of", "to", "turned", "almost", "nearly", "aged", "well", "now", "who's"];
    let mut at = 0;
    while at < doc.tokens.len() {
        let Some(number) = numbers::at(doc, at) else {
            at += 1;
            continue;
        };
        let to = at + number.tokens;
        let glued = |at: usize| {
            b"%/$:.-+".iter().any(|sign| doc.punct(at, *sign) && doc.tokens.get(at + 1).is_some_and(|t| !t.spaced))
        };
        let said = match at.checked_sub(1) {
            None => true,
            Some(before) => {
                doc.tokens[at].sentence_start
                    || doc.punct(before, b',')
                    || doc.punct(before, b'(')
                    || BEFORE.iter().any(|word| doc.reads(before, word))
            }
        };
        // "90 or older" is what Safe Harbor allows.
        let open = doc.punct(to, b'+')
            || ["or", "o", "and", "y", "-"].iter().any(|word| doc.reads(to, word))
                && ["older", "over", "more", "above", "up", "mas"]
                    .iter()
                    .any(|word| (to + 1..to + 4).any(|at| doc.reads(at, word)));
        let is_age = (90..=112).contains(&number.value);
        if is_age && said && !glued(to) && !open && !(at > 0 && glued(at - 1)) {
            hints.push(doc, Kind::AgeOver89, "age.over_89", at..to, Some("90 or older"));
        }
        at = to.max(at + 1);
    }
}

/// Pictures that are spoken of, whatever is done with them.
fn pictures(reading: &Reading, hints: &mut Hints) {
    let doc = &reading.doc;
    let shown = |m: &&Match| matches!(m.group, group::PHOTO_PICTURE | group::PHOTO_CLINICAL | group::PHOTO_LOOSE);
    if reading.draft.setting == Setting::ReviewReply {
        return;
    }
    for found in doc.matches.iter().filter(shown) {
        hints.push(doc, Kind::Photo, "photo.shared", found.start as usize..found.end as usize, None);
    }
}

/// What a code is, by the nearest word that names one.
const CUES: &[(&str, Kind, &str)] = &[
    ("ssn", Kind::Ssn, "ssn.number"),
    ("social", Kind::Ssn, "ssn.number"),
    ("mrn", Kind::Mrn, "mrn.number"),
    ("chart", Kind::Mrn, "mrn.number"),
    ("record", Kind::Mrn, "mrn.number"),
    ("charted", Kind::Mrn, "mrn.number"),
    ("emr", Kind::Mrn, "mrn.number"),
    ("ehr", Kind::Mrn, "mrn.number"),
    ("insurance", Kind::HealthPlanId, "plan.number"),
    ("insurer", Kind::HealthPlanId, "plan.number"),
    ("member", Kind::HealthPlanId, "plan.number"),
    ("subscriber", Kind::HealthPlanId, "plan.number"),
    ("policy", Kind::HealthPlanId, "plan.number"),
    ("medicare", Kind::HealthPlanId, "plan.number"),
    ("medicaid", Kind::HealthPlanId, "plan.number"),
    ("nhs", Kind::HealthPlanId, "plan.number"),
    ("plan", Kind::HealthPlanId, "plan.number"),
    ("coverage", Kind::HealthPlanId, "plan.number"),
    ("benefits", Kind::HealthPlanId, "plan.number"),
    ("account", Kind::AccountNumber, "account.number"),
    ("acct", Kind::AccountNumber, "account.number"),
    ("invoice", Kind::AccountNumber, "account.number"),
    ("bill", Kind::AccountNumber, "account.number"),
    ("billing", Kind::AccountNumber, "account.number"),
    ("claim", Kind::AccountNumber, "account.number"),
    ("bank", Kind::AccountNumber, "account.number"),
    ("card", Kind::AccountNumber, "account.number"),
    ("visa", Kind::AccountNumber, "account.number"),
    ("payment", Kind::AccountNumber, "account.number"),
    ("license", Kind::LicenseNumber, "license.number"),
    ("licence", Kind::LicenseNumber, "license.number"),
    ("permit", Kind::LicenseNumber, "license.number"),
    ("npi", Kind::LicenseNumber, "license.number"),
    ("dea", Kind::LicenseNumber, "license.number"),
    ("plate", Kind::VehicleId, "vehicle.number"),
    ("plates", Kind::VehicleId, "vehicle.number"),
    ("truck", Kind::VehicleId, "vehicle.number"),
    ("car", Kind::VehicleId, "vehicle.number"),
    ("van", Kind::VehicleId, "vehicle.number"),
    ("vin", Kind::VehicleId, "vehicle.number"),
    ("serial", Kind::DeviceId, "device.serial"),
    ("pacemaker", Kind::DeviceId, "device.serial"),
    ("device", Kind::DeviceId, "device.serial"),
    ("implant", Kind::DeviceId, "device.serial"),
    ("pump", Kind::DeviceId, "device.serial"),
    ("sensor", Kind::DeviceId, "device.serial"),
    ("stimulator", Kind::DeviceId, "device.serial"),
    ("defibrillator", Kind::DeviceId, "device.serial"),
    ("phone", Kind::Phone, "phone.number"),
    ("cell", Kind::Phone, "phone.number"),
    ("mobile", Kind::Phone, "phone.number"),
    ("call", Kind::Phone, "phone.number"),
    ("text", Kind::Phone, "phone.number"),
    ("fax", Kind::Fax, "fax.number"),
];

/// A code is that long, or holds letters too.
const DIGITS: usize = 5;

/// Codes that nothing announces.
fn codes(reading: &Reading, hints: &mut Hints) {
    let doc = &reading.doc;
    let mut at = 0;
    while at < doc.tokens.len() {
        let token = &doc.tokens[at];
        let starts = token.class == Class::Number
            || token.class == Class::Word && token.case != Case::Lower && token.end - token.start <= 4;
        let Some(code) = starts.then(|| code::at(doc, at)).flatten() else {
            at += 1;
            continue;
        };
        at = code.to.max(at + 1);
        let digits = code.digits();
        let mixed = digits < code.text.len();
        if digits < DIGITS && !(mixed && digits >= 3 && code.text.len() >= 5) || code.text.len() > 24 {
            continue;
        }
        if code.wordy(doc) || hints.covered[code.from..code.to].iter().any(|kinds| *kinds != 0) {
            continue;
        }
        let (kind, rule) = named(doc, code.from, code.to);
        hints.push(doc, kind, rule, code.from..code.to, Some("[number removed]"));
    }
}

fn named(doc: &Doc, from: usize, to: usize) -> (Kind, &'static str) {
    let cue = |at: usize| {
        let word = doc.word(at);
        let first = word.bytes().next()?.to_ascii_lowercase();
        let starts = |cue: &str| cue.bytes().next() == Some(first);
        let (_, kind, rule) = CUES.iter().find(|(cue, ..)| starts(cue) && word.eq_ignore_ascii_case(cue))?;
        Some((*kind, *rule))
    };
    let sentence = doc.sentence(from);
    let before = (sentence.start..from).rev().take(12).find_map(|at| cue(at).map(|found| (from - at, found)));
    let after = (to..sentence.end).take(8).find_map(|at| cue(at).map(|found| (at - to + 3, found)));
    match (before, after) {
        (Some((a, found)), Some((b, other))) => {
            if a <= b {
                found
            } else {
                other
            }
        }
        (Some((_, found)), None) | (None, Some((_, found))) => found,
        (None, None) => (Kind::OtherId, "other.number"),
    }
}
