//! The forms that are JSON.

use serde_json::{Map, Value, json};

use super::registry::{Browser, CHROME, EDGE, FIREFOX};
use super::{Filled, GECKO, admx, as_json, escaped};

/// Chrome, Chromium and Edge on Linux.
pub fn chromium(filled: &Filled) -> String {
    pretty(&json!({
        "ExtensionSettings": { &filled.id: {
            "installation_mode": "force_installed",
            "update_url": filled.update(),
            "override_update_url": true,
            "toolbar_pin": "force_pinned",
        } },
        "3rdparty": { "extensions": { &filled.id: filled.values } },
    }))
}

/// Firefox on every system.
pub fn firefox(filled: &Filled) -> String {
    pretty(&firefox_policies(filled))
}

/// Firefox ESR, Developer Edition and Nightly obey the preference; others do not.
pub fn firefox_unsigned(filled: &Filled) -> String {
    let mut policies = firefox_policies(filled);
    policies["policies"]["Preferences"] =
        json!({ "xpinstall.signatures.required": { "Value": false, "Status": "locked" } });
    pretty(&policies)
}

/// What Firefox reads, in the form of `policies.json`.
pub fn firefox_policies(filled: &Filled) -> Value {
    json!({ "policies": {
        "ExtensionSettings": { GECKO: {
            "installation_mode": "force_installed",
            "install_url": filled.xpi(),
        } },
        "3rdparty": { "Extensions": { GECKO: filled.values } },
    } })
}

/// The Google Admin console wraps each value.
pub fn google_admin(filled: &Filled) -> String {
    let wrapped: Map<String, Value> =
        filled.values.iter().map(|(key, value)| (key.clone(), json!({ "Value": value }))).collect();
    pretty(&Value::Object(wrapped))
}

/// Intune for Chrome.
pub fn intune_chrome(filled: &Filled) -> String {
    intune(filled, CHROME)
}

/// Intune for Edge.
pub fn intune_edge(filled: &Filled) -> String {
    intune(filled, EDGE)
}

/// Intune for Firefox.
pub fn intune_firefox(filled: &Filled) -> String {
    intune(filled, FIREFOX)
}

/// The ADMX is taken in once, then each key is one setting. Each browser has a
/// definition of its own, so that one can come after the other.
fn intune(filled: &Filled, browser: Browser) -> String {
    let (name, chapter) = (browser.name, admx::category(&browser));
    let area = format!("./Device/Vendor/MSFT/Policy/Config/{chapter}~Policy~Primum~{chapter}");
    let mut settings = vec![json!({
        "displayName": format!("Primum: definition for {}", browser.title),
        "omaUri": format!("./Device/Vendor/MSFT/Policy/ConfigOperations/ADMXInstall/{chapter}/Policy/Primum"),
        "dataType": "String",
        "value": admx::definitions(filled, &[browser]),
    })];
    for (key, value) in &filled.values {
        settings.push(json!({
            "displayName": format!("Primum: {key}"),
            "omaUri": format!("{area}/{name}_{key}"),
            "dataType": "String",
            "value": setting(key, value),
        }));
    }
    pretty(&Value::Array(settings))
}

fn setting(key: &str, value: &Value) -> String {
    match value {
        Value::Bool(true) => "<enabled/>".to_owned(),
        Value::Bool(false) => "<disabled/>".to_owned(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            // A list is names and values in turn, parted by U+F000 (Policy CSP).
            let rows =
                items.iter().enumerate().map(|(at, item)| format!("{}&#xF000;{}", at + 1, escaped(&as_json(item))));
            format!("<enabled/><data id=\"{key}\" value=\"{}\"/>", rows.collect::<Vec<_>>().join("&#xF000;"))
        }
        other => format!("<enabled/><data id=\"{key}\" value=\"{}\"/>", escaped(&as_json(other))),
    }
}

fn pretty(value: &Value) -> String {
    // Values that were JSON a moment ago have no way to fail.
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}
