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
