//! The folding table: what each character becomes before matching.
//!
//! Compatibility forms, diacritics, full-width and mathematical letters fold to
//! ASCII by the Unicode tables (NFKD without marks); invisible characters
//! vanish; quotes and dashes unify. Cyrillic and Greek letters that look Latin
//! fold only inside a word that also holds Latin letters (Unicode TR 39 calls
//! such a word mixed-script confusable); the core decides that.

use std::collections::BTreeMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

const KEEP: u16 = 0;
const REMOVE: u16 = 1;
const FIRST_STRING: u16 = 2;
/// Set on entries that fold only in a mixed-script word.
const LOOKALIKE: u16 = 0x8000;
/// Characters from here on are kept as they are.
const LIMIT: u32 = 0x2_0000;

/// Letters that look like a Latin one (hand-picked from Unicode TR 39's list).
const LOOKALIKES: &[(&str, &str)] = &[
    ("АВСЕНІЈКМОРЅТХУаеосрхуіјѕԁһԛԝв", "ABCEHIJKMOPSTXYaeocpxyijsdhqwb"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχϲγ", "ABEZHIKMNOPTYXaiKvoptuxcy"),
    ("ՏՕսոօց", "SOunog"),
];

const FIXED: &[(&str, &str)] = &[
    ("‘’‚‛′`´ʼʻ＇", "'"),
    ("“”„‟″«»＂", "\""),
    ("‐‑‒–−⁃﹣－", "-"),
    ("…", "..."),
    ("ß", "ss"),
    ("æǽ", "ae"),
    ("Æ", "AE"),
    ("œ", "oe"),
    ("Œ", "OE"),
    ("øǿ", "o"),
    ("Ø", "O"),
    ("đð", "d"),
    ("ĐÐ", "D"),
    ("ł", "l"),
    ("Ł", "L"),
    ("ħ", "h"),
    ("ı", "i"),
    ("þ", "th"),
    ("⁄", "/"),
    ("\u{2028}\u{2029}\u{85}", "\n"),
];

/// Marks on the line above are part of the letter before them; the rest of the
/// list is invisible (Unicode category Cf, variation selectors, fillers).
fn invisible(c: char) -> bool {
    matches!(c as u32,
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0 | 0x1D173..=0x1D17A
        | 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

fn digit(c: char) -> Option<char> {
    let zero =
        [0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10].into_iter().find(|zero| (*zero..zero + 10).contains(&(c as u32)))?;
    char::from_digit(c as u32 - zero, 10)
}

fn folded(c: char) -> Option<String> {
    if let Some((_, to)) = FIXED.iter().find(|(from, _)| from.contains(c)) {
        return Some((*to).to_owned());
    }
    if let Some(digit) = digit(c) {
        return Some(digit.to_string());
    }
    if c.is_whitespace() {
        return Some(" ".to_owned());
    }
    // Signs that NFKD would spell out are left alone: they are no letters.
    if matches!(c, '™' | '℠' | '©' | '®' | '℅' | '№') {
        return None;
    }
    let plain: String = std::iter::once(c).nfkd().filter(|c| !invisible(*c)).collect();
    let plain = plain.replace('\u{2044}', "/");
    (plain.is_ascii() && !plain.is_empty()).then_some(plain)
}

/// Writes `fold.rs`: a two-stage table over the first two planes.
pub fn compile(out: &Path) -> Result<(), String> {
    let mut lookalike = BTreeMap::new();
    for (from, to) in LOOKALIKES {
        lookalike.extend(from.chars().zip(to.chars()));
    }
    let mut strings: Vec<String> = Vec::new();
    let mut index = BTreeMap::new();
    let mut entry = |text: String, flag: u16| -> u16 {
        let next = strings.len() as u16;
        let at = *index.entry(text.clone()).or_insert_with(|| {
            strings.push(text);
            next
        });
        (at + FIRST_STRING) | flag
    };
    let mut pages: Vec<[u16; 256]> = vec![[KEEP; 256]];
    let mut page_of = Vec::new();
    for page in 0..LIMIT / 256 {
        let mut row = [KEEP; 256];
        for low in 0..256 {
            let Some(c) = char::from_u32(page * 256 + low).filter(|c| !c.is_ascii()) else { continue };
            row[low as usize] = match lookalike.get(&c) {
                Some(latin) => entry(latin.to_string(), LOOKALIKE),
                None if invisible(c) => REMOVE,
                None => folded(c).map_or(KEEP, |text| entry(text, 0)),
            };
        }
        let at = pages.iter().position(|known| *known == row).unwrap_or_else(|| {
            pages.push(row);
            pages.len() - 1
        });
        page_of.push(at);
    }
    let rows: String = pages.iter().map(|row| format!("[{}],", super::numbers(row))).collect();
    let texts: String = strings.iter().map(|text| format!("{text:?},")).collect();
    super::write(
        out,
        "fold.rs",
        format!(
            "const LOOKALIKE: u16 = {LOOKALIKE};\n\
             static PAGE_OF: [u8; {}] = [{}];\nstatic PAGES: [[u16; 256]; {}] = [{rows}];\n\
             static STRINGS: [&str; {}] = [{texts}];\n",
            page_of.len(),
            super::numbers(&page_of),
            pages.len(),
            strings.len()
        ),
    )
}
