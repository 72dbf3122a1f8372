//! (P) Biometric identifiers: finger and voice prints, and what else measures
//! one body only (iris, retina, face template, palate, gait, genome).

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::lexicon::tag;
use crate::text::patterns::group;

/// Measures of a patient's body that are shared or described.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let mut last = 0;
    for found in doc.found(group::BIOMETRIC_BODY) {
        let (from, to) = (found.start as usize, found.end as usize);
        if from < last {
            continue;
        }
        let somebody =
            doc.sentence(from).any(|at| doc.tags(at) & (tag::PATIENT_NOUN | tag::PRONOUN_ONE | tag::PERSON_NOUN) != 0);
        let level = match reading.patient.strength {
            Strength::Strong => Level::Warn,
            _ if reading.patient.elsewhere() => continue,
            _ if somebody || shared(reading, from) => Level::Warn,
            Strength::Weak => Level::Notice,
            Strength::None => continue,
        };
        last = to;
        into.push(
            Finding::new(Kind::Biometric, "biometric.mention", level, doc.span(from, to)).replaced_by("[removed]"),
        );
    }
}

/// "sample set attached": what is shared of many is shared of each.
fn shared(reading: &Reading, at: usize) -> bool {
    let doc = &reading.doc;
    let words = [
        "attached",
        "uploaded",
        "uploading",
        "posted",
        "posting",
        "shared",
        "sharing",
        "linked",
        "drive",
        "repo",
        "github",
        "public",
    ];
    let residents = ["residents", "patients", "clients", "inmates", "newborns", "babies"];
    let sentence = doc.sentence(at);
    sentence.clone().any(|at| words.iter().any(|word| doc.reads(at, word)))
        && sentence.clone().any(|at| residents.iter().any(|word| doc.reads(at, word)))
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Biometric;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        flags("uploaded my patient's fingerprint template to the forum", Biometric);
        flags("iris scan of one of our glaucoma patients attached", Biometric);
        flags("his voiceprint file from the clinic is in the drive", Biometric);
    }

    #[test]
    fn left_alone() {
        clean("The new time clock wants my fingerprint every morning", Biometric);
        clean("Retinal screening for diabetics is open on Monday", Biometric);
        clean("Face masks are back on the ward", Biometric);
    }
}
