//! Registry files for Windows.

use serde_json::Value;

use super::{Filled, as_json};

/// Where Chrome reads policies.
pub const CHROME: &str = r"SOFTWARE\Policies\Google\Chrome";
/// Where Edge reads policies.
pub const EDGE: &str = r"SOFTWARE\Policies\Microsoft\Edge";

/// Chrome.
pub fn chrome(filled: &Filled) -> String {
    file(filled, CHROME)
}

/// Edge.
pub fn edge(filled: &Filled) -> String {
    file(filled, EDGE)
}

fn file(Filled { id, url, values }: &Filled, root: &str) -> String {
    let forcelist = format!(r"{root}\ExtensionInstallForcelist");
    // The last sub-key is named policy: without it nothing arrives (uBlockOrigin/uBOL-home#146).
    let policy = format!(r"{root}\3rdparty\extensions\{id}\policy");
    let mut out = String::from("Windows Registry Editor Version 5.00\r\n");
    section(&mut out, &forcelist, &[("1".to_owned(), text(&format!("{id};{url}/update-enterprise.xml")))]);
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
