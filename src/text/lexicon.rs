//! The lexicon: one look-up a word gives its tags and its value in patterns.
//!
//! The table is made at build time from `src/data` and read in place (see
//! [`super::table`]).

use super::table::Table;
use super::{forms, hash};

/// Tags that the data gives to words. One bit each.
#[allow(missing_docs)]
pub mod tag {
    include!(concat!(env!("OUT_DIR"), "/tags.rs"));
}

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// Words and prefixes that patterns name.
static NAMED: Table = include!(concat!(env!("OUT_DIR"), "/named_table.rs"));
/// All others.
static PLAIN: Table = include!(concat!(env!("OUT_DIR"), "/plain_table.rs"));

/// What a word is in the patterns: 0 for a word that none of them names.
pub type Value = u16;

/// The answer of a look-up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Found {
    /// Value of the word itself; 0 where no pattern names it.
    pub exact: Value,
    /// Value of the longest prefix that patterns ask for.
    pub prefix: Value,
    /// Its tags.
    pub tags: u128,
    /// The hash of its letters in lower case, before the end ([`hash::step`]).
    pub state: u64,
}

/// Prefixes shorter than this are not in the table.
const SHORTEST_PREFIX: usize = 3;
/// No word of the lexicon is longer.
const LONGEST: usize = 32;

/// Looks a word up, in any case. Constant time: at most [`LONGEST`] bytes count.
#[inline]
pub fn look_up(word: &[u8]) -> Found {
    let mut state = hash::START;
    let mut found = Found::default();
    if word.len() > LONGEST {
        found.state = hash::spell(state, word);
        return found;
    }
    for (at, byte) in word.iter().enumerate() {
        state = hash::step(state, byte.to_ascii_lowercase());
        if at + 1 >= SHORTEST_PREFIX {
            let mark = hash::mark(state, PREFIX_MARKS.len() * 64);
            if PREFIX_MARKS[mark / 64] >> (mark % 64) & 1 != 0 {
                // '*' ends the key of a prefix.
                if let Some(at) = NAMED.find(hash::finish(hash::step(state, b'*'))) {
                    found.prefix = at as Value + 1;
                }
            }
        }
    }
    found.state = state;
    (found.exact, found.tags) = entry(hash::finish(state));
    if found.exact == 0 && found.tags == 0 && is_regular_form(word) {
        found.tags = tag::ENGLISH;
    }
    found
}

/// The value and the tags of a word.
#[inline]
fn entry(hash: u64) -> (Value, u128) {
    let (value, set) = match NAMED.find(hash) {
        Some(at) => (at as Value + 1, NAMED_SETS.get(at).map(|set| *set as usize)),
        None => (0, PLAIN.find(hash).and_then(|at| PLAIN_SETS.get(at)).map(|set| *set as usize)),
    };
    (value, set.and_then(|set| TAG_SETS.get(set)).copied().unwrap_or(0))
}

/// Whether a word that the lexicon lacks is a regular form of an English word
/// that it has: "Walking", "bakes".
fn is_regular_form(word: &[u8]) -> bool {
    let mut plain = [0; LONGEST];
    let plain = &mut plain[..word.len()];
    plain.copy_from_slice(word);
    plain.make_ascii_lowercase();
    forms::cuts(plain).iter().any(|(cut, added)| {
        let stem = plain[..plain.len() - cut].iter().chain(added);
        let state = stem.fold(hash::START, |state, byte| hash::step(state, *byte));
        entry(hash::finish(state)).1 & tag::ENGLISH != 0
    })
}

/// Words shorter than this have no ending that tells.
const SHORTEST_WITH_ENDING: usize = 6;

/// The tags that a word has by its ending: "thoracotomy" is an operation,
/// whether the lexicon lists it or not. The longest ending counts.
#[inline]
pub fn tags_by_ending(word: &[u8]) -> u128 {
    if word.len() < SHORTEST_WITH_ENDING || word.len() > LONGEST {
        return 0;
    }
    let ends = |ending: &str| {
        word.len() > ending.len() + 1 && word[word.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
    };
    let last = word[word.len() - 1].to_ascii_lowercase().wrapping_sub(b'a');
    let mut candidates = ENDINGS_BY_LAST.get(usize::from(last)).copied().unwrap_or(0);
    let mut longest = (0, 0);
    while candidates != 0 {
        let (ending, tags) = ENDINGS[candidates.trailing_zeros() as usize];
        if ending.len() >= longest.0 && ends(ending) {
            longest = (ending.len(), tags);
        }
        candidates &= candidates - 1;
    }
    longest.1
}

const _: () = assert!(ENDINGS.len() <= 128, "a bit for each");

/// Which of [`ENDINGS`] end with a letter, a bit for each.
static ENDINGS_BY_LAST: [u128; 26] = {
    let mut by_last = [0; 26];
    let mut at = 0;
    while at < ENDINGS.len() {
        let ending = ENDINGS[at].0.as_bytes();
        let last = ending[ending.len() - 1].wrapping_sub(b'a');
        assert!(last < 26, "endings are of small letters");
        by_last[last as usize] |= 1 << at;
        at += 1;
    }
    by_last
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_words() {
        assert!(look_up(b"Husband").tags & tag::KIN != 0);
        assert!(look_up(b"march").tags & tag::MONTH != 0);
        assert!(tags_by_ending(b"Thoracotomy") & tag::CLINICAL_NOUN != 0);
        assert_eq!(tags_by_ending(b"otomy"), 0);
        assert_eq!(look_up(b"qzxqzx").exact, 0);
        for form in ["abandoning", "Abandoned", "ABILITIES"] {
            assert!(look_up(form.as_bytes()).tags & tag::ENGLISH != 0, "{form}");
        }
        for other in ["qzxing", "qzxed", "qzxs", "qzxies"] {
            assert_eq!(look_up(other.as_bytes()).tags & tag::ENGLISH, 0, "{other}");
        }
        assert_eq!(look_up(&[b'a'; 99]).exact, 0);
    }
}
