//! JSON values without fractions.
//!
//! Policies and records hold texts, flags and whole numbers. Writing a fraction
//! takes tables of 17 kB, which nothing here needs.

use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A value that is written without its fractions.
pub struct Whole<'a>(pub &'a Value);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => serializer.serialize_u64(number),
                (None, Some(number)) => serializer.serialize_i64(number),
                (None, None) => serializer.serialize_i64(number.as_f64().unwrap_or(0.0) as i64),
            },
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Whole)),
            Value::Object(fields) => map(fields, serializer),
        }
    }
}

/// An object, for `serialize_with`.
pub fn map<S: Serializer>(fields: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, Whole(value))))
}

/// People, for `serialize_with`: nobody counts in part.
pub fn people<S: Serializer>(people: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(*people as u64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_what_serde_json_writes() {
        for value in [json!({ "a": [1, -2, true, null, "é\n"], "b": {} }), json!([]), json!("x"), json!(u64::MAX)] {
            assert_eq!(serde_json::to_string(&Whole(&value)).ok(), Some(value.to_string()));
        }
        assert_eq!(serde_json::to_string(&Whole(&json!(11.0))).ok().as_deref(), Some("11"));
    }
}
