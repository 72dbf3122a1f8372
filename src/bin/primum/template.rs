//! `primum policy template`: a policy in the form that each browser and console
//! takes, from the same table of keys as the schema.

mod admx;
mod apple;
mod json;
mod registry;

use primum::Policy;
use serde_json::{Map, Value};

/// Stands for the extension's ID until it is known: it comes from the builder's key.
const ID: &str = "EXTENSION_ID";
/// Firefox knows the extension by the name in its manifest.
const GECKO: &str = "primum@primum.example";
const URL: &str = "https://intranet.example/primum";

/// A policy on its way into a template.
pub struct Filled {
    id: String,
    /// The folder that the packages lie in.
    url: String,
    values: Map<String, Value>,
}

impl Filled {
    /// Where Chrome and Edge look for the package.
    fn update(&self) -> String {
        format!("{}/update-enterprise.xml", self.url)
    }

    /// Where Firefox finds the package.
    fn xpi(&self) -> String {
        format!("{}/primum-{}-firefox-enterprise.xpi", self.url, env!("CARGO_PKG_VERSION"))
    }
}

/// The forms that are known, with what is made of them.
type Form = (&'static str, &'static str, fn(&Filled) -> String);
const FORMS: &[Form] = &[
    ("chrome-linux", "/etc/opt/chrome/policies/managed/primum.json", json::chromium),
    ("chromium-linux", "/etc/chromium/policies/managed/primum.json", json::chromium),
    ("edge-linux", "/etc/opt/edge/policies/managed/primum.json", json::chromium),
    ("chrome-windows", "a .reg file", registry::chrome),
    ("edge-windows", "a .reg file", registry::edge),
    ("firefox-windows", "a .reg file", registry::firefox),
    ("chrome-macos", "a .mobileconfig profile", apple::chrome),
    ("edge-macos", "a .mobileconfig profile", apple::edge),
    ("firefox-macos", "a .mobileconfig profile", apple::firefox),
    ("firefox", "policies.json, on every system", json::firefox),
    (
        "firefox-unsigned",
        "the same for a trial with Firefox ESR, which may take an unsigned package",
        json::firefox_unsigned,
    ),
    ("google-admin", "\"Policy for extensions\" in the Google Admin console", json::google_admin),
    ("intune-chrome", "custom OMA-URI settings, as a list", json::intune_chrome),
    ("intune-edge", "custom OMA-URI settings, as a list", json::intune_edge),
    ("intune-firefox", "custom OMA-URI settings, as a list", json::intune_firefox),
    ("admx", "Group Policy: PolicyDefinitions\\primum.admx, all three browsers", admx::admx),
    ("adml", "Group Policy: PolicyDefinitions\\en-US\\primum.adml", admx::adml),
];

/// Prints one form: `TARGET [--id ID] [--url FOLDER] [--values FILE]`.
pub fn template(arguments: &[&str]) -> Result<(), String> {
    let [target, options @ ..] = arguments else { return Err(usage()) };
    let (.., make) = FORMS.iter().find(|(name, ..)| name == target).ok_or_else(usage)?;
    let mut filled = Filled { id: ID.to_owned(), url: URL.to_owned(), values: Map::new() };
    for pair in options.chunks(2) {
        match pair {
            ["--id", id] if id.len() == 32 && id.bytes().all(|b| (b'a'..=b'p').contains(&b)) => {
                filled.id = (*id).to_owned()
            }
            ["--id", id] => {
                return Err(format!("`{id}` is no ID: 32 letters from a to p, as `./build.sh enterprise` prints it."));
            }
            ["--url", url] => filled.url = url.trim_end_matches('/').to_owned(),
            ["--values", file] => filled.values = values(file)?,
            _ => return Err(usage()),
        }
    }
    print!("{}", make(&filled));
    Ok(())
}

/// What holds of a policy file; the rest is named on standard error.
fn values(path: &str) -> Result<Map<String, Value>, String> {
    let (policy, dropped) = Policy::read(&super::policy::values(path)?);
    for dropped in dropped {
        eprintln!("{path}: `{}` is left out: {}", dropped.key, dropped.reason);
    }
    Ok(policy.in_force().clone())
}

fn usage() -> String {
    let mut text = "Usage: primum policy template TARGET [--id ID] [--url FOLDER] [--values FILE]\n\n".to_owned();
    for (name, what, _) in FORMS {
        text.push_str(&format!("  {name:<16} {what}\n"));
    }
    text
}

/// A text in XML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' && c != '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A value as a text: lists of objects and other things that a console has no form for.
fn as_json(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
