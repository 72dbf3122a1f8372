//! From the draft's characters to tokens, tags and phrases.

pub mod hash;
pub mod lexicon;
pub mod normalise;
pub mod numbers;
pub mod patterns;
pub mod places;
pub(crate) mod table;
pub mod tokens;

use crate::finding::Span;
use lexicon::tag;
use patterns::Match;
use tokens::{Class, Token};

/// A draft, read once: what every detector works on.
#[derive(Debug)]
pub struct Doc<'a> {
    /// The draft as written.
    pub draft: &'a str,
    /// Its plain form and the way back.
    pub plain: normalise::Plain,
    /// Tokens of the plain form.
    pub tokens: Vec<Token>,
    /// Every phrase of the data that occurs, by first token.
    pub matches: Vec<Match>,
}

impl<'a> Doc<'a> {
    /// Normalises, tokenises and matches. Linear in the draft's length.
    pub fn new(draft: &'a str) -> Doc<'a> {
        let plain = normalise::Plain::new(draft);
        let tokens = tokens::tokenise(&plain.text);
        let matches = patterns::find(plain.text.as_bytes(), &tokens);
        Doc { draft, plain, tokens, matches }
    }

    /// The plain text of a token; empty beyond the end.
    #[inline]
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.plain.text[token.start as usize..token.end as usize])
    }

    /// The plain text of tokens `start..end`.
    pub fn words(&self, start: usize, end: usize) -> &str {
        match (self.tokens.get(start), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start < last.end => {
                &self.plain.text[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }

    /// True when the token reads so, whatever its case. `word` is lower case.
    #[inline]
    pub fn reads(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// True when the token is this one punctuation character.
    #[inline]
    pub fn punct(&self, at: usize, mark: u8) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|t| t.class == Class::Punct && self.plain.text.as_bytes()[t.start as usize] == mark)
    }

    /// The tags of a token; none beyond the end.
    #[inline]
    pub fn tags(&self, at: usize) -> u128 {
        self.tokens.get(at).map_or(0, |token| token.tags)
    }

    /// Where tokens `start..end` stand in the draft, in UTF-16 code units.
    pub fn span(&self, start: usize, end: usize) -> Span {
        match (self.tokens.get(start), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => self.span_of_bytes(first.start as usize, last.end as usize),
            _ => Span { start: self.plain.units, end: self.plain.units },
        }
    }

    /// Where bytes `start..end` of the plain text stand in the draft.
    pub fn span_of_bytes(&self, start: usize, end: usize) -> Span {
        let (start, end) = self.plain.units_of(start, end);
        Span { start, end: end.max(start) }
    }

    /// The matches of one group.
    pub fn found(&self, group: u16) -> impl Iterator<Item = &Match> + '_ {
        self.matches.iter().filter(move |found| found.group == group)
    }

    /// Whether a group matches within tokens `from..to`.
    pub fn found_in(&self, group: u16, from: usize, to: usize) -> bool {
        self.found(group).any(|m| m.start as usize >= from && m.end as usize <= to)
    }

    /// The tokens of the sentence that the token stands in.
    pub fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let Some(number) = self.tokens.get(at).map(|token| token.sentence) else { return at..at };
        let from = self.tokens.partition_point(|token| token.sentence < number);
        let to = self.tokens.partition_point(|token| token.sentence <= number);
        from..to
    }

    /// True for words that only function: no name stands for them.
    pub fn is_month_or_weekday(&self, at: usize) -> bool {
        self.tags(at) & (tag::MONTH | tag::WEEKDAY) != 0
    }
}
