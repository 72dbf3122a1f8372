//! (A) Names of patients, relatives, household and employers.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::lexicon::tag;

/// Names after an honorific.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for at in 0..doc.tokens.len() {
        if !doc.tokens[at].is(tag::HONORIFIC) {
            continue;
        }
        let name = if doc.punct(at + 1, b'.') { at + 2 } else { at + 1 };
        if doc.tokens.get(name).is_some_and(|t| t.capital()) {
            into.push(
                Finding::new(Kind::Name, "name.honorific", Level::Warn, doc.span(at, name + 1))
                    .replaced_by("a patient"),
            );
        }
    }
}
