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
        for (target, root) in [("chrome-windows", r"Google\Chrome"), ("edge-windows", r"Microsoft\Edge")] {
            let place = format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{root}\3rdparty\extensions\{ID}\policy");
            assert_eq!(read_registry(&template(target, &path), &place), values, "{target}");
        }
    }
}

/// What Chrome makes of a registry file: numbers of switches are flags, sub-keys
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
    let (policy, dropped) = Policy::read(&Value::Object(out));
    assert_eq!(dropped, []);
    policy.in_force().clone()
}

#[test]
fn profiles_of_macos_hold_every_key() {
    for (path, values) in policies() {
        for target in ["chrome-macos", "edge-macos"] {
            let form = template(target, &path);
            let names = well_formed(&form);
            assert!(names.contains_key("plist"));
            for key in values.keys() {
                assert_eq!(
                    form.matches(&format!("<key>{key}</key>\n      <dict><key>state</key><string>always</string>"))
                        .count(),
                    1,
                    "{key}"
                );
            }
        }
    }
}

#[test]
fn group_policy_knows_every_key_in_both_browsers() {
    let (path, _) = everything();
    let (admx, adml) = (template("admx", &path), template("adml", &path));
    let policies = well_formed(&admx).remove("policy").unwrap_or_default();
    well_formed(&adml);
    assert_eq!(policies, 2 * keys::all().len());
    for key in keys::all() {
        for browser in ["chrome", "edge"] {
            assert!(admx.contains(&format!("name=\"{browser}_{}\"", key.name)), "{browser} {}", key.name);
        }
    }
    let named = |text: &str, from: &str, to: char| -> BTreeSet<String> {
        text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(named(&admx, "$(string.", ')'), named(&adml, "<string id=\"", '"'));
    assert_eq!(named(&admx, "$(presentation.", ')'), named(&adml, "<presentation id=\"", '"'));
}

#[test]
fn intune_sets_every_key_after_the_definition() {
    for (path, values) in policies() {
        let settings: Vec<Value> = serde_json::from_str(&template("intune", &path)).expect("JSON");
        assert!(settings[0]["omaUri"].as_str().is_some_and(|uri| uri.contains("ADMXInstall")));
        assert_eq!(settings.len(), values.len() + 1);
        for setting in &settings[1..] {
            well_formed(&format!("<all>{}</all>", setting["value"].as_str().expect("a text")));
        }
    }
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

/// How often each element occurs; every one is closed in its order.
fn well_formed(xml: &str) -> BTreeMap<String, usize> {
    let mut open: Vec<&str> = Vec::new();
    let mut seen = BTreeMap::new();
    for tag in xml.split('<').skip(1) {
        let (inside, text) = tag.split_once('>').expect("a tag ends");
        assert!(
            !text.contains('>')
                && text.split('&').skip(1).all(|rest| rest.split_once(';').is_some_and(|(name, _)| name.len() < 8)),
            "{text}"
        );
        if inside.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        assert_eq!(inside.matches('"').count() % 2, 0, "{inside}");
        let name = inside.split([' ', '/']).next().unwrap_or("");
        *seen.entry(name.to_owned()).or_default() += 1;
        if !inside.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    seen
}
