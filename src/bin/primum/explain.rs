//! `primum explain`: how the size of a group was reached.

use std::io::{Read, Write};

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
    let mut out = std::io::stdout().lock();
    for draft in drafts {
        let derivation = reidentify::explain(&Draft::post(draft.trim_end()), &Policy::default());
        let lines = match derivation {
            Some(derivation) => told(&derivation),
            None => "The draft describes nobody whom its writer cares for.\n".to_owned(),
        };
        out.write_all(lines.as_bytes()).map_err(|error| format!("standard output: {error}"))?;
    }
    Ok(())
}

/// One line a fact. A share that was seen in its source is shown; one of our own
/// is an order of magnitude and steers the estimate, but is no fact to show.
fn told(derivation: &Derivation) -> String {
    let mut lines = String::new();
    for (kind, quote) in &derivation.facts {
        lines += &format!("read     {kind:<14} {quote}\n");
    }
    lines += "start    340110988      people in the US, July 2024 (Census Bureau)\n";
    for step in &derivation.steps {
        let share = if step.seen { format!("x {:.3e}", step.rate) } else { "x our own order of magnitude".to_owned() };
        let (people, low, high) = step.people;
        lines += &format!(
            "{:<14} \"{}\"\n         {share}, spread {:.2} -> {people:.1} people, likely {low:.1} to {high:.1}\n",
            step.kind, step.quote, step.spread
        );
    }
    for (quote, text, size) in &derivation.changes {
        lines += &format!("instead  \"{quote}\" -> \"{text}\": {size}\n");
    }
    lines += &format!("verdict  {}\n", derivation.level.map_or("nothing", primum::finding::Level::name));
    lines
}
