//! (K) Certificate and licence numbers.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::patterns::group;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_LICENSE,
        Kind::LicenseNumber,
        "license.number",
        5,
        |code| {
            let doc = &reading.doc;
            // "Our NPI for your forms is ...": a provider's own number is public.
            let own = code.from.checked_sub(1).is_some_and(|before| {
                doc.sentence(before).take_while(|at| *at < code.from).any(|at| {
                    doc.reads(at, "our")
                        && (at + 1..at + 3).any(|next| doc.reads(next, "npi") || doc.reads(next, "license"))
                })
            });
            (code.digits() >= 5 && !own).then_some(Level::Warn)
        },
        into,
    );
}
