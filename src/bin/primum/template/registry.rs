//! Registry files for Windows.

use serde_json::Value;

use super::{Filled, GECKO, as_json};

/// A browser as Windows knows it.
pub struct Browser {
    /// Its word in the names of settings.
    pub name: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Where it reads policies.
    root: &'static str,
}

/// Chrome.
pub const CHROME: Browser =
    Browser { name: "chrome", title: "Google Chrome", root: r"SOFTWARE\Policies\Google\Chrome" };
/// Edge.
pub const EDGE: Browser = Browser { name: "edge", title: "Microsoft Edge", root: r"SOFTWARE\Policies\Microsoft\Edge" };
/// Firefox.
pub const FIREFOX: Browser = Browser { name: "firefox", title: "Firefox", root: r"SOFTWARE\Policies\Mozilla\Firefox" };

impl Browser {
    /// The registry key that holds the values.
    pub fn place(&self, filled: &Filled) -> String {
        if self.name == FIREFOX.name {
            return format!(r"{}\3rdparty\Extensions\{GECKO}", self.root);
        }
        // The last sub-key is named policy: without it nothing arrives (uBlockOrigin/uBOL-home#146).
        format!(r"{}\3rdparty\extensions\{}\policy", self.root, filled.id)
    }

    /// The registry key and the values that install the package.
    fn install(&self, filled: &Filled) -> (String, Vec<(String, String)>) {
        if self.name == FIREFOX.name {
            let rows = [("installation_mode", "force_installed".to_owned()), ("install_url", filled.xpi())];
            let rows = rows.map(|(name, value)| (name.to_owned(), text(&value)));
            return (format!(r"{}\ExtensionSettings\{GECKO}", self.root), rows.to_vec());
        }
        let row = (FREE.to_owned(), text(&format!("{};{}", filled.id, filled.update())));
        (format!(r"{}\ExtensionInstallForcelist", self.root), vec![row])
    }
}

/// The list of forced extensions is numbered, and others may stand in it: an
/// import that took 1 would take the place of one of them.
const FREE: &str = "7071";

/// Chrome.
pub fn chrome(filled: &Filled) -> String {
    file(filled, &CHROME)
}

/// Edge.
pub fn edge(filled: &Filled) -> String {
    file(filled, &EDGE)
}

/// Firefox.
pub fn firefox(filled: &Filled) -> String {
    file(filled, &FIREFOX)
}

fn file(filled: &Filled, browser: &Browser) -> String {
    let (values, policy) = (&filled.values, browser.place(filled));
    let mut out = String::from("Windows Registry Editor Version 5.00\r\n");
    let (install, rows) = browser.install(filled);
    section(&mut out, &install, &rows);
    let single = values.iter().filter(|(_, value)| !is_list_of_texts(value));
    section(&mut out, &policy, &single.map(|(key, value)| (key.clone(), data(value))).collect::<Vec<_>>());
    for (key, value) in values.iter().filter(|(_, value)| is_list_of_texts(value)) {
        let items = value.as_array().into_iter().flatten().enumerate();
        let rows: Vec<_> = items.map(|(at, item)| ((at + 1).to_string(), text(&as_json(item)))).collect();
        section(&mut out, &format!(r"{policy}\{key}"), &rows);
    }
    out
}

fn section(out: &mut String, key: &str, rows: &[(String, String)]) {
    out.push_str(&format!("\r\n[HKEY_LOCAL_MACHINE\\{key}]\r\n"));
    for (name, data) in rows {
        out.push_str(&format!("\"{name}\"={data}\r\n"));
    }
}

fn is_list_of_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
}

fn data(value: &Value) -> String {
    match value {
        Value::Bool(flag) => format!("dword:{:08x}", u8::from(*flag)),
        Value::Number(number) => format!("dword:{:08x}", number.as_u64().unwrap_or(0)),
        // Chrome reads a list of objects from a text of JSON.
        other => text(&as_json(other)),
    }
}

fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
