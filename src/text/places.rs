//! The gazetteer: where a name is a place, and how many people live there.
//!
//! Populations are those of the data files (GeoNames, CC BY 4.0; US Census),
//! kept within 4 %.

use super::tokens::{Class, Token};
use super::{Doc, hash};

include!(concat!(env!("OUT_DIR"), "/places.rs"));

static NAMES: super::table::Table = include!(concat!(env!("OUT_DIR"), "/places_table.rs"));

/// Names of more words than this are not in the gazetteer.
const LONGEST: usize = 4;

/// A name of the gazetteer found in a draft.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceName {
    /// How many tokens it takes.
    pub tokens: usize,
    entry: usize,
}

/// One place that bears a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// State (`OK`) or country (`GB`) or kind of area, as the data names it.
    pub region: &'static str,
    /// Inhabitants, within 4 %; 1 where the data gives none.
    pub population: f64,
    /// The data marks the name as an ordinary word or a person's name too.
    pub ambiguous: bool,
}

impl PlaceName {
    /// The places of this name, largest first.
    pub fn places(self) -> impl Iterator<Item = Place> {
        let several = u16::try_from(self.entry).ok().and_then(|entry| SEVERAL.binary_search(&entry).ok());
        let more = several.map_or(0..0, |at| {
            let from = |at: usize| MORE_FROM.get(at).map_or(0, |from| usize::from(*from));
            from(at)..from(at + 1)
        });
        let first = (REGION.get(self.entry), SIZE.get(self.entry));
        std::iter::once(first)
            .chain(more.map(|at| (MORE_REGION.get(at), MORE_SIZE.get(at))))
            .filter_map(|(region, size)| Some(place(*region?, *size?)))
    }

    /// The largest place of this name.
    pub fn largest(self) -> Option<Place> {
        self.places().next()
    }
}

fn place(region: u16, size: u8) -> Place {
    Place {
        region: REGIONS.get((region >> 1) as usize).copied().unwrap_or(""),
        population: POPULATION_BASE.powi(i32::from(size)),
        ambiguous: region & 1 != 0,
    }
}

/// The longest name of the gazetteer that starts at this token, in any case.
pub fn at(doc: &Doc, start: usize) -> Option<PlaceName> {
    let possessive = |token: &Token, at: usize| token.apostrophe && doc.word(at) == "'s";
    let first = doc.tokens.get(start).filter(|t| t.class == Class::Word && !possessive(t, start))?;
    let mut state = doc.letters(first);
    let mut found = NAMES.find(hash::finish(state)).map(|entry| PlaceName { tokens: 1, entry });
    let mark = hash::mark(state, MARKS.len() * 64);
    if MARKS[mark / 64] >> (mark % 64) & 1 == 0 {
        // No name of several words begins so.
        return found;
    }
    let (mut words, mut at) = (1, start + 1);
    while words < LONGEST {
        let Some(token) = doc.tokens.get(at) else { break };
        // "St. Louis", "Winston-Salem": a stop or a hyphen joins.
        if token.class == Class::Punct && !token.spaced && matches!(doc.word(at), "." | "-" | "'") {
            at += 1;
            continue;
        }
        if token.line_start || token.class != Class::Word || possessive(token, at) {
            break;
        }
        state = doc.letters_after(hash::step(state, b' '), token);
        words += 1;
        at += 1;
        if let Some(entry) = NAMES.find(hash::finish(state)) {
            found = Some(PlaceName { tokens: at - start, entry });
        }
    }
    found
}
