//! The surface for JavaScript, in a real browser: `wasm-pack test --headless --chrome --test web`.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, JSON, Reflect};
use primum::wasm::{Core, Records, carries, fingerprint_of};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A core without a policy, speaking English.
fn core() -> Core {
    core_with("{}")
}

fn core_with(policy: &str) -> Core {
    Core::new(value(policy), Some("en".to_owned())).unwrap_or_else(|_| panic!("a plain object makes a core"))
}

fn value(json: &str) -> JsValue {
    JSON::parse(json).expect("the test's JSON is valid")
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("a plain object")
}

fn draft(text: &JsValue) -> JsValue {
    let draft = value("{}");
    Reflect::set(&draft, &"text".into(), text).expect("a plain object");
    draft
}

fn findings(text: &str) -> Vec<JsValue> {
    let answer = core().assess(draft(&text.into())).unwrap_or_else(|_| panic!("a text is assessed"));
    get(&answer, "findings").unchecked_into::<Array>().iter().collect()
}

/// Every span, cut out of the draft by JavaScript itself, is the quote.
fn spans_are_quotes(text: &str) {
    let found = findings(text);
    assert!(!found.is_empty(), "something is found in {text:?}");
    let whole = js_sys::JsString::from(text);
    for finding in found {
        let at = |key| get(&finding, key).as_f64().expect("a number") as u32;
        let cut = String::from(whole.slice(at("start"), at("end")));
        assert_eq!(Some(cut), get(&finding, "quote").as_string());
    }
}

#[wasm_bindgen_test]
fn spans_count_as_javascript_counts() {
    for text in [
        "My patient's address is ana.lopez@mailbox.example today.",
        "😀👩‍⚕️ My patient's address is ana.lopez@mailbox.example today.",
        "Cafe\u{301} e\u{301}te\u{301}: my patient's address is ana.lopez@mailbox.example.",
        "\u{200b}\u{feff}My patient's addr\u{ad}ess is ana.lopez@mailbox.example.",
        "𝕄𝕪 patient's address is ana.lopez@mailbox.example.",
    ] {
        spans_are_quotes(text);
    }
}

#[wasm_bindgen_test]
fn a_clean_draft_is_allowed() {
    let answer = core().assess(draft(&"Wash your hands.".into())).unwrap_or_else(|_| panic!("assessed"));
    assert_eq!(get(&answer, "decision").as_string().as_deref(), Some("allow"));
    assert_eq!(get(&answer, "findings").unchecked_into::<Array>().length(), 0);
}

#[wasm_bindgen_test]
fn a_lone_surrogate_is_no_error() {
    let lone = value(r#""My patient \ud83d says ana.lopez@mailbox.example \udc00""#);
    assert!(core().assess(draft(&lone)).is_ok());
}

#[wasm_bindgen_test]
fn a_megabyte_is_answered() {
    let text = "The ward was calm and the night was long. ".repeat(25_000);
    assert!(core().assess(draft(&text.as_str().into())).is_ok());
}

#[wasm_bindgen_test]
fn a_bad_draft_is_an_error_with_a_sentence() {
    for bad in ["{}", "null", "7", r#"{"text": 7}"#, r#"{"text": "a", "setting": "shout"}"#] {
        let error = core().assess(value(bad)).err().map(JsValue::from);
        let sentence = error.map(|error| get(&error, "message").as_string().unwrap_or_default());
        let good = |said: &str| said.len() > 10 && said.ends_with('.') && !said.contains("Error");
        assert!(sentence.as_deref().is_some_and(good), "{bad} is refused with a sentence: {sentence:?}");
    }
}

#[wasm_bindgen_test]
fn a_bad_policy_value_is_dropped_and_named() {
    let core = core_with(r#"{"noSuchKey": 1}"#);
    let report = core.policy_report().unwrap_or_else(|_| panic!("a report"));
    let dropped = get(&report, "dropped").unchecked_into::<Array>();
    assert_eq!(get(&dropped.get(0), "key").as_string().as_deref(), Some("noSuchKey"));
    assert!(core.assess(draft(&"Wash your hands.".into())).is_ok());
}

#[wasm_bindgen_test]
fn a_policy_that_is_no_object_never_traps() {
    for bad in ["null", "[]", "7", r#""text""#] {
        let _ = Core::new(value(bad), None);
    }
}

#[wasm_bindgen_test]
fn records_are_made_and_verified_and_hold_no_text() {
    let core = core();
    let entry = r#"{"host":"x.com","setting":"post","kinds":["SSN","Mrs. Alvarez"],"rules":["ssn.number"],"decision":"warn","choice":"back"}"#;
    let mut head = value("null");
    let mut lines = Vec::new();
    for _ in 0..3 {
        let made = core.record(value(entry), head, "2026-03-01T14:05:09.000Z").unwrap_or_else(|_| panic!("a record"));
        lines.push(get(&made, "line").as_string().expect("a line"));
        head = made;
    }
    let all = lines.join("\n");
    assert!(!all.contains("Alvarez"));
    let wrong = |lines: &str, noted: &JsValue| {
        let report = Records::verify(lines, noted.clone()).unwrap_or_else(|_| panic!("a report"));
        get(&report, "wrong").as_f64()
    };
    let noted = JSON::parse(&format!(
        r#"{{"number":3,"hash":{:?},"deleted":0}}"#,
        get(&head, "hash").as_string().expect("a hash")
    ))
    .expect("JSON");
    assert_eq!(wrong(&all, &noted), Some(0.0));
    assert_eq!(wrong(&all.replacen("x.com", "y.com", 1), &noted), Some(1.0));
    assert!(
        Records::csv(&all).lines().count() == 4
            && Records::json_lines(&all, "2026-03-02T00:00:00Z").contains("\"seal\"")
    );
}

#[wasm_bindgen_test]
fn a_held_text_is_known_by_its_fingerprint() {
    let text = "My patient's SSN is 536-22-1234.";
    let print = fingerprint_of(text).unwrap_or_else(|_| panic!("a fingerprint"));
    assert!(!print.contains("patient"), "{print}");
    assert!(carries(&format!("{{\"text\":{text:?}}}"), &print));
    assert!(!carries("{\"text\":\"Wash your hands.\"}", &print));
}
