//! `primum rules` and `primum claims`: everything that is looked for.

use std::io::Write;

use primum::messages::Locale;
use primum::misinformation::claims;
use primum::rules::RULES;

/// Every rule, what it says, and the law it rests on.
pub fn rules() -> Result<(), String> {
    let english = Locale::default();
    let mut out = std::io::stdout().lock();
    let mut print = || -> std::io::Result<()> {
        for rule in RULES {
            writeln!(out, "{} ({})", rule.id, rule.kind)?;
            let key = format!("finding_{}_message", rule.id.replace('.', "_"));
            writeln!(out, "  {}", english.message(&key, &[]))?;
            for law in rule.law {
                writeln!(out, "  {} {}", law.paragraph, law.url)?;
            }
        }
        Ok(())
    };
    print().map_err(|error| error.to_string())
}

/// Every claim, what is true instead, and the sources.
pub fn claims() -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let mut print = || -> std::io::Result<()> {
        for claim in claims::all() {
            let contested = if claim.contested { ", contested" } else { "" };
            writeln!(out, "{} ({}, {}{contested})", claim.id, claim.topic, claim.verdict)?;
            writeln!(out, "  {}\n  {}", claim.statement, claim.correction)?;
            for source in claim.sources() {
                writeln!(out, "  {} {}", source.title, source.url.unwrap_or(""))?;
            }
            writeln!(out, "  reviewed on {}", claim.reviewed_on)?;
        }
        writeln!(out, "{} claims", claims::all().len())
    };
    print().map_err(|error| error.to_string())
}
