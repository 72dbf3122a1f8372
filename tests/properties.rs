//! What holds for every draft and every policy, on random ones.
//!
//! What random drafts have found once is kept at the bottom, by its smallest
//! form.

// `wasm-pack test` builds every test, and proptest is there natively only.
#![cfg(not(target_arch = "wasm32"))]

use primum::finding::{Action, Decision, Setting};
use primum::text::Doc;
use primum::{Assessment, Draft, Policy, assess, replace};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Pieces that detectors look for, so that random drafts are not all clean.
const PIECES: &[&str] = &[
    "my patient",
    "Mrs. Alvarez",
    "Ⅿrs. Αlvarez",
    "José\u{301} Núñez",
    "94 years old",
    "ninety-four",
    "555-0142",
    "(918) 555-0142",
    "５５５-０１４２",
    "MRN 0044812",
    "123-45-6789",
    "a.b@c.example",
    "https://x.example/p?id=1",
    "10.0.0.1",
    "on March 3rd",
    "last night",
    "room 4 1 8",
    "Tulsa, OK",
    "St. Louis",
    "Jane D.",
    "firefighter",
    "pulmonary embolism",
    "vaccines cause autism",
    "ivermectin cures covid",
    "it is a myth that",
    "password is Winter2024!",
    "sk-ABCDEFGHIJKLMNOPQRSTUVWX",
    "thank you for your visit",
    "👶🏽",
    "\u{200b}",
    "\u{202e}",
    "е",
    "ﬁ",
    "½",
    "—",
    "'s",
    "#PrayForBabyEmma",
    "\n",
    ".",
    ",",
    "-",
    "(",
];

fn drafts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[a-zA-Z]{1,9}",
        1 => "[0-9]{1,12}",
        1 => "\\PC{1,6}",
        1 => any::<String>(),
    ];
    let glue = prop_oneof![5 => Just(" "), 1 => Just(""), 1 => Just("\n"), 1 => Just("-")];
    prop::collection::vec((piece, glue), 0..24)
        .prop_map(|parts| parts.into_iter().map(|(piece, glue)| piece + glue).collect())
}

fn settings() -> impl Strategy<Value = Setting> {
    prop::sample::select(Setting::ALL.to_vec())
}

/// The part of a draft, or None where the span cuts a character in two.
fn quote(text: &str, start: u32, end: u32) -> Option<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(units.get(start as usize..end as usize)?).ok()
}

fn as_json(assessment: &Assessment) -> Value {
    serde_json::to_value(assessment).expect("an assessment is JSON")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_map_back_to_the_very_text(text in drafts()) {
        let doc = Doc::new(&text);
        prop_assert_eq!(doc.plain.units as usize, text.encode_utf16().count());
        let mut last = 0;
        for at in 0..doc.tokens.len() {
            let span = doc.span(at, at + 1);
            prop_assert!(span.start >= last && span.start < span.end, "{at}: {span:?} after {last}");
            last = span.start;
            let quote = quote(&text, span.start, span.end);
            prop_assert!(quote.is_some(), "token {at} cuts a character in two");
            let quote = quote.unwrap_or_default();
            // Letters that look Latin fold by the word around them.
            if !quote.chars().any(|c| ('\u{370}'..='\u{58f}').contains(&c)) {
                let again = Doc::new(&quote);
                prop_assert!(again.plain.text.contains(doc.word(at)), "{:?} became {:?}", doc.word(at), again.plain.text);
            }
        }
    }

    #[test]
    fn findings_stand_on_their_words(text in drafts(), setting in settings()) {
        let draft = Draft { setting, ..Draft::post(&text) };
        let found = assess(&draft, &Policy::default());
        let mut last = 0;
        for one in &found.findings {
            let span = one.finding.span;
            prop_assert!(span.start < span.end && span.start >= last);
            last = span.start;
            prop_assert_eq!(quote(&text, span.start, span.end), Some(one.quote.clone()));
            prop_assert!(one.action > Action::Off && !one.message.is_empty());
        }
        let strongest = found.findings.iter().map(|one| Decision::from(one.action)).max();
        prop_assert_eq!(found.decision, strongest.unwrap_or(Decision::Allow));
        prop_assert_eq!(as_json(&found), as_json(&assess(&draft, &Policy::default())));
    }

    #[test]
    fn replacing_twice_is_replacing_once(text in drafts(), setting in settings()) {
        let draft = Draft { setting, ..Draft::post(&text) };
        let policy = Policy::default();
        let done = replace::all(&draft, &policy);
        let again = replace::all(&Draft { text: &done.text, ..draft }, &policy);
        prop_assert_eq!(&done.text, &again.text);
        let left = assess(&Draft { text: &done.text, ..draft }, &policy);
        prop_assert_eq!(left.findings.len(), done.remaining.len());
    }

    #[test]
    fn replacing_leaves_the_rest_alone(text in drafts()) {
        let policy = Policy::default();
        let before = assess(&Draft::post(&text), &policy);
        let spans = || before.findings.iter().filter(|f| f.finding.replacement.is_some()).map(|f| f.finding.span);
        let done = replace::all(&Draft::post(&text), &policy).text;
        let (Some(from), Some(to)) = (spans().map(|s| s.start).min(), spans().map(|s| s.end).max()) else {
            prop_assert_eq!(done, text);
            return Ok(());
        };
        // Where one round was enough, what stands before and after is as it was.
        let before_it = quote(&text, 0, from).unwrap_or_default();
        let after_it = quote(&text, to, text.encode_utf16().count() as u32).unwrap_or_default();
        let put_in = before.findings[0].finding.replacement.as_deref().unwrap_or_default();
        let once = format!("{before_it}{put_in}{after_it}");
        if before.findings.len() == 1 && assess(&Draft::post(&once), &policy).findings.is_empty() {
            // One word on either side may go along: the "on" of "on March 3rd".
            let head = before_it.trim_end().rsplit_once(char::is_whitespace).map_or("", |(head, _)| head);
            let tail = after_it.trim_start().split_once(char::is_whitespace).map_or("", |(_, tail)| tail);
            prop_assert!(done.starts_with(head.trim_end()), "{done:?} lost its head");
            prop_assert!(done.ends_with(tail), "{done:?} lost its tail");
        }
    }

    #[test]
    fn any_policy_is_read(text in "\\PC{0,60}", value in policies()) {
        let typed: Value = serde_json::from_str(&text).unwrap_or(Value::String(text));
        for value in [typed, value] {
            let (policy, dropped) = Policy::read(&value);
            prop_assert!(dropped.iter().all(|one| !one.reason.is_empty()));
            assess(&Draft::post("My patient Mrs. Alvarez, 555-0142."), &policy);
        }
    }
}

fn policies() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(&["off", "notice", "warn", "justify", "block", "es", ""][..]).prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,4}", inner, 0..3).prop_map(|map| json!(map)),
        ]
    });
    let known: Vec<String> = primum::policy::schema::schema()["properties"]
        .as_object()
        .expect("the schema has properties")
        .keys()
        .cloned()
        .collect();
    let key = prop_oneof![6 => prop::sample::select(known), 1 => "[a-zA-Z_]{0,12}"];
    prop::collection::btree_map(key, value, 0..8).prop_map(|map| json!(map))
}

/// Drafts that made an earlier version panic or take too long.
#[test]
fn earlier_faults_stay_away() {
    for text in [". Mrs. Alvarez my patient ", "Mrs. Alvarez my patient", "- Mr. Lee", &"1:".repeat(5000)] {
        let found = assess(&Draft::post(text), &Policy::default());
        assert!(found.findings.iter().all(|one| !one.quote.is_empty()), "{text}");
    }
}
