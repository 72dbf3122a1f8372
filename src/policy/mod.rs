//! What the hospital decides: which findings matter how much.

use serde::Serialize;
use serde_json::Value;

use crate::finding::{Action, Category, Kind, Level};

/// A policy in force. The default is what a clinician gets without a hospital:
/// every level does what it says.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Actions by category, then by kind; the kind wins.
    by_category: Vec<(Category, Action)>,
    by_kind: Vec<(Kind, Action)>,
    /// Texts that never alert: the clinic's own phone number, a clinician's name.
    pub allow: Vec<String>,
    /// Language of the messages, as a tag: `en`, `es-MX`.
    pub locale: Option<String>,
}

/// A value that was not taken over, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// The key.
    pub key: String,
    /// A sentence for the administrator.
    pub reason: String,
}

impl Policy {
    /// Reads a flat JSON object. What is wrong is dropped singly and named;
    /// the rest holds.
    pub fn read(value: &Value) -> (Policy, Vec<Dropped>) {
        let mut policy = Policy::default();
        let mut dropped = Vec::new();
        let Some(keys) = value.as_object() else {
            if !value.is_null() {
                dropped.push(Dropped {
                    key: String::new(),
                    reason: "A policy is a JSON object of keys and values.".to_owned(),
                });
            }
            return (policy, dropped);
        };
        for (key, value) in keys {
            if let Err(reason) = policy.set(key, value) {
                dropped.push(Dropped { key: key.clone(), reason });
            }
        }
        (policy, dropped)
    }

    fn set(&mut self, key: &str, value: &Value) -> Result<(), String> {
        if let Some(name) = key.strip_prefix("action_") {
            let text = value.as_str().ok_or("An action is a text: off, notice, warn, justify or block.")?;
            let action = Action::from_name(text)
                .ok_or_else(|| format!("`{text}` is no action. Use off, notice, warn, justify or block."))?;
            if let Some(category) = Category::from_name(name) {
                self.by_category.push((category, action));
            } else if let Some(kind) = Kind::from_name(name) {
                self.by_kind.push((kind, action));
            } else {
                return Err(format!("`{name}` is neither a category nor a kind."));
            }
            return Ok(());
        }
        match key {
            "allow" => {
                let list = value.as_array().ok_or("A list of texts.")?;
                self.allow.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
                Ok(())
            }
            "locale" => {
                self.locale = Some(value.as_str().ok_or("A language tag such as en or es.")?.to_owned());
                Ok(())
            }
            // What the extension acts on by itself; here only their types are checked.
            "organizationName" | "socialMediaPolicyLink" => {
                value.as_str().map(|_| ()).ok_or_else(|| "A text.".to_owned())
            }
            "userMayPause" | "userMayIgnore" | "userMayAllow" | "attestation" => {
                value.as_bool().map(|_| ()).ok_or_else(|| "Write true or false.".to_owned())
            }
            _ => Err("No such key.".to_owned()),
        }
    }

    /// What is to be done about a finding.
    pub fn action(&self, kind: Kind, level: Level) -> Action {
        let set =
            self.by_kind.iter().rev().find(|(known, _)| *known == kind).map(|(_, action)| *action).or_else(|| {
                self.by_category.iter().rev().find(|(c, _)| *c == kind.category()).map(|(_, action)| *action)
            });
        match (set, level) {
            (None, Level::Notice) => Action::Notice,
            (None, Level::Warn) => Action::Warn,
            // A policy may silence or soften a notice, but does not raise it.
            (Some(action), Level::Notice) => action.min(Action::Notice),
            (Some(action), Level::Warn) => action,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn dropped(policy: Value) -> Vec<String> {
        Policy::read(&policy).1.into_iter().map(|dropped| dropped.key).collect()
    }

    #[test]
    fn keys_of_the_extension_are_known_by_type() {
        assert_eq!(dropped(json!({ "organizationName": "St. Elsewhere", "userMayPause": false })), [""; 0]);
        assert_eq!(dropped(json!({ "organizationName": 7 })), ["organizationName"]);
        // The extension reads 0 as unset: say so rather than let it pass.
        assert_eq!(dropped(json!({ "userMayPause": 0, "allow": ["555-0100"] })), ["userMayPause"]);
        assert_eq!(dropped(json!({ "userMayFly": true })), ["userMayFly"]);
    }
}
