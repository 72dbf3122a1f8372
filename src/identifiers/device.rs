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
        |code| (code.text.len() >= 5 && code.digits() >= 1).then_some(Level::Warn),
        into,
    );
}
