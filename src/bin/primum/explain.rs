//! `primum explain`: how the size of a group was reached.

use std::io::Read;

use primum::reidentify::{self, Derivation};
use primum::{Draft, Policy};

/// Explains the draft of every file, or of standard input.
pub fn explain(files: &[&str]) -> Result<(), String> {
    let mut drafts = Vec::new();
    for file in files {
        drafts.push(std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?);
    }
    if files.is_empty() {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|error| format!("standard input: {error}"))?;
        drafts.push(text);
    }
    for draft in drafts {
        match reidentify::explain(&Draft::post(draft.trim_end()), &Policy::default()) {
            Some(derivation) => print(&derivation),
            None => println!("The draft describes nobody whom its writer cares for."),
        }
    }
    Ok(())
}

fn print(derivation: &Derivation) {
    for (kind, quote) in &derivation.facts {
        println!("read     {kind:<14} {quote}");
    }
    println!("start    {:<14} people in the US, July 2024 (Census Bureau)", 340_110_988);
    for step in &derivation.steps {
        let share = if step.seen { format!("x {:.3e}", step.rate) } else { "x our own order of magnitude".to_owned() };
        let (people, low, high) = step.people;
        println!(
            "{:<14} \"{}\"\n         {share}, spread {:.2} -> {people:.1} people, likely {low:.1} to {high:.1}",
            step.kind, step.quote, step.spread
        );
    }
    println!("verdict  {}", derivation.level.map_or("nothing", primum::finding::Level::name));
}
