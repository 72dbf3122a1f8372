//! Normalisation with an exact map back.
//!
//! Writers (and evaders) use full-width digits, zero-width joiners, Cyrillic
//! lookalikes, curly quotes. All matching is done on a plain form; every span
//! is mapped back to the UTF-16 code units of the draft, which is how browsers
//! count.

include!(concat!(env!("OUT_DIR"), "/fold.rs"));

const KEEP: u16 = 0;
const REMOVE: u16 = 1;
const FIRST_STRING: u16 = 2;

/// A draft in plain form, with the way back.
#[derive(Debug)]
pub struct Plain {
    /// The plain text: ASCII where the draft's characters have an ASCII form.
    pub text: String,
    /// For each byte of `text`, the first UTF-16 unit it came from, and the
    /// unit after the last. Empty when the draft is ASCII: then both are the
    /// byte's own position.
    map: Vec<(u32, u32)>,
    /// Length of the draft in UTF-16 code units.
    pub units: u32,
}

impl Plain {
    /// Folds a draft. Linear in its length.
    pub fn new(draft: &str) -> Plain {
        if draft.is_ascii() {
            return Plain { text: draft.to_owned(), map: Vec::new(), units: draft.len() as u32 };
        }
        let mut plain =
            Plain { text: String::with_capacity(draft.len()), map: Vec::with_capacity(draft.len()), units: 0 };
        let mut word = Word::default();
        for c in draft.chars() {
            let units = c.len_utf16() as u32;
            let from = plain.units;
            plain.units += units;
            if c.is_ascii() {
                plain.push_char(c, from, units);
                word.see(c.is_ascii_alphabetic(), !c.is_ascii_alphanumeric(), &mut plain);
                continue;
            }
            match entry(c) {
                REMOVE => plain.absorb(c, from + units),
                KEEP => {
                    plain.push_char(c, from, units);
                    word.see(false, !c.is_alphabetic(), &mut plain);
                }
                folded => {
                    let text = STRINGS.get(((folded & !LOOKALIKE) - FIRST_STRING) as usize).copied().unwrap_or("");
                    if folded & LOOKALIKE != 0 {
                        word.lookalikes.push(plain.text.len());
                        plain.push_char(c, from, units);
                    } else {
                        let latin = text.bytes().all(|b| b.is_ascii_alphabetic());
                        let ends = !text.bytes().all(|b| b.is_ascii_alphanumeric());
                        for c in text.chars() {
                            plain.push_char(c, from, units);
                        }
                        word.see(latin, ends, &mut plain);
                    }
                }
            }
        }
        word.see(false, true, &mut plain);
        plain
    }

    /// The UTF-16 units of the draft that bytes `start..end` of the plain text
    /// came from. An empty or outlying range is clamped.
    pub fn units_of(&self, start: usize, end: usize) -> (u32, u32) {
        if self.map.is_empty() {
            let limit = self.units as usize;
            return (start.min(limit) as u32, end.min(limit) as u32);
        }
        let from = self.map.get(start).map_or(self.units, |(from, _)| *from);
        let to = match end.checked_sub(1).and_then(|last| self.map.get(last)) {
            Some((_, to)) if end > start => *to,
            _ => from,
        };
        (from, to)
    }

    fn push_char(&mut self, c: char, from: u32, units: u32) {
        self.text.push(c);
        self.map.resize(self.text.len(), (from, from + units));
    }

    /// A combining mark belongs to the letter before it; other invisible
    /// characters belong to nothing.
    fn absorb(&mut self, c: char, to: u32) {
        if matches!(c as u32, 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF)
            && let Some(last) = self.map.last_mut()
        {
            last.1 = to;
        }
    }
}

/// The word being read: whether it holds a Latin letter, and where its
/// lookalikes stand, to be folded when it ends.
#[derive(Default)]
struct Word {
    latin: bool,
    lookalikes: Vec<usize>,
}

impl Word {
    fn see(&mut self, latin: bool, ends: bool, plain: &mut Plain) {
        self.latin |= latin;
        if ends {
            if self.latin && !self.lookalikes.is_empty() {
                fold_lookalikes(plain, &self.lookalikes);
            }
            self.latin = false;
            self.lookalikes.clear();
        }
    }
}

/// Replaces the characters at these byte positions by the Latin letters that
/// they look like.
fn fold_lookalikes(plain: &mut Plain, positions: &[usize]) {
    let Some(&first) = positions.first() else { return };
    let tail: String = plain.text.split_off(first);
    let tail_map = plain.map.split_off(first);
    let mut wanted = positions.iter().map(|at| at - first).peekable();
    for (at, c) in tail.char_indices() {
        let (from, to) = tail_map.get(at).copied().unwrap_or((plain.units, plain.units));
        let c = if wanted.next_if_eq(&at).is_some() { latin_of(c) } else { c };
        plain.push_char(c, from, to - from);
    }
}

fn latin_of(c: char) -> char {
    let folded = entry(c);
    if folded < FIRST_STRING {
        return c;
    }
    STRINGS.get(((folded & !LOOKALIKE) - FIRST_STRING) as usize).and_then(|text| text.chars().next()).unwrap_or(c)
}

fn entry(c: char) -> u16 {
    let code = c as usize;
    // Tag characters (plane 14) are invisible too.
    if (0xE0000..0xE1000).contains(&code) {
        return REMOVE;
    }
    let page = PAGE_OF.get(code >> 8).copied().unwrap_or(0) as usize;
    PAGES.get(page).map_or(KEEP, |row| row[code & 0xFF])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        Plain::new(text).text
    }

    #[test]
    fn folds() {
        for (text, expected) in [
            ("plain ASCII", "plain ASCII"),
            ("０９９１７", "09917"),
            ("Trần Thị Bích Ngọc", "Tran Thi Bich Ngoc"),
            ("Јοhn Κowalczyk", "John Kowalczyk"),
            ("Yous\u{200b}ef Abdel-Rah\u{200b}man", "Yousef Abdel-Rahman"),
            ("e\u{301}cole", "ecole"),
            ("“quoted” – it’s", "\"quoted\" - it's"),
            ("𝓓𝓻 𝟗𝟏𝟏", "Dr 911"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("Привет", "Привет"),
            ("½ tab", "1/2 tab"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn maps_back_to_utf16() {
        let draft = "👶🏽 Baby É\u{301}mma\u{200b} ok";
        let plain = Plain::new(draft);
        let at = plain.text.find("Emma").expect("folded");
        let (from, to) = plain.units_of(at, at + 4);
        let units: Vec<u16> = draft.encode_utf16().collect();
        let quote = String::from_utf16(&units[from as usize..to as usize]).expect("on boundaries");
        assert_eq!(quote, "É\u{301}mma");
        assert_eq!(plain.units as usize, units.len());
    }
}
