//! Lists of words that rules ask for at a token: "in", "from", "near".
//!
//! Nearly every token is in none of them, and its first letter and length say
//! so.

/// A list of words in lower case, made at compile time by [`words!`].
#[derive(Debug)]
pub struct Words {
    list: &'static [&'static str],
    /// How long the words are that begin with a letter (or with something else),
    /// a bit for each length.
    lengths: [u16; 27],
}

/// A `&'static` [`Words`] of these.
macro_rules! words {
    ($($word:literal),+ $(,)?) => {
        const { &$crate::text::words::Words::new(&[$($word),+]) }
    };
}
pub(crate) use words;

impl Words {
    /// The list with what tells most words to be none of it.
    pub const fn new(list: &'static [&'static str]) -> Words {
        let mut lengths = [0; 27];
        let mut at = 0;
        while at < list.len() {
            let word = list[at].as_bytes();
            lengths[letter(word[0])] |= length(word);
            at += 1;
        }
        Words { list, lengths }
    }

    /// Whether a word is one of them, whatever its case.
    #[inline]
    pub fn hold(&self, word: &[u8]) -> bool {
        match word.first() {
            Some(first) if self.lengths[letter(*first)] & length(word) != 0 => self.list_holds(word),
            _ => false,
        }
    }

    fn list_holds(&self, word: &[u8]) -> bool {
        let Some(first) = word.first().map(u8::to_ascii_lowercase) else { return false };
        let alike = |known: &&&str| known.len() == word.len() && known.as_bytes()[0] == first;
        self.list.iter().filter(alike).any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
    }
}

#[inline]
const fn letter(byte: u8) -> usize {
    let letter = byte.to_ascii_lowercase().wrapping_sub(b'a');
    if letter < 26 { letter as usize } else { 26 }
}

/// Long words share a bit.
#[inline]
const fn length(word: &[u8]) -> u16 {
    1 << if word.len() < 15 { word.len() } else { 15 }
}

#[cfg(test)]
mod tests {
    #[test]
    fn holds_its_words_in_any_case() {
        let words = words!["in", "from", "'s", "cardiothoracic surgeon"];
        for word in ["in", "From", "'S", "Cardiothoracic Surgeon"] {
            assert!(words.hold(word.as_bytes()), "{word}");
        }
        for word in ["", "i", "on", "form", "fromm", "'t", "cardiothoracic surgery"] {
            assert!(!words.hold(word.as_bytes()), "{word}");
        }
    }
}
