//! Tokens, sentences and clauses of a draft.

use super::lexicon::{self, Value};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Letters, with inner apostrophes: `patient`, `don't`. Also `'s`.
    Word,
    /// A run of digits.
    Number,
    /// One punctuation character.
    Punct,
    /// A whole web address.
    Url,
    /// A whole e-mail address.
    Email,
    /// `@name`.
    Handle,
    /// Anything else: emoji, other scripts' signs.
    Symbol,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `patient`; also whatever has no case.
    Lower,
    /// `Patient`, `J`.
    Title,
    /// `ICU`: two capitals or more and nothing else.
    Upper,
    /// `McGee`, `iPhone`.
    Mixed,
}

/// One token of the plain text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// First byte in the plain text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it is made of.
    pub class: Class,
    /// How it is written.
    pub case: Case,
    /// Preceded by a space, a line break or nothing.
    pub spaced: bool,
    /// First on its line.
    pub line_start: bool,
    /// Within a hashtag.
    pub hashtag: bool,
    /// First of its sentence.
    pub sentence_start: bool,
    /// Number of its sentence in the draft.
    pub sentence: u32,
    /// Number of its clause in the draft.
    pub clause: u32,
    /// The lexicon's entry for the word, if any.
    pub exact: Value,
    /// The longest prefix that a pattern asks for, if any.
    pub prefix: Value,
    /// The lexicon's tags.
    pub tags: u128,
    /// The hash of a word, number or sign in lower case, before the end
    /// ([`super::hash`]): each is spelled once, whoever looks it up.
    pub state: u64,
    /// Holds an apostrophe.
    pub apostrophe: bool,
}

impl Token {
    /// True when the lexicon gives it any of these tags.
    #[inline]
    pub fn is(&self, tags: u128) -> bool {
        self.tags & tags != 0
    }

    /// Starts with a capital.
    #[inline]
    pub fn capital(&self) -> bool {
        self.case != Case::Lower
    }
}

/// Splits the plain text. Linear in its length.
pub fn tokenise(text: &str) -> Vec<Token> {
    let mut reader =
        Reader { text, bytes: text.as_bytes(), at: 0, tokens: Vec::with_capacity(text.len() / 5 + 4), hashtag: false };
    reader.read();
    let mut tokens = reader.tokens;
    bound(text, &mut tokens);
    tokens
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    hashtag: bool,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut spaced = true;
        let mut line_start = true;
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte.is_ascii_whitespace() || byte < 0x20 {
                line_start |= byte == b'\n' || byte == b'\r';
                spaced = true;
                self.hashtag = false;
                self.at += 1;
                continue;
            }
            let before = self.tokens.len();
            self.one(byte, spaced);
            if let Some(token) = self.tokens.get_mut(before) {
                token.spaced = spaced;
                token.line_start = line_start;
            }
            spaced = false;
            line_start = false;
        }
    }

    /// Reads what starts here: at least one token, at least one byte.
    fn one(&mut self, byte: u8, spaced: bool) {
        let start = self.at;
        if byte.is_ascii_alphanumeric() {
            if !self.hashtag
                && let Some((end, class)) = address(self.bytes, start, spaced)
            {
                return self.push(start, end, class);
            }
            return if byte.is_ascii_digit() { self.number() } else { self.word() };
        }
        if !byte.is_ascii() {
            return self.other();
        }
        match byte {
            b'@' if spaced => {
                let end = run(self.bytes, start + 1, |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
                let end = trim_dots(self.bytes, start + 1, end);
                if end > start + 2 {
                    return self.push(start, end, Class::Handle);
                }
            }
            b'#' => self.hashtag = true,
            b'\'' => {
                // The possessive or contracted 's.
                let after = self.bytes.get(start + 2);
                if !spaced
                    && matches!(self.bytes.get(start + 1), Some(b's' | b'S'))
                    && !after.is_some_and(|b| b.is_ascii_alphanumeric())
                {
                    return self.push_word(start, start + 2, true);
                }
            }
            _ => {}
        }
        self.push(start, start + 1, Class::Punct);
    }

    fn number(&mut self) {
        let end = run(self.bytes, self.at, |b| b.is_ascii_digit());
        self.push(self.at, end, Class::Number);
    }

    /// A word with inner apostrophes; a hashtag's CamelCase is split.
    fn word(&mut self) {
        let start = self.at;
        let mut end = start;
        let mut apostrophe = false;
        while let Some(&byte) = self.bytes.get(end) {
            if SIGNS[usize::from(byte)] & LETTER != 0 {
                if self.hashtag && end > start && camel_break(self.bytes, end) {
                    break;
                }
            } else if byte == b'\'' {
                let next = self.bytes.get(end + 1).copied().unwrap_or(b' ');
                let last = !self.bytes.get(end + 2).is_some_and(u8::is_ascii_alphabetic);
                if !next.is_ascii_alphabetic() || (matches!(next, b's' | b'S') && last) {
                    break;
                }
                apostrophe = true;
            } else {
                break;
            }
            end += 1;
        }
        self.push_word(start, end, apostrophe);
    }

    /// Letters of other scripts make a word; the rest is a symbol.
    fn other(&mut self) {
        let start = self.at;
        let letters: usize =
            self.text[start..].chars().take_while(|c| !c.is_ascii() && c.is_alphabetic()).map(char::len_utf8).sum();
        if letters > 0 {
            return self.push_word(start, start + letters, false);
        }
        let length = self.text[start..].chars().next().map_or(1, char::len_utf8);
        let class = match &self.text[start..start + length] {
            "—" | "•" | "·" | "¿" | "¡" | "§" | "°" => Class::Punct,
            _ => Class::Symbol,
        };
        self.push(start, start + length, class);
    }

    fn push_word(&mut self, start: usize, end: usize, apostrophe: bool) {
        let bytes = &self.bytes[start..end];
        let mut found = lexicon::look_up(bytes);
        // Only words that the lexicon does not know are judged by their ending.
        if found.tags == 0 {
            found.tags = lexicon::tags_by_ending(bytes);
        }
        self.put(start, end, Class::Word, case_of(bytes), found, apostrophe);
    }

    fn push(&mut self, start: usize, end: usize, class: Class) {
        let bytes = &self.bytes[start..end];
        let (found, case) = match class {
            Class::Number | Class::Punct => (lexicon::look_up(bytes), Case::Lower),
            _ => (lexicon::Found::default(), case_of(bytes)),
        };
        self.put(start, end, class, case, found, false);
    }

    #[inline]
    fn put(&mut self, start: usize, end: usize, class: Class, case: Case, found: lexicon::Found, apostrophe: bool) {
        self.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            class,
            case,
            spaced: false,
            line_start: false,
            hashtag: self.hashtag,
            sentence_start: false,
            sentence: 0,
            clause: 0,
            exact: found.exact,
            prefix: found.prefix,
            tags: found.tags,
            state: found.state,
            apostrophe,
        });
        self.at = end;
    }
}

const LETTER: u8 = 1;
const CAPITAL: u8 = 2;
/// What a host name or the part before an `@` is made of.
const HOST: u8 = 4;

/// What each byte is.
static SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let host = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'%');
        signs[at] = if byte.is_ascii_alphabetic() { LETTER } else { 0 }
            | if byte.is_ascii_uppercase() { CAPITAL } else { 0 }
            | if host { HOST } else { 0 };
        at += 1;
    }
    signs
};

fn run(bytes: &[u8], from: usize, accept: impl Fn(u8) -> bool) -> usize {
    from + bytes.get(from..).unwrap_or(&[]).iter().take_while(|b| accept(**b)).count()
}

fn trim_dots(bytes: &[u8], start: usize, mut end: usize) -> usize {
    while end > start && matches!(bytes[end - 1], b'.' | b',' | b'-' | b'!' | b'?' | b':' | b';' | b')' | b'\'' | b'"')
    {
        end -= 1;
    }
    end
}

/// `PrayForBaby`: a capital after a small letter, or before one in `ICUNurse`.
fn camel_break(bytes: &[u8], at: usize) -> bool {
    bytes[at].is_ascii_uppercase()
        && (bytes[at - 1].is_ascii_lowercase() || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))
}

fn case_of(bytes: &[u8]) -> Case {
    let (mut upper, mut letters) = (0, 0);
    for byte in bytes {
        let sign = SIGNS[usize::from(*byte)];
        letters += usize::from(sign & LETTER);
        upper += usize::from(sign & CAPITAL);
    }
    let upper = upper / usize::from(CAPITAL);
    match (bytes.first().is_some_and(u8::is_ascii_uppercase), upper, letters - upper) {
        (_, 0, _) => Case::Lower,
        (true, 1, _) => Case::Title,
        (_, _, 0) => Case::Upper,
        _ => Case::Mixed,
    }
}

/// Endings of a bare host name that make it a web address. Country codes that
/// are also English words (`is`, `me`, `it`) need a path.
const HOST_ENDINGS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "info", "example", "io", "co", "uk", "us", "ca", "au", "de", "fr", "es", "ie",
    "in", "nz", "ph", "health", "care", "clinic", "app", "dev", "biz", "tv", "eu", "ly", "gl", "test", "invalid",
    "page", "site", "blog", "news", "mil", "int",
];

/// A web or mail address that starts here: its end and class. Reads no further
/// than the run of address characters.
fn address(bytes: &[u8], start: usize, spaced: bool) -> Option<(usize, Class)> {
    if !spaced && start > 0 && !matches!(bytes[start - 1], b'(' | b'[' | b'<' | b'"' | b'\'' | b':' | b',' | b'/') {
        return None;
    }
    let (mut host_end, mut dot) = (start, false);
    while let Some(byte) = bytes.get(host_end).filter(|byte| SIGNS[usize::from(**byte)] & HOST != 0) {
        dot |= *byte == b'.';
        host_end += 1;
    }
    match bytes.get(host_end) {
        Some(b':') if bytes[host_end..].starts_with(b"://") => {
            let end = run(bytes, host_end + 3, |b| !b.is_ascii_whitespace() && !matches!(b, b'"' | b'<' | b'>'));
            return Some((trim_dots(bytes, start, end), Class::Url));
        }
        Some(b'@') => {
            let end = run(bytes, host_end + 1, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
            let end = trim_dots(bytes, host_end + 1, end);
            return bytes[host_end + 1..end].contains(&b'.').then_some((end, Class::Email));
        }
        _ if !dot => return None,
        _ => {}
    }
    let host_end = trim_dots(bytes, start, host_end);
    // "thanked us." has lost its only dot.
    if !bytes[start..host_end].contains(&b'.') {
        return None;
    }
    let ending = bytes[start..host_end].rsplit(|b| *b == b'.').next()?;
    let known = ending.len() >= 2 && HOST_ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e.as_bytes()));
    let path = bytes.get(host_end) == Some(&b'/') && ending.len() >= 2 && ending.iter().all(u8::is_ascii_alphabetic);
    let labels = bytes[start..host_end].split(|b| *b == b'.');
    // "him.Co-workers": a missing space after a full stop is no address.
    let plausible = labels.clone().all(|l| !l.is_empty()) && !ending.first().is_some_and(u8::is_ascii_uppercase);
    if !(plausible && (known || path)) {
        return None;
    }
    let end = run(bytes, host_end, |b| !b.is_ascii_whitespace() && !matches!(b, b'"' | b'<' | b'>' | b','));
    let end = if path { trim_dots(bytes, start, end) } else { host_end };
    Some((end, Class::Url))
}

/// Numbers sentences and clauses.
fn bound(text: &str, tokens: &mut [Token]) {
    let bytes = text.as_bytes();
    let (mut sentence, mut clause) = (0, 0);
    let mut fresh = true;
    for at in 0..tokens.len() {
        let token = tokens[at];
        if at > 0 && token.line_start {
            sentence += 1;
            clause += 1;
            fresh = true;
        }
        let first = bytes[token.start as usize];
        let word = token.class == Class::Word || token.class == Class::Number;
        if token.is(lexicon::tag::CLAUSE_BREAK) {
            clause += 1;
        }
        {
            let token = &mut tokens[at];
            token.sentence = sentence;
            token.clause = clause;
            token.sentence_start = fresh && word;
            fresh &= !word;
        }
        if token.class != Class::Punct {
            continue;
        }
        match first {
            b'.' if !ends_sentence(bytes, tokens, at) => {}
            // "NightHawk!77" is one word to whoever wrote it.
            b'!' | b'?'
                if tokens.get(at + 1).is_some_and(|n| !n.spaced && matches!(n.class, Class::Word | Class::Number)) => {}
            b'.' | b'!' | b'?' => {
                let next = tokens.get(at + 1);
                if !next.is_some_and(|n| n.class == Class::Punct && !n.spaced) {
                    sentence += 1;
                    clause += 1;
                    fresh = true;
                }
            }
            b',' | b';' | b':' | b'(' | b')' => clause += 1,
            _ if text[token.start as usize..].starts_with('—') => clause += 1,
            _ => {}
        }
    }
}

/// A full stop ends no sentence within a number, after an initial or a known
/// abbreviation, or where no space follows.
fn ends_sentence(bytes: &[u8], tokens: &[Token], at: usize) -> bool {
    let stop = tokens[at];
    let Some(next) = tokens.get(at + 1) else { return true };
    if !next.spaced {
        return matches!(bytes[next.start as usize], b'"' | b'\'' | b')') || (next.class == Class::Symbol);
    }
    let Some(before) = at.checked_sub(1).map(|b| tokens[b]).filter(|b| b.end == stop.start) else { return true };
    let single = before.end - before.start == 1 && before.class == Class::Word;
    !(single && before.capital() || before.is(lexicon::tag::ABBREVIATION))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        tokenise(text).iter().map(|t| &text[t.start as usize..t.end as usize]).collect()
    }

    #[test]
    fn splits() {
        for (text, expected) in [
            ("47yo M, doesn't walk", vec!["47", "yo", "M", ",", "doesn't", "walk"]),
            ("Emma's mom's car", vec!["Emma", "'s", "mom", "'s", "car"]),
            ("#PrayForBabyEmma now", vec!["#", "Pray", "For", "Baby", "Emma", "now"]),
            ("a.b@c.example, ok", vec!["a.b@c.example", ",", "ok"]),
            ("see https://x.example/a?b=1.", vec!["see", "https://x.example/a?b=1", "."]),
            ("visit clinic.example today", vec!["visit", "clinic.example", "today"]),
            ("ask @dr_jo.", vec!["ask", "@dr_jo", "."]),
            ("home.He left", vec!["home", ".", "He", "left"]),
            ("BP 120/80", vec!["BP", "120", "/", "80"]),
        ] {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn sentences() {
        for (text, expected) in [
            ("One. Two! Three", 3),
            ("Dr. Who saw J. K. today", 1),
            ("A1c 7.5 is fine. Next", 2),
            ("line\nline", 2),
            ("wait... what", 2),
        ] {
            let tokens = tokenise(text);
            assert_eq!(tokens.last().map(|t| t.sentence + 1), Some(expected), "{text}");
        }
    }
}
