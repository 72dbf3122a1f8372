//! From the draft's characters to tokens, tags and phrases.

pub(crate) mod forms;
pub mod hash;
pub mod lexicon;
pub mod linear;
pub mod normalise;
pub mod numbers;
pub mod patterns;
pub mod places;
pub(crate) mod table;
pub mod tokens;
pub mod words;

use crate::finding::Span;
use lexicon::tag;
use patterns::Match;
use tokens::{Class, Token};
use words::Words;

/// A draft, read once: what every detector works on.
#[derive(Debug)]
pub struct Doc<'a> {
    /// The draft as written.
    pub draft: &'a str,
    /// Its plain form and the way back.
    pub plain: normalise::Plain,
    /// Tokens of the plain form.
    pub tokens: Vec<Token>,
    /// Most of its longer words have capitals, as in a headline: a capital says
    /// little.
    pub title_case: bool,
    /// Every phrase of the data that occurs, by first token.
    pub matches: Vec<Match>,
    groups: Groups,
}

/// The matches of each group, by first token: detectors ask for them at every
/// token, so that a scan of all matches would make the time quadratic.
#[derive(Debug, Default)]
struct Groups {
    /// Where each group starts in `order`; one more at the end.
    from: Vec<u32>,
    order: Vec<Match>,
}

impl Groups {
    fn new(matches: &[Match]) -> Groups {
        let Some(most) = matches.iter().map(|found| found.group as usize).max() else { return Groups::default() };
        let mut from = vec![0u32; most + 2];
        for found in matches {
            from[found.group as usize] += 1;
        }
        // Where each group ends ...
        for at in 1..from.len() {
            from[at] += from[at - 1];
        }
        // ... and, filled from there, where it starts.
        let mut order = matches.to_vec();
        for found in matches.iter().rev() {
            let at = &mut from[found.group as usize];
            *at -= 1;
            order[*at as usize] = *found;
        }
        Groups { from, order }
    }

    fn of(&self, group: u16) -> &[Match] {
        match (self.from.get(group as usize), self.from.get(group as usize + 1)) {
            (Some(from), Some(to)) => &self.order[*from as usize..*to as usize],
            _ => &[],
        }
    }
}

/// Words of this many letters have a capital in a headline.
const LONG_WORD: u32 = 4;

fn title_case(tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|t| t.class == Class::Word && t.end - t.start >= LONG_WORD && !t.hashtag);
    let (all, capitals) = long.fold((0, 0), |(all, capitals), t| (all + 1, capitals + usize::from(t.capital())));
    all >= 5 && capitals * 10 >= all * 7
}

/// No phrase is longer than this many tokens: what starts further back does
/// not reach here.
const LONGEST_PHRASE: usize = 40;
/// A sentence without an end is cut this many tokens to either side.
const LONGEST_SENTENCE: usize = 120;

impl<'a> Doc<'a> {
    /// Normalises, tokenises and matches. Linear in the draft's length.
    pub fn new(draft: &'a str) -> Doc<'a> {
        let plain = normalise::Plain::new(draft);
        let tokens = tokens::tokenise(&plain.text);
        let matches = patterns::find(plain.text.as_bytes(), &tokens);
        let groups = Groups::new(&matches);
        let title_case = title_case(&tokens);
        Doc { draft, plain, tokens, title_case, matches, groups }
    }

    /// The plain text of a token; empty beyond the end.
    #[inline]
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.plain.text[token.start as usize..token.end as usize])
    }

    /// The hash of a word's letters and digits in lower case, before the end:
    /// apostrophes do not count.
    #[inline]
    pub(crate) fn letters(&self, token: &Token) -> u64 {
        let spell =
            |state, byte: &u8| if *byte == b'\'' { state } else { hash::step(state, byte.to_ascii_lowercase()) };
        if token.apostrophe { self.bytes(token).iter().fold(hash::START, spell) } else { token.state }
    }

    /// The same, after what came before the word.
    #[inline]
    pub(crate) fn letters_after(&self, state: u64, token: &Token) -> u64 {
        let spell =
            |state, byte: &u8| if *byte == b'\'' { state } else { hash::step(state, byte.to_ascii_lowercase()) };
        self.bytes(token).iter().fold(state, spell)
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
        // Nearly every word differs in its length.
        match self.tokens.get(at) {
            Some(token) if (token.end - token.start) as usize == word.len() => self.spells(token, word),
            _ => false,
        }
    }

    /// True when the token is one of these words, whatever its case.
    #[inline]
    pub fn reads_any(&self, at: usize, words: &Words) -> bool {
        self.tokens.get(at).is_some_and(|token| words.hold(self.bytes(token)))
    }

    fn spells(&self, token: &Token, word: &str) -> bool {
        self.bytes(token).eq_ignore_ascii_case(word.as_bytes())
    }

    /// The plain text of a token.
    #[inline]
    pub(crate) fn bytes(&self, token: &Token) -> &[u8] {
        self.plain.text.as_bytes().get(token.start as usize..token.end as usize).unwrap_or(&[])
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

    /// The matches of one group, by first token.
    pub fn found(&self, group: u16) -> impl Iterator<Item = &Match> + '_ {
        self.groups.of(group).iter()
    }

    /// The matches of a group whose first token lies in `from..to`.
    pub fn found_from(&self, group: u16, from: usize, to: usize) -> impl Iterator<Item = &Match> + '_ {
        let all = self.groups.of(group);
        let first = all.partition_point(|found| (found.start as usize) < from);
        all[first..].iter().take_while(move |found| (found.start as usize) < to)
    }

    /// Whether a group matches within tokens `from..to`.
    pub fn found_in(&self, group: u16, from: usize, to: usize) -> bool {
        self.found_from(group, from, to).any(|found| found.end as usize <= to)
    }

    /// Whether a match of the group starts at the token.
    pub fn starts(&self, group: u16, at: usize) -> bool {
        self.found_from(group, at, at + 1).next().is_some()
    }

    /// Whether a match of the group ends right before the token.
    pub fn ends(&self, group: u16, at: usize) -> bool {
        self.found_from(group, at.saturating_sub(LONGEST_PHRASE), at).any(|found| found.end as usize == at)
    }

    /// The first match of the group that shares a token with `from..to`.
    pub fn touching(&self, group: u16, from: usize, to: usize) -> Option<&Match> {
        self.found_from(group, from.saturating_sub(LONGEST_PHRASE), to).find(|found| found.end as usize > from)
    }

    /// The tokens of the sentence that the token stands in, cut where it never
    /// ends.
    pub fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let Some(number) = self.tokens.get(at).map(|token| token.sentence) else { return at..at };
        let from = self.tokens.partition_point(|token| token.sentence < number);
        let to = self.tokens.partition_point(|token| token.sentence <= number);
        from.max(at.saturating_sub(LONGEST_SENTENCE))..to.min(at + LONGEST_SENTENCE)
    }

    /// True for words that only function: no name stands for them.
    pub fn is_month_or_weekday(&self, at: usize) -> bool {
        self.tags(at) & (tag::MONTH | tag::WEEKDAY) != 0
    }
}
