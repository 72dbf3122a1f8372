//! (R) Any other unique number or code: passports, encounters, inmates, trial subjects.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};
use crate::text::words::{Words, words};

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_OTHER,
        Kind::OtherId,
        "other.number",
        4,
        |code| {
            // A practice's own reference under its reply is nobody's.
            let doc = &reading.doc;
            let theirs = reading.draft.setting != Setting::ReviewReply
                || doc.sentence(code.from).any(|at| doc.reads_any(at, words!["your", "his", "her", "ur"]));
            (theirs && code.digits() >= 4).then_some(Level::Warn)
        },
        into,
    );
    pseudonyms(reading, into);
    shaped(reading, into);
}

/// A code that nothing announces, in a sentence about somebody: `the tattoo on
/// his forearm, A-17492`. Letters, a hyphen, four digits or more: no dose, no
/// score and no billing code looks so.
fn shaped(reading: &Reading, into: &mut Vec<Finding>) {
    const OTHERWISE: &Words = words![
        "ndc", "cpt", "icd", "nct", "lot", "model", "part", "ref", "doi", "pmid", "hcpcs", "room", "rm", "form", "act",
        "bill", "sku", "version", "code", "catalog", "isbn", "flight", "patent", "standard", "iso", "covid", "route",
        "highway", "zip", "udi", "lots"
    ];
    let doc = &reading.doc;
    if reading.draft.setting == Setting::ReviewReply || reading.patient.elsewhere() {
        return;
    }
    for at in 0..doc.tokens.len() {
        let token = &doc.tokens[at];
        let hyphen = (at + 1..at + 3).any(|next| doc.punct(next, b'-') && !doc.tokens[next].spaced);
        if !token.spaced
            || !hyphen
            || token.class == Class::Word
                && (token.case != Case::Upper && token.end - token.start > 1 || token.end - token.start > 3)
        {
            continue;
        }
        let Some(code) = code::at(doc, at).filter(|code| !doc.words(code.from, code.to).contains([' ', '/', '.']))
        else {
            continue;
        };
        let letters = code.text.len() - code.digits();
        let named = (1..=2).any(|back| at.checked_sub(back).is_some_and(|b| doc.reads_any(b, OTHERWISE)));
        let someone = doc.sentence(at).any(|t| doc.reads_any(t, words!["his", "her", "him", "she", "he"]));
        if code.digits() >= 4
            && (1..=6).contains(&letters)
            && code.text.len() <= 16
            && someone
            && !named
            && !code.wordy(doc)
        {
            into.push(
                Finding::new(Kind::OtherId, "other.number", Level::Warn, doc.span(code.from, code.to))
                    .replaced_by("[number removed]"),
            );
        }
    }
}

/// A reply that says who the reviewer is behind: 'Gulfcoastgal71'.
fn pseudonyms(reading: &Reading, into: &mut Vec<Finding>) {
    if reading.draft.setting != Setting::ReviewReply {
        return;
    }
    let doc = &reading.doc;
    for found in doc.found(group::NAME_PSEUDONYM) {
        let mut at = found.end as usize;
        let quoted = doc.punct(at, b'\'') || doc.punct(at, b'"') || doc.punct(at, b'@');
        at += usize::from(quoted);
        let Some(token) = doc.tokens.get(at).filter(|t| matches!(t.class, Class::Word | Class::Handle)) else {
            continue;
        };
        let mut end = at + 1;
        while doc.tokens.get(end).is_some_and(|t| !t.spaced && matches!(t.class, Class::Number | Class::Word)) {
            end += 1;
        }
        let coined = end > at + 1 || token.case == Case::Mixed || token.class == Class::Handle;
        if coined || quoted && token.capital() {
            into.push(
                Finding::new(Kind::OtherId, "other.pseudonym", Level::Warn, doc.span(at, end)).replaced_by("[removed]"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::OtherId;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "His passport is X7740913",
            "Inmate no. 88214-047 is back without his meds",
            "subject 0214-KR-009 withdrew after her arrest",
            "the tattoo on his forearm, A-17492, he rolled the sleeve down",
            "encounter number CSN 100773921 belongs to the other stabbing",
        ] {
            flags(text, OtherId);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "Book with code MRH0515 for the blood drive",
            "NCT01234567 is recruiting",
            "he takes 5000-unit doses",
            "she walked 10000-step days and swam a 12500-metre race",
            "he drank a 2500-ml bottle",
            "ICD-10 J45.909 for him",
            "Ticket 88213 with IT is still open",
            "He ran a 10-K in 2021",
        ] {
            clean(text, OtherId);
        }
    }
}
