//! JSON that is written without fractions, and read field by field.
//!
//! Policies and records hold texts, flags and whole numbers. Writing a fraction
//! takes tables of 17 kB, which the errors of derived readers need too.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
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

/// The fields of an object, each of which stands there once. What is taken is gone.
#[derive(Debug, Default)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Reads an object.
    pub fn read(json: &str) -> Option<Fields> {
        serde_json::from_str(json).ok()
    }

    /// The fields of a value that is an object.
    pub fn of(value: Value) -> Option<Fields> {
        match value {
            Value::Object(fields) => Some(Fields(fields)),
            _ => None,
        }
    }

    /// Whether there is such a field.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// True when every field was taken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A field.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    /// A field that is a text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        text(self.take(name)?)
    }

    /// A field that is a text; empty where it is missing.
    pub fn text_if_any(&mut self, name: &str) -> Option<String> {
        self.take(name).map_or_else(|| Some(String::new()), text)
    }

    /// A field that is a list of texts.
    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        self.list(name)?.into_iter().map(text).collect()
    }

    /// A field that is a list.
    pub fn list(&mut self, name: &str) -> Option<Vec<Value>> {
        match self.take(name)? {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A field that is a whole number.
    pub fn number(&mut self, name: &str) -> Option<u64> {
        self.take(name)?.as_u64()
    }

    /// A field that is true or false.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        self.take(name)?.as_bool()
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_any(Object)
    }
}

/// Takes in an object and nothing else. Every other kind of value is refused by
/// hand: what serde says of it would bring the tables of fractions along.
struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Fields;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Map::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            if fields.insert(name, value).is_some() {
                return Err(A::Error::custom("a field stands there twice"));
            }
        }
        Ok(Fields(fields))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Fields, E> {
        refused()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Fields, E> {
        refused()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Fields, E> {
        refused()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Fields, E> {
        refused()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Fields, E> {
        refused()
    }

    fn visit_unit<E: Error>(self) -> Result<Fields, E> {
        refused()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Fields, A::Error> {
        refused()
    }
}

fn refused<E: Error>() -> Result<Fields, E> {
    Err(E::custom("no object"))
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

    #[test]
    fn reads_objects_field_by_field() {
        let mut fields = Fields::read(r#"{"a": "x", "b": ["y"], "c": 7, "d": true, "e": 7}"#).expect("an object");
        assert_eq!(fields.text("a").as_deref(), Some("x"));
        assert_eq!(fields.texts("b"), Some(vec!["y".to_owned()]));
        assert_eq!((fields.number("c"), fields.flag("d")), (Some(7), Some(true)));
        assert_eq!((fields.text_if_any("z").as_deref(), fields.text_if_any("e")), (Some(""), None));
        assert!(fields.is_empty() && fields.text("a").is_none());
        for other in ["", "{", "[]", "[1]", "7", "-7", "0.5", "true", "null", "\"x\"", r#"{"a":1,"a":2}"#, "{} x"] {
            assert!(Fields::read(other).is_none(), "{other}");
        }
    }
}
