//! Words that the hospital watches: facilities, units, projects.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};

/// Every place where a watched term stands, whatever its case.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let plain = reading.doc.plain.text.to_ascii_lowercase();
    for term in &reading.policy.watch {
        let term = term.trim().to_ascii_lowercase();
        let mut from = 0;
        while let Some(at) = plain.get(from..).and_then(|rest| rest.find(&term)).map(|at| at + from) {
            let end = at + term.len();
            let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
            let inside = letter(plain.as_bytes().get(at.wrapping_sub(1))) || letter(plain.as_bytes().get(end));
            if !inside {
                let span = reading.doc.span_of_bytes(at, end);
                into.push(Finding::new(Kind::OtherId, "policy.term", Level::Warn, span));
            }
            from = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Draft, Policy, assess};

    #[test]
    fn finds_the_term_and_no_part_of_a_word() {
        let (policy, dropped) = Policy::read(&json!({ "watchTerms": ["Project Osprey"] }));
        assert!(dropped.is_empty());
        assert_eq!(assess(&Draft::post("project OSPREY starts"), &policy).findings.len(), 1);
        assert_eq!(assess(&Draft::post("the project ospreys"), &policy).findings.len(), 0);
    }
}
