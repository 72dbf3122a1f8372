//! The development corpus as a test: floors that only rise.
//!
//! The corpus lies beside the project (`../shared/corpus`); without it the
//! tests say so and pass. `primum evaluate` prints the same figures with their
//! intervals.

use primum::finding::{Kind, Level, Setting, Stance};
use primum::{Draft, Policy, assess, replace};
use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// The lines of a corpus, or None with a word where it is not here.
fn lines(name: &str) -> Option<Vec<Value>> {
    let Ok(text) = std::fs::read_to_string(format!("{CORPUS}/{name}")) else {
        println!("skipped: {name} is not beside the project");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect())
}

fn draft(row: &Value) -> Draft<'_> {
    let setting = row["setting"].as_str().and_then(Setting::from_name).unwrap_or(Setting::Post);
    Draft { setting, ..Draft::post(row["text"].as_str().expect("a text")) }
}

fn warns(row: &Value, test: impl Fn(&primum::finding::Finding) -> bool) -> bool {
    let found = assess(&draft(row), &Policy::default());
    found.findings.iter().any(|f| f.finding.level == Level::Warn && test(&f.finding))
}

fn share<'a>(rows: impl Iterator<Item = &'a Value>, hit: impl Fn(&Value) -> bool) -> f64 {
    let (mut hits, mut all) = (0, 0);
    for row in rows {
        all += 1;
        hits += u32::from(hit(row));
    }
    assert!(all > 0, "the corpus has none of these");
    f64::from(hits) / f64::from(all)
}

#[test]
fn privacy() {
    let Some(rows) = lines("posts-dev.jsonl") else { return };
    let part = |warn: bool| rows.iter().filter(move |r| r["stance"].is_null() && r["warn"] == warn);
    let recall = share(part(true), |row| warns(row, |_| true));
    let false_alarms = share(part(false), |row| warns(row, |_| true));
    assert!(recall >= 0.94, "recall fell to {recall:.3}");
    assert!(false_alarms <= 0.01, "false alarms rose to {false_alarms:.3}");
}

fn asserts(row: &Value) -> bool {
    let found = assess(&draft(row), &Policy::default());
    found.findings.iter().any(|f| f.finding.kind == Kind::Claim && f.finding.stance == Some(Stance::Asserts))
}

/// The voice model has seen these posts: what it does with claims that it has
/// not seen is printed by `examples/train_voice.rs`, and held below.
#[test]
fn misinformation() {
    let Some(rows) = lines("posts-dev.jsonl") else { return };
    let part = |warn: bool| rows.iter().filter(move |r| !r["stance"].is_null() && r["warn"] == warn);
    let warned = |row: &Value| warns(row, |f| f.kind == Kind::Claim && f.stance == Some(Stance::Asserts));
    let recall = share(part(true), warned);
    let false_alarms = share(part(false), warned);
    assert!(recall >= 0.93, "recall fell to {recall:.3}");
    assert!(false_alarms <= 0.012, "false alarms rose to {false_alarms:.3}");
}

/// Recall on each form that asserts, and false alarms on all that do not.
fn pairs(name: &str) -> (f64, f64, f64) {
    let path = format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the pairs are part of the project");
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let form = |name: &'static str| share(rows.iter().filter(move |row| row["form"] == name), asserts);
    let quiet = |row: &&Value| !row["form"].as_str().is_some_and(|form| form.starts_with("asserts"));
    (form("asserts"), form("asserts_implied"), share(rows.iter().filter(quiet), asserts))
}

#[test]
fn pairs_of_claims_that_neither_rules_nor_model_have_seen() {
    let (said, implied, false_alarms) = pairs("stance-held.jsonl");
    assert!(said >= 0.73, "recall on what is said fell to {said:.3}");
    assert!(implied >= 0.28, "recall on what is implied fell to {implied:.3}");
    assert!(false_alarms <= 0.027, "false alarms rose to {false_alarms:.3}");
}

#[test]
fn pairs_of_claims_that_were_learnt_from() {
    let (said, implied, false_alarms) = pairs("stance-open.jsonl");
    assert!(said >= 0.92, "recall on what is said fell to {said:.3}");
    assert!(implied >= 0.42, "recall on what is implied fell to {implied:.3}");
    assert!(false_alarms <= 0.005, "false alarms rose to {false_alarms:.3}");
}

#[test]
fn the_news_asserts_no_claim() {
    let Some(rows) = lines("public/health-news-even.jsonl") else { return };
    let false_alarms = share(rows.iter(), |row| warns(row, |f| f.kind == Kind::Claim));
    assert!(false_alarms <= 0.0012, "false alarms rose to {false_alarms:.5}");
}

#[test]
fn worries_about_vaccines_assert_no_claim() {
    let Some(rows) = lines("public/vira-intents-even.jsonl") else { return };
    let false_alarms = share(rows.iter(), |row| warns(row, |f| f.kind == Kind::Claim));
    assert!(false_alarms <= 0.0, "false alarms rose to {false_alarms:.3}");
}

#[test]
fn clinical_questions() {
    let Some(rows) = lines("public/asq-phi-even.jsonl") else { return };
    let part =
        |warn: bool| rows.iter().filter(move |r| r["spans"].as_array().is_some_and(|spans| spans.is_empty() != warn));
    let recall = share(part(true), |row| warns(row, |_| true));
    let false_alarms = share(part(false), |row| warns(row, |_| true));
    assert!(recall >= 0.93, "recall fell to {recall:.3}");
    assert!(false_alarms <= 0.02, "false alarms rose to {false_alarms:.3}");
}

#[test]
fn the_news_is_harmless() {
    let Some(rows) = lines("public/health-news-even.jsonl") else { return };
    let false_alarms = share(rows.iter(), |row| warns(row, |_| true));
    assert!(false_alarms <= 0.013, "false alarms rose to {false_alarms:.4}");
}

#[test]
fn what_is_replaced_is_clean() {
    let Some(rows) = lines("posts-dev.jsonl") else { return };
    let policy = Policy::default();
    let dirty = |row: &&Value| warns(row, |f| f.replacement.is_some());
    let clean = share(rows.iter().filter(dirty), |row| {
        let done = replace::all(&draft(row), &policy);
        // What is left has no replacement, and its card says so.
        done.remaining.iter().all(|f| f.finding.level == Level::Notice || f.finding.replacement.is_none())
    });
    assert!(clean >= 0.99, "only {clean:.3} are clean after all replacements");
}
