//! Re-identification: minimal pairs and descriptions of a different hand, our
//! own pairs, and the size of groups that official figures count.
//!
//! Floors only rise. `--nocapture` prints the figures that the README quotes.

use std::collections::BTreeMap;

use primum::finding::{Finding, Kind, Level, Setting};
use primum::reidentify::statistics::Sex;
use primum::reidentify::{Query, count};
use primum::{Draft, Policy, assess, replace};
use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
/// Beside the project; the test is skipped where it is not.
const CALIBRATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/facts/statistics/calibration.tsv");

fn lines(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("{CORPUS}/{name}")).expect("a corpus of ours");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn findings(text: &str, setting: &Value) -> Vec<Finding> {
    let setting = setting.as_str().and_then(Setting::from_name).unwrap_or(Setting::Post);
    let found = assess(&Draft { setting, ..Draft::post(text) }, &Policy::default());
    found.findings.into_iter().map(|judged| judged.finding).collect()
}

fn warns(text: &str, setting: &Value) -> bool {
    findings(text, setting).iter().any(|f| f.kind == Kind::Quasi && f.level == Level::Warn)
}

/// How many of how many.
#[derive(Default)]
struct Share(u32, u32);

impl Share {
    fn add(&mut self, hit: bool) {
        self.0 += u32::from(hit);
        self.1 += 1;
    }

    fn value(&self) -> f64 {
        f64::from(self.0) / f64::from(self.1.max(1))
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{} ({:.1} %)", self.0, self.1, 100.0 * self.value())
    }
}

/// Flagged and clean twins: the share of each that is read rightly.
fn pairs(name: &str) -> (f64, f64) {
    let (mut flagged, mut clean) = (Share::default(), Share::default());
    for row in lines(name) {
        flagged.add(warns(row["flagged"].as_str().expect("a text"), &row["setting"]));
        clean.add(!warns(row["clean"].as_str().expect("its twin"), &row["setting"]));
    }
    println!("{name}: flagged {flagged}, clean {clean}");
    (flagged.value(), clean.value())
}

/// Descriptions and hard negatives: recall, and false alarms of the category.
fn descriptions(name: &str) -> (f64, f64) {
    let (mut found, mut harmless) = (Share::default(), Share::default());
    for row in lines(name) {
        let warned = warns(row["text"].as_str().expect("a text"), &row["setting"]);
        match row["warn"].as_bool() {
            Some(true) => found.add(warned),
            _ => harmless.add(warned),
        }
    }
    println!("{name}: recall {found}, false alarms {harmless}");
    (found.value(), harmless.value())
}

#[test]
fn our_own_pairs() {
    let (flagged, clean) = pairs("reidentify.jsonl");
    assert!(lines("reidentify.jsonl").len() >= 120);
    assert!(flagged >= 0.78, "flagged fell to {flagged:.3}");
    assert!(clean >= 0.99, "clean fell to {clean:.3}");
}

#[test]
fn pairs_of_a_different_hand() {
    let (flagged, clean) = pairs("reidentify-open.jsonl");
    assert!(flagged >= 0.70 && clean >= 0.94, "open: {flagged:.3}, {clean:.3}");
    let (flagged, clean) = pairs("reidentify-held.jsonl");
    assert!(flagged >= 0.44 && clean >= 0.94, "held back: {flagged:.3}, {clean:.3}");
}

#[test]
fn descriptions_of_a_different_hand() {
    let (recall, alarms) = descriptions("quasi-open.jsonl");
    assert!(recall >= 0.65 && alarms <= 0.05, "open: {recall:.3}, {alarms:.3}");
    let (recall, alarms) = descriptions("quasi-held.jsonl");
    assert!(recall >= 0.62 && alarms <= 0.14, "held back: {recall:.3}, {alarms:.3}");
}

#[test]
fn what_is_told_more_coarsely_is_clean() {
    let mut clean = Share::default();
    for row in ["reidentify.jsonl", "reidentify-open.jsonl", "reidentify-held.jsonl"].map(lines).iter().flatten() {
        let text = row["flagged"].as_str().expect("a text");
        if warns(text, &row["setting"]) {
            let done = replace::all(&Draft::post(text), &Policy::default());
            // A description that is heard by its telling alone has no fact to
            // soften: its card says what to do by hand.
            let by_hand = |rule: &str| rule == "quasi.told";
            let mut left =
                done.remaining.iter().filter(|f| f.finding.kind == Kind::Quasi && f.finding.level == Level::Warn);
            clean.add(left.all(|f| by_hand(f.finding.rule)));
        }
    }
    println!("clean after the replacements: {clean}");
    assert!(clean.value() >= 0.98);
}

#[test]
fn a_finding_tells_its_facts() {
    let found = findings("Saw the 47yo firefighter from Tulsa last night with a gunshot wound.", &Value::Null);
    let group = found.iter().find(|f| f.kind == Kind::Quasi).expect("everybody in Tulsa knows");
    let size = group.group_size.as_ref().expect("a size");
    assert!(size.low < 11.0 && size.text == "1-3", "{size:?}");
    let facts = group.facts.as_ref().expect("facts");
    let kinds: Vec<&str> = facts.iter().map(|fact| fact.kind).collect();
    assert_eq!(kinds, ["place", "age", "occupation", "condition"]);
    assert_eq!(facts[1].quote, "47yo");
    assert_eq!((facts[1].start, facts[1].end), (8, 12));
    let coarser = facts.iter().filter(|fact| fact.coarser.is_some()).count();
    assert!((1..=2).contains(&coarser), "{facts:?}");
    assert!(group.replacement.is_some());
}

#[test]
fn a_common_fact_alone_is_no_matter() {
    for text in [
        "My patient is a firefighter.",
        "My patient is 47.",
        "Saw a patient with a gunshot wound last night.",
        "A patient of mine is from Ohio.",
        "My patient has type 1 diabetes and three kids.",
    ] {
        assert!(!warns(text, &Value::Null), "{text}");
    }
}

/// The words of an occupation by its SOC code, as our table has them: of the
/// rows of one code that which counts most people.
fn occupations() -> BTreeMap<String, String> {
    let table = include_str!("../src/data/statistics/occupations.tsv");
    let mut words: BTreeMap<String, (f64, String)> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let (Some(word), Some(soc)) = (cells[0].split(';').next(), cells.get(7)) {
            let workers: f64 = cells[1].parse().expect("a count");
            let row = words.entry((*soc).to_owned()).or_default();
            if workers > row.0 {
                *row = (workers, word.trim().to_owned());
            }
        }
    }
    words.into_iter().map(|(soc, (_, word))| (soc, word)).collect()
}

/// Names of calibration.tsv that our tables list under other words.
fn words(name: &str) -> &str {
    match name {
        "birth" => "delivered",
        "cancer (any)" => "malignancy",
        "dialysis" => "on dialysis",
        "physician" => "physician",
        "gunshot wound nonfatal" => "gunshot",
        "botulism foodborne" => "food-borne botulism",
        "new HIV diagnosis" => "seroconverted",
        _ => name,
    }
}

fn query<'a>(attributes: &'a str, people: f64, jobs: &'a BTreeMap<String, String>) -> Option<Query<'a>> {
    let mut query = Query { people, years: 1.0, ..Query::default() };
    for attribute in attributes.split(';') {
        let (name, value) = attribute.trim().split_once('=')?;
        match name {
            "soc" => query.words = jobs.get(value)?,
            "occupation" | "condition" | "event" => query.words = words(value),
            "sex" => query.sex = Some(if value == "M" { Sex::Man } else { Sex::Woman }),
            "age" => {
                query.ages = match value {
                    "100+" => Some((100, 100)),
                    "85+" => Some((85, 100)),
                    "47" => Some((47, 47)),
                    _ => return None,
                }
            }
            // Transplants of a kind that began two decades ago.
            "window" => query.years = if value == "ever" { 20.0 } else { 1.0 },
            _ => return None,
        }
    }
    Some(query)
}

#[derive(Default)]
struct Calibration {
    held: Share,
    within_two: Share,
    within_three: Share,
    errors: Vec<f64>,
}

impl Calibration {
    fn median(&self) -> f64 {
        let mut errors = self.errors.clone();
        errors.sort_by(f64::total_cmp);
        errors.get(errors.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

#[test]
fn the_interval_holds_what_official_figures_count() {
    let Ok(text) = std::fs::read_to_string(CALIBRATION) else {
        println!("skipped: calibration.tsv is not beside the project");
        return;
    };
    let jobs = occupations();
    let mut kinds: BTreeMap<String, Calibration> = BTreeMap::new();
    let mut unknown = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(level), Some(attributes), Some(count_of)) = (cells.get(2), cells.get(4), cells.get(5)) else {
            continue;
        };
        let truth: f64 = count_of.parse().expect("a count");
        // Metropolitan areas have no population there.
        let Ok(people) = cells[3].parse::<f64>() else { continue };
        let Some(size) = query(attributes, people, &jobs).and_then(|query| count(&query)) else {
            unknown.push(*attributes);
            continue;
        };
        let part = attributes.split('=').next().unwrap_or("");
        let part = if part == "soc" { "occupation" } else { part };
        assert!(truth >= 11.0 || size.people < 100.0, "{line}: called {size:?}");
        for kind in [format!("{part}, {level}"), "all".to_owned()] {
            let calibration = kinds.entry(kind).or_default();
            let error = (size.people.max(1.0) / truth).max(truth / size.people.max(1.0));
            calibration.held.add((size.low..=size.high).contains(&truth));
            calibration.within_two.add(error <= 2.0);
            calibration.within_three.add(error <= 3.0);
            calibration.errors.push(error);
        }
        if std::env::var("ROWS").is_ok() {
            println!("{:.1} [{:.1}, {:.1}] true {truth}: {}", size.people, size.low, size.high, cells[0]);
        }
    }
    for (kind, c) in &kinds {
        println!(
            "{kind}: interval holds {}, within 2 {}, within 3 {}, median error {:.2}",
            c.held,
            c.within_two,
            c.within_three,
            c.median()
        );
    }
    println!("no table has: {unknown:?}");
    let all = &kinds["all"];
    assert!(all.held.value() >= 0.85, "the interval holds {}", all.held);
    assert!(all.median() <= 2.0, "median error {}", all.median());
    let jobs = &kinds["occupation, state"];
    assert!(jobs.within_two.value() >= 0.56 && jobs.within_three.value() >= 0.72);
}
