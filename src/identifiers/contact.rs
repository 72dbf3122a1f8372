//! (D) Telephone, (E) fax and (F) e-mail of a patient or of somebody close.
//!
//! A clinic's own number is no PHI. What ties a number is the patient frame or
//! a person in the same sentence, and what frees it is an announcement.

use super::code::{self, Code};
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::group;
use crate::text::tokens::Class;
use crate::text::words::{Words, words};

/// Numbers of telephone shape, and mail addresses.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let mut at = 0;
    while at < doc.tokens.len() {
        let token = doc.tokens[at];
        if token.class == Class::Email {
            push(reading, Kind::Email, "email.address", at, at + 1, into);
        } else if let Some(end) = spaced_mail(doc, at).or_else(|| spoken_mail(doc, at)) {
            push(reading, Kind::Email, "email.address", at, end, into);
            at = end;
            continue;
        } else if let Some(code) = number(doc, at) {
            let sentence = doc.sentence(at);
            let fax = doc.found_in(group::FAX_CUE, at.saturating_sub(16), at)
                || doc.found_in(group::FAX_CUE, code.to, sentence.end.min(code.to + 5))
                || doc.found_in(group::FAX_CUE, sentence.start, at)
                    && !doc.found_in(group::PHONE_CUE, at.saturating_sub(5), at);
            let (kind, rule) = if fax { (Kind::Fax, "fax.number") } else { (Kind::Phone, "phone.number") };
            push(reading, kind, rule, code.from, code.to, into);
            at = code.to;
            continue;
        }
        at += 1;
    }
}

fn push(reading: &Reading, kind: Kind, rule: &'static str, from: usize, to: usize, into: &mut Vec<Finding>) {
    let level = level(reading, from).unwrap_or(Level::Hint);
    let text = match kind {
        Kind::Email => "[address removed]",
        _ => "[number removed]",
    };
    into.push(Finding::new(kind, rule, level, reading.doc.span(from, to)).replaced_by(text));
}

/// How surely the number at a token is a patient's.
fn level(reading: &Reading, at: usize) -> Option<Level> {
    let doc = &reading.doc;
    let frame = &reading.patient;
    let sentence = doc.sentence(at);
    let own = doc.found_in(group::PHONE_OWN, sentence.start, sentence.end.min(at + 4));
    let person = sentence.clone().any(|t| {
        let token = doc.tokens[t];
        token.is(tag::KIN) && t > 0 && !doc.reads(t, "boss")
            || doc.reads(t, "patient")
            || doc.reads(t, "pt")
            || doc.reads(t, "customer")
            || doc.reads(t, "client")
            || doc.reads(t, "parents")
            || doc.reads(t, "family")
            || token.is(tag::PATIENT_NOUN)
                && t > sentence.start
                && doc.reads_any(t - 1, words!["my", "our", "the", "this"])
    });
    let pronoun = sentence.clone().any(|t| doc.reads_any(t, words!["his", "her", "him", "she", "he", "their"]));
    if reading.draft.setting == Setting::ReviewReply {
        let yours = sentence.clone().any(|t| doc.reads(t, "your"))
            && doc.found_in(group::PHONE_CUE, sentence.start, sentence.end)
            && !own;
        return (yours && !doc.found_in(group::PHONE_OWN, sentence.start, sentence.end)).then_some(Level::Warn);
    }
    let strong = frame.strength == Strength::Strong && frame.near(doc.tokens[at].sentence);
    match (person || strong, pronoun) {
        _ if frame.away.announcement && !person => None,
        (true, _) if !own || person && pronoun => Some(Level::Warn),
        (false, true) if !own && !frame.elsewhere() => Some(Level::Warn),
        (true, _) => Some(Level::Notice),
        _ if frame.strength == Strength::Weak && !own => Some(Level::Notice),
        _ => None,
    }
}

/// A number of telephone shape: North American, international, or national
/// with a leading zero. Seven digits only with a hyphen after the third.
fn number(doc: &Doc, at: usize) -> Option<Code> {
    let token = doc.tokens[at];
    let opens = (doc.punct(at, b'(') || doc.punct(at, b'+'))
        && doc.tokens.get(at + 1).is_some_and(|t| t.class == Class::Number && !t.spaced);
    let spelled = token.class == Class::Word
        && numbers::digit_word(doc.word(at)).is_some()
        && numbers::digit_word(doc.word(at + 1 + usize::from(doc.punct(at + 1, b'-')))).is_some();
    if !(token.class == Class::Number || opens || spelled)
        || at > 0 && !token.spaced && !matches!(doc.word(at - 1), ":" | "(" | "," | "#" | "=")
    {
        return None;
    }
    // Prices and case numbers are no telephone.
    if at > 0 && matches!(doc.word(at - 1), "$" | "£" | "€" | "#") {
        return None;
    }
    let start = if opens { at + 1 } else { at };
    let mut code = code::at(doc, start)?;
    if code.text.len() != code.digits() {
        // "ext 22" and the like end it.
        let digits = code.text.bytes().take_while(u8::is_ascii_digit).count();
        while code.to > start + 1 && doc.tokens[code.to - 1].class != Class::Number {
            code.to -= 1;
        }
        code.text.truncate(digits);
    }
    code.from = at;
    let text = code.text.as_str();
    let national = text.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(text);
    let bytes = national.as_bytes();
    // Written as a telephone number is, it is meant as one, assigned or not.
    let part = |at: usize, length: u32| {
        doc.tokens.get(at).is_some_and(|t| t.class == Class::Number && t.end - t.start == length)
    };
    let written = part(start, 3) && (start + 1..start + 4).any(|at| part(at, 3) && part(at + 2, 4));
    let nanp = bytes.len() == 10 && (bytes[0] >= b'2' && bytes[3] >= b'2' || written);
    let toll_free =
        nanp && ["800", "833", "844", "855", "866", "877", "888"].iter().any(|area| national.starts_with(area));
    let zero = text.starts_with('0') && (9..=12).contains(&text.len());
    let plus = doc.word(at) == "+" && (8..=15).contains(&text.len());
    let local = text.len() == 7
        && doc.tokens[start].end - doc.tokens[start].start == 3
        && doc.punct(start + 1, b'-')
        && doc.tokens.get(start + 2).is_some_and(|t| t.class == Class::Number && t.end - t.start == 4);
    let dictated = spelled && text.len() == 7;
    let india = text.len() == 10 && matches!(bytes.first(), Some(b'6'..=b'9')) && nanp;
    ((nanp || zero || plus || local || dictated || india) && !toll_free).then_some(code)
}

/// `j.doe @ example.org`, `bigdaddy at gmail`
fn spaced_mail(doc: &Doc, at: usize) -> Option<usize> {
    const HOUSES: &Words =
        words!["gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "proton", "protonmail", "gmx", "comcast"];
    let sign = doc.punct(at + 1, b'@') || doc.reads(at + 1, "at");
    if !sign || !matches!(doc.tokens[at].class, Class::Word | Class::Number) {
        return None;
    }
    let host = at + 2;
    if doc.punct(at + 1, b'@') && doc.tokens.get(host).is_some_and(|t| t.class == Class::Url) {
        return Some(host + 1);
    }
    (doc.reads_any(host, HOUSES) && !doc.reads(host + 1, "dot")).then_some(host + 1)
}

/// `bigdaddy at example dot net`
fn spoken_mail(doc: &Doc, at: usize) -> Option<usize> {
    const ENDINGS: &[&str] = &["com", "org", "net", "edu", "gov", "example", "io", "uk", "ca", "au", "info", "health"];
    if doc.tokens[at].class != Class::Word && doc.tokens[at].class != Class::Number {
        return None;
    }
    let mark = |at: usize, word: &str| {
        if doc.reads(at, word) {
            Some(at + 1)
        } else if matches!(doc.word(at), "(" | "[" | "{")
            && doc.reads(at + 1, word)
            && matches!(doc.word(at + 2), ")" | "]" | "}")
        {
            Some(at + 3)
        } else {
            None
        }
    };
    let mut end = mark(at + 1, "at").or_else(|| doc.punct(at + 1, b'@').then_some(at + 2))?;
    end += 1;
    let mut dots = 0;
    while let Some(next) = mark(end, "dot") {
        let last = doc.word(next).to_ascii_lowercase();
        end = next + 1;
        dots += 1;
        let country = last.len() == 2 && last.bytes().all(|b| b.is_ascii_lowercase());
        if (country || ENDINGS.contains(&last.as_str())) && mark(end, "dot").is_none() {
            return Some(end);
        }
        if dots > 4 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Phone;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "my patient's daughter is at 555-203-0142",
            "her cell is (312) 555-0148, she is in bed 4",
            "call his wife on 07700 900482, he's in recovery",
            "the appy in bay 2, cell is five five five, zero one four seven",
            "she picks up at four-one-five, triple five, oh-one-six-two, I am her case manager",
        ] {
            flags(text, Phone);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "Call our clinic at 555-203-0142",
            "Poison control is 1-800-222-1222",
            "Flu shots on Saturday, call 312-555-0148",
            "our nurse line, 555-0188, is open",
            "The NDC is 0002-8215-01",
            "Thank you for your feedback. Please call 847-555-0131.",
        ] {
            clean(text, Phone);
        }
    }
}
