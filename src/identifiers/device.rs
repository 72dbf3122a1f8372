//! (M) Device identifiers and serial numbers.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
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
            (!(reading.patient.away.announcement) && code.text.len() >= 5 && code.digits() >= 1).then_some(Level::Warn)
        },
        into,
    );
}
