//! Descriptions that fit few people.
//!
//! "The 47-year-old firefighter from Tulsa" holds no number and no name, and
//! everybody in town knows who it is. This reads the facts of a description off
//! the draft ([`facts`]), estimates how many people fit them all
//! ([`estimate`]), and decides. The yardstick is the cell-size suppression rule
//! of the Centers for Medicare & Medicaid Services: groups of 1 to 10 are not
//! published.

mod ages;
mod counts;
mod estimate;
mod facts;
pub mod statistics;
mod who;

use crate::assess::{Draft, Reading};
use crate::finding::{Finding, GroupSize, GroupStep, Kind, Level, Reference, Span};
use crate::policy::Policy;
use estimate::Factor;
use facts::What;

/// Finds the combination of facts that fits few people.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let Some(description) = facts::read(reading, into) else { return };
    let factors = estimate::factors(&description);
    if !estimate::is_telling(&factors, description.sure) {
        return;
    }
    let size = estimate::size(&factors);
    let Some(level) = level(reading, size.low) else { return };
    let level = if description.sure { level } else { Level::Notice };
    // The fact that narrows most is what the writer should look at first.
    let Some(rarest) = factors.iter().min_by(|a, b| a.rate.total_cmp(&b.rate)) else { return };
    let rule = match rarest.fact.what {
        What::Event => "quasi.event",
        _ if rarest.people.is_some() => "quasi.unique",
        _ => "quasi.group",
    };
    let (from, to) = description.phrase(&rarest.fact);
    let steps = steps(reading, &factors);
    let told = GroupSize { low: size.low, high: size.high, text: estimate::words(&size), steps };
    into.push(finding(rule, level, reading.doc.span(from, to), told));
}

/// How the size of a group was reached.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// Every fact that was read, also those that do not count.
    pub facts: Vec<(&'static str, String)>,
    /// The facts that count, with the share of people that each leaves.
    pub steps: Vec<Step>,
    /// Whether the facts are such as readers can know of somebody.
    pub telling: bool,
    /// What policy makes of it.
    pub level: Option<Level>,
}

/// One fact of a derivation.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it tells: `place`, `age`.
    pub kind: &'static str,
    /// Its words.
    pub quote: String,
    /// Share of people that it leaves.
    pub rate: f64,
    /// Standard deviation of the logarithm of that.
    pub spread: f64,
    /// Its number was seen in its source; else it is our own order of magnitude.
    pub seen: bool,
    /// People left: the estimate and the likely interval.
    pub people: (f64, f64, f64),
}

/// Derives the size of the group that a draft describes. None where it
/// describes nobody whom the writer cares for.
pub fn explain(draft: &Draft, policy: &Policy) -> Option<Derivation> {
    let mut reading = Reading::new(draft, policy);
    let mut found = Vec::new();
    crate::identifiers::find_words(&mut reading, &mut found);
    let description = facts::read(&reading, &found)?;
    let factors = estimate::factors(&description);
    let words = |fact: &facts::Fact| reading.doc.words(fact.from, fact.to).to_owned();
    let steps = (0..factors.len())
        .map(|at| {
            let factor = &factors[at];
            let size = estimate::size(&factors[..=at]);
            Step {
                kind: factor.fact.what.name(),
                quote: words(&factor.fact),
                rate: factor.rate,
                spread: factor.spread,
                seen: factor.fact.row.map_or(factor.fact.what <= What::Age, |row| row.seen),
                people: (size.people, size.low, size.high),
            }
        })
        .collect();
    Some(Derivation {
        facts: description.facts.iter().map(|fact| (fact.what.name(), words(fact))).collect(),
        steps,
        telling: estimate::is_telling(&factors, description.sure),
        level: level(&reading, estimate::size(&factors).low).map(|l| if description.sure { l } else { Level::Notice }),
    })
}

/// Cell-size suppression: groups under 11 are not published; ten times that is
/// worth a look. Both are policy.
fn level(reading: &Reading, low: f64) -> Option<Level> {
    let groups = reading.policy.groups;
    match low {
        low if low < groups.warn as f64 => Some(Level::Warn),
        low if low < groups.notice as f64 => Some(Level::Notice),
        _ => None,
    }
}

fn steps(reading: &Reading, factors: &[Factor]) -> Vec<GroupStep> {
    (0..factors.len())
        .map(|at| {
            let fact = &factors[at].fact;
            GroupStep {
                fact: reading.doc.words(fact.from, fact.to).to_owned(),
                span: reading.doc.span(fact.from, fact.to),
                people: estimate::words(&estimate::size(&factors[..=at])),
            }
        })
        .collect()
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
