//! The managed schema: what Chrome checks before Primum sees a value.
//!
//! Chrome's parser refuses the whole extension on a keyword that it does not
//! know how to enforce (measured on Chromium 156), so the schema keeps to what
//! it takes. It names types and no words or bounds: what Chrome leaves out,
//! `chrome://policy` does not show either, and Primum never sees and could not
//! name. A list with one wrong item would be left out whole.

use serde_json::{Map, Value, json};

use super::keys::{self, Key, Type};
use crate::misinformation::pack;

/// The schema of all keys.
pub fn schema() -> Value {
    let properties: Map<String, Value> =
        keys::all().iter().map(|key| (key.name.clone().into_owned(), property(key))).collect();
    json!({ "type": "object", "properties": properties })
}

fn property(key: &Key) -> Value {
    let text = || json!({ "type": "string" });
    let texts = || json!({ "type": "array", "items": { "type": "string" } });
    let mut property = match key.kind {
        Type::Action | Type::Choice(_) | Type::Text(_) | Type::Link | Type::Endpoint => text(),
        Type::Flag => json!({ "type": "boolean" }),
        Type::Number(..) => json!({ "type": "integer" }),
        Type::Terms(..) | Type::Patterns(_) | Type::Hosts(_) | Type::Hours(_) => texts(),
        Type::Claims => pack::schema(),
        Type::Profiles(_) => json!({ "type": "array", "items": { "type": "object", "properties": {
            "hosts": texts(), "send": texts(), "enterSends": texts(), "not": texts(), "fields": texts(),
            "group": text(), "context": text(), "messages": text(),
            "settings": { "type": "array", "items": { "type": "object", "properties": { "setting": text(), "within": text() } } },
        } } }),
    };
    property["title"] = json!(key.title);
    property["description"] = json!(format!("{} ({})", key.about, key.kind.in_words()));
    property
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

    /// Anything else makes Chrome refuse the extension, is ignored there, or
    /// takes values away that Primum would name.
    #[test]
    fn it_uses_only_what_chrome_takes() {
        fn check(at: &str, value: &Value) {
            let fields = value.as_object().unwrap_or_else(|| panic!("{at} is no schema"));
            let kind = fields.get("type").and_then(Value::as_str).unwrap_or_else(|| panic!("{at} has no type"));
            for (name, value) in fields {
                let at = format!("{at}.{name}");
                match (name.as_str(), kind) {
                    ("type", "object" | "array" | "string" | "integer" | "boolean") => {}
                    ("title" | "description", _) => assert!(value.is_string(), "{at}"),
                    ("properties", "object") => {
                        value
                            .as_object()
                            .expect("properties")
                            .iter()
                            .for_each(|(key, value)| check(&format!("{at}.{key}"), value));
                    }
                    ("items", "array") => check(&at, value),
                    _ => panic!("Chrome does not take {at} of a {kind}"),
                }
            }
            assert_eq!(kind == "array", fields.contains_key("items"), "{at}");
        }
        check("schema", &schema());
    }
}
