//! (M) Device identifiers and serial numbers.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::lexicon::tag;
use crate::text::patterns::group;
use crate::text::words::{Words, words};

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
    const SIGNS: &Words = words![
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
        "lots"
    ];
    let doc = &reading.doc;
    !reading.patient.explicit()
        && (0..doc.tokens.len()).any(|at| doc.reads_any(at, SIGNS))
        && !doc.tokens.iter().any(|t| t.is(tag::PRONOUN_ONE))
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::DeviceId;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "Pacemaker serial PJN4402817 interrogated, my patient is fine",
            "her pump, s/n 7731-K-22081, is at the desk",
            "IMEI 490154203237518 is the tracker on my memory patient",
            "my patient's implant card says UDI (01)00813202041173(21)A77K03391",
        ] {
            flags(text, DeviceId);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "Recall: pumps with serial numbers 4400182 to 4400963",
            "Serial dilution 1:10 gave nothing",
            "Selling my Littmann, serial 88213A",
            "The device has 3 leads",
            "Lot 1723011 of the sensor is recalled",
        ] {
            clean(text, DeviceId);
        }
    }
}
