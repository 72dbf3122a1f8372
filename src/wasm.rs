//! The surface for JavaScript. It only translates.

use std::cell::{Ref, RefCell};

use js_sys::{Array, Object};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use crate::audit::{Entry, Head, Record, export, otlp, summary, verify};
use crate::finding::{Kind, Setting};
use crate::fingerprint::Fingerprint;
use crate::json::Fields;
use crate::policy::hours::Moment;
use crate::policy::{Dropped, Policy};
use crate::{Draft, assess, replace};

/// The core with a policy in force.
#[wasm_bindgen]
pub struct Core {
    policy: RefCell<Policy>,
    dropped: Vec<Dropped>,
}

struct DraftIn {
    text: String,
    site: Option<String>,
    setting: Option<String>,
    context: Option<String>,
    /// Day and time by the device's clock, `Tue 22:30`: for hours of duty.
    now: Option<String>,
}

#[derive(Serialize)]
struct ReplacedOut<'a> {
    text: &'a str,
    remaining: &'a [crate::Judged],
}

#[derive(Serialize)]
struct RecordOut<'a> {
    number: u64,
    hash: &'a str,
    line: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportOut<'a> {
    #[serde(serialize_with = "crate::json::map")]
    in_force: &'a serde_json::Map<String, serde_json::Value>,
    dropped: &'a [Dropped],
}

#[wasm_bindgen]
impl Core {
    /// A core for a policy (a flat object) and the language of its messages.
    ///
    /// # Errors
    ///
    /// A policy that is no plain value. Bad values within it are dropped
    /// singly; `policyReport` names them.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: JsValue, locale: Option<String>) -> Result<Core, JsError> {
        let value = value_of(&policy, DEEPEST).ok_or_else(|| JsError::new("The policy is no plain object."))?;
        let (mut policy, dropped) = Policy::read(&value);
        policy.locale = policy.locale.or(locale);
        Ok(Core { policy: RefCell::new(policy), dropped })
    }

    /// Assesses `{text, site?, setting?, context?}`: the same object as a line
    /// of `primum check`, without id and time.
    ///
    /// # Errors
    ///
    /// A draft without a text, or with a setting that does not exist.
    pub fn assess(&self, draft: JsValue) -> Result<JsValue, JsError> {
        let draft = read(draft)?;
        to_js(&assess(&draft.as_draft()?, &self.policy_at(&draft)))
    }

    /// Replaces all that can be replaced: `{text, remaining}`.
    ///
    /// # Errors
    ///
    /// As [`Core::assess`].
    #[wasm_bindgen(js_name = replaceAll)]
    pub fn replace_all(&self, draft: JsValue) -> Result<JsValue, JsError> {
        let draft = read(draft)?;
        let done = replace::all(&draft.as_draft()?, &self.policy_at(&draft));
        to_js(&ReplacedOut { text: &done.text, remaining: &done.remaining })
    }

    /// What is in force, and what was dropped and why.
    ///
    /// # Errors
    ///
    /// None that a caller can cause.
    #[wasm_bindgen(js_name = policyReport)]
    pub fn policy_report(&self) -> Result<JsValue, JsError> {
        to_js(&ReportOut { in_force: self.policy.borrow().in_force(), dropped: &self.dropped })
    }

    /// The next record of a chain: `{number, hash, line}`. `entry` is what the
    /// content script tells, `head` is `{number, hash}` of the last record or
    /// nothing, `time` is an ISO moment in UTC.
    ///
    /// # Errors
    ///
    /// Values of another shape.
    pub fn record(&self, entry: JsValue, head: JsValue, time: &str) -> Result<JsValue, JsError> {
        let entry = plain(&entry, Entry::of, "A record needs an entry of texts and lists.")?;
        let record = Record::new(&entry, &head_of(head)?, time, &self.policy.borrow());
        to_js(&RecordOut { number: record.number, hash: &record.hash, line: record.line() })
    }

    /// The kinds that exist, for lists.
    pub fn kinds() -> Vec<String> {
        Kind::ALL.iter().map(|kind| kind.name().to_owned()).collect()
    }
}

/// Stored records, as lines of JSON.
#[wasm_bindgen]
pub struct Records;

#[wasm_bindgen]
impl Records {
    /// What the records add up to: kinds, sites, weeks, choices.
    ///
    /// # Errors
    ///
    /// None that a caller can cause.
    pub fn summary(lines: &str) -> Result<JsValue, JsError> {
        to_js(&summary::summarise(lines))
    }

    /// Whether the store is whole: `{records, first, head, faults, wrong}`.
    ///
    /// # Errors
    ///
    /// A note of another shape than `{number, hash, deleted}`.
    pub fn verify(lines: &str, noted: JsValue) -> Result<JsValue, JsError> {
        let noted = plain(&noted, verify::Noted::of, "A note is { number, hash, deleted }.")?;
        to_js(&verify::verify_stored(lines, &noted))
    }

    /// The records as a file of JSON Lines with a seal.
    #[wasm_bindgen(js_name = jsonLines)]
    pub fn json_lines(lines: &str, exported: &str) -> String {
        export::json_lines(lines, exported)
    }

    /// The records as a table for spreadsheets.
    pub fn csv(lines: &str) -> String {
        export::csv(lines)
    }

    /// The body of an OTLP/HTTP request with the records; `reporter` is
    /// `{instance, organization}`.
    ///
    /// # Errors
    ///
    /// A reporter of another shape.
    pub fn otlp(lines: &str, reporter: JsValue) -> Result<String, JsError> {
        let reporter = plain(&reporter, otlp::Reporter::of, "A report needs a reporter: { instance, organization }.")?;
        Ok(otlp::request(lines, &reporter))
    }
}

/// What is kept of a held text, as a text of its own.
///
/// # Errors
///
/// None that a caller can cause.
#[wasm_bindgen(js_name = fingerprint)]
pub fn fingerprint_of(text: &str) -> Result<String, JsError> {
    serde_json::to_string(&Fingerprint::of(text)).map_err(|error| JsError::new(&error.to_string()))
}

/// Whether the body of a request carries the text of a fingerprint.
#[wasm_bindgen(js_name = carries)]
pub fn carries(body: &str, fingerprint: &str) -> bool {
    Fingerprint::read(fingerprint).is_some_and(|print| print.is_in(body))
}

impl Core {
    /// The policy as it holds at the moment that the draft tells.
    fn policy_at(&self, draft: &DraftIn) -> Ref<'_, Policy> {
        self.policy.borrow_mut().at(draft.now.as_deref().and_then(Moment::read));
        self.policy.borrow()
    }
}

impl DraftIn {
    fn as_draft(&self) -> Result<Draft<'_>, JsError> {
        let setting = match self.setting.as_deref() {
            None => Setting::Post,
            Some(name) => {
                Setting::from_name(name).ok_or_else(|| JsError::new(&format!("There is no setting `{name}`.")))?
            }
        };
        Ok(Draft { text: &self.text, site: self.site.as_deref(), setting, context: self.context.as_deref() })
    }
}

#[wasm_bindgen]
extern "C" {
    /// A draft as it is handed in.
    type Given;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn site(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn setting(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn context(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn now(this: &Given) -> JsValue;
}

fn read(draft: JsValue) -> Result<DraftIn, JsError> {
    const WRONG: &str = "A draft needs a text; site, setting, context and now are texts too.";
    if !draft.is_object() {
        return Err(JsError::new(WRONG));
    }
    let given: Given = draft.unchecked_into();
    let text = |value: JsValue| value.as_string().ok_or_else(|| JsError::new(WRONG));
    let optional =
        |value: JsValue| if value.is_undefined() || value.is_null() { Ok(None) } else { text(value).map(Some) };
    Ok(DraftIn {
        text: text(given.text())?,
        site: optional(given.site())?,
        setting: optional(given.setting())?,
        context: optional(given.context())?,
        now: optional(given.now())?,
    })
}

fn head_of(head: JsValue) -> Result<Head, JsError> {
    if head.is_undefined() || head.is_null() {
        return Ok(Head::default());
    }
    plain(&head, Head::of, "A head is { number, hash }.")
}

/// A plain object, field by field.
fn plain<T>(value: &JsValue, read: impl Fn(Fields) -> Option<T>, wrong: &str) -> Result<T, JsError> {
    value_of(value, DEEPEST).and_then(Fields::of).and_then(read).ok_or_else(|| JsError::new(wrong))
}

/// Objects within objects, at most: no value of ours is as deep.
const DEEPEST: usize = 32;
/// Whole numbers up to here are exact in JavaScript.
const EXACT: f64 = 9_007_199_254_740_991.0;

/// A value of JavaScript, if it is one of JSON.
fn value_of(value: &JsValue, depth: usize) -> Option<Value> {
    if value.is_undefined() || value.is_null() {
        return Some(Value::Null);
    }
    if let Some(text) = value.as_string() {
        return Some(Value::String(text));
    }
    if let Some(flag) = value.as_bool() {
        return Some(Value::Bool(flag));
    }
    if let Some(number) = value.as_f64() {
        return Some(match number.fract() == 0.0 && number.abs() <= EXACT {
            true => Value::from(number as i64),
            false => Value::from(number),
        });
    }
    let inner = depth.checked_sub(1)?;
    if Array::is_array(value) {
        return value.unchecked_ref::<Array>().iter().map(|item| value_of(&item, inner)).collect();
    }
    if !value.is_object() {
        return None;
    }
    let field = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, value_of(&entry.get(1), inner)?))
    };
    let fields: Option<serde_json::Map<String, Value>> =
        Object::entries(value.unchecked_ref()).iter().map(field).collect();
    fields.map(Value::Object)
}

/// By way of JSON: one string crosses over and the browser parses it, where a
/// value built field by field would cross over some twenty times a finding.
fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let json = serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))?;
    js_sys::JSON::parse(&json).map_err(|_| JsError::new("The answer is no JSON."))
}
