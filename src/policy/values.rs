//! Whether a value fits its key, and its one form.
//!
//! Windows hands booleans over as 0 and 1, and some consoles hand over lists and
//! numbers as JSON in a text (gorhill/uBlock#3865): each is taken for what it
//! says. In a list what is wrong is left out singly.

use serde_json::{Map, Number, Value};

use super::hours;
use super::keys::{Key, Type};
use super::terms::Pattern;
use crate::finding::{Action, Setting};
use crate::misinformation::pack::{MOST_CLAIMS, Pack};

/// An https address is no longer than this (characters).
const LONGEST_LINK: usize = 2000;
/// A selector of a site profile is no longer than this (characters).
const LONGEST_SELECTOR: usize = 500;
/// A site profile has no more selectors of one kind than this.
const SELECTORS: usize = 30;

/// What a value came to.
#[derive(Debug, Default)]
pub struct Taken {
    /// The value in its one form; none where nothing of it fits.
    pub value: Option<Value>,
    /// What was left out: the place in a list, from 1, and why.
    pub faults: Vec<(Option<usize>, String)>,
}

/// Takes a value for a key.
pub fn take(key: &Key, value: &Value) -> Taken {
    if key.kind.is_list() {
        return take_list(key.kind, value);
    }
    match single(key.kind, value) {
        Ok(value) => Taken { value: Some(value), faults: Vec::new() },
        Err(reason) => Taken { value: None, faults: vec![(None, reason)] },
    }
}

fn single(kind: Type, value: &Value) -> Result<Value, String> {
    let text = |most: usize, or: &str| match value.as_str().map(str::trim) {
        Some(text) if text.chars().count() <= most => Ok(text),
        _ => Err(or.to_owned()),
    };
    match kind {
        Type::Action => action(value).map(|action| action.name().into()),
        Type::Flag => flag(value).map(Value::Bool).ok_or_else(|| "Use true or false.".to_owned()),
        Type::Text(most) => text(most, &format!("Use a text of up to {most} characters.")).map(Value::from),
        Type::Link => {
            let link = text(LONGEST_LINK, "Use an address that starts with https://.")?;
            address(link, &["https://"]).map(Value::from)
        }
        Type::Endpoint => {
            let link = text(LONGEST_LINK, "Use an address that starts with https://.")?;
            address(link, &["https://", "http://127.0.0.1", "http://localhost"]).map(Value::from)
        }
        Type::Choice(words) => match value.as_str().map(str::trim) {
            Some(word) if words.contains(&word) => Ok(word.into()),
            _ => Err(format!("Use one of {}.", words.join(", "))),
        },
        Type::Number(least, most) => match number(value) {
            Some(number) if (least..=most).contains(&number) => Ok(Value::Number(Number::from(number))),
            _ => Err(format!("Use a whole number from {least} to {most}.")),
        },
        // Lists are taken item by item.
        _ => Err("A list.".to_owned()),
    }
}

/// The action that a value names.
///
/// # Errors
/// The value names none.
pub fn action(value: &Value) -> Result<Action, String> {
    let text = value.as_str().ok_or("An action is a text: off, notice, warn, justify or block.")?.trim();
    Action::from_name(text).ok_or_else(|| format!("`{text}` is no action. Use off, notice, warn, justify or block."))
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => match number.as_f64() {
            Some(0.0) => Some(false),
            Some(1.0) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            // JavaScript has one kind of number.
            let float = number.as_f64()?;
            (float >= 0.0 && float.fract() == 0.0 && float < 1e15).then_some(float as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn address(link: &str, starts: &[&str]) -> Result<String, String> {
    let good = starts.iter().any(|start| {
        let host = link.strip_prefix(start).unwrap_or("");
        let named = if *start == "https://" {
            host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
        } else {
            host.starts_with([':', '/'])
        };
        link.starts_with(start) && named
    });
    if good && !link.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c)) {
        return Ok(link.to_owned());
    }
    Err(format!("Use an address that starts with {}.", starts.join(" or ")))
}

fn take_list(kind: Type, value: &Value) -> Taken {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let most = match kind {
        Type::Terms(most, _) | Type::Patterns(most) | Type::Hosts(most) | Type::Hours(most) | Type::Profiles(most) => {
            most
        }
        _ => 0,
    };
    let Some(items) = parsed.as_ref().unwrap_or(value).as_array() else {
        return Taken { value: None, faults: vec![(None, format!("Use a {}.", kind.in_words()))] };
    };
    if kind == Type::Claims {
        return take_claims(items);
    }
    let mut taken = Taken::default();
    let mut kept = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if at == most {
            taken.faults.push((None, format!("Only the first {most} of {} are taken.", items.len())));
            break;
        }
        match item_of(kind, item) {
            Ok(item) => kept.push(item),
            Err(reason) => taken.faults.push((Some(at + 1), reason)),
        }
    }
    if !kept.is_empty() || items.is_empty() {
        taken.value = Some(Value::Array(kept));
    }
    taken
}

/// A claim that is wrong is left out singly (`misinformation::pack`).
fn take_claims(items: &[Value]) -> Taken {
    let (_, wrong) = Pack::read(&Value::Array(items.to_vec()));
    let good = |at: &usize| !wrong.iter().any(|(number, _)| *number == at + 1);
    let kept: Vec<Value> = (0..items.len().min(MOST_CLAIMS)).filter(good).map(|at| items[at].clone()).collect();
    Taken {
        value: (!kept.is_empty() || items.is_empty()).then_some(Value::Array(kept)),
        faults: wrong.into_iter().map(|(number, reason)| (Some(number).filter(|n| *n > 0), reason)).collect(),
    }
}

fn item_of(kind: Type, item: &Value) -> Result<Value, String> {
    if let Type::Profiles(_) = kind {
        return profile(item);
    }
    let text = item.as_str().map(str::trim).unwrap_or("");
    match kind {
        Type::Terms(_, longest) => match text.chars().count() {
            1.. if text.chars().count() <= longest => Ok(text.into()),
            _ => Err(format!("Use a text of 1 to {longest} characters.")),
        },
        Type::Patterns(_) => Pattern::new(text).map(|_| text.into()),
        Type::Hosts(_) => host(text).map(Value::from),
        _ => hours::Span::read(text).map(|_| text.into()),
    }
}

/// A host or a match pattern, as browsers write them: `example.org`,
/// `*.example.org`, `https://example.org/forum/*`. Answers with a match pattern.
fn host(text: &str) -> Result<String, String> {
    let wrong = || format!("`{text}` is no host and no match pattern such as https://forum.example.org/*.");
    let rest = match text.split_once("://") {
        Some(("https", rest)) => rest,
        Some((other, _)) => return Err(format!("`{other}` is not watched: only https.")),
        None => text,
    };
    let (name, path) = rest.split_once('/').unwrap_or((rest, "*"));
    let bare = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let named = bare.len() <= 253 && bare.split('.').all(label) && (bare.contains('.') || bare == "localhost");
    let plain = |c: char| c.is_ascii_alphanumeric() || "*/-_.~%".contains(c);
    if !named || path.len() > 200 || !path.chars().all(plain) {
        return Err(wrong());
    }
    Ok(format!("https://{}/{path}", name.to_ascii_lowercase()))
}

/// A site profile (`extension/sites`): fields of another name or type make the
/// whole profile wrong, since half a profile watches the wrong box.
fn profile(item: &Value) -> Result<Value, String> {
    let fields = item.as_object().ok_or("A site profile is an object with `hosts` and selectors.")?;
    let mut out = Map::new();
    for (name, value) in fields {
        let good = match name.as_str() {
            "hosts" => hosts_of_profile(value)?,
            "send" | "enterSends" | "not" | "fields" => selectors(name, value)?,
            "group" | "context" | "messages" => selector(name, value)?,
            "settings" => settings(value)?,
            _ => return Err(format!("A site profile has no `{name}`.")),
        };
        out.insert(name.clone(), good);
    }
    if !out.contains_key("hosts") {
        return Err("A site profile needs `hosts`.".to_owned());
    }
    Ok(Value::Object(out))
}

fn hosts_of_profile(value: &Value) -> Result<Value, String> {
    let list = value.as_array().filter(|list| (1..=SELECTORS).contains(&list.len()));
    let list = list.ok_or_else(|| format!("`hosts` is a list of 1 to {SELECTORS} hosts."))?;
    let bare = |item: &Value| {
        let text = item.as_str().unwrap_or("").trim();
        let pattern = host(text)?;
        let name = pattern.trim_start_matches("https://").split('/').next().unwrap_or("").trim_start_matches("*.");
        Ok(Value::from(name))
    };
    list.iter().map(bare).collect::<Result<Vec<Value>, String>>().map(Value::Array)
}

fn selectors(name: &str, value: &Value) -> Result<Value, String> {
    let list = value.as_array().filter(|list| list.len() <= SELECTORS);
    let list = list.ok_or_else(|| format!("`{name}` is a list of up to {SELECTORS} selectors."))?;
    list.iter().map(|item| selector(name, item)).collect::<Result<Vec<Value>, String>>().map(Value::Array)
}

fn selector(name: &str, value: &Value) -> Result<Value, String> {
    match value.as_str().map(str::trim) {
        Some(text) if !text.is_empty() && text.chars().count() <= LONGEST_SELECTOR => Ok(text.into()),
        _ => Err(format!("`{name}` takes selectors of 1 to {LONGEST_SELECTOR} characters.")),
    }
}

fn settings(value: &Value) -> Result<Value, String> {
    let wrong = || "`settings` is a list of { setting, within }.".to_owned();
    let list = value.as_array().filter(|list| list.len() <= SELECTORS).ok_or_else(wrong)?;
    let one = |item: &Value| {
        let fields = item.as_object().filter(|fields| fields.len() == 2).ok_or_else(wrong)?;
        let name = fields.get("setting").and_then(Value::as_str).unwrap_or("");
        let setting = Setting::from_name(name).ok_or_else(|| format!("There is no setting `{name}`."))?;
        let within = selector("within", fields.get("within").unwrap_or(&Value::Null))?;
        let mut out = Map::new();
        out.insert("setting".into(), setting.name().into());
        out.insert("within".into(), within);
        Ok(Value::Object(out))
    };
    list.iter().map(one).collect::<Result<Vec<Value>, String>>().map(Value::Array)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::policy::keys::find;

    fn taken(name: &str, value: Value) -> Option<Value> {
        take(&find(name).expect("a key"), &value).value
    }

    /// (key, value, the form it is taken in)
    #[test]
    fn what_fits() {
        for (name, value, form) in [
            ("userMayPause", json!(false), json!(false)),
            ("userMayPause", json!(0), json!(false)),
            ("userMayPause", json!("true"), json!(true)),
            ("userMayPause", json!(1.0), json!(true)),
            ("groupWarn", json!(11), json!(11)),
            ("groupWarn", json!("12"), json!(12)),
            ("groupWarn", json!(20.0), json!(20)),
            ("action_SSN", json!(" block "), json!("block")),
            ("socialMediaPolicyLink", json!("https://intranet.example/x?y=1"), json!("https://intranet.example/x?y=1")),
            ("watchTerms", json!("[\"Osprey\"]"), json!(["Osprey"])),
            ("watchTerms", json!([]), json!([])),
            (
                "hostsAdd",
                json!(["Forum.example.org", "*.example.net"]),
                json!(["https://forum.example.org/*", "https://*.example.net/*"]),
            ),
            ("hostsRemove", json!(["https://www.google.com/maps/*"]), json!(["https://www.google.com/maps/*"])),
            ("region", json!("OK"), json!("OK")),
            ("shiftHours", json!(["Mon-Fri 07:00-19:00"]), json!(["Mon-Fri 07:00-19:00"])),
            ("mrnPatterns", json!([r"\bEH-\d{7}\b"]), json!([r"\bEH-\d{7}\b"])),
            ("reportingEndpoint", json!("http://127.0.0.1:4318/v1/logs"), json!("http://127.0.0.1:4318/v1/logs")),
            (
                "siteProfiles",
                json!([{ "hosts": ["forum.example.org"], "send": ["#go"], "settings": [{ "setting": "reply", "within": "*" }] }]),
                json!([{ "hosts": ["forum.example.org"], "send": ["#go"], "settings": [{ "setting": "reply", "within": "*" }] }]),
            ),
        ] {
            assert_eq!(taken(name, value.clone()), Some(form), "{name} {value}");
        }
    }

    #[test]
    fn what_does_not_fit() {
        for (name, value) in [
            ("userMayPause", json!("no")),
            ("userMayPause", json!(2)),
            ("userMayPause", json!(null)),
            ("groupWarn", json!(0)),
            ("groupWarn", json!(-3)),
            ("groupWarn", json!(1.5)),
            ("action_SSN", json!("shout")),
            ("action_SSN", json!(1)),
            ("socialMediaPolicyLink", json!("javascript:alert(1)")),
            ("socialMediaPolicyLink", json!("https://")),
            ("socialMediaPolicyLink", json!("https://a b")),
            ("reportingEndpoint", json!("http://otel.example.org/v1/logs")),
            ("reportingEndpoint", json!("http://127.0.0.1.example.org/v1/logs")),
            ("watchTerms", json!(["", " "])),
            ("watchTerms", json!("Osprey")),
            ("locale", json!("x".repeat(36))),
            ("region", json!("Oklahoma")),
            ("hostsAdd", json!(["http://example.org/*"])),
            ("hostsAdd", json!(["<all_urls>"])),
            ("hostsAdd", json!(["https://*/*"])),
            ("shiftHours", json!(["always"])),
            ("mrnPatterns", json!(["("])),
            ("siteProfiles", json!([{ "send": ["#go"] }])),
            ("siteProfiles", json!([{ "hosts": ["example.org"], "script": "x" }])),
            (
                "siteProfiles",
                json!([{ "hosts": ["example.org"], "settings": [{ "setting": "shout", "within": "*" }] }]),
            ),
        ] {
            let got = take(&find(name).expect("a key"), &value);
            assert!(got.value.is_none() && !got.faults.is_empty(), "{name} {value}");
        }
    }

    #[test]
    fn a_list_loses_only_what_is_wrong() {
        let got = take(&find("watchTerms").expect("a key"), &json!(["Osprey", "", 7, "Kestrel"]));
        assert_eq!(got.value, Some(json!(["Osprey", "Kestrel"])));
        assert_eq!(got.faults.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [Some(2), Some(3)]);
        let long = take(&find("watchTerms").expect("a key"), &json!(vec!["x"; 501]));
        assert_eq!(long.value.and_then(|v| v.as_array().map(Vec::len)), Some(500));
        assert_eq!(long.faults.len(), 1);
    }
}
