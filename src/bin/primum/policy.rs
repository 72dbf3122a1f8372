//! `primum policy`: what a policy does, and what it may hold.

use std::process::ExitCode;

use primum::Policy;
use primum::finding::{Kind, Level};
use primum::policy::keys;
use serde_json::Value;

fn value(path: &str) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))
}

/// Reads a policy; says on standard error what was left out.
pub fn read(path: &str) -> Result<Policy, String> {
    let (policy, dropped) = Policy::read(&value(path)?);
    for dropped in dropped {
        eprintln!("{path}: `{}` is left out: {}", dropped.key, dropped.reason);
    }
    Ok(policy)
}

/// Validates a policy and says what it does. Exit status 1 when a value was
/// left out.
pub fn check(path: &str) -> Result<ExitCode, String> {
    let value = value(path)?;
    let (policy, dropped) = Policy::read(&value);
    println!("{:<20} a sure finding / a doubtful one", "What happens on");
    for kind in Kind::ALL {
        println!(
            "  {:<18} {} / {}",
            kind.name(),
            policy.action(*kind, Level::Warn),
            policy.action(*kind, Level::Notice)
        );
    }
    for (name, about) in value.as_object().into_iter().flatten() {
        if let Some(key) = keys::find(name).filter(|_| !dropped.iter().any(|d| d.key == *name)) {
            println!("{name} = {about}\n  {}", key.about);
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
    let text = serde_json::to_string_pretty(&keys::schema()).map_err(|error| error.to_string())?;
    println!("{text}");
    Ok(())
}
