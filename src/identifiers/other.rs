//! (R) Any other unique number or code: passports, encounters, inmates, trial subjects.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_OTHER,
        Kind::OtherId,
        "other.number",
        4,
        |code| (code.digits() >= 4).then_some(Level::Warn),
        into,
    );
    pseudonyms(reading, into);
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
