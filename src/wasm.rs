//! The surface for JavaScript. It only translates.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::finding::{Kind, Setting};
use crate::policy::{Dropped, Policy};
use crate::{Draft, assess, replace};

/// The core with a policy in force.
#[wasm_bindgen]
pub struct Core {
    policy: Policy,
    dropped: Vec<Dropped>,
    in_force: serde_json::Value,
}

#[derive(Deserialize)]
struct DraftIn {
    text: String,
    #[serde(default)]
    site: Option<String>,
    #[serde(default)]
    setting: Option<String>,
    #[serde(default)]
    context: Option<String>,
}

#[derive(Serialize)]
struct ReplacedOut<'a> {
    text: &'a str,
    remaining: &'a [crate::Judged],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportOut<'a> {
    in_force: &'a serde_json::Value,
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
                .map_err(|error| JsError::new(&format!("The policy is no plain object: {error}")))?
        };
        let (mut policy, dropped) = Policy::read(&value);
        policy.locale = policy.locale.or(locale);
        Ok(Core { policy, dropped, in_force: value })
    }

    /// Assesses `{text, site?, setting?, context?}`: the same object as a line
    /// of `primum check`, without id and time.
    ///
    /// # Errors
    ///
    /// A draft without a text, or with a setting that does not exist.
    pub fn assess(&self, draft: JsValue) -> Result<JsValue, JsError> {
        let draft = read(draft)?;
        to_js(&assess(&draft.as_draft()?, &self.policy))
    }

    /// Replaces all that can be replaced: `{text, remaining}`.
    ///
    /// # Errors
    ///
    /// As [`Core::assess`].
    #[wasm_bindgen(js_name = replaceAll)]
    pub fn replace_all(&self, draft: JsValue) -> Result<JsValue, JsError> {
        let draft = read(draft)?;
        let done = replace::all(&draft.as_draft()?, &self.policy);
        to_js(&ReplacedOut { text: &done.text, remaining: &done.remaining })
    }

    /// What is in force, and what was dropped and why.
    ///
    /// # Errors
    ///
    /// None that a caller can cause.
    #[wasm_bindgen(js_name = policyReport)]
    pub fn policy_report(&self) -> Result<JsValue, JsError> {
        to_js(&ReportOut { in_force: &self.in_force, dropped: &self.dropped })
    }

    /// The kinds that exist, for lists.
    pub fn kinds() -> Vec<String> {
        Kind::ALL.iter().map(|kind| kind.name().to_owned()).collect()
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
    serde_wasm_bindgen::from_value(draft).map_err(|error| JsError::new(&format!("A draft needs a text: {error}")))
}

/// By way of JSON: one string crosses over and the browser parses it, where a
/// value built field by field would cross over some twenty times a finding.
fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let json = serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))?;
    js_sys::JSON::parse(&json).map_err(|_| JsError::new("The answer is no JSON."))
}
