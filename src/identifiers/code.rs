//! Numbers and codes as people write them, shared by the families: glued or
//! spaced, dotted, spelled out, with letters that stand for digits.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};
use crate::text::words::{Words, words};

/// A code in the draft: tokens `from..to`, and its letters and digits alone,
/// in capitals.
#[derive(Debug, Clone)]
pub struct Code {
    /// First token.
    pub from: usize,
    /// Token after the last.
    pub to: usize,
    /// Letters and digits, in capitals.
    pub text: String,
}

impl Code {
    /// How many of its characters are digits.
    pub fn digits(&self) -> usize {
        self.text.bytes().filter(u8::is_ascii_digit).count()
    }

    /// A word ends it, as in "5000-unit doses": that is a quantity.
    pub fn wordy(&self, doc: &Doc) -> bool {
        (self.from + 1..self.to).any(|at| {
            let token = &doc.tokens[at];
            let letters = token.end - token.start;
            token.class == Class::Word
                && (letters > 3 || token.case == Case::Lower && letters > 1)
                && numbers::digit_word(doc.word(at)).is_none()
                && repeated(doc, at).is_none()
        })
    }
}

/// A code is no longer than this many tokens: an IBAN in groups, spaced digits
/// of an account.
const LONGEST: usize = 40;
/// Words between the announcement and the code.
const FILLERS: usize = 6;

/// The code that starts at a token. `words` allows spelled-out digits.
pub fn at(doc: &Doc, from: usize) -> Option<Code> {
    let mut code = Code { from, to: from, text: String::new() };
    let mut at = from;
    while at < doc.tokens.len() && at - from < LONGEST {
        let token = doc.tokens[at];
        let word = doc.word(at);
        let glued = at > from && !token.spaced;
        match token.class {
            Class::Number => {
                code.text.push_str(word);
                at += 1;
                code.to = at;
            }
            Class::Word if word == "'s" => break,
            // "triple five", as numbers are read out
            Class::Word if repeated(doc, at).is_some() => {
                let (times, value) = repeated(doc, at).unwrap_or((0, 0));
                (0..times).for_each(|_| code.text.push_str(&value.to_string()));
                at += 2;
                code.to = at;
            }
            Class::Word => {
                // "DOS 2/3/25" is the date of service, not the Spanish two.
                let spelled = token.case != Case::Upper;
                let value = numbers::at(doc, at).filter(|n| spelled && n.value < 100).or_else(|| {
                    numbers::digit_word(word).filter(|_| spelled).map(|value| numbers::Number { value, tokens: 1 })
                });
                let short = word.len() <= 3 && token.case != Case::Lower
                    || glued && word.len() <= 12 && !token.is(tag::ORDINAL_SUFFIX);
                // Glued on the right: "K448213", "CSN-10".
                let dashed = doc.punct(at + 1, b'-') && !doc.tokens[at + 1].spaced;
                let read_out = spelled
                    && code.digits() == code.text.len()
                    && (word.len() > 2 || glued || dashed)
                    && (glued || word.len() <= 2);
                if let Some(digit) = numbers::digit_word(word).filter(|_| read_out) {
                    code.text.push_str(&digit.to_string());
                    at += 1;
                    code.to = at;
                    continue;
                }
                let joins = doc
                    .tokens
                    .get(at + 1)
                    .is_some_and(|n| !n.spaced && (n.class == Class::Number || matches!(doc.word(at + 1), "-")))
                    && doc.tokens.get(at + 2).is_some_and(|n| !n.spaced || doc.tokens[at + 1].class == Class::Number)
                    || doc.tokens.get(at + 1).is_some_and(|n| !n.spaced && n.class == Class::Number);
                if let Some(number) = value.filter(|_| !glued && word.len() > 2) {
                    code.text.push_str(&number.value.to_string());
                    at += number.tokens;
                    code.to = at;
                } else if glued || joins || (short && word.chars().all(|c| c.is_ascii_uppercase()) && word.len() <= 4) {
                    if !word.is_ascii() {
                        break;
                    }
                    code.text.push_str(&word.to_ascii_uppercase());
                    at += 1;
                    code.to = at;
                } else {
                    break;
                }
            }
            // "CR.24.0917" looks like a host; an address with a path is no code.
            Class::Url if at == from && !word.contains('/') && word.bytes().any(|b| b.is_ascii_digit()) => {
                code.text.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()));
                at += 1;
                code.to = at;
                break;
            }
            // Separators join what stands on both sides.
            Class::Punct if at > from || word == "(" => {
                let separator = matches!(word, "-" | "." | "/" | "_" | "(" | ")" | "," | "+" | "[" | "]");
                let next = doc.tokens.get(at + 1);
                let tight = next.is_some_and(|n| !n.spaced) && !token.spaced;
                let loose = next.is_some_and(|n| {
                    n.class == Class::Number
                        || n.case != Case::Upper
                            && (repeated(doc, at + 1).is_some()
                                || numbers::digit_word(doc.word(at + 1)).is_some()
                                || numbers::at(doc, at + 1).is_some())
                }) && matches!(word, "." | "," | "-")
                    && (token.spaced || word == ",");
                let comma_tight = word == "," && tight;
                if !separator
                    || !(tight && !comma_tight || loose)
                    || next.is_some_and(|n| !matches!(n.class, Class::Number | Class::Word | Class::Punct))
                {
                    break;
                }
                at += 1;
            }
            _ => break,
        }
        if doc.tokens.get(at).is_some_and(|t| t.line_start) && code.digits() > 5 {
            break;
        }
    }
    // A word that happened to follow does not belong to it.
    while code.to > from
        && doc.tokens[code.to - 1].class == Class::Word
        && doc.tokens[code.to - 1].spaced
        && !doc.word(code.to - 1).bytes().all(|b| b.is_ascii_uppercase())
        && numbers::at(doc, code.to - 1).is_none()
        && numbers::digit_word(doc.word(code.to - 1)).is_none()
    {
        code.to -= 1;
    }
    (!code.text.is_empty() && code.to > from).then_some(code)
}

/// `double oh`, `triple five`: how often, and which digit.
fn repeated(doc: &Doc, at: usize) -> Option<(usize, u64)> {
    let times = [("double", 2), ("triple", 3)].into_iter().find(|(word, _)| doc.reads(at, word))?.1;
    numbers::digit_word(doc.word(at + 1)).map(|value| (times, value))
}

/// Letters and digits in groups from a token on, spaced or with signs between
/// (`IE81 AIBK 9311 5278`, `1ftfw 1etxd fa319 07`): the longest run of up to
/// `most` characters, ending with a token, that passes the test.
pub fn grouped(doc: &Doc, from: usize, most: usize, test: impl Fn(&str) -> bool) -> Option<Code> {
    let mut text = String::with_capacity(most);
    let mut found = None;
    let mut at = from;
    while let Some(token) = doc.tokens.get(at) {
        match token.class {
            Class::Word | Class::Number if doc.word(at).is_ascii() => {
                text.extend(doc.word(at).chars().map(|c| c.to_ascii_uppercase()));
                if text.len() > most {
                    break;
                }
                let ends = doc.tokens.get(at + 1).is_none_or(|next| next.spaced || next.class == Class::Punct);
                if ends && test(&text) {
                    found = Some(Code { from, to: at + 1, text: text.clone() });
                }
            }
            Class::Punct if at > from && matches!(doc.word(at), "-" | "." | "/" | " ") => {}
            _ => break,
        }
        at += 1;
    }
    found
}

/// The code that an announcement brings: fillers may stand between, or any
/// words up to a verb ("Aadhaar for the claim of the bypass uncle is ...").
pub fn after(doc: &Doc, end: usize, digits: usize) -> Option<Code> {
    nearby(doc, end, digits).or_else(|| {
        let sentence = doc.tokens.get(end)?.sentence;
        (end..(end + FAR).min(doc.tokens.len()))
            .take_while(|at| doc.tokens[*at].sentence == sentence)
            .filter(|at| {
                doc.punct(*at, b':') || doc.punct(*at, b'(') || doc.reads_any(*at, words!["is", "was", "es", "are"])
            })
            .find_map(|at| nearby(doc, at + 1, digits.max(LONG)))
    })
}

/// Tokens between an announcement and the verb that brings its number.
const FAR: usize = 12;
/// A number that far away must be long to be the one meant.
const LONG: usize = 6;

fn nearby(doc: &Doc, end: usize, digits: usize) -> Option<Code> {
    for at in end..=end + FILLERS {
        let token = doc.tokens.get(at)?;
        if let Some(code) = at_code(doc, at).filter(|code| code.digits() >= digits && code.text.len() >= digits) {
            return Some(code);
        }
        let filler = token.class == Class::Punct
            || doc.reads_any(
                at,
                words![
                    "is", "was", "no", "number", "num", "are", "reads", "says", "ending", "ends", "in", "for", "the",
                    "it", "'s", "of", "id", "card", "code", "his", "her", "my", "a", "and", "twin", "patient", "pt",
                    "model", "s", "n", "full", "version", "name", "here", "es", "el", "numero", "de", "current", "new",
                    "old", "from", "form", "on", "file", "still", "nr", "type"
                ],
            )
            || token.case == Case::Upper;
        if !filler {
            return None;
        }
    }
    None
}

fn at_code(doc: &Doc, from: usize) -> Option<Code> {
    let token = doc.tokens.get(from)?;
    if token.class == Class::Punct && doc.word(from) != "(" {
        return None;
    }
    at(doc, from)
}

/// Whether somebody is spoken of whose number this may be: tickets, orders and
/// part numbers have the same shapes.
pub fn tied(reading: &Reading, at: usize) -> bool {
    let (doc, frame) = (&reading.doc, &reading.patient);
    let Some(number) = doc.tokens.get(at).map(|token| token.sentence) else { return false };
    frame.strength > Strength::None
        || !frame.elsewhere()
            && (frame.speaks_of_someone(number)
                || frame.care_near(number)
                || doc.sentence(at).any(|at| {
                    doc.tags(at) & (tag::PATIENT_NOUN | tag::PERSON_NOUN | tag::HONORIFIC) != 0
                        || doc.tags(at) & tag::KIN != 0 && !(at > 0 && doc.reads(at - 1, "my"))
                }))
}

/// Pushes a finding for every announced code of a group.
pub fn announced(
    reading: &Reading,
    group: u16,
    kind: Kind,
    rule: &'static str,
    digits: usize,
    level: impl Fn(&Code) -> Option<Level>,
    into: &mut Vec<Finding>,
) {
    let doc = &reading.doc;
    for found in doc.found(group) {
        let mut end = found.end as usize;
        // "A is 88104427T and B is 88104428T"
        for _ in 0..4 {
            let Some(code) = after(doc, end, digits) else { break };
            if in_measure(doc, &code) || nearer(doc, group, end, code.from) {
                break;
            }
            let weak = doc.found_from(group::ID_WEAK, found.start as usize, found.start as usize + 1).next().is_some();
            if let Some(level) = level(&code).filter(|_| !weak || tied(reading, code.from)) {
                into.push(
                    Finding::new(kind, rule, level, doc.span(code.from, code.to)).replaced_by("[number removed]"),
                );
            }
            end = code.to;
            if !(doc.reads(end, "and") || doc.punct(end, b'&')) {
                break;
            }
            end += 1;
            if doc.tokens.get(end).is_some_and(|t| t.case == Case::Upper || t.case == Case::Title)
                && doc.reads(end + 1, "is")
            {
                end += 2;
            }
        }
    }
}

/// Another announcement stands nearer to the number: "Health Center (SSN: ...".
fn nearer(doc: &Doc, group: u16, from: usize, to: usize) -> bool {
    const ANNOUNCEMENTS: &[u16] = &[
        group::ID_SSN,
        group::ID_MRN,
        group::ID_PLAN,
        group::ID_ACCOUNT,
        group::ID_LICENSE,
        group::ID_PLATE,
        group::ID_DEVICE,
    ];
    ANNOUNCEMENTS.iter().any(|other| {
        *other != group
            && doc.found_from(*other, from, to).any(|m| m.start as usize > from || m.end as usize > from + 1)
    })
}

/// Doses, vitals, prices, percentages: numbers with a unit.
pub fn in_measure(doc: &Doc, code: &Code) -> bool {
    const UNITS: &Words = words![
        "mg", "mcg", "ml", "kg", "lb", "lbs", "units", "mmhg", "bpm", "cm", "mm", "g", "percent", "patients", "people",
        "hours", "minutes", "days", "weeks", "months", "years", "beds", "times", "k", "million", "thousand", "dollars",
        "bucks", "am", "pm"
    ];
    let money = code.from.checked_sub(1).is_some_and(|b| matches!(doc.word(b), "$" | "£" | "€"));
    money || doc.punct(code.to, b'%') || doc.reads_any(code.to, UNITS) && code.digits() < 7
}
