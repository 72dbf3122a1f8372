//! The matcher: all phrase patterns of the data in one pass over the tokens.
//!
//! A token costs only the patterns that can start there and go on: each value
//! of a token has a list of those that it starts, and each pattern two
//! signatures, of what its second element accepts and of the element that is
//! hardest to meet ([`filters`]). Each attempt has a fixed amount of fuel, which
//! makes the pass linear on any input.

use std::ops::Range;

use super::lexicon::Value;
use super::tokens::{Case, Class, Token};
use filters::{Ahead, FAR_TOKENS, Filters, NEAR_TOKENS, Signature};

mod filters;

/// Groups of patterns, named as in the data (`patient.cue` is `PATIENT_CUE`).
#[allow(missing_docs)]
pub mod group {
    include!(concat!(env!("OUT_DIR"), "/groups.rs"));
}

include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

const NUMBER: u8 = 1;
const CAPITAL: u8 = 2;
const ANY: u8 = 4;
const CAPS: u8 = 8;
/// Steps that one attempt may take. The longest honest match of the corpora
/// takes 40.
const FUEL: u32 = 160;
const NONE: u8 = u8::MAX;

/// A phrase that was found. Ranges are token numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Its group, one of [`group`].
    pub group: u16,
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
    /// The captured tokens, or the whole match where the pattern has no capture.
    pub capture: (u32, u32),
}

/// Finds every phrase. Matches come in the order of their first token, then of
/// their group.
pub fn find(text: &[u8], tokens: &[Token]) -> Vec<Match> {
    let filters = Filters::all();
    let seen = Seen::all(text, tokens, filters);
    let mut matches = Vec::with_capacity(tokens.len());
    // Signatures of the tokens that are no hyphens; a hyphen's goes to the token
    // before it.
    let mut signatures: Vec<Signature> = Vec::with_capacity(tokens.len() + FAR_TOKENS + 1);
    for one in &seen {
        match signatures.last_mut() {
            Some(last) if one.hyphen => *last |= one.signature,
            _ if one.hyphen => {}
            _ => signatures.push(one.signature),
        }
    }
    // Behind the last there is nothing, at every distance.
    signatures.resize(signatures.len() + FAR_TOKENS + 1, 0);
    let mut numbers: Vec<u16> = Vec::with_capacity(64);
    let mut after = 0;
    for (at, token) in seen.iter().enumerate() {
        if token.hyphen {
            continue;
        }
        after += 1;
        let window = |range: Range<usize>| signatures.get(range).unwrap_or(&[]).iter().fold(0, |all, one| all | one);
        let near = window(after..after + NEAR_TOKENS);
        let far = near | window(after + NEAR_TOKENS..after + FAR_TOKENS);
        let next = match seen.get(skip(&seen, at + 1)) {
            Some(next) if next.hyphen => next.signature,
            _ => signatures.get(after).copied().unwrap_or(0),
        };
        let ahead = Ahead { next, near, far };
        numbers.clear();
        filters.sift(filters.started_by(token.exact).iter().copied(), &ahead, &mut numbers);
        filters.sift(filters.started_by(token.prefix).iter().copied(), &ahead, &mut numbers);
        let mut looks = token.starting_looks();
        while looks != 0 {
            filters.sift(starts_of(STARTING_LOOKS[looks.trailing_zeros() as usize].0), &ahead, &mut numbers);
            looks &= looks - 1;
        }
        let from = matches.len();
        for number in &numbers {
            attempt(filters, &seen, at, usize::from(*number), &mut matches, from);
        }
    }
    matches
}

/// The patterns that start with a set.
#[inline]
fn starts_of(set: u16) -> Range<u16> {
    match SET_FIRST.get(set as usize..set as usize + 2) {
        Some([from, to]) => *from..*to,
        _ => 0..0,
    }
}

/// A token as the patterns see it. Asked for by every attempt, so it is put
/// together once.
struct Seen {
    tags: u128,
    signature: Signature,
    /// The sets that hold its value, and that of its prefix.
    sets: &'static [u16],
    sets_of_prefix: &'static [u16],
    exact: Value,
    prefix: Value,
    builtins: u8,
    sentence: u32,
    hyphen: bool,
    /// A hyphen between two parts of a word.
    joins: bool,
}

impl Seen {
    fn all(text: &[u8], tokens: &[Token], filters: &Filters) -> Vec<Seen> {
        let mut seen: Vec<Seen> = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            let hyphen = token.class == Class::Punct && text[token.start as usize] == b'-';
            let joins = hyphen && !token.spaced && tokens.get(at + 1).is_some_and(|next| !next.spaced);
            let builtins = builtins(token);
            let (sets, sets_of_prefix) = (filters.sets_of(token.exact), filters.sets_of(token.prefix));
            seen.push(Seen {
                tags: token.tags,
                signature: filters::of_token(token.exact, token.prefix, token.tags, builtins),
                sets,
                sets_of_prefix,
                exact: token.exact,
                prefix: token.prefix,
                builtins,
                sentence: token.sentence,
                hyphen,
                joins,
            });
        }
        seen
    }

    /// Which of [`STARTING_LOOKS`] it has, a bit for each.
    #[inline]
    fn starting_looks(&self) -> u64 {
        let (mut tags, mut looks) = (self.tags & STARTING_TAGS, 0);
        while tags != 0 {
            looks |= LOOKS_OF_TAG[tags.trailing_zeros() as usize];
            tags &= tags - 1;
        }
        let mut builtins = self.builtins & STARTING_BUILTINS;
        while builtins != 0 {
            looks |= LOOKS_OF_BUILTIN[builtins.trailing_zeros() as usize];
            builtins &= builtins - 1;
        }
        looks
    }

    #[inline]
    fn is(&self, class: u16, filters: &Filters) -> bool {
        let Some(set) = class.checked_sub(FIRST_SET) else {
            return class == self.exact || class == self.prefix;
        };
        // Nearly all that are no member are told by it.
        if filters.set(set) & self.signature == 0 {
            return false;
        }
        let (tags, kinds) = LOOKS[SET_LOOK[set as usize] as usize];
        self.sets.binary_search(&set).is_ok()
            || self.sets_of_prefix.binary_search(&set).is_ok()
            || self.tags & tags != 0
            || kinds & self.builtins != 0
    }
}

const _: () = assert!(STARTING_LOOKS.len() <= 64, "a bit for each");

/// Which of [`STARTING_LOOKS`] a tag has, a bit for each.
static LOOKS_OF_TAG: [u64; 128] = {
    let mut looks = [0; 128];
    let mut at = 0;
    while at < STARTING_LOOKS.len() * 128 {
        let (look, tag) = (at / 128, at % 128);
        looks[tag] |= ((STARTING_LOOKS[look].1.0 >> tag & 1) as u64) << look;
        at += 1;
    }
    looks
};

/// The same of what needs no lexicon.
static LOOKS_OF_BUILTIN: [u64; 8] = {
    let mut looks = [0; 8];
    let mut at = 0;
    while at < STARTING_LOOKS.len() * 8 {
        let (look, bit) = (at / 8, at % 8);
        looks[bit] |= ((STARTING_LOOKS[look].1.1 >> bit & 1) as u64) << look;
        at += 1;
    }
    looks
};

#[inline]
fn builtins(token: &Token) -> u8 {
    match token.class {
        Class::Number => NUMBER,
        Class::Word => match token.case {
            Case::Lower => ANY,
            Case::Upper => ANY | CAPITAL | CAPS,
            _ => ANY | CAPITAL,
        },
        _ => 0,
    }
}

/// The next token that is no hyphen between two parts of a word.
#[inline]
fn skip(seen: &[Seen], at: usize) -> usize {
    at + usize::from(seen.get(at).is_some_and(|one| one.joins))
}

/// Tries one pattern at a token. `from`: the first match that starts there.
fn attempt(filters: &Filters, seen: &[Seen], at: usize, number: usize, matches: &mut Vec<Match>, from: usize) {
    let elements = filters.elements(number);
    let mut attempt =
        Attempt { filters, seen, elements, fuel: FUEL, open: (OPEN[number], 0), close: (CLOSE[number], 0) };
    let Some(end) = attempt.rest(0, at) else { return };
    let capture = if attempt.open.0 == NONE { (at as u32, end as u32) } else { (attempt.open.1, attempt.close.1) };
    let found = Match { group: GROUP[number], start: at as u32, end: end as u32, capture };
    let here = &matches[from..];
    if here.contains(&found) {
        return;
    }
    // By group among those that start here, whatever the tables' order.
    let place = here.iter().take_while(|other| other.group <= found.group).count();
    matches.insert(from + place, found);
}

struct Attempt<'a> {
    filters: &'a Filters,
    seen: &'a [Seen],
    elements: &'a [u16],
    fuel: u32,
    /// Token numbers where the capture opens and closes.
    open: (u8, u32),
    close: (u8, u32),
}

impl Attempt<'_> {
    /// Matches the elements from `element` on at token `at`: the end, if they
    /// match. Optional elements are taken when they can be; gaps are short.
    fn rest(&mut self, mut element: usize, mut at: usize) -> Option<usize> {
        loop {
            self.fuel = self.fuel.checked_sub(1)?;
            // The way that succeeds is the last to come by here.
            if self.open.0 as usize == element {
                self.open.1 = skip(self.seen, at) as u32;
            }
            if self.close.0 as usize == element {
                self.close.1 = at as u32;
            }
            let Some(code) = self.elements.get(element).copied() else { return Some(at) };
            let class = code & !OPTIONAL;
            if class >= GAP {
                return self.gap(element, at, class - GAP);
            }
            let here = if element == 0 { at } else { skip(self.seen, at) };
            let accepted = self.seen.get(here).is_some_and(|token| token.is(class, self.filters));
            if code & OPTIONAL == 0 {
                if !accepted {
                    return None;
                }
                at = here + 1;
            } else if accepted && let Some(end) = self.rest(element + 1, here + 1) {
                return Some(end);
            }
            element += 1;
        }
    }

    /// Up to `width` tokens of the same sentence, the fewest that do.
    fn gap(&mut self, element: usize, at: usize, width: u16) -> Option<usize> {
        let sentence = self.seen.get(at.saturating_sub(1)).map(|token| token.sentence);
        // What must follow the gap, where it is one element.
        let wanted = self.elements.get(element + 1).copied().filter(|code| *code < GAP);
        let mut next = at;
        for _ in 0..=width {
            let here = self.seen.get(skip(self.seen, next));
            if wanted.is_some_and(|class| !here.is_some_and(|token| token.is(class, self.filters))) {
                // The step that it would have taken to see this.
                self.fuel = self.fuel.saturating_sub(1);
            } else if let Some(end) = self.rest(element + 1, next) {
                return Some(end);
            }
            let token = self.seen.get(next)?;
            if Some(token.sentence) != sentence {
                return None;
            }
            // Hyphens are no tokens of their own in a gap.
            next = skip(self.seen, next + 1);
        }
        None
    }
}
