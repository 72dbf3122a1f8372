//! The lexicon: one look-up a word gives its tags and its value in patterns.
//!
//! The table is made at build time from `src/data` and read in place (see
//! [`super::table`]).

use super::hash;
use super::table::Table;

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

/// What a word is in the patterns: 0 for a word that none of them names. Words
/// that stand in the same places of the same patterns share a value.
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
        return found;
    }
    for (at, byte) in word.iter().enumerate() {
        state = hash::step(state, byte.to_ascii_lowercase());
        if at + 1 >= SHORTEST_PREFIX {
            let mark = (state ^ (state >> 17)) as usize & (PREFIX_MARKS.len() * 64 - 1);
            if PREFIX_MARKS[mark / 64] >> (mark % 64) & 1 != 0 {
                // '*' ends the key of a prefix.
                let value = value_of(hash::finish(hash::step(state, b'*')));
                if value != 0 {
                    found.prefix = value;
                }
            }
        }
    }
    let hash = hash::finish(state);
    found.exact = value_of(hash);
    found.tags = match found.exact {
        0 => PLAIN.find(hash).and_then(|at| PLAIN_SETS.get(at)).map_or(0, |set| tags_of_set(*set as usize)),
        value => TAG_SET.get(value as usize).map_or(0, |set| tags_of_set(*set as usize)),
    };
    found
}

#[inline]
fn value_of(hash: u64) -> Value {
    NAMED.find(hash).and_then(|at| NAMED_VALUES.get(at)).copied().unwrap_or(0)
}

#[inline]
fn tags_of_set(set: usize) -> u128 {
    TAG_SETS.get(set).copied().unwrap_or(0)
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
    ENDINGS.iter().filter(|(ending, _)| ends(ending)).max_by_key(|(ending, _)| ending.len()).map_or(0, |e| e.1)
}

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
        assert_eq!(look_up(&[b'a'; 99]).exact, 0);
    }
}
