//! Every key of a policy: its type, its bounds, and what it does. The managed
//! schema of the extension is printed from this table, and so cannot differ.

use serde_json::{Map, Value, json};

use crate::finding::{Action, Category};
use crate::misinformation::pack::{self, Pack};

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// off, notice, warn, justify or block.
    Action,
    /// true or false.
    Flag,
    /// A text of so many characters at most.
    Text(usize),
    /// An https address.
    Link,
    /// So many texts at most, each of up to [`LONGEST_TERM`] characters.
    Terms(usize),
    /// A whole number within a range.
    Number(u64, u64),
    /// Health claims (`misinformation::pack`).
    Claims,
}

/// A listed text is no longer than this (characters).
pub const LONGEST_TERM: usize = 200;

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value may be.
    pub kind: Type,
    /// What it does, for the administrator.
    pub about: &'static str,
}

const fn key(name: &'static str, kind: Type, about: &'static str) -> Key {
    Key { name, kind, about }
}

/// Keys besides `action_<category>` and `action_<KIND>`.
pub const KEYS: &[Key] = &[
    key("allow", Type::Terms(500), "Texts that are never marked, such as the clinic's own telephone number."),
    key(
        "claimsAdd",
        Type::Claims,
        "Health claims of your own: id, statement, correction, references (title, url), says (how people put it, such as 'spring water + cures | heals + asthma | wheez*'), level (notice or warn) and contested. At most 100.",
    ),
    key("attestation", Type::Flag, "The writer may state that a written authorization (45 CFR 164.508) exists."),
    key(
        "groupNotice",
        Type::Number(1, 100_000),
        "A description that fits fewer people than this is underlined. Default 100.",
    ),
    key(
        "groupWarn",
        Type::Number(1, 100_000),
        "A description that fits fewer people than this stops the post. Default 11.",
    ),
    key("locale", Type::Text(35), "Language of messages, such as en or es."),
    key("organizationName", Type::Text(100), "Shown to the user where the policy decides."),
    key("socialMediaPolicyLink", Type::Link, "Address of your own social media policy."),
    key("userMayAllow", Type::Flag, "The user may keep texts of their own that are never marked."),
    key("userMayIgnore", Type::Flag, "The user may ignore a single finding."),
    key("userMayPause", Type::Flag, "The user may pause Primum on a site."),
    key("watchTerms", Type::Terms(500), "Names of facilities, units and projects that must not appear in a post."),
];

/// The key of this name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

impl Key {
    /// Whether the value fits. The error is a sentence for the administrator.
    ///
    /// # Errors
    /// The value has another type or lies outside the bounds.
    pub fn accepts(&self, value: &Value) -> Result<(), String> {
        let fits = |text: &str, most: usize| text.chars().count() <= most;
        match self.kind {
            Type::Action => action(value).map(|_| ()),
            Type::Flag => value.as_bool().map(|_| ()).ok_or_else(|| "Use true or false.".to_owned()),
            Type::Text(most) => match value.as_str() {
                Some(text) if fits(text, most) => Ok(()),
                _ => Err(format!("A text of up to {most} characters.")),
            },
            Type::Link => match value.as_str() {
                Some(text) if text.starts_with("https://") && fits(text, 2000) => Ok(()),
                _ => Err("An address that starts with https://.".to_owned()),
            },
            Type::Terms(most) => {
                let list = value.as_array().ok_or("A list of texts.")?;
                if list.len() > most {
                    return Err(format!("A list of up to {most} texts; this one has {}.", list.len()));
                }
                let good = |v: &Value| v.as_str().is_some_and(|t| !t.trim().is_empty() && fits(t, LONGEST_TERM));
                match list.iter().position(|v| !good(v)) {
                    None => Ok(()),
                    Some(at) => {
                        Err(format!("Number {} of the list is no text of up to {LONGEST_TERM} characters.", at + 1))
                    }
                }
            }
            Type::Claims => match Pack::read(value).1.into_iter().next() {
                None => Ok(()),
                Some((_, reason)) => Err(reason),
            },
            Type::Number(least, most) => match value.as_u64() {
                Some(number) if (least..=most).contains(&number) => Ok(()),
                _ => Err(format!("A whole number from {least} to {most}.")),
            },
        }
    }
}

/// The action that a value names.
///
/// # Errors
/// The value names none.
pub fn action(value: &Value) -> Result<Action, String> {
    let text = value.as_str().ok_or("An action is a text: off, notice, warn, justify or block.")?;
    Action::from_name(text).ok_or_else(|| format!("`{text}` is no action. Use off, notice, warn, justify or block."))
}

/// The managed schema (JSON Schema, draft 3 as `storage.managed` wants it).
pub fn schema() -> Value {
    let actions: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    let mut properties = Map::new();
    for category in Category::ALL {
        properties.insert(
            format!("action_{category}"),
            json!({
                "title": format!("What happens on a finding of the category {category}"),
                "description": "off, notice, warn, justify or block. The same for one kind: action_NAME, action_SSN and so on.",
                "type": "string",
                "enum": actions,
            }),
        );
    }
    for kind in crate::finding::Kind::ALL {
        properties.insert(format!("action_{kind}"), json!({ "type": "string", "enum": actions }));
    }
    for key in KEYS {
        let mut property = match key.kind {
            Type::Action | Type::Text(_) | Type::Link => json!({ "type": "string" }),
            Type::Flag => json!({ "type": "boolean" }),
            Type::Terms(_) => json!({ "type": "array", "items": { "type": "string" } }),
            Type::Number(..) => json!({ "type": "integer" }),
            Type::Claims => pack::schema(),
        };
        property["description"] = json!(key.about);
        properties.insert(key.name.to_owned(), property);
    }
    json!({ "type": "object", "properties": properties })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_ships_this_schema() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/policies/managed_schema.json");
        let shipped: Value =
            serde_json::from_str(&std::fs::read_to_string(path).expect("the schema is there")).expect("it is JSON");
        assert_eq!(shipped, schema(), "run: primum policy schema > extension/policies/managed_schema.json");
    }

    #[test]
    fn bounds() {
        let accepts = |name: &str, value: Value| find(name).expect("a key").accepts(&value).is_ok();
        assert!(accepts("userMayPause", json!(false)));
        assert!(!accepts("userMayPause", json!("no")));
        assert!(accepts("groupWarn", json!(11)));
        assert!(!accepts("groupWarn", json!(0)));
        assert!(!accepts("groupWarn", json!(-3)));
        assert!(!accepts("socialMediaPolicyLink", json!("javascript:alert(1)")));
        assert!(!accepts("watchTerms", json!(["", "x"])));
        assert!(!accepts("watchTerms", json!(vec!["x"; 501])));
        assert!(!accepts("locale", json!("x".repeat(36))));
    }
}
