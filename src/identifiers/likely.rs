//! Candidates that no family announces: a capital in the middle of a sentence,
//! a picture, a code. Nothing but their shape speaks for them, so they are
//! hints, and [`crate::tie`] decides by what surrounds them.

use crate::text::words::words;
use std::ops::Range;

use super::code;
use super::names;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::text::lexicon::tag;
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};
use crate::text::{Doc, places};
use crate::tie;

/// Every hint that no other finding of the draft covers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let mut hints = Hints::new(&reading.doc, into);
    capitals(reading, &mut hints);
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
    let doc = &reading.doc;
    let named = |at: usize| {
        doc.tokens.get(at).is_some_and(|t| {
            t.class == Class::Word
                && t.case != Case::Lower
                && t.end - t.start > 2
                && !t.is(ORDINARY)
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
        if !named(from) || token.sentence_start && (word || !known) {
            continue;
        }
        while named(at) && doc.tokens[at].spaced && !doc.tokens[at].line_start {
            at += 1;
        }
        let place = places::at(doc, from).is_some();
        let house = doc.tags(at) & tag::FACILITY_WORD != 0;
        let placed = from > 0 && (doc.ends(group::PLACE_OF, from) || doc.ends(group::PLACE_HOME, from));
        // "lives in Laredo"
        let only_place = place && placed;
        if !only_place && (!word || at - from > 1) && !names::elsewhere(reading, from, at) {
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

/// Pictures that are spoken of, whatever is done with them.
fn pictures(reading: &Reading, hints: &mut Hints) {
    let doc = &reading.doc;
    let spoken_of = |group: u16| doc.found(group).next().is_some();
    if reading.draft.setting == Setting::ReviewReply
        || !spoken_of(group::PHOTO_PICTURE) && !spoken_of(group::PHOTO_CLINICAL)
    {
        return;
    }
    for found in doc.matches.iter().filter(|m| matches!(m.group, group::PHOTO_PICTURE | group::PHOTO_CLINICAL)) {
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
