//! Minimal pairs: for each claim, texts in eight forms of which two assert.
//!
//! `{"claim", "form", "text"}`, one object a line. What counts is whether the
//! draft gets a finding of an asserted claim, at any level: a `notice` on a
//! debunk is a false alarm too.

use std::collections::BTreeMap;

use primum::finding::{Kind, Stance};
use primum::{Assessment, Draft, Policy, assess};
use serde_json::Value;

use crate::evaluate::{Share, quotes};

/// True when the first line is a pair's.
pub fn is(text: &str) -> bool {
    let first = text.lines().next().and_then(|line| serde_json::from_str::<Value>(line).ok());
    first.is_some_and(|value| value["claim"].is_string() && value["form"].is_string())
}

/// Prints recall on the forms that assert and false alarms on those that do not.
pub fn evaluate(file: &str, text: &str, show: &str) -> Result<(), String> {
    let mut forms: BTreeMap<(bool, String), Share> = BTreeMap::new();
    let (mut recall, mut false_alarms) = (Share::default(), Share::default());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|e| format!("{file}:{}: no JSON: {e}", number + 1))?;
        let field = |key: &str| value[key].as_str().ok_or_else(|| format!("{file}:{}: `{key}` is missing", number + 1));
        let (claim, form, text) = (field("claim")?, field("form")?, field("text")?);
        let found = assess(&Draft::post(text), &Policy::default());
        let hit = asserted(&found);
        let asserts = form.starts_with("asserts");
        let total = if asserts { &mut recall } else { &mut false_alarms };
        total.add(hit);
        forms.entry((!asserts, form.to_owned())).or_default().add(hit);
        if hit != asserts && show == if asserts { "missed" } else { "false" } {
            println!("  {show} {claim} {form}: {} {}", text.replace('\n', " / "), quotes(&found));
        }
    }
    println!("\n{} ({} texts)", file.rsplit('/').next().unwrap_or(file), recall.all() + false_alarms.all());
    println!("  {:<34} {recall}", "stance: assertions found");
    println!("  {:<34} {false_alarms}", "stance: false alarms");
    for ((quiet, form), share) in &forms {
        println!("  {:<34} {share}", format!("stance: {}, {form}", if *quiet { "false" } else { "found" }));
    }
    Ok(())
}

fn asserted(found: &Assessment) -> bool {
    found.findings.iter().any(|f| f.finding.kind == Kind::Claim && f.finding.stance == Some(Stance::Asserts))
}
