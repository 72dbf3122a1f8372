//! The messages of the core, from the extension's `_locales`: one source for
//! both.

use std::collections::BTreeMap;
use std::path::Path;

/// Keys that the core uses; the others are the extension's own.
const OURS: &[&str] = &["finding_", "core_"];

#[derive(serde::Deserialize)]
struct Entry {
    message: String,
    #[serde(default)]
    placeholders: BTreeMap<String, serde_json::Value>,
}

/// Writes `messages.rs`: one sorted table a language.
pub fn compile(locales: &Path, out: &Path) -> Result<(), String> {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut folders: Vec<_> = std::fs::read_dir(locales)
        .map_err(|error| format!("{}: {error}", locales.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.join("messages.json").exists())
        .collect();
    folders.sort();
    for folder in folders {
        let path = folder.join("messages.json");
        let entries: BTreeMap<String, Entry> =
            serde_json::from_str(&super::read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or("en").to_owned();
        let ours: Vec<_> = entries.iter().filter(|(key, _)| OURS.iter().any(|o| key.starts_with(o))).collect();
        let rows: String = ours.iter().map(|(key, entry)| format!("({key:?}, {:?}),", braces(entry))).collect();
        text.push_str(&format!("static {}: [(&str, &str); {}] = [{rows}];\n", super::constant(&name), ours.len()));
        names.push(name);
    }
    let table: String = names.iter().map(|name| format!("({name:?}, &{}),", super::constant(name))).collect();
    text.push_str(&format!("static LOCALES: [(&str, &[(&str, &str)]); {}] = [{table}];\n", names.len()));
    super::write(out, "messages.rs", text)
}

/// `$COUNT$` becomes `{count}`, for the placeholders that the entry declares.
fn braces(entry: &Entry) -> String {
    let mut message = entry.message.clone();
    for name in entry.placeholders.keys() {
        for spelling in [name.clone(), name.to_ascii_uppercase(), name.to_ascii_lowercase()] {
            message = message.replace(&format!("${spelling}$"), &format!("{{{}}}", name.to_ascii_lowercase()));
        }
    }
    message
}
