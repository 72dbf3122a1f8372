//! Places whose people the draft counts: "sixty-one people on this island", "a
//! monastery of nine", "township of 900".

use super::facts::{Fact, What};
use crate::text::Doc;
use crate::text::numbers;

/// A place of more people is no small place.
const LARGEST: u64 = 20_000;

const PLACES: &[&str] = &[
    "island", "islet", "isle", "village", "town", "township", "hamlet", "settlement", "parish", "monastery", "convent",
    "abbey", "priory", "commune", "crew", "station", "camp", "outpost", "base", "community", "fjord", "valley", "cove",
    "ranch", "reservation", "kibbutz", "colony", "platform", "rig", "ship", "school", "place", "pueblo", "isla",
    "congregation", "choir", "squad", "glen", "canyon", "ship",
];
const PEOPLE: &[&str] = &[
    "people", "souls", "residents", "inhabitants", "humans", "folks", "islanders", "villagers", "monks", "nuns",
    "habitantes", "vecinos", "personas", "students", "locals", "households", "houses", "families", "homes",
];

fn reads(doc: &Doc, at: usize, list: &[&str]) -> bool {
    list.iter().any(|word| doc.reads(at, word))
}

/// The places of a draft whose people it counts.
pub fn read(doc: &Doc, into: &mut Vec<Fact>) {
    for at in 0..doc.tokens.len() {
        let Some(number) = numbers::at(doc, at).filter(|n| (2..=LARGEST).contains(&n.value)) else { continue };
        // "657,461 children": a part of a number.
        if at > 0 && doc.punct(at - 1, b',') && !doc.tokens[at].spaced {
            continue;
        }
        let next = at + number.tokens;
        let of_place = at >= 2
            && reads(doc, at - 1, &["of", "with", "de"])
            && (reads(doc, at - 2, PLACES) || reads(doc, at - 2, &["population", "pop"]));
        let told = reads(doc, at.wrapping_sub(1), &["population", "pop"]);
        let people = reads(doc, next, PEOPLE);
        let here = people
            && reads(doc, next + 1, &["on", "in", "at", "live", "lives", "en", "here"])
            && (next + 2..next + 6).any(|place| reads(doc, place, PLACES));
        // "A town of three hospitals": not its people.
        let counts = of_place && (people || !doc.tokens.get(next).is_some_and(|t| t.spaced && is_noun(doc, next)));
        if !(told || here || counts) {
            continue;
        }
        let houses = reads(doc, next, &["households", "houses", "families", "homes"]);
        let each = if houses { 2.5 } else { 1.0 };
        let from = if of_place { at - 2 } else { at };
        let to = if people { next + 1 } else { next };
        let mut new = Fact::new(What::Place, from, to);
        new.range = (number.value as f64 * each, 0.0);
        new.definite = true;
        into.push(new);
    }
}

fn is_noun(doc: &Doc, at: usize) -> bool {
    !reads(doc, at, &["and", "or", "where", "who", "with", "in", "on", "i", "we", "but", "that", "which", "y", "donde"])
        && doc.tokens.get(at).is_some_and(|token| token.class == crate::text::tokens::Class::Word)
}
