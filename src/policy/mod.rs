//! What the hospital decides: which findings matter how much.

pub mod keys;
pub mod terms;

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
    /// Words that the hospital does not want in a post.
    pub watch: Vec<String>,
    /// Language of the messages, as a tag: `en`, `es-MX`.
    pub locale: Option<String>,
    /// Groups smaller than these warn, and are underlined.
    pub groups: Groups,
}

/// From which size on a description is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups {
    /// Fewer people than this: warn.
    pub warn: u64,
    /// Fewer people than this: notice.
    pub notice: u64,
}

impl Default for Groups {
    /// The CMS cell-size suppression rule hides groups of 1 to 10; ten times
    /// that is worth a look.
    fn default() -> Groups {
        Groups { warn: 11, notice: 100 }
    }
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
            let action = keys::action(value)?;
            if let Some(category) = Category::from_name(name) {
                self.by_category.push((category, action));
            } else if let Some(kind) = Kind::from_name(name) {
                self.by_kind.push((kind, action));
            } else {
                return Err(format!("`{name}` is neither a category nor a kind."));
            }
            return Ok(());
        }
        let known = keys::find(key).ok_or("No such key. `primum policy schema` lists them all.")?;
        known.accepts(value)?;
        let terms = || value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        match key {
            "allow" => self.allow.extend(terms()),
            "watchTerms" => self.watch.extend(terms()),
            "locale" => self.locale = value.as_str().map(str::to_owned),
            "groupWarn" => self.groups.warn = value.as_u64().unwrap_or(self.groups.warn),
            "groupNotice" => self.groups.notice = value.as_u64().unwrap_or(self.groups.notice),
            // The rest is for the extension: it is checked here, and used there.
            _ => {}
        }
        Ok(())
    }

    /// What is to be done about a finding.
    pub fn action(&self, kind: Kind, level: Level) -> Action {
        let set =
            self.by_kind.iter().rev().find(|(known, _)| *known == kind).map(|(_, action)| *action).or_else(|| {
                self.by_category.iter().rev().find(|(c, _)| *c == kind.category()).map(|(_, action)| *action)
            });
        match (set, level) {
            (_, Level::Hint) => Action::Off,
            (None, Level::Notice) => Action::Notice,
            (None, Level::Warn) => Action::Warn,
            // A policy may silence or soften a notice, but does not raise it.
            (Some(action), Level::Notice) => action.min(Action::Notice),
            (Some(action), Level::Warn) => action,
        }
    }
}
