//! (M) Device identifiers and serial numbers.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::lexicon::tag;
use crate::text::patterns::group;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_DEVICE,
        Kind::DeviceId,
        "device.serial",
        1,
        // A recall names the makers' numbers, no patient's.
        |code| {
            (!(reading.patient.away.announcement || for_sale(reading)) && code.text.len() >= 5 && code.digits() >= 1)
                .then_some(Level::Warn)
        },
        into,
    );
}

/// Things for sale, under warranty or out of order are nobody's implant.
fn for_sale(reading: &Reading) -> bool {
    const SIGNS: &[&str] = &[
        "sale",
        "selling",
        "warranty",
        "printer",
        "vendor",
        "backorder",
        "laptop",
        "recall",
        "recalled",
        "lot",
        "lots",
    ];
    let doc = &reading.doc;
    !reading.patient.explicit()
        && (0..doc.tokens.len()).any(|at| SIGNS.iter().any(|word| doc.reads(at, word)))
        && !doc.tokens.iter().any(|t| t.is(tag::PRONOUN_ONE))
}
