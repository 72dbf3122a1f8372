//! (J) Account numbers: bank, card, billing, claim.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::patterns::group;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_ACCOUNT,
        Kind::AccountNumber,
        "account.number",
        4,
        |code| (code.digits() >= 6).then_some(Level::Warn),
        into,
    );
}
