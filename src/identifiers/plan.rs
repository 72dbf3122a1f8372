//! (I) Health plan beneficiary numbers: Medicare, Medicaid, member ids, and the national health numbers of other countries.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::patterns::group;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_PLAN,
        Kind::HealthPlanId,
        "plan.number",
        5,
        |code| (code.digits() >= 5).then_some(Level::Warn),
        into,
    );
}
