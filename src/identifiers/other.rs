//! (R) Any other unique number or code: passports, encounters, inmates, trial subjects.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::patterns::group;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_OTHER,
        Kind::OtherId,
        "other.number",
        4,
        |code| (code.digits() >= 4).then_some(Level::Warn),
        into,
    );
}
