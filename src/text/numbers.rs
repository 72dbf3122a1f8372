//! Numbers as people write them: in digits and in words, English and Spanish.

use super::Doc;
use super::tokens::Class;
use super::words::words;

/// A number in the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: u64,
    /// How many tokens it takes.
    pub tokens: usize,
}

const UNITS: &[(&str, u64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("cero", 0),
    ("uno", 1),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("once", 11),
    ("doce", 12),
    ("trece", 13),
    ("catorce", 14),
    ("quince", 15),
    ("dieciseis", 16),
    ("diecisiete", 17),
    ("dieciocho", 18),
    ("diecinueve", 19),
    ("veintiuno", 21),
    ("veintidos", 22),
    ("veintitres", 23),
    ("veinticuatro", 24),
    ("veinticinco", 25),
];

const TENS: &[(&str, u64)] = &[
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("veinte", 20),
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
];

/// How long the words of a table are that begin with a letter, a bit for each
/// length: nearly every word of a draft is told by it to be no number.
type Lengths = [u16; 26];
const LENGTHS_OF_UNITS: Lengths = lengths(UNITS);
const LENGTHS_OF_TENS: Lengths = lengths(TENS);
/// Of all words that a number can begin with.
const LENGTHS: Lengths = {
    let mut all = lengths(&[("hundred", 100), ("cien", 100), ("ciento", 100)]);
    let mut at = 0;
    while at < all.len() {
        all[at] |= LENGTHS_OF_UNITS[at] | LENGTHS_OF_TENS[at];
        at += 1;
    }
    all
};

const fn lengths(table: &[(&str, u64)]) -> Lengths {
    let mut lengths = [0; 26];
    let mut at = 0;
    while at < table.len() {
        let name = table[at].0.as_bytes();
        lengths[(name[0] - b'a') as usize] |= 1 << name.len();
        at += 1;
    }
    lengths
}

/// Whether a word may be in the table of these lengths.
#[inline]
fn may_be(word: &[u8], lengths: &Lengths) -> bool {
    let letter = word.first().map_or(u8::MAX, |first| first.to_ascii_lowercase().wrapping_sub(b'a'));
    word.len() < 16 && lengths.get(usize::from(letter)).is_some_and(|lengths| lengths >> word.len() & 1 != 0)
}

fn value(table: &[(&str, u64)], lengths: &Lengths, word: &str) -> Option<u64> {
    if !may_be(word.as_bytes(), lengths) {
        return None;
    }
    table.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

fn units(word: &str) -> Option<u64> {
    value(UNITS, &LENGTHS_OF_UNITS, word)
}

fn tens(word: &str) -> Option<u64> {
    value(TENS, &LENGTHS_OF_TENS, word)
}

/// A spelled digit: `oh` counts as zero, as on the telephone.
pub fn digit_word(word: &str) -> Option<u64> {
    // Most words are no digit: a look at their length and first letter says so.
    if word.len() > 6 || !matches!(word.as_bytes().first(), Some(b) if b"cdefnostuz".contains(&b.to_ascii_lowercase()))
    {
        return None;
    }
    if word.eq_ignore_ascii_case("oh") || word.eq_ignore_ascii_case("o") {
        return Some(0);
    }
    units(word).filter(|value| *value < 10)
}

/// The number that starts at a token: `47`, `ninety-three`, `one hundred and
/// two`, `noventa y tres`.
pub fn at(doc: &Doc, start: usize) -> Option<Number> {
    let token = doc.tokens.get(start)?;
    if token.class == Class::Number {
        let value = doc.word(start).parse().ok()?;
        return Some(Number { value, tokens: 1 });
    }
    if token.class != Class::Word || !may_be(doc.bytes(token), &LENGTHS) {
        return None;
    }
    // "hundred-and-two" counts from one hundred.
    let (mut total, mut at) = match below_hundred(doc, start) {
        Some(found) => found,
        None if doc.reads(start, "hundred") || doc.reads(start, "cien") || doc.reads(start, "ciento") => (1, start),
        None => return None,
    };
    let hundred = if doc.punct(at, b'-') { at + 1 } else { at };
    if doc.reads_any(hundred, words!["hundred", "cien", "ciento"]) && (1..10).contains(&total) {
        total *= 100;
        at = hundred + 1;
        let dash = |at: usize| if doc.punct(at, b'-') { at + 1 } else { at };
        let rest = dash(if doc.reads(dash(at), "and") { dash(at) + 1 } else { at });
        if let Some((more, end)) = below_hundred(doc, rest) {
            total += more;
            at = end;
        }
    }
    Some(Number { value: total, tokens: at - start })
}

fn below_hundred(doc: &Doc, start: usize) -> Option<(u64, usize)> {
    if let Some(tens) = tens(doc.word(start)) {
        let next = if doc.punct(start + 1, b'-') || doc.reads(start + 1, "y") { start + 2 } else { start + 1 };
        return match units(doc.word(next)).filter(|unit| (1..10).contains(unit)) {
            Some(unit) if next > start => Some((tens + unit, next + 1)),
            _ => Some((tens, start + 1)),
        };
    }
    units(doc.word(start)).map(|value| (value, start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers() {
        for (text, expected) in [
            ("47 beds", Some((47, 1))),
            ("ninety-three now", Some((93, 3))),
            ("ninety three", Some((93, 2))),
            ("one hundred and two", Some((102, 4))),
            ("noventa y tres", Some((93, 3))),
            ("forty beds", Some((40, 1))),
            ("hundred-and-two", Some((102, 5))),
            ("nobody", None),
        ] {
            let doc = Doc::new(text);
            let found = at(&doc, 0).map(|number| (number.value, number.tokens));
            assert_eq!(found, expected, "{text}");
        }
    }
}
