//! Descriptions that fit few people.
//!
//! "The 47-year-old firefighter from Tulsa" holds no number and no name, and
//! everybody in town knows who it is. This reads the facts of a description off
//! the draft ([`facts`]), estimates how many people fit them all
//! ([`estimate`]), and decides. The yardstick is the cell-size suppression rule
//! of the Centers for Medicare & Medicaid Services: groups of 1 to 10 are not
//! published.

mod estimate;
mod facts;
pub mod statistics;

use crate::assess::Reading;
use crate::finding::{Finding, GroupSize, Kind, Level, Reference, Span};
use facts::{Description, What};

/// Phrases of one draft that are underlined.
const MOST: usize = 4;

/// Finds combinations of facts that fit few people.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let Some(description) = facts::read(reading, into) else { return };
    identified(reading, &description, into);
    counted(reading, &description, into);
}

/// Facts that name one person, or nearly, without any arithmetic.
fn identified(reading: &Reading, description: &Description, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let mut end = 0;
    let mut phrases = 0;
    for fact in description.facts.iter().filter(|fact| description.decides(fact)) {
        let (from, to) = description.phrase(fact);
        if to <= end || phrases == MOST {
            continue;
        }
        (end, phrases) = (to, phrases + 1);
        let rule = if fact.what == What::Event { "quasi.event" } else { "quasi.unique" };
        let size = GroupSize { low: 1.0, high: 3.0, text: "1-3".to_owned(), steps: Vec::new() };
        into.push(finding(rule, Level::Warn, doc.span(from, to), size));
    }
}

/// Facts that leave few people when they are taken together.
fn counted(reading: &Reading, description: &Description, into: &mut Vec<Finding>) {
    let Some(estimate) = estimate::of(reading, description) else { return };
    let groups = reading.policy.groups;
    let level = match estimate.size.low {
        low if low < groups.warn as f64 => Level::Warn,
        low if low < groups.notice as f64 => Level::Notice,
        _ => return,
    };
    let (from, to) = description.phrase(estimate.rarest);
    let span = reading.doc.span(from, to);
    into.push(finding("quasi.group", level, span, estimate.size));
}

fn finding(rule: &'static str, level: Level, span: Span, size: GroupSize) -> Finding {
    let mut finding = Finding::new(Kind::Quasi, rule, level, span).with("group", size.text.clone());
    finding.group_size = Some(size);
    finding.references = vec![
        // Safe Harbor asks for more than its list: no actual knowledge that what is left identifies.
        Reference {
            title: "45 CFR 164.514(b)(2)(ii)".into(),
            url: Some("https://www.ecfr.gov/current/title-45/section-164.514#p-164.514(b)(2)(ii)".into()),
        },
        Reference {
            title: "CMS Cell Size Suppression Policy: groups of 1 to 10 are not published".into(),
            url: Some("https://www.hhs.gov/guidance/document/cms-cell-suppression-policy".into()),
        },
    ];
    finding
}
