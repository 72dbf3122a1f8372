//! What records add up to: kinds, sites, weeks, and what users did.

use crate::json::Fields;
use crate::order;
use std::collections::BTreeMap;

use serde::Serialize;

use super::time;

/// A name and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What is counted.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// One week.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub from: String,
    /// Records.
    pub records: u64,
    /// Of them: posted as they were.
    pub released: u64,
}

/// How often one rule was set aside: the first place to look for false alarms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The rule.
    pub name: String,
    /// Records that name it.
    pub count: u64,
    /// Of them: set aside by the user.
    pub set_aside: u64,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Records.
    pub records: u64,
    /// Posts and findings that were changed or taken back: Primum helped.
    pub changed: u64,
    /// Posted as they were.
    pub released: u64,
    /// Findings that the user set aside.
    pub set_aside: u64,
    /// Requests that the second gate stopped.
    pub stopped: u64,
    /// By kind, most frequent first.
    pub kinds: Vec<Count>,
    /// By site, most frequent first.
    pub sites: Vec<Count>,
    /// By choice, most frequent first.
    pub choices: Vec<Count>,
    /// By rule, most frequent first.
    pub rules: Vec<Rule>,
    /// By week, oldest first, without gaps.
    pub weeks: Vec<Week>,
}

/// What is added up of a record.
struct Brief {
    time: String,
    host: String,
    kinds: Vec<String>,
    rules: Vec<String>,
    choice: String,
}

impl Brief {
    fn read(line: &str) -> Option<Brief> {
        let mut fields = Fields::read(line)?;
        Some(Brief {
            time: fields.text("time")?,
            host: fields.text("host")?,
            kinds: fields.texts("kinds")?,
            rules: fields.texts("rules")?,
            choice: fields.text("choice")?,
        })
    }
}

/// No more weeks than this are told, the latest.
const WEEKS: usize = 53;

/// Adds up stored lines. Linear in their length.
pub fn summarise(lines: &str) -> Summary {
    let mut out = Summary::default();
    let (mut kinds, mut sites, mut choices) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut rules: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut weeks: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for record in lines.lines().filter_map(Brief::read) {
        out.records += 1;
        let released = record.choice == "anyway";
        let set_aside = matches!(record.choice.as_str(), "ignore" | "not_patient" | "allow");
        out.released += u64::from(released);
        out.set_aside += u64::from(set_aside);
        out.stopped += u64::from(record.choice == "stopped");
        out.changed += u64::from(matches!(record.choice.as_str(), "back" | "replace" | "safe"));
        record.kinds.iter().for_each(|kind| add(&mut kinds, kind));
        add(&mut sites, &record.host);
        add(&mut choices, &record.choice);
        for rule in &record.rules {
            let aside = u64::from(set_aside);
            match rules.get_mut(rule) {
                Some((count, set_aside)) => (*count, *set_aside) = (*count + 1, *set_aside + aside),
                None => {
                    rules.insert(rule.clone(), (1, aside));
                }
            }
        }
        if let Some(seconds) = time::seconds(&record.time) {
            let week = weeks.entry(time::monday(seconds.div_euclid(86_400))).or_default();
            week.0 += 1;
            week.1 += u64::from(released);
        }
    }
    out.kinds = ranked(kinds);
    out.sites = ranked(sites);
    out.choices = ranked(choices);
    out.rules = rules.into_iter().map(|(name, (count, set_aside))| Rule { name, count, set_aside }).collect();
    // Those of the same count stay by name.
    order::by(&mut out.rules, |rule| order::key([order::falling(rule.count)]));
    out.weeks = without_gaps(&weeks);
    out
}

fn add(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

fn ranked(counts: BTreeMap<String, u64>) -> Vec<Count> {
    let mut list: Vec<Count> = counts.into_iter().map(|(name, count)| Count { name, count }).collect();
    order::by(&mut list, |count| order::key([order::falling(count.count)]));
    list
}

fn without_gaps(weeks: &BTreeMap<i64, (u64, u64)>) -> Vec<Week> {
    let (Some(first), Some(last)) = (weeks.keys().next(), weeks.keys().next_back()) else { return Vec::new() };
    let first = (*first).max(last - 7 * (WEEKS as i64 - 1));
    (first..=*last)
        .step_by(7)
        .map(|monday| {
            let (records, released) = weeks.get(&monday).copied().unwrap_or_default();
            Week { from: time::date(monday), records, released }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::tests::chain;

    #[test]
    fn everything_is_counted_once() {
        let sum = summarise(&chain(80).join("\n"));
        assert_eq!((sum.records, sum.changed, sum.released, sum.set_aside, sum.stopped), (80, 30, 10, 30, 10));
        assert_eq!(sum.kinds, [Count { name: "DATE".into(), count: 80 }, Count { name: "NAME".into(), count: 80 }]);
        assert_eq!(sum.sites, [Count { name: "x.com".into(), count: 80 }]);
        assert_eq!(sum.choices.len(), 8);
        assert_eq!(sum.rules[0], Rule { name: "date.relative".into(), count: 80, set_aside: 30 });
        assert_eq!(sum.weeks.iter().map(|week| week.records).sum::<u64>(), 80);
        assert_eq!(sum.weeks[0].from, "2025-12-29");
        assert!(sum.weeks.windows(2).all(|pair| pair[0].from < pair[1].from));
    }

    #[test]
    fn nothing_adds_up_to_nothing() {
        assert_eq!(summarise(""), Summary::default());
        assert_eq!(summarise("no record\n{}\n"), Summary::default());
    }
}
