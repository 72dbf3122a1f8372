//! `primum audit`: files of records, as the extension exports them.

use std::io::Write;
use std::process::ExitCode;

use primum::audit::{export, summary, verify};

fn text(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

/// Says whether a file is whole. Exit status 1 when something is wrong.
pub fn verify(path: &str) -> Result<ExitCode, String> {
    let report = verify::verify(&text(path)?);
    for fault in &report.faults {
        println!("line {}: {}", fault.line, fault.what);
    }
    if report.wrong > report.faults.len() {
        println!("and {} more", report.wrong - report.faults.len());
    }
    println!("{} records, {} to {}, last hash {}", report.records, report.first, report.head.number, report.head.hash);
    if report.wrong == 0 && report.first > 1 {
        println!("Records before {} were deleted, by age or by the user.", report.first);
    }
    println!("{}", if report.wrong == 0 { "The file is whole." } else { "The file is not as it was written." });
    Ok(ExitCode::from(u8::from(report.wrong > 0)))
}

/// Prints the records as a table for spreadsheets.
pub fn csv(path: &str) -> Result<(), String> {
    std::io::stdout().write_all(export::csv(&text(path)?).as_bytes()).map_err(|error| error.to_string())
}

/// Prints what the records add up to, as JSON.
pub fn summary(path: &str) -> Result<(), String> {
    let sum = serde_json::to_string_pretty(&summary::summarise(&text(path)?)).map_err(|error| error.to_string())?;
    println!("{sum}");
    Ok(())
}
