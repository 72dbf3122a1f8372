//! `primum policy`: what a policy does, and what it may hold.

use std::process::ExitCode;

use primum::Policy;
use primum::finding::{Kind, Level};
use primum::policy::keys::{self, Part};
use primum::policy::schema;
use serde_json::{Map, Value};

/// The values of a policy file. A browser's own policy file holds them deeper;
/// consoles wrap each one. The administrator checks the file that is deployed.
pub fn values(path: &str) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let value = serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    Ok(unwrapped(value))
}

fn unwrapped(value: Value) -> Value {
    let inner = |at: &str| value.pointer(at).and_then(Value::as_object).and_then(|all| all.values().next()).cloned();
    let value = inner("/3rdparty/extensions").or_else(|| inner("/policies/3rdparty/Extensions")).unwrap_or(value);
    let wrapped = |one: &Value| one.as_object().is_some_and(|fields| fields.len() == 1 && fields.contains_key("Value"));
    match value {
        Value::Object(fields) if !fields.is_empty() && fields.values().all(wrapped) => {
            let bare = |(key, mut one): (String, Value)| (key, one["Value"].take());
            Value::Object(fields.into_iter().map(bare).collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// Reads a policy; says on standard error what was left out.
pub fn read(path: &str) -> Result<Policy, String> {
    let (policy, dropped) = Policy::read(&values(path)?);
    for dropped in dropped {
        eprintln!("{path}: `{}` is left out: {}", dropped.key, dropped.reason);
    }
    Ok(policy)
}

/// Validates a policy and says what it does. Exit status 1 when a value was
/// left out.
pub fn check(path: &str) -> Result<ExitCode, String> {
    let (policy, dropped) = Policy::read(&values(path)?);
    println!("{:<20} a sure finding / a doubtful one", "What happens on");
    for kind in Kind::ALL {
        println!(
            "  {:<18} {} / {}",
            kind.name(),
            policy.action(*kind, Level::Warn),
            policy.action(*kind, Level::Notice)
        );
    }
    for (name, value) in policy.in_force() {
        if let Some(key) = keys::find(name) {
            println!("{name} = {value}\n  {}", key.about);
        }
    }
    for dropped in &dropped {
        println!("Left out: `{}`. {}", dropped.key, dropped.reason);
    }
    println!("{}", if dropped.is_empty() { "The policy is good." } else { "The rest of the policy holds." });
    Ok(ExitCode::from(u8::from(!dropped.is_empty())))
}

/// Prints the managed schema.
pub fn schema() -> Result<(), String> {
    let text = serde_json::to_string_pretty(&schema::schema()).map_err(|error| error.to_string())?;
    println!("{text}");
    Ok(())
}

/// Prints `docs/policy.md`: every key, chapter by chapter.
pub fn table() -> Result<(), String> {
    print!("{TABLE_HEAD}");
    for part in Part::ALL {
        println!("\n## {}\n\n| key | value | effect |\n|---|---|---|", part.title());
        for key in keys::all().iter().filter(|key| key.part == part) {
            println!("| `{}` | {} | {} |", key.name, key.kind.in_words(), key.about.replace('|', "\\|"));
        }
    }
    print!("{TABLE_FOOT}");
    Ok(())
}

const TABLE_HEAD: &str = "\
# Policy keys

Printed by `primum policy keys`; a test fails when this page lags. All keys are optional. Without any, Primum warns and
leaves the decision to the clinician. `primum policy check FILE` reads your file as it is deployed and says what it does.

Yes/no keys take `true`/`false`, `1`/`0` and the same as a text; lists also take a JSON list in a text, for consoles that
know no lists. A value that is wrong or unknown is left out by itself and named, on the options page, on the status page and
by `primum policy check`; in a list, only what is wrong in it. Unknown keys, and values of another type than the key's, Chrome
and Edge leave out without a word, on `chrome://policy` too: only `primum policy check` can name those.
";

const TABLE_FOOT: &str = "
## Actions, from weakest to strongest

| action | what the clinician sees |
|---|---|
| `off` | nothing |
| `notice` | an underline |
| `warn` | the post is held; \"Post anyway\" goes on |
| `justify` | the post is held; \"Post anyway\" asks for a reason, which is kept in the record after the same check |
| `block` | the post is held; it can be changed, not posted as it is |

An action speaks for findings that Primum would warn of. What is only worth a look is never raised by policy; it can be
switched off.
";
