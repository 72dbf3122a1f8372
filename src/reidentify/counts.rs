//! Places whose people the draft counts: "sixty-one people on this island", "a
//! monastery of nine", "township of 900".

use super::facts::{Fact, What};
use crate::text::Doc;
use crate::text::numbers;
use crate::text::patterns::group;
use crate::text::words::words;

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
        let houses =
            (from..to).any(|at| doc.reads_any(at, words!["households", "houses", "families", "homes", "farms"]));
        let mut new = Fact::new(What::Place, from, to);
        new.range = (number.value as f64 * if houses { HOUSEHOLD } else { 1.0 }, 0.0);
        new.definite = true;
        into.push(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(text: &str) -> Vec<f64> {
        let mut facts = Vec::new();
        read(&Doc::new(text), &mut facts);
        let mut people: Vec<f64> = facts.iter().map(|fact| fact.range.0).collect();
        people.dedup();
        people
    }

    #[test]
    fn counts_people() {
        for (text, expected) in [
            ("There are sixty-one people on this island.", 61.0),
            ("our practice covers a monastery of nine.", 9.0),
            ("Family doc, township of 900.", 900.0),
            ("a fjord with eleven houses", 27.5),
            ("a settlement of 38 people", 38.0),
        ] {
            assert_eq!(people(text), [expected], "{text}");
        }
    }

    #[test]
    fn counts_nothing_else() {
        for text in [
            "Denmark followed 657,461 children.",
            "a town of three hospitals",
            "We saw 38 patients today.",
            "Two nurses, one shift.",
            "40 people came to the talk.",
        ] {
            assert!(people(text).is_empty(), "{text}: {:?}", people(text));
        }
    }
}
