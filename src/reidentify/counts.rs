//! Places whose people the draft counts: "sixty-one people on this island", "a
//! monastery of nine", "township of 900".

use super::facts::{Fact, What};
use crate::text::Doc;
use crate::text::numbers;
use crate::text::patterns::group;

/// A place of more people is no small place.
const LARGEST: u64 = 20_000;
/// People of a household: 2.5 (Census Bureau, American Community Survey).
const HOUSEHOLD: f64 = 2.5;

/// The places of a draft whose people it counts.
pub fn read(doc: &Doc, into: &mut Vec<Fact>) {
    for found in doc.found(group::QUASI_COUNTED) {
        let (from, to) = (found.start as usize, found.end as usize);
        let at = found.capture.0 as usize;
        // "657,461 children": a part of a number.
        if at > 0 && doc.punct(at - 1, b',') && !doc.tokens[at].spaced {
            continue;
        }
        let Some(number) = numbers::at(doc, at).filter(|number| (2..=LARGEST).contains(&number.value)) else {
            continue;
        };
        let houses = (from..to)
            .any(|at| ["households", "houses", "families", "homes", "farms"].iter().any(|word| doc.reads(at, word)));
        let mut new = Fact::new(What::Place, from, to);
        new.range = (number.value as f64 * if houses { HOUSEHOLD } else { 1.0 }, 0.0);
        new.definite = true;
        into.push(new);
    }
}
