//! The templates hold what the policy holds, in every form, and every key that
//! there is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use primum::Policy;
use primum::policy::keys;
use serde_json::{Map, Value, json};

const ID: &str = "abcdefghijklmnopabcdefghijklmnop";
/// Firefox knows the extension by this.
const GECKO: &str = "primum@primum.example";
const EXAMPLES: &[&str] = &["practice", "hospital", "university"];

fn template(target: &str, values: &str) -> String {
    let arguments =
        ["policy", "template", target, "--id", ID, "--url", "https://server.example/primum", "--values", values];
    let output = Command::new(env!("CARGO_BIN_EXE_primum")).args(arguments).output().expect("primum starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{target} {values}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

fn example(name: &str) -> (String, Map<String, Value>) {
    let path = format!("docs/examples/{name}.json");
    let text = std::fs::read_to_string(&path).expect("the example is there");
    let (policy, dropped) = Policy::read(&serde_json::from_str(&text).expect("it is JSON"));
    assert_eq!(dropped, [], "{path}");
    (path, policy.in_force().clone())
}

/// A policy with a value for every key, with characters that each form must escape.
fn everything() -> (String, Map<String, Value>) {
    let value = |key: &keys::Key| match key.kind {
        keys::Type::Action => json!("block"),
        keys::Type::Flag => json!(true),
        keys::Type::Text(_) if key.name == "locale" => json!("es"),
        keys::Type::Text(_) => json!("A \"quoted\" <b> & \\ text"),
        keys::Type::Link | keys::Type::Endpoint => json!("https://a.example/x?y=1&z=2"),
        keys::Type::Choice(words) => json!(words[0]),
        keys::Type::Number(least, most) => json!(most.min(least.max(50))),
        keys::Type::Patterns(_) => json!([r#"\bEH-"?\d{7}\b"#]),
        keys::Type::Hosts(_) => json!(["https://forum.example.org/*"]),
        keys::Type::Hours(_) => json!(["Mon-Fri 07:00-19:00"]),
        keys::Type::Profiles(_) => json!([{ "hosts": ["forum.example.org"], "send": ["[data-x=\"go\"] > b"] }]),
        keys::Type::Claims => json!([{
            "id": "spring_water", "statement": "Spring \"water\" <cures> asthma.", "correction": "It does not & cannot.",
            "references": [{ "title": "Our guideline", "url": "https://a.example/g?x=1&y=2" }], "says": ["spring water + cures | heals + asthma"],
        }]),
        keys::Type::Terms(..) => match key.name.as_ref() {
            "claimTopicsOff" | "claimTopicsNotice" => json!(["vaccines"]),
            "claimsOff" => json!([primum::misinformation::claims::all()[0].id]),
            _ => json!(["One & <two>", "Three \"four\" \\"]),
        },
    };
    let all: Map<String, Value> = keys::all().iter().map(|key| (key.name.to_string(), value(key))).collect();
    let (policy, dropped) = Policy::read(&Value::Object(all.clone()));
    assert_eq!(dropped, []);
    (temporary(&Value::Object(all).to_string()), policy.in_force().clone())
}

/// A file of its own: tests run side by side.
fn temporary(text: &str) -> String {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let name = format!("policy-{}-{}.json", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("a temporary file");
    path.display().to_string()
}

fn policies() -> Vec<(String, Map<String, Value>)> {
    EXAMPLES.iter().map(|name| example(name)).chain([everything()]).collect()
}

#[test]
fn json_forms_hold_the_policy() {
    for (path, values) in policies() {
        for (target, place) in [
            ("chromium-linux", format!("/3rdparty/extensions/{ID}")),
            ("chrome-linux", format!("/3rdparty/extensions/{ID}")),
            ("edge-linux", format!("/3rdparty/extensions/{ID}")),
            ("firefox", "/policies/3rdparty/Extensions/primum@primum.example".to_owned()),
        ] {
            let form: Value = serde_json::from_str(&template(target, &path)).expect("JSON");
            assert_eq!(form.pointer(&place), Some(&Value::Object(values.clone())), "{target}");
        }
        let wrapped: Map<String, Value> = serde_json::from_str(&template("google-admin", &path)).expect("JSON");
        let bare: Map<String, Value> = wrapped.into_iter().map(|(key, value)| (key, value["Value"].clone())).collect();
        assert_eq!(bare, values);
    }
}

#[test]
fn the_registry_holds_the_policy() {
    for (path, values) in policies() {
        for (target, place) in [
            ("chrome-windows", format!(r"Google\Chrome\3rdparty\extensions\{ID}\policy")),
            ("edge-windows", format!(r"Microsoft\Edge\3rdparty\extensions\{ID}\policy")),
            ("firefox-windows", format!(r"Mozilla\Firefox\3rdparty\Extensions\{GECKO}")),
        ] {
            let form = template(target, &path);
            let place = format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{place}");
            assert_eq!(read_registry(&form, &place), values, "{target}");
            assert!(form.contains(if target == "firefox-windows" {
                "firefox-enterprise.xpi\""
            } else {
                "/update-enterprise.xml\""
            }));
            // The first place of the list of forced extensions may be another's.
            assert!(!form.contains(&format!("\"1\"=\"{ID};")));
        }
    }
}

/// What a browser makes of a registry file: numbers of switches are flags, sub-keys
/// are lists, a text of JSON is what it holds where the schema asks for a list.
fn read_registry(text: &str, place: &str) -> Map<String, Value> {
    let mut out = Map::new();
    let mut section = "";
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.strip_suffix(']').expect("a section");
        } else if let Some((name, data)) = line.strip_prefix('"').and_then(|line| line.split_once("\"=")) {
            let value = match data.strip_prefix("dword:") {
                Some(digits) => json!(u64::from_str_radix(digits, 16).expect("a number")),
                None => serde_json::from_str(data).expect("the escapes are those of JSON"),
            };
            if section == place {
                out.insert(name.to_owned(), value);
            } else if let Some(list) = section.strip_prefix(&format!("{place}\\")) {
                let items = out.entry(list).or_insert_with(|| json!([])).as_array_mut().expect("a list");
                items.push(value);
                assert_eq!(name, items.len().to_string());
            }
        }
    }
    taken(out)
}

/// What the core makes of values.
fn taken(values: Map<String, Value>) -> Map<String, Value> {
    let (policy, dropped) = Policy::read(&Value::Object(values));
    assert_eq!(dropped, []);
    policy.in_force().clone()
}

#[test]
fn profiles_of_macos_hold_the_policy() {
    for (path, values) in policies() {
        for (target, domain) in [("chrome-macos", "com.google.Chrome"), ("edge-macos", "com.microsoft.Edge")] {
            let payloads = payloads(&template(target, &path));
            let install = &payloads[domain]["ExtensionInstallForcelist"];
            assert_eq!(install, &json!([format!("{ID};https://server.example/primum/update-enterprise.xml")]));
            let policy = payloads[&format!("{domain}.extensions.{ID}")].as_object().expect("values").iter();
            let bare = policy.filter(|(key, _)| !key.starts_with("Payload")).map(|(key, one)| {
                assert_eq!(one["state"], "always");
                (key.clone(), one["value"].clone())
            });
            assert_eq!(taken(bare.collect()), values, "{target}");
        }
        let firefox = &payloads(&template("firefox-macos", &path))["org.mozilla.firefox"];
        assert_eq!(firefox["EnterprisePoliciesEnabled"], true);
        assert_eq!(firefox["ExtensionSettings"][GECKO]["installation_mode"], "force_installed");
        assert_eq!(firefox["3rdparty"]["Extensions"][GECKO], Value::Object(values));
    }
}

/// The payloads of a profile, by their type; each has an identifier of its own.
fn payloads(form: &str) -> BTreeMap<String, Value> {
    let document = Element::read(form);
    assert_eq!((document.name.as_str(), document.children.len()), ("plist", 1));
    let profile = document.children[0].plist();
    assert_eq!(profile["PayloadType"], "Configuration");
    let all = profile["PayloadContent"].as_array().expect("payloads").clone();
    let ids: BTreeSet<_> = all.iter().chain([&profile]).map(|one| one["PayloadUUID"].to_string()).collect();
    assert_eq!(ids.len(), all.len() + 1);
    all.into_iter().map(|one| (one["PayloadType"].as_str().expect("a type").to_owned(), one)).collect()
}

/// What Windows checks when it reads the definitions: names that are told apart,
/// references that lead somewhere, a control for each element.
#[test]
fn group_policy_knows_every_key_in_every_browser() {
    let (path, _) = everything();
    let (admx, adml) = (Element::read(&template("admx", &path)), Element::read(&template("adml", &path)));
    let names = |elements: &[&Element], attribute: &str| -> BTreeSet<String> {
        let all: BTreeSet<String> = elements.iter().map(|one| one.attribute(attribute)).collect();
        assert_eq!(all.len(), elements.len(), "{attribute} is not told apart");
        all
    };
    let policies = admx.all("policy");
    let wanted = keys::all();
    let wanted = wanted.iter().flat_map(|key| ["chrome", "edge", "firefox"].map(|one| format!("{one}_{}", key.name)));
    assert_eq!(names(&policies, "name"), wanted.collect());
    let (categories, supported) = (names(&admx.all("category"), "name"), names(&admx.all("definition"), "name"));
    assert!(admx.all("parentCategory").iter().all(|one| categories.contains(&one.attribute("ref"))));
    assert!(admx.all("supportedOn").iter().skip(1).all(|one| supported.contains(&one.attribute("ref"))));

    let presentations: BTreeMap<String, Vec<String>> = {
        let all = adml.all("presentation");
        names(&all, "id");
        let refs = |one: &&Element| (one.attribute("id"), one.children.iter().map(|c| c.attribute("refId")).collect());
        all.iter().map(refs).collect()
    };
    let mut used = BTreeSet::new();
    for policy in &policies {
        let (name, key) = (policy.attribute("name"), policy.attribute("key"));
        let (browser, bare) = name.split_once('_').expect("browser and key");
        let place = match browser {
            "chrome" => format!(r"SOFTWARE\Policies\Google\Chrome\3rdparty\extensions\{ID}\policy"),
            "edge" => format!(r"SOFTWARE\Policies\Microsoft\Edge\3rdparty\extensions\{ID}\policy"),
            _ => format!(r"SOFTWARE\Policies\Mozilla\Firefox\3rdparty\Extensions\{GECKO}"),
        };
        assert_eq!(key, place, "{name}");
        let children: Vec<&str> = policy.children.iter().map(|one| one.name.as_str()).collect();
        if !policy.has("presentation") {
            assert_eq!(children, ["parentCategory", "supportedOn", "enabledValue", "disabledValue"], "{name}");
            assert_eq!(policy.attribute("valueName"), bare);
            continue;
        }
        assert_eq!(children, ["parentCategory", "supportedOn", "elements"], "{name}");
        let elements = &policy.children[2].children;
        let presentation = inner(&policy.attribute("presentation"), "presentation");
        assert_eq!(elements.iter().map(|one| one.attribute("id")).collect::<Vec<_>>(), presentations[&presentation]);
        for one in elements {
            let value = if one.name == "list" { one.attribute("key") } else { one.attribute("valueName") };
            assert_eq!(value, if one.name == "list" { format!(r"{place}\{bare}") } else { bare.to_owned() });
        }
        used.insert(presentation);
    }
    assert_eq!(used, presentations.into_keys().collect());
    assert_eq!(admx.strings(), names(&adml.all("string"), "id"));
    assert!(adml.all("string").iter().all(|one| !one.text.trim().is_empty()));
}

/// `$(string.x)` names `x`.
fn inner(reference: &str, table: &str) -> String {
    let name = reference.strip_prefix(&format!("$({table}.")).and_then(|rest| rest.strip_suffix(')'));
    name.unwrap_or_else(|| panic!("{reference} is no {table}")).to_owned()
}

#[test]
fn intune_sets_every_key_after_the_definition() {
    for (path, values) in policies() {
        for (browser, chapter) in [("chrome", "PrimumChrome"), ("edge", "PrimumEdge"), ("firefox", "PrimumFirefox")] {
            let settings: Vec<Value> =
                serde_json::from_str(&template(&format!("intune-{browser}"), &path)).expect("JSON");
            let uri = |one: &Value| one["omaUri"].as_str().expect("a text").to_owned();
            assert_eq!(
                uri(&settings[0]),
                format!("./Device/Vendor/MSFT/Policy/ConfigOperations/ADMXInstall/{chapter}/Policy/Primum")
            );
            let definition = Element::read(settings[0]["value"].as_str().expect("a text"));
            let mut set = Map::new();
            for setting in &settings[1..] {
                let uri = uri(setting);
                let start = format!("./Device/Vendor/MSFT/Policy/Config/{chapter}~Policy~Primum~{chapter}/");
                let name = uri.strip_prefix(&start).expect("the definition's area");
                let policy = definition.all("policy").into_iter().find(|one| one.attribute("name") == name);
                let policy = policy.unwrap_or_else(|| panic!("{name} is not defined"));
                let key = name.strip_prefix(&format!("{browser}_")).expect("a key").to_owned();
                set.insert(key, policy_csp(policy, setting["value"].as_str().expect("a text")));
            }
            assert_eq!(taken(set), values, "{browser}");
        }
    }
}

/// What the Policy CSP of Windows makes of a setting.
fn policy_csp(policy: &Element, value: &str) -> Value {
    let setting = Element::read(&format!("<all>{value}</all>"));
    let [state, data @ ..] = &setting.children[..] else { panic!("{value} has no state") };
    let [data] = data else { return json!(state.name == "enabled") };
    let element = policy.all("elements")[0].children[0].clone();
    assert_eq!((state.name.as_str(), data.attribute("id")), ("enabled", element.attribute("id")));
    let text = data.attribute("value");
    if element.name != "list" {
        return Value::from(text);
    }
    let parts: Vec<&str> = text.split('\u{F000}').collect();
    parts
        .chunks(2)
        .enumerate()
        .map(|(at, pair)| {
            assert_eq!(pair[0], (at + 1).to_string());
            Value::from(pair[1])
        })
        .collect()
}

/// An administrator checks the file that is deployed, whatever its form.
#[test]
fn a_deployed_file_is_checked_as_it_is() {
    let (path, _) = example("hospital");
    for target in ["chromium-linux", "firefox", "firefox-unsigned", "google-admin"] {
        let file = temporary(&template(target, &path));
        let output = Command::new(env!("CARGO_BIN_EXE_primum")).args(["policy", "check"]).arg(&file).output();
        let output = output.expect("primum starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("The policy is good.") && said.contains("St. Elsewhere"),
            "{said}"
        );
    }
}

#[test]
fn what_is_wrong_is_said() {
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_primum")).args(arguments).output().expect("primum starts")
    };
    for bad in [
        &["policy", "template"][..],
        &["policy", "template", "netscape"],
        &["policy", "template", "firefox", "--id", "x"],
    ] {
        let output = run(bad);
        assert_eq!(output.status.code(), Some(2), "{bad:?}");
        assert!(!output.stderr.is_empty());
    }
}

/// An element of XML, as far as the templates use it.
#[derive(Debug, Clone, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    /// Reads a document; panics where it is not well formed.
    fn read(xml: &str) -> Element {
        let mut open = vec![Element::default()];
        for tag in xml.split('<').skip(1) {
            let (inside, text) = tag.split_once('>').expect("a tag ends");
            assert!(!text.contains('>'), "{text}");
            if inside.starts_with(['?', '!']) {
                continue;
            }
            if let Some(name) = inside.strip_prefix('/') {
                let done = open.pop().expect("an open element");
                assert_eq!(done.name, name);
                open.last_mut().expect("an element around it").children.push(done);
                continue;
            }
            let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
            let (name, rest) = inside.split_once(' ').unwrap_or((inside, ""));
            let element = Element { name: name.to_owned(), attributes: attributes(rest), ..Element::default() };
            if empty {
                open.last_mut().expect("an element around it").children.push(element);
            } else {
                open.push(Element { text: plain(text), ..element });
            }
        }
        let mut root = open.pop().expect("the document");
        assert!(open.is_empty() && root.children.len() == 1, "{open:?}");
        root.children.remove(0)
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|(name, _)| name == attribute)
    }

    fn attribute(&self, attribute: &str) -> String {
        let found = self.attributes.iter().find(|(name, _)| name == attribute);
        found.unwrap_or_else(|| panic!("{} has no {attribute}", self.name)).1.clone()
    }

    /// Every element of this name below it.
    fn all(&self, name: &str) -> Vec<&Element> {
        let below = self.children.iter().flat_map(|one| one.all(name));
        self.children.iter().filter(|one| one.name == name).chain(below).collect()
    }

    /// The texts that it and what is below refer to.
    fn strings(&self) -> BTreeSet<String> {
        let own = self.attributes.iter().filter(|(_, value)| value.starts_with("$(string."));
        let own = own.map(|(_, value)| inner(value, "string"));
        own.chain(self.children.iter().flat_map(Element::strings)).collect()
    }

    /// The value of an element of a property list.
    fn plist(&self) -> Value {
        match self.name.as_str() {
            "true" | "false" => Value::Bool(self.name == "true"),
            "integer" => json!(self.text.parse::<u64>().expect("a number")),
            "string" => json!(self.text),
            "array" => self.children.iter().map(Element::plist).collect(),
            "dict" => {
                let pair = |pair: &[Element]| {
                    assert_eq!((pair.len(), pair[0].name.as_str()), (2, "key"));
                    (pair[0].text.clone(), pair[1].plist())
                };
                Value::Object(self.children.chunks(2).map(pair).collect())
            }
            other => panic!("{other} is no value of a property list"),
        }
    }
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut rest = text.trim();
    let mut found: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").expect("an attribute has a value");
        let (value, after) = after.split_once('"').expect("a value ends");
        assert!(found.iter().all(|(other, _)| other != name), "{name} twice");
        found.push((name.to_owned(), plain(value)));
        rest = after.trim_start();
    }
    found
}

/// A text without its escapes.
fn plain(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').expect("an escape ends");
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#xF000" => '\u{F000}',
            other => panic!("&{other};"),
        });
        out.push_str(rest);
    }
    out
}
