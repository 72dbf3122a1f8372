//! The documents say what the code does: permissions, sites, policy keys, the
//! example of the command line, and links.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use primum::Policy;
use serde_json::Value;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "docs/permissions.md",
    "docs/privacy.md",
    "docs/deployment.md",
    "docs/policy.md",
    "docs/security.md",
];

fn text(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(from).skip(1).filter_map(move |rest| rest.split_once(to).map(|(found, _)| found))
}

#[test]
fn every_permission_and_site_is_explained() {
    let manifest = json("extension/manifest.json");
    let page = text("docs/permissions.md");
    let mut asked: Vec<&str> = Vec::new();
    for key in ["permissions", "optional_permissions", "host_permissions", "optional_host_permissions"] {
        asked.extend(manifest[key].as_array().into_iter().flatten().filter_map(Value::as_str));
    }
    let scripts = manifest["content_scripts"].as_array().expect("there are content scripts");
    let sites: Vec<&str> =
        scripts.iter().filter_map(|script| script["matches"].as_array()).flatten().filter_map(Value::as_str).collect();
    assert!(!asked.is_empty() && sites.len() > 20);
    for one in asked.iter().chain(&sites) {
        assert!(page.contains(&format!("`{one}`")), "docs/permissions.md does not explain {one}");
    }
    for listed in between(&page, "`https://", "`") {
        let listed = format!("https://{listed}");
        assert!(asked.iter().chain(&sites).any(|one| *one == listed), "docs/permissions.md lists {listed} in vain");
    }
}

/// What the command line prints.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_primum")).args(arguments).output().expect("primum starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn every_policy_key_is_explained() {
    let told = printed(&["policy", "keys"]);
    assert_eq!(text("docs/policy.md"), told, "run: primum policy keys > docs/policy.md");
    let schema = json("extension/policies/managed_schema.json");
    for key in schema["properties"].as_object().expect("keys").keys() {
        assert_eq!(told.matches(&format!("\n| `{key}` |")).count(), 1, "{key}");
    }
}

/// Each template that the guide names exists, and each that exists is named; the
/// values to paste hold.
#[test]
fn the_guide_names_every_template() {
    let page = text("docs/deployment.md");
    let usage =
        Command::new(env!("CARGO_BIN_EXE_primum")).args(["policy", "template"]).output().expect("primum starts");
    let usage = String::from_utf8(usage.stderr).expect("text");
    let targets: Vec<&str> =
        usage.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    assert!(targets.len() >= 12, "{usage}");
    for target in &targets {
        assert!(page.contains(&format!("`{target}`")) || page.contains(&format!("template {target} ")), "{target}");
    }
    let pasted: Vec<&str> = between(&page, "primum policy template ", " > ").collect();
    assert_eq!(pasted.len(), 2, "one for Chromium, one for Firefox");
    for command in pasted {
        let id = "abcdefghijklmnopabcdefghijklmnop";
        let words: Vec<&str> = command.split_whitespace().map(|word| if word == "$ID" { id } else { word }).collect();
        let made: Value =
            serde_json::from_str(&printed(&[&["policy", "template"], words.as_slice()].concat())).expect("JSON");
        assert!(made.to_string().contains("Maple Street"), "{command}");
    }
    for name in ["practice", "hospital", "university"] {
        let (_, dropped) = Policy::read(&json(&format!("docs/examples/{name}.json")));
        assert_eq!(dropped, [], "{name}");
    }
}

/// What the enterprise packages ask for on top.
#[test]
fn every_permission_of_the_enterprise_packages_is_explained() {
    let page = text("docs/permissions.md");
    for one in json("extension/enterprise.json")["permissions"].as_array().expect("permissions") {
        assert!(page.contains(&format!("`{}`", one.as_str().expect("a name"))), "{one}");
    }
}

#[test]
fn the_example_of_the_readme_is_what_it_prints() {
    let readme = text("README.md");
    let example = between(&readme, "```console\n", "```").next().expect("the example");
    let (command, printed) = example.split_once('\n').expect("a command and its output");
    let typed = command.split('"').nth(1).expect("a draft");
    let mut child = Command::new(env!("CARGO_BIN_EXE_primum"))
        .arg("check")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("primum starts");
    child.stdin.take().expect("piped").write_all(typed.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), printed, "paste the new output into README.md");
}

#[test]
fn links_lead_somewhere() {
    for document in DOCUMENTS {
        let page = text(document);
        let folder = Path::new(document).parent().expect("a folder");
        for link in between(&page, "](", ")").filter(|link| !link.starts_with("http")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { Path::new(document).to_owned() } else { folder.join(file) };
            assert!(target.exists(), "{document}: {link}");
            if !heading.is_empty() {
                let there = text(&target.display().to_string());
                let mut headings = there.lines().filter(|line| line.starts_with('#')).map(anchor);
                assert!(headings.any(|one| one == heading), "{document}: {link}");
            }
        }
    }
}

/// The name that a heading is linked by.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words.chars().filter(|c| c.is_alphanumeric() || " -".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}
