//! Configuration profiles for macOS.

use serde_json::Value;

use super::{Filled, GECKO, escaped};

/// Chrome.
pub fn chrome(filled: &Filled) -> String {
    profile(filled, "com.google.Chrome")
}

/// Edge.
pub fn edge(filled: &Filled) -> String {
    profile(filled, "com.microsoft.Edge")
}

fn profile(filled: &Filled, browser: &str) -> String {
    let Filled { id, values, .. } = filled;
    let force = format!("<array>\n      <string>{id};{}</string>\n      </array>", escaped(&filled.update()));
    let install =
        payload(browser, "install", id, &format!("      <key>ExtensionInstallForcelist</key>\n      {force}\n"));
    let rows: String = values
        .iter()
        .map(|(key, value)| {
            let value = plist(value);
            format!("      <key>{key}</key>\n      <dict><key>state</key><string>always</string><key>value</key>{value}</dict>\n")
        })
        .collect();
    let policy = payload(&format!("{browser}.extensions.{id}"), "policy", id, &rows);
    document(browser, id, &format!("{install}{policy}"))
}

/// Firefox reads everything from one domain, when it is told that there is something.
pub fn firefox(filled: &Filled) -> String {
    const DOMAIN: &str = "org.mozilla.firefox";
    let mut rows = "      <key>EnterprisePoliciesEnabled</key>\n      <true/>\n".to_owned();
    if let Value::Object(policies) = super::json::firefox_policies(filled)["policies"].take() {
        for (key, value) in &policies {
            rows.push_str(&format!("      <key>{key}</key>\n      {}\n", plist(value)));
        }
    }
    document(DOMAIN, GECKO, &payload(DOMAIN, "policy", GECKO, &rows))
}

fn document(browser: &str, id: &str, payloads: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n  <key>PayloadContent</key>\n  <array>\n{payloads}  </array>\n{}</dict>\n</plist>\n",
        head("  ", "Configuration", &format!("primum.{browser}"), &uuid(&format!("{id} {browser} profile")))
    )
}

fn payload(kind: &str, what: &str, id: &str, rows: &str) -> String {
    format!(
        "    <dict>\n{rows}{}    </dict>\n",
        head("      ", kind, &format!("primum.{kind}.{what}"), &uuid(&format!("{id} {kind} {what}")))
    )
}

fn head(indent: &str, kind: &str, identifier: &str, uuid: &str) -> String {
    let rows = [
        ("PayloadDisplayName", "<string>Primum</string>".to_owned()),
        ("PayloadIdentifier", format!("<string>{identifier}</string>")),
        ("PayloadType", format!("<string>{kind}</string>")),
        ("PayloadUUID", format!("<string>{uuid}</string>")),
        ("PayloadVersion", "<integer>1</integer>".to_owned()),
        ("PayloadScope", "<string>System</string>".to_owned()),
    ];
    rows.iter().map(|(key, value)| format!("{indent}<key>{key}</key>\n{indent}{value}\n")).collect()
}

fn plist(value: &Value) -> String {
    match value {
        Value::Bool(flag) => format!("<{flag}/>"),
        Value::Number(number) => format!("<integer>{number}</integer>"),
        Value::String(text) => format!("<string>{}</string>", escaped(text)),
        Value::Array(items) => format!("<array>{}</array>", items.iter().map(plist).collect::<String>()),
        Value::Object(fields) => {
            let rows = fields.iter().map(|(key, value)| format!("<key>{}</key>{}", escaped(key), plist(value)));
            format!("<dict>{}</dict>", rows.collect::<String>())
        }
        Value::Null => "<string></string>".to_owned(),
    }
}

/// The same name gives the same identifier, so that a new profile replaces the
/// old one (in the shape of a version 8 UUID, RFC 9562).
fn uuid(name: &str) -> String {
    let digits = primum::audit::sha256::hex(name.as_bytes()).to_uppercase();
    format!("{}-{}-8{}-8{}-{}", &digits[..8], &digits[8..12], &digits[12..15], &digits[15..18], &digits[18..30])
}
