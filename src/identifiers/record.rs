//! (H) Medical record numbers: no shape of their own, so only after a cue.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::patterns::group;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_MRN,
        Kind::Mrn,
        "mrn.number",
        4,
        |code| (code.digits() >= 4).then_some(Level::Warn),
        into,
    );
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Mrn;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "dc tele on MRN 20031187 pls",
            "URN 553-0097-2 needs a repeat trop",
            "med rec # is 09917325, the lady with the chest tube",
            "chart number 6140972 keeps me awake",
        ] {
            flags(text, Mrn);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "The MRN is how we find people",
            "Chart your notes before 7",
            "Case reports are welcome, 500 words",
            "Our record is 12 admissions in a night",
            "Mr 5000 was a film",
        ] {
            clean(text, Mrn);
        }
    }
}
