//! (G) Social security numbers, and ITINs.
//!
//! AAA-GG-SSSS with dashes, spaces or stops; nine bare digits only after a
//! cue. Numbers that were never issued (000, 666, 9xx) still warn: a writer who
//! mistypes one has still tried to post one.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::order;
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::patterns::group;
use crate::text::tokens::Class;
use crate::text::words::{Words, words};

/// Words that say what a number of this shape is instead.
const OTHERWISE_NAMED: &Words =
    words!["isbn", "lot", "part", "ndc", "dose", "doses", "ratio", "model", "sku", "catalog", "cas", "grant", "po"];

/// Announced numbers of four digits or more.
pub fn announced(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_SSN,
        Kind::Ssn,
        "ssn.number",
        4,
        |code| (code.digits() == code.text.len() && (code.digits() == 9 || code.digits() == 4)).then_some(Level::Warn),
        into,
    );
}

/// Any number of the shape that nothing announces as something else.
pub fn shaped(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let mut cued: Vec<u32> = doc
        .found(group::ID_SSN)
        .map(|m| m.start as usize)
        .chain((0..doc.tokens.len()).filter(|at| doc.reads(*at, "social")))
        .map(|at| doc.tokens[at].sentence)
        .collect();
    order::by(&mut cued, |sentence| order::key([u64::from(*sentence)]));
    for at in 0..doc.tokens.len() {
        // "834 29 5581" needs the word; signs between speak for themselves.
        let sentence = doc.tokens[at].sentence;
        let spaced = cued.binary_search(&sentence).is_ok()
            || reading.patient.strength > Strength::None
                && !doc.found_in(group::PHONE_CUE, at.saturating_sub(8), at)
                && !doc.found_in(group::FAX_CUE, at.saturating_sub(8), at);
        let Some(end) = shape(doc, at, spaced) else { continue };
        let alone = doc.tokens[at].spaced
            && doc
                .tokens
                .get(end)
                .is_none_or(|t| t.spaced || matches!(doc.word(end), "." | "," | ")" | ";" | "!" | "?"));
        // "ISBN 978-01-4321" has the shape and is a book; so have lot and part
        // numbers.
        let named = (1..=2).any(|back| at.checked_sub(back).is_some_and(|b| doc.reads_any(b, OTHERWISE_NAMED)));
        if alone && !named {
            into.push(
                Finding::new(Kind::Ssn, "ssn.number", Level::Warn, doc.span(at, end)).replaced_by("[number removed]"),
            );
        }
    }
}

/// The end of three, two and four digits with the same sign between, also with
/// spaces around every digit: `738-22-9104`, `7 7 4 . 6 1 . 0 8 3 9`.
fn shape(doc: &Doc, from: usize, spaced: bool) -> Option<usize> {
    let mut at = from;
    let mut sign = "";
    for (number, wanted) in [3, 2, 4].into_iter().enumerate() {
        if number > 0 {
            let here = doc.word(at);
            if spaced && doc.tokens.get(at).is_some_and(|t| t.class == Class::Number && t.spaced) {
                sign = " ";
            } else if !matches!(here, "-" | "." | "/" | "\u{2013}") || number == 2 && here != sign {
                return None;
            } else {
                sign = here;
                at += 1;
            }
        }
        let mut digits = 0;
        while digits < wanted {
            let token = doc.tokens.get(at).filter(|t| t.class == Class::Number)?;
            digits += token.end - token.start;
            at += 1;
        }
        if digits != wanted {
            return None;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Ssn;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        flags("for the VA form his social is 738-22-9104", Ssn);
        flags("SS# 799550413, onset 2021", Ssn);
        flags("SSN: 7 7 4 . 6 1 . 0 8 3 9", Ssn);
        flags("her SSN is seven four five, thirty-one, sixty-two eighty", Ssn);
    }

    #[test]
    fn left_alone() {
        clean("ISBN 978-01-4321 is the book", Ssn);
        clean("dose 100-20-3000 is nothing", Ssn);
        clean("the social is at 8 pm", Ssn);
        clean("call 555-01-42", Ssn);
    }
}
