//! The organization's own words and numbers: names of facilities and units,
//! words that must not appear, formats of record numbers.

use std::collections::BTreeMap;

use regex_lite::{Regex, RegexBuilder};

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::normalise::Plain;

/// A pattern is no longer than this (characters).
const LONGEST_PATTERN: usize = 200;
/// What a compiled pattern may take (bytes). Matching takes linear time whatever
/// the pattern; this bounds the factor.
const PATTERN_SIZE: usize = 1 << 16;
/// One pattern marks no more places of one draft than this.
const MATCHES: usize = 100;
/// What no format of a record number matches: words, a time, a year, a dose.
const ORDINARY: &[&str] = &["The clinic is open on Monday from 9 to 5 in 2026.", "We gave 500 mg at 14:30, and slept."];

/// A format of record numbers.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a pattern. Classes such as `\d` are ASCII: drafts are matched in
    /// their plain form.
    ///
    /// # Errors
    /// The pattern is too long, too large, malformed, or matches ordinary words.
    pub fn new(text: &str) -> Result<Pattern, String> {
        if text.is_empty() || text.chars().count() > LONGEST_PATTERN {
            return Err(format!("A pattern of 1 to {LONGEST_PATTERN} characters."));
        }
        let built = RegexBuilder::new(text).size_limit(PATTERN_SIZE).nest_limit(20).build();
        let regex = built.map_err(|error| format!("`{text}`: {}", reason(&error.to_string())))?;
        if let Some(words) = ORDINARY.iter().find(|words| regex.is_match(words)) {
            return Err(format!("`{text}` matches ordinary words, such as in \"{words}\""));
        }
        Ok(Pattern(regex))
    }
}

/// The sentence of an error.
fn reason(error: &str) -> String {
    if error.contains("exceeded size limit") {
        return format!("it becomes larger than {} kB.", PATTERN_SIZE / 1024);
    }
    format!("{error}.")
}

/// Whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A hospital or clinic.
    Facility,
    /// A ward, a pod, a team.
    Unit,
    /// Must not appear.
    Watched,
}

/// The organization's words, by their first word: reading a draft costs one
/// look-up a word, however many there are.
#[derive(Debug, Clone, Default)]
pub struct Terms(BTreeMap<String, Vec<(String, Class)>>);

impl Terms {
    /// Adds a term.
    pub fn add(&mut self, term: &str, class: Class) {
        let plain = folded(term);
        let term = plain.trim_matches(|c: char| !is_letter(c));
        let first: String = term.chars().take_while(|c| is_letter(*c)).collect();
        if !first.is_empty() {
            self.0.entry(first).or_default().push((term.to_owned(), class));
        }
    }

    /// Every place where a term stands as whole words, whatever its case, its
    /// spaces and its hyphens: bytes from, bytes to, whose.
    fn places(&self, text: &str) -> Vec<(usize, usize, Class)> {
        let mut found = Vec::new();
        if self.0.is_empty() {
            return found;
        }
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let word = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
            if word == 0 {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let terms = self.0.get(&rest[..word]).map_or(&[][..], Vec::as_slice);
            let longest =
                terms.iter().filter_map(|(term, class)| Some((length(rest, term)?, *class))).max_by_key(|f| f.0);
            if let Some((length, class)) = longest {
                found.push((at, at + length, class));
            }
            at += word;
        }
        found
    }
}

/// How long the term is at the start of the text, if it stands there.
fn length(text: &str, term: &str) -> Option<usize> {
    let gap = |c: char| c.is_whitespace() || c == '-';
    let mut rest = text;
    let mut wanted = term.chars().peekable();
    while let Some(c) = wanted.next() {
        if gap(c) {
            while wanted.next_if(|c| gap(*c)).is_some() {}
            let after = rest.trim_start_matches(gap);
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        } else {
            rest = rest.strip_prefix(c)?;
        }
    }
    (!rest.starts_with(is_letter)).then_some(text.len() - rest.len())
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

fn folded(text: &str) -> String {
    Plain::new(text).text.to_ascii_lowercase()
}

/// Record numbers in the organization's own formats.
pub fn find_numbers(reading: &Reading, into: &mut Vec<Finding>) {
    let plain = &reading.doc.plain.text;
    for pattern in &reading.policy.record_patterns {
        for found in pattern.0.find_iter(plain).take(MATCHES) {
            // Bytes are matched; a character is marked whole.
            let start = (0..=found.start()).rev().find(|at| plain.is_char_boundary(*at)).unwrap_or(0);
            let end = (found.end()..plain.len()).find(|at| plain.is_char_boundary(*at)).unwrap_or(plain.len());
            if start < end {
                let span = reading.doc.span_of_bytes(start, end);
                into.push(Finding::new(Kind::Mrn, "policy.mrn", Level::Warn, span).replaced_by(""));
            }
        }
    }
}

/// Names of facilities and units near a patient, and watched words anywhere.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let plain = reading.doc.plain.text.to_ascii_lowercase();
    for (from, to, class) in reading.policy.terms.places(&plain) {
        let tokens = &reading.doc.tokens;
        let after = tokens.partition_point(|token| token.start as usize <= from);
        let sentence = tokens.get(after.saturating_sub(1)).map_or(0, |token| token.sentence);
        let span = reading.doc.span_of_bytes(from, to);
        let near = reading.patient.level_at(sentence);
        into.extend(match (class, near) {
            (Class::Watched, _) => Some(Finding::new(Kind::OtherId, "policy.term", Level::Warn, span)),
            (Class::Facility, Some(level)) => {
                Some(Finding::new(Kind::Location, "policy.facility", level, span).replaced_by("our hospital"))
            }
            (Class::Unit, Some(level)) => {
                Some(Finding::new(Kind::Location, "policy.unit", level, span).replaced_by("the ward"))
            }
            (_, None) => None,
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{Draft, Policy, assess};

    fn policy(value: Value) -> Policy {
        let (policy, dropped) = Policy::read(&value);
        assert_eq!(dropped, [], "{value}");
        policy
    }

    fn rules(policy: &Policy, text: &str) -> Vec<(&'static str, Level, String)> {
        let found = assess(&Draft::post(text), policy).findings;
        let own = found.into_iter().filter(|f| f.finding.rule.starts_with("policy."));
        own.map(|f| (f.finding.rule, f.finding.level, f.quote)).collect()
    }

    #[test]
    fn watched_words_are_found_as_whole_words_whatever_their_look() {
        let policy = policy(json!({ "watchTerms": ["Project Osprey", "Café 7", "#night-owl"] }));
        for text in [
            "project OSPREY starts",
            "Project\n Osprey",
            "the project-osprey team",
            "Projeсt Osprey",
            "meet at cafe 7!",
            "night owl was busy",
        ] {
            assert_eq!(rules(&policy, text).len(), 1, "{text}");
        }
        for text in [
            "the project ospreys",
            "projectosprey",
            "subproject osprey",
            "cafe 72",
            "an owl at night",
            "project, osprey",
        ] {
            assert_eq!(rules(&policy, text), [], "{text}");
        }
    }

    #[test]
    fn facilities_and_units_matter_where_a_patient_is() {
        let policy = policy(json!({ "facilityTerms": ["The Annex"], "unitTerms": ["Blue Pod"] }));
        let held = rules(&policy, "My patient on Blue Pod at the Annex is 47 and has sepsis.");
        assert_eq!(held.len(), 2, "{held:?}");
        assert!(held.iter().all(|(_, level, _)| *level == Level::Warn), "{held:?}");
        for text in
            ["The Annex is hiring nurses!", "Blue Pod won the bake sale.", "Flu shots at the annex this Saturday."]
        {
            assert!(rules(&policy, text).iter().all(|(_, level, _)| *level == Level::Notice), "{text}");
        }
    }

    #[test]
    fn record_numbers_in_own_formats() {
        let policy = policy(json!({ "mrnPatterns": [r"\bEH-\d{7}\b", r"(?i)\bchart\s+[a-z]{2}\d{4}\b"] }));
        for (text, quote) in [
            ("see EH-0012345 please", "EH-0012345"),
            ("é EH-0012345", "EH-0012345"),
            ("it is Chart ab1234.", "Chart ab1234"),
            ("EH-００12345", "EH-００12345"),
        ] {
            assert_eq!(rules(&policy, text), [("policy.mrn", Level::Warn, quote.to_owned())], "{text}");
        }
        for text in ["EH-001234", "EH-00123456", "the chart is full", "XEH-0012345"] {
            assert_eq!(rules(&policy, text), [], "{text}");
        }
    }

    #[test]
    fn patterns_that_are_refused_say_why() {
        for (pattern, why) in [
            ("(", "open group without closing"),
            ("[a", "character class has no closing bracket"),
            (r"(a)\1", "backreferences"),
            (".*", "ordinary words"),
            (r"\d", "ordinary words"),
            (r"[a-z]+", "ordinary words"),
            ("", "1 to 200"),
            ("(?:[A-Z0-9]{100}){100}{100}", "larger"),
        ] {
            let error = Pattern::new(pattern).expect_err(pattern);
            assert!(error.contains(why), "{pattern}: {error}");
            assert!(!error.contains('\n'), "{error}");
        }
        assert!(Pattern::new(&"x".repeat(201)).is_err());
    }

    #[test]
    fn many_terms_and_greedy_patterns_stay_linear() {
        let terms: Vec<String> = (0..500).map(|n| format!("word{n} osprey")).collect();
        let policy = policy(json!({ "watchTerms": terms, "mrnPatterns": [r"(?:[A-Z]+-)+\d{9}"] }));
        let time = |repeats: usize| {
            let text = "word7 ospre A-B-C-D-E-F-G-H ".repeat(repeats);
            let start = std::time::Instant::now();
            assess(&Draft::post(&text), &policy);
            start.elapsed().as_secs_f64()
        };
        let (short, long) = (time(300), time(3000));
        assert!(long < 40.0 * short + 0.1, "{short} {long}");
    }
}
