//! Descriptions that fit few people.
//!
//! "The 47-year-old firefighter from Tulsa" holds no number and no name, and
//! everybody in town knows who it is. This reads the facts of a description off
//! the draft ([`facts`]), estimates how many people fit them all
//! ([`estimate`]), and decides. The yardstick is the cell-size suppression rule
//! of the Centers for Medicare & Medicaid Services: groups of 1 to 10 are not
//! published.

mod ages;
mod coarsen;
mod counts;
mod estimate;
mod facts;
pub mod statistics;
mod who;

use crate::assess::{Draft, Reading};
use crate::finding::{Coarser, Fact as Told, Finding, GroupSize, Kind, Level, Reference, Span};
use crate::policy::Policy;
use coarsen::Change;
use estimate::Factor;
use facts::{Description, What};

pub use estimate::{Query, Size, of as count};

/// Finds the combination of facts that fits few people: a finding for each fact
/// that should be told more coarsely, all with the size of the group.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let Some(description) = facts::read(reading, into) else { return };
    let factors = estimate::factors(&description);
    let Some((level, size)) = judge(reading, &description, &factors) else { return };
    let groups = reading.policy.groups;
    // A group that is only worth a look is widened to where it is not.
    let enough = if level == Level::Warn { groups.warn } else { groups.notice };
    let order = coarsen::order(&description, enough as f64);
    let sorts: Vec<What> = order.iter().map(|(what, _)| *what).collect();
    let changes = coarsen::changes(&reading.doc, &description, &sorts);
    let told = told(reading, &factors, &changes, &order);
    let group = GroupSize { low: size.low, high: size.high, text: estimate::words(&size) };
    for change in changes {
        let rule = match change.what {
            What::Event => "quasi.event",
            What::Role | What::Kin | What::Mine | What::Sole | What::Birth => "quasi.unique",
            _ => "quasi.group",
        };
        let mut finding = finding(rule, level, reading.doc.span(change.from, change.to), group.clone());
        finding.facts = Some(told.clone());
        into.push(finding.replaced_by(change.text));
    }
}

/// What policy makes of the description, and the size of its group. None where
/// the group is large, or readers cannot know what is told.
fn judge(reading: &Reading, description: &Description, factors: &[Factor]) -> Option<(Level, Size)> {
    if !estimate::is_telling(factors, description.sure, description.placed) {
        return None;
    }
    // A draft that names no place is read as one about the hospital's own state.
    let placed = factors.iter().any(|factor| factor.fact.what == What::Place);
    let share = if placed { 1.0 } else { reading.policy.region.as_deref().map_or(1.0, statistics::share_of_state) };
    let size = estimate::size(factors).of_share(share);
    let groups = reading.policy.groups;
    // Cell-size suppression: groups under 11 are not published. Both are policy.
    let level = match size.low {
        low if low < groups.warn as f64 => Level::Warn,
        low if low < groups.notice as f64 => Level::Notice,
        _ => return None,
    };
    Some((level, size))
}

/// The facts that count, with the size after each; the one or two that are best
/// left out with what to say instead.
fn told(reading: &Reading, factors: &[Factor], changes: &[Change], order: &[(What, Size)]) -> Vec<Told> {
    let doc = &reading.doc;
    (0..factors.len())
        .map(|at| {
            let fact = &factors[at].fact;
            let span = doc.span(fact.from, fact.to);
            let best = order.iter().take(2).find(|(what, _)| *what == fact.what);
            let change = changes.iter().find(|change| change.from <= fact.from && fact.to <= change.to);
            Told {
                kind: fact.what.name(),
                quote: doc.words(fact.from, fact.to).to_owned(),
                start: span.start,
                end: span.end,
                size: estimate::words(&estimate::size(&factors[..=at])),
                coarser: best
                    .zip(change)
                    .map(|((_, size), change)| Coarser { text: change.text.to_owned(), size: estimate::words(size) }),
            }
        })
        .collect()
}

/// How the size of a group was reached.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// Every fact that was read, also those that do not count.
    pub facts: Vec<(&'static str, String)>,
    /// The facts that count, with the share of people that each leaves.
    pub steps: Vec<Step>,
    /// The facts that are best left out: their words, what to say instead, and
    /// how many people fit then.
    pub changes: Vec<(String, String, String)>,
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
    let level = judge(&reading, &description, &factors).map(|(level, _)| level);
    let order = if level.is_some() { coarsen::order(&description, policy.groups.warn as f64) } else { Vec::new() };
    let changes = order
        .iter()
        .flat_map(|(what, size)| {
            let changes = coarsen::changes(&reading.doc, &description, &[*what]);
            let words = |change: &Change| reading.doc.words(change.from, change.to).to_owned();
            changes.into_iter().map(move |change| (words(&change), change.text, estimate::words(size)))
        })
        .collect();
    Some(Derivation {
        facts: description.facts.iter().map(|fact| (fact.what.name(), words(fact))).collect(),
        steps,
        changes,
        level,
    })
}

fn finding(rule: &'static str, level: Level, span: Span, size: GroupSize) -> Finding {
    let mut finding = Finding::new(Kind::Quasi, rule, level, span).with("group", figures(&size));
    finding.group_size = Some(size);
    finding.references = crate::rules::references(rule);
    finding.references.push(Reference {
        title: "CMS Cell Size Suppression Policy: groups of 1 to 10 are not published".into(),
        url: Some("https://www.hhs.gov/guidance/document/cms-cell-suppression-policy".into()),
    });
    finding
}

/// The size in figures, for a message in any language.
fn figures(size: &GroupSize) -> String {
    let round = |people: f64| {
        let digit = 10f64.powf(people.max(1.0).log10().floor());
        ((people / digit).round() * digit) as u64
    };
    match (round(size.low), round(size.high)) {
        (1, high) if high < 4 => "1-3".to_owned(),
        (1, high) if high < 11 => "1-10".to_owned(),
        (low, high) => format!("{low}-{high}"),
    }
}
