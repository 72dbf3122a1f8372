//! Group Policy definitions: one policy for each key and browser, in chapters.

use primum::policy::keys::{self, Key, Part, Type};

use super::registry::{Browser, CHROME, EDGE, FIREFOX};
use super::{Filled, escaped};

const BROWSERS: [Browser; 3] = [CHROME, EDGE, FIREFOX];
const NAMESPACE: &str = "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions\"";

/// The definitions.
pub fn admx(filled: &Filled) -> String {
    definitions(filled, &BROWSERS)
}

/// The definitions for some browsers.
pub fn definitions(filled: &Filled, browsers: &[Browser]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<policyDefinitions {NAMESPACE} revision=\"1.0\" schemaVersion=\"1.0\">\n  <policyNamespaces>\n    <target prefix=\"primum\" namespace=\"Primum.Policies\"/>\n  </policyNamespaces>\n  <resources minRequiredRevision=\"1.0\"/>\n  <supportedOn>\n    <definitions>\n      <definition name=\"any\" displayName=\"$(string.any)\"/>\n    </definitions>\n  </supportedOn>\n  <categories>\n    <category name=\"Primum\" displayName=\"$(string.Primum)\"/>\n"
    );
    for browser in browsers {
        let name = category(browser);
        out.push_str(&format!("    <category name=\"{name}\" displayName=\"$(string.{name})\"><parentCategory ref=\"Primum\"/></category>\n"));
    }
    out.push_str("  </categories>\n  <policies>\n");
    for browser in browsers {
        let place = browser.place(filled);
        keys::all().iter().for_each(|key| out.push_str(&policy(browser, &place, key)));
    }
    out.push_str("  </policies>\n</policyDefinitions>\n");
    out
}

/// The chapter of a browser in the tree of Group Policy.
pub fn category(browser: &Browser) -> String {
    let (first, rest) = browser.name.split_at(1);
    format!("Primum{}{rest}", first.to_uppercase())
}

fn policy(browser: &Browser, place: &str, key: &Key) -> String {
    let (name, id) = (format!("{}_{}", browser.name, key.name), &key.name);
    let head = format!(
        "name=\"{name}\" class=\"Machine\" displayName=\"$(string.{id})\" explainText=\"$(string.{id}_about)\" key=\"{place}\""
    );
    let inside = format!("<parentCategory ref=\"{}\"/><supportedOn ref=\"any\"/>", category(browser));
    let element = match key.kind {
        Type::Flag => {
            return format!(
                "    <policy {head} valueName=\"{id}\">{inside}<enabledValue><decimal value=\"1\"/></enabledValue><disabledValue><decimal value=\"0\"/></disabledValue></policy>\n"
            );
        }
        Type::Number(least, most) => {
            format!(
                "<decimal id=\"{id}\" valueName=\"{id}\" minValue=\"{least}\" maxValue=\"{most}\" required=\"true\"/>"
            )
        }
        Type::Action | Type::Choice(_) => {
            let words = key.kind.words().unwrap_or_default();
            let item = |word: &&str| {
                format!("<item displayName=\"$(string.word_{word})\"><value><string>{word}</string></value></item>")
            };
            let items: String = words.iter().map(item).collect();
            format!("<enum id=\"{id}\" valueName=\"{id}\" required=\"true\">{items}</enum>")
        }
        // A list of objects is a text of JSON.
        Type::Profiles(_) | Type::Claims => {
            format!("<text id=\"{id}\" valueName=\"{id}\" maxLength=\"16384\" required=\"true\"/>")
        }
        kind if kind.is_list() => format!("<list id=\"{id}\" key=\"{place}\\{id}\" valuePrefix=\"\"/>"),
        Type::Text(most) => format!("<text id=\"{id}\" valueName=\"{id}\" maxLength=\"{most}\" required=\"true\"/>"),
        _ => format!("<text id=\"{id}\" valueName=\"{id}\" maxLength=\"2000\" required=\"true\"/>"),
    };
    format!(
        "    <policy {head} presentation=\"$(presentation.{id})\">{inside}<elements>{element}</elements></policy>\n"
    )
}

/// Their words in English.
pub fn adml(_: &Filled) -> String {
    let mut strings = vec![
        ("any".to_owned(), "Chrome 122, Edge 122, Firefox 128 or newer".to_owned()),
        ("Primum".to_owned(), "Primum".to_owned()),
    ];
    strings.extend(BROWSERS.iter().map(|browser| (category(browser), browser.title.to_owned())));
    let mut presentations = String::new();
    let mut words: Vec<&str> = Vec::new();
    for part in Part::ALL {
        for key in keys::all().iter().filter(|key| key.part == part) {
            strings.push((key.name.to_string(), format!("{}: {}", part.title(), key.title)));
            strings.push((format!("{}_about", key.name), format!("{} ({})", key.about, key.kind.in_words())));
            words.extend(key.kind.words().unwrap_or_default());
            presentations.push_str(&presentation(key));
        }
    }
    words.sort_unstable();
    words.dedup();
    strings.extend(words.iter().map(|word| (format!("word_{word}"), (*word).to_owned())));
    let table: String =
        strings.iter().map(|(id, text)| format!("      <string id=\"{id}\">{}</string>\n", escaped(text))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<policyDefinitionResources {NAMESPACE} revision=\"1.0\" schemaVersion=\"1.0\">\n  <displayName>Primum</displayName>\n  <description>Policy of the Primum extension</description>\n  <resources>\n    <stringTable>\n{table}    </stringTable>\n    <presentationTable>\n{presentations}    </presentationTable>\n  </resources>\n</policyDefinitionResources>\n"
    )
}

fn presentation(key: &Key) -> String {
    let (id, title) = (&key.name, escaped(&key.title));
    let control = match key.kind {
        Type::Flag => return String::new(),
        Type::Number(least, _) => {
            format!("<decimalTextBox refId=\"{id}\" defaultValue=\"{least}\">{title}</decimalTextBox>")
        }
        Type::Action | Type::Choice(_) => {
            format!("<dropdownList refId=\"{id}\" noSort=\"true\">{title}</dropdownList>")
        }
        Type::Profiles(_) | Type::Claims => format!("<textBox refId=\"{id}\"><label>{title}</label></textBox>"),
        kind if kind.is_list() => format!("<listBox refId=\"{id}\">{title}</listBox>"),
        _ => format!("<textBox refId=\"{id}\"><label>{title}</label></textBox>"),
    };
    format!("      <presentation id=\"{id}\">{control}</presentation>\n")
}
