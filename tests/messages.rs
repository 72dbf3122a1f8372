//! What Primum says: every rule has a message and an advice in every language,
//! short enough to be read, and the message names the law.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use primum::messages::Locale;
use primum::rules::{self, RULES};

const MESSAGE: usize = 160;
const ADVICE: usize = 120;
/// Stands for what the core fills in.
const QUOTE: &str = "three days ago";

fn languages() -> Vec<String> {
    let folders = std::fs::read_dir("extension/_locales").expect("the tests run in the project's folder");
    let mut names: Vec<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 2, "English and Spanish at least");
    names
}

fn key(rule: &str, what: &str) -> String {
    format!("finding_{}_{what}", rule.replace('.', "_"))
}

fn said(language: &str, rule: &str, what: &str) -> String {
    Locale::new(language).message(&key(rule, what), &[("quote", QUOTE.to_owned()), ("group", "1-3".to_owned())])
}

/// Every language, rule and text that is wrong by `fault`, in one list.
fn faults(fault: impl Fn(&str, &str, &str, &str) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for language in &languages() {
        for rule in RULES {
            for what in ["message", "advice"] {
                let text = said(language, rule.id, what);
                if fault(language, rule.id, what, &text) {
                    wrong.push(format!("{language} {} {what}: {text}", rule.id));
                }
            }
        }
    }
    wrong
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_rule_has_both_texts_in_every_language() {
    none(faults(|language, rule, what, text| !Locale::new(language).has(&key(rule, what)) || text.trim().is_empty()));
}

#[test]
fn texts_are_short() {
    none(faults(|_, _, what, text| text.chars().count() > if what == "message" { MESSAGE } else { ADVICE }));
}

#[test]
fn every_parameter_is_filled() {
    none(faults(|_, _, _, text| text.contains(['{', '}', '$'])));
}

#[test]
fn texts_are_sentences() {
    none(faults(|_, _, _, text| !text.ends_with(['.', '»', '”']) || text.contains("  ") || text.contains('!')));
}

#[test]
fn messages_name_the_law() {
    none(faults(|_, rule, what, text| {
        what == "message"
            && rules::find(rule).unwrap().law.iter().any(|law| {
                // "45 CFR 164.502(a), 164.508": the title stands once.
                !text.contains(law.paragraph.trim_start_matches("45 CFR ")) || !text.contains("45 CFR ")
            })
    }));
}

#[test]
fn other_languages_are_translated() {
    none(faults(|language, rule, what, text| language != "en" && text == said("en", rule, what)));
}

/// A rule that the sources name and the table does not would be shown without
/// its law. Re-identification and claims bring their own sources.
#[test]
fn every_rule_of_the_detectors_is_in_the_table() {
    let named = named_in_sources();
    assert!(named.len() > 15, "the sources name rules: {named:?}");
    let own_sources = ["src/reidentify", "src/misinformation"];
    let missing: Vec<_> = named
        .iter()
        .filter(|(id, file)| rules::find(id).is_none() && !own_sources.iter().any(|room| file.starts_with(room)))
        .collect();
    assert!(missing.is_empty(), "not in src/rules.rs: {missing:?}");
}

/// Rules by id, with the file that names them: texts like `"date.relative"`
/// outside of tests, whose first half is a family that the table knows, or that
/// stand right in the making of a finding.
fn named_in_sources() -> BTreeMap<String, String> {
    let families: BTreeSet<&str> = RULES.iter().filter_map(|rule| rule.id.split('.').next()).collect();
    let literal = regex::Regex::new(r#"(Finding::new\([^;"]*)?"([a-z]+\.[a-z][a-z0-9_]*)""#).unwrap();
    let mut named = BTreeMap::new();
    for path in sources(Path::new("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or("");
        for found in literal.captures_iter(text) {
            let id = &found[2];
            let family = id.split('.').next().unwrap_or("");
            let file_name = [".rs", ".tsv", ".toml", ".json"].iter().any(|end| id.ends_with(end));
            if !file_name && (families.contains(family) || found.get(1).is_some()) {
                named.insert(id.to_owned(), path.display().to_string());
            }
        }
    }
    named
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("rules.rs") {
            found.push(path);
        }
    }
    found
}
