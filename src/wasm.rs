//! The surface for JavaScript. It only translates.

use std::cell::{Ref, RefCell};

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::audit::{Entry, Head, Record, export, otlp, summary, verify};
use crate::finding::{Kind, Setting};
use crate::fingerprint::Fingerprint;
use crate::policy::hours::Moment;
use crate::policy::{Dropped, Policy};
use crate::{Draft, assess, replace};

/// The core with a policy in force.
#[wasm_bindgen]
pub struct Core {
    policy: RefCell<Policy>,
    dropped: Vec<Dropped>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct DraftIn {
    text: String,
    #[serde(default)]
    site: Option<String>,
    #[serde(default)]
    setting: Option<String>,
    #[serde(default)]
    context: Option<String>,
    /// Day and time by the device's clock, `Tue 22:30`: for hours of duty.
    #[serde(default)]
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
    #[serde(serialize_with = "crate::whole::map")]
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
        let value: serde_json::Value = if policy.is_undefined() || policy.is_null() {
            serde_json::Value::Null
        } else {
            serde_wasm_bindgen::from_value(policy)
                .map_err(|error| JsError::new(&format!("The policy is no plain object: {}.", reason(&error))))?
        };
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
        let entry: Entry = plain(entry, "A record needs an entry")?;
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
        to_js(&verify::verify_stored(lines, &plain(noted, "A note is { number, hash, deleted }")?))
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
        Ok(otlp::request(lines, &plain(reporter, "A report needs a reporter")?))
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
    serde_json::from_str::<Fingerprint>(fingerprint).is_ok_and(|print| print.is_in(body))
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

fn read(draft: JsValue) -> Result<DraftIn, JsError> {
    plain(draft, "A draft needs a text")
}

fn head_of(head: JsValue) -> Result<Head, JsError> {
    if head.is_undefined() || head.is_null() {
        return Ok(Head::default());
    }
    plain(head, "A head is { number, hash }")
}

fn plain<T: serde::de::DeserializeOwned>(value: JsValue, what: &str) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsError::new(&format!("{what}: {}.", reason(&error))))
}

/// Why a value was not understood. It is an `Error` of JavaScript, which puts
/// its name before what it says.
fn reason(error: &serde_wasm_bindgen::Error) -> String {
    let said = error.to_string();
    said.strip_prefix("Error: ").unwrap_or(&said).to_owned()
}

/// By way of JSON: one string crosses over and the browser parses it, where a
/// value built field by field would cross over some twenty times a finding.
fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let json = serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))?;
    js_sys::JSON::parse(&json).map_err(|_| JsError::new("The answer is no JSON."))
}
