//! The matcher: all phrase patterns of the data in one pass over the tokens.
//!
//! Patterns are indexed by what their first element accepts, and carry two
//! signatures (Bloom filters of 64 bits): of what their second element accepts,
//! and of the element that is hardest to meet, which must stand among the next
//! few tokens. So a token costs only the patterns that can start there and go
//! on. Each attempt has a fixed amount of fuel, which makes the pass linear on
//! any input.

use std::ops::Range;

use super::lexicon::Value;
use super::table::range;
use super::tokens::{Case, Class, Token};

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
    let mut matches = Vec::with_capacity(tokens.len());
    let signatures = signatures(text, tokens);
    let any = |range: Range<usize>| signatures.get(range).unwrap_or(&[]).iter().fold(0, |all, one| all | one);
    let mut number_of_token = 0;
    for (at, token) in tokens.iter().enumerate() {
        if is_hyphen(text, token) {
            continue;
        }
        let ahead = number_of_token + 1;
        number_of_token = ahead;
        let last = signatures.len();
        let near = any(ahead.min(last)..(ahead + NEAR_TOKENS).min(last));
        let far = near | any((ahead + NEAR_TOKENS).min(last)..(ahead + FAR_TOKENS).min(last));
        let next = match tokens.get(skip(text, tokens, at + 1)) {
            Some(next) if is_hyphen(text, next) => signature(next),
            _ => signatures.get(ahead).copied().unwrap_or(0),
        };
        let from = matches.len();
        let mut attempt = |numbers: Range<usize>| {
            for number in numbers {
                let (Some(second), Some(rarest)) = (SECONDS.get(number), RAREST.get(number)) else { return };
                let window = if rarest & FAR == 0 { near } else { far };
                if (*second == 0 || second & next != 0) && (rarest & !FAR == 0 || rarest & window & !FAR != 0) {
                    Attempt::start(text, tokens, number, at, &mut matches, from);
                }
            }
        };
        for value in [token.exact, token.prefix] {
            if value != 0 {
                attempt(range(&FIRST_LENGTHS, &FIRST_STARTS, value as usize));
                sets_of(value)
                    .iter()
                    .take_while(|set| **set < SETS_THAT_START)
                    .for_each(|set| attempt(starts_of(*set)));
            }
        }
        let (tags, builtins) = (token.tags & STARTING_TAGS, builtins(token));
        if tags != 0 || builtins & STARTING_BUILTINS != 0 {
            for (set, (its_tags, its_builtins)) in &STARTING_LOOKS {
                if tags & its_tags != 0 || builtins & its_builtins != 0 {
                    attempt(starts_of(*set));
                }
            }
        }
    }
    matches
}

/// The patterns that start with a set.
#[inline]
fn starts_of(set: u16) -> Range<usize> {
    match SET_FIRST.get(set as usize..set as usize + 2) {
        Some([from, to]) => *from as usize..*to as usize,
        _ => 0..0,
    }
}

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

/// One bit or more for all that a token is; shares a bit with the signature of
/// every set that accepts it. 0 only for what no set accepts.
#[inline]
fn signature(token: &Token) -> u64 {
    let value = |value: Value| if value == 0 { 0 } else { 1u64 << (u32::from(value) % SIGNATURE_VALUES) };
    let tags = (token.tags | token.tags >> 64) as u64;
    let tags = tags | tags >> 32;
    let tags = tags | tags >> 16;
    let tags = (tags | tags >> 8) & 0xFF;
    value(token.exact)
        | value(token.prefix)
        | tags << SIGNATURE_VALUES
        | u64::from(builtins(token)) << (SIGNATURE_VALUES + 8)
}

/// The next token that is no hyphen between two parts of a word.
#[inline]
fn skip(text: &[u8], tokens: &[Token], at: usize) -> usize {
    match tokens.get(at) {
        Some(token)
            if !token.spaced
                && token.class == Class::Punct
                && text[token.start as usize] == b'-'
                && tokens.get(at + 1).is_some_and(|next| !next.spaced) =>
        {
            at + 1
        }
        _ => at,
    }
}

#[inline]
fn is_hyphen(text: &[u8], token: &Token) -> bool {
    token.class == Class::Punct && text[token.start as usize] == b'-'
}

/// The signatures of all tokens but hyphens; a hyphen's goes to the token
/// before it.
fn signatures(text: &[u8], tokens: &[Token]) -> Vec<u64> {
    let mut signatures: Vec<u64> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match signatures.last_mut() {
            Some(last) if is_hyphen(text, token) => *last |= signature(token),
            _ if is_hyphen(text, token) => {}
            _ => signatures.push(signature(token)),
        }
    }
    signatures
}

struct Attempt<'a> {
    text: &'a [u8],
    tokens: &'a [Token],
    elements: &'a [u16],
    fuel: u32,
    /// Token numbers where the capture opens and closes.
    open: (u8, u32),
    close: (u8, u32),
}

impl<'a> Attempt<'a> {
    fn start(text: &'a [u8], tokens: &'a [Token], number: usize, at: usize, into: &mut Vec<Match>, from: usize) {
        let elements = &ELEMENTS[range(&ELEMENT_LENGTHS, &ELEMENT_STARTS, number)];
        let mut attempt =
            Attempt { text, tokens, elements, fuel: FUEL, open: (OPEN[number], 0), close: (CLOSE[number], 0) };
        let Some(end) = attempt.rest(0, at) else { return };
        let capture = if attempt.open.0 == NONE { (at as u32, end as u32) } else { (attempt.open.1, attempt.close.1) };
        let found = Match { group: GROUP[number], start: at as u32, end: end as u32, capture };
        if into[from..].contains(&found) {
            return;
        }
        // By group among those that start here, whatever the tables' order.
        let place = into[from..].iter().take_while(|other| other.group <= found.group).count();
        into.insert(from + place, found);
    }

    /// Matches the elements from `element` on at token `at`: the end, if they
    /// match. Optional elements are taken when they can be; gaps are short.
    fn rest(&mut self, mut element: usize, mut at: usize) -> Option<usize> {
        loop {
            self.fuel = self.fuel.checked_sub(1)?;
            // The way that succeeds is the last to come by here.
            if self.open.0 as usize == element {
                self.open.1 = skip(self.text, self.tokens, at) as u32;
            }
            if self.close.0 as usize == element {
                self.close.1 = at as u32;
            }
            let Some(code) = self.elements.get(element).copied() else { return Some(at) };
            let class = code & !OPTIONAL;
            if class >= GAP {
                return self.gap(element, at, class - GAP);
            }
            let here = if element == 0 { at } else { skip(self.text, self.tokens, at) };
            let accepted = self.tokens.get(here).is_some_and(|token| accepts(class, token));
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
        let sentence = self.tokens.get(at.saturating_sub(1)).map(|token| token.sentence);
        let mut next = at;
        for _ in 0..=width {
            if let Some(end) = self.rest(element + 1, next) {
                return Some(end);
            }
            let token = self.tokens.get(next)?;
            if Some(token.sentence) != sentence {
                return None;
            }
            // Hyphens are no tokens of their own in a gap.
            next = skip(self.text, self.tokens, next + 1);
        }
        None
    }
}

#[inline]
fn accepts(class: u16, token: &Token) -> bool {
    let Some(set) = class.checked_sub(FIRST_SET) else {
        return class == token.exact || class == token.prefix;
    };
    let (tags, kinds) = LOOKS[SET_LOOK[set as usize] as usize];
    token.tags & tags != 0
        || kinds & builtins(token) != 0
        || token.exact != 0 && sets_of(token.exact).binary_search(&set).is_ok()
        || token.prefix != 0 && sets_of(token.prefix).binary_search(&set).is_ok()
}

/// The sets of several values that hold this one.
#[inline]
fn sets_of(value: Value) -> &'static [u16] {
    &VALUE_LIST[range(&VALUE_LENGTHS, &VALUE_STARTS, value as usize)]
}
