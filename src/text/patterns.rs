//! The matcher: all phrase patterns of the data in one pass over the tokens.
//!
//! Patterns are indexed by what their first element accepts, so that a token
//! costs only the patterns that can start there. Each attempt has a fixed
//! amount of fuel, which makes the pass linear on any input.

use super::lexicon::Value;
use super::tokens::{Case, Class, Token};

/// Groups of patterns, named as in the data (`patient.cue` is `PATIENT_CUE`).
#[allow(missing_docs)]
pub mod group {
    include!(concat!(env!("OUT_DIR"), "/groups.rs"));
}

struct Pattern {
    group: u16,
    first: u32,
    count: u8,
    open: u8,
    close: u8,
}

struct Set {
    tags: u128,
    builtins: u8,
    from: u32,
    to: u32,
}

include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

const NUMBER: u8 = 1;
const CAPITAL: u8 = 2;
const ANY: u8 = 4;
const CAPS: u8 = 8;
/// The class number that marks a gap.
const GAP: u16 = u16::MAX;
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

/// Finds every phrase. Matches come in the order of their first token.
pub fn find(text: &[u8], tokens: &[Token]) -> Vec<Match> {
    let mut matches = Vec::new();
    for at in 0..tokens.len() {
        let from = matches.len();
        let token = &tokens[at];
        if token.class == Class::Punct && text[token.start as usize] == b'-' {
            continue;
        }
        let mut attempt = |list: &[u16]| {
            for number in list {
                Attempt::start(text, tokens, &PATTERNS[*number as usize], at, &mut matches, from);
            }
        };
        attempt(slice(&VALUE_FROM, &VALUE_LIST, token.exact as usize));
        if token.prefix != 0 {
            attempt(slice(&VALUE_FROM, &VALUE_LIST, token.prefix as usize));
        }
        let mut tags = token.tags;
        while tags != 0 {
            let tag = tags.trailing_zeros() as usize;
            tags &= tags - 1;
            attempt(slice(&TAG_FROM, &TAG_LIST, tag));
        }
        let builtins = builtins(token);
        for (bit, list) in [NUMBER, CAPITAL, ANY, CAPS].into_iter().enumerate() {
            if builtins & list != 0 {
                attempt(slice(&BUILTIN_FROM, &BUILTIN_LIST, bit));
            }
        }
    }
    matches
}

#[inline]
fn slice(from: &[u32], list: &'static [u16], at: usize) -> &'static [u16] {
    match (from.get(at), from.get(at + 1)) {
        (Some(start), Some(end)) => &list[*start as usize..*end as usize],
        _ => &[],
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

struct Attempt<'a> {
    text: &'a [u8],
    tokens: &'a [Token],
    elements: &'a [(u8, u16)],
    fuel: u32,
    /// Token numbers where the capture opens and closes.
    open: (u8, u32),
    close: (u8, u32),
}

impl<'a> Attempt<'a> {
    fn start(text: &'a [u8], tokens: &'a [Token], pattern: &Pattern, at: usize, into: &mut Vec<Match>, from: usize) {
        let elements = &ELEMENTS[pattern.first as usize..pattern.first as usize + pattern.count as usize];
        let mut attempt =
            Attempt { text, tokens, elements, fuel: FUEL, open: (pattern.open, 0), close: (pattern.close, 0) };
        let Some(end) = attempt.rest(0, at) else { return };
        let capture = if pattern.open == NONE { (at as u32, end as u32) } else { (attempt.open.1, attempt.close.1) };
        let found = Match { group: pattern.group, start: at as u32, end: end as u32, capture };
        if !into[from..].contains(&found) {
            into.push(found);
        }
    }

    /// Matches the elements from `element` on at token `at`: the end, if they
    /// match. Optional elements are taken when they can be; gaps are short.
    fn rest(&mut self, element: usize, at: usize) -> Option<usize> {
        self.fuel = self.fuel.checked_sub(1)?;
        let done = |attempt: &mut Self, end: usize| {
            if attempt.close.0 as usize == element {
                attempt.close.1 = end as u32;
            }
            if attempt.open.0 as usize == element {
                attempt.open.1 = attempt.skip(end) as u32;
            }
        };
        let Some((how, class)) = self.elements.get(element).copied() else {
            done(self, at);
            return Some(at);
        };
        if class == GAP {
            let sentence = self.tokens.get(at.saturating_sub(1)).map(|token| token.sentence);
            let mut next = at;
            for _ in 0..=how {
                if let Some(end) = self.rest(element + 1, next) {
                    done(self, at);
                    return Some(end);
                }
                let token = self.tokens.get(next)?;
                if Some(token.sentence) != sentence {
                    return None;
                }
                next += 1;
                // Hyphens are no tokens of their own in a gap.
                next = self.skip(next);
            }
            return None;
        }
        let here = if element == 0 { at } else { self.skip(at) };
        if self.tokens.get(here).is_some_and(|token| accepts(&SETS[class as usize], token)) {
            if let Some(end) = self.rest(element + 1, here + 1) {
                done(self, at);
                return Some(end);
            }
        }
        if how == 1 {
            let end = self.rest(element + 1, at)?;
            done(self, at);
            return Some(end);
        }
        None
    }

    /// The next token that is no hyphen between two parts of a word.
    fn skip(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(token)
                if !token.spaced
                    && token.class == Class::Punct
                    && self.text[token.start as usize] == b'-'
                    && self.tokens.get(at + 1).is_some_and(|next| !next.spaced) =>
            {
                at + 1
            }
            _ => at,
        }
    }
}

#[inline]
fn accepts(set: &Set, token: &Token) -> bool {
    if token.tags & set.tags != 0 || set.builtins & builtins(token) != 0 {
        return true;
    }
    let values = &SET_VALUES[set.from as usize..set.to as usize];
    holds(values, token.exact) || holds(values, token.prefix)
}

#[inline]
fn holds(values: &[Value], value: Value) -> bool {
    value != 0
        && match values {
            [one] => *one == value,
            _ => values.binary_search(&value).is_ok(),
        }
}
