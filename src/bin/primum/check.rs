//! `primum check`: drafts in, findings out.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::process::ExitCode;

use primum::finding::{Decision, Setting};
use primum::{Draft, Policy, assess};
use serde_json::{Value, json};

use crate::{USAGE, policy};

struct Options {
    policy: Policy,
    jsonl: bool,
    files: Vec<String>,
}

fn options(words: &[&str]) -> Result<Options, String> {
    let mut options = Options { policy: Policy::default(), jsonl: false, files: Vec::new() };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--policy" => {
                let path = words.next().ok_or("--policy needs a file.")?;
                options.policy = policy::read(path)?;
            }
            "--format" => match words.next() {
                Some(&"jsonl") => options.jsonl = true,
                Some(&"text") => options.jsonl = false,
                _ => return Err("--format is text or jsonl.".to_owned()),
            },
            option if option.starts_with("--") => return Err(format!("There is no option {option}.\n{USAGE}")),
            file => options.files.push(file.to_owned()),
        }
    }
    Ok(options)
}

/// Runs the command.
pub fn check(words: &[&str]) -> Result<ExitCode, String> {
    let options = options(words)?;
    let mut worst = 0;
    let inputs: Vec<Option<&str>> = match options.files.as_slice() {
        [] => vec![None],
        files => files.iter().map(|file| Some(file.as_str())).collect(),
    };
    for input in inputs {
        let name = input.unwrap_or("standard input");
        let mut bytes = Vec::new();
        match input {
            None => std::io::stdin().lock().read_to_end(&mut bytes),
            Some(path) => std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
        }
        .map_err(|error| format!("{name}: {error}"))?;
        let status = if options.jsonl {
            check_lines(name, &bytes, &options.policy)
        } else {
            check_text(name, &bytes, &options.policy)
        };
        worst = worst.max(status.map_err(|error| format!("{name}: {error}"))?);
    }
    Ok(ExitCode::from(worst))
}

fn status(decision: Decision) -> u8 {
    u8::from(decision >= Decision::Warn)
}

fn check_text(name: &str, bytes: &[u8], policy: &Policy) -> std::io::Result<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        eprintln!("{name}: not UTF-8");
        return Ok(2);
    };
    let text = text.trim_end_matches('\n');
    let found = assess(&Draft::post(text), policy);
    let mut out = std::io::stdout().lock();
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut at = 0;
    for (number, judged) in found.findings.iter().enumerate() {
        let (from, to) = (judged.finding.span.start as usize, judged.finding.span.end as usize);
        if from < at {
            continue;
        }
        write!(
            out,
            "{}[{}]{{{}}}",
            String::from_utf16_lossy(&units[at..from]),
            String::from_utf16_lossy(&units[from..to]),
            number + 1
        )?;
        at = to;
    }
    writeln!(out, "{}\n", String::from_utf16_lossy(&units[at..]))?;
    for (number, judged) in found.findings.iter().enumerate() {
        writeln!(out, "{} {} {} \"{}\"", number + 1, judged.action, judged.finding.kind, judged.quote)?;
        writeln!(out, "  {}\n  {}", judged.message, judged.advice)?;
        match judged.finding.replacement.as_deref() {
            Some("") => writeln!(out, "  -> (take it out)")?,
            Some(text) => writeln!(out, "  -> {text}")?,
            None => {}
        }
        for reference in &judged.finding.references {
            writeln!(out, "  {} {}", reference.title, reference.url.as_deref().unwrap_or(""))?;
        }
    }
    writeln!(out, "Decision: {}", found.decision)?;
    Ok(status(found.decision))
}

fn check_lines(name: &str, bytes: &[u8], policy: &Policy) -> std::io::Result<u8> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut worst = 0;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = std::str::from_utf8(line)
            .map_err(|_| "not UTF-8".to_owned())
            .and_then(|line| check_line(&whole_surrogates(line), policy));
        match answer {
            Ok((answer, decision)) => {
                writeln!(out, "{answer}")?;
                worst = worst.max(status(decision));
            }
            Err(reason) => {
                eprintln!("{name}:{}: {reason}", number + 1);
                worst = 2;
            }
        }
    }
    Ok(worst)
}

/// JSON may escape half of a surrogate pair (RFC 8259, section 8.2), and a
/// composer may hold one: it becomes U+FFFD, one UTF-16 unit as before, so
/// that no offset moves.
fn whole_surrogates(line: &str) -> Cow<'_, str> {
    let unit = |at: usize| {
        let digits = line.as_bytes().get(at..at + 6).filter(|six| six.starts_with(b"\\u"))?;
        u16::from_str_radix(std::str::from_utf8(&digits[2..]).ok()?, 16).ok()
    };
    let mut halves = Vec::new();
    let mut at = 0;
    while let Some(step) = line.get(at..).and_then(|rest| rest.find('\\')) {
        at += step;
        match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at += 12,
            (Some(0xd800..=0xdfff), _) => {
                halves.push(at);
                at += 6;
            }
            // Any other escape: the character after the backslash is part of it.
            _ => at += 2,
        }
    }
    if halves.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut whole = line.to_owned();
    for at in halves {
        whole.replace_range(at..at + 6, "\\ufffd");
    }
    Cow::Owned(whole)
}

fn check_line(line: &str, policy: &Policy) -> Result<(Value, Decision), String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("no JSON: {error}"))?;
    let object = value.as_object().ok_or("a line is one JSON object")?;
    let text = object.get("text").and_then(Value::as_str).ok_or("`text` is missing or no text")?;
    let setting = match object.get("setting") {
        None | Some(Value::Null) => Setting::Post,
        Some(name) => {
            name.as_str().and_then(Setting::from_name).ok_or_else(|| format!("there is no setting {name}"))?
        }
    };
    let draft = Draft {
        text,
        setting,
        site: object.get("site").and_then(Value::as_str),
        context: object.get("context").and_then(Value::as_str),
    };
    let start = std::time::Instant::now();
    let found = assess(&draft, policy);
    let micros = start.elapsed().as_nanos() as f64 / 1000.0;
    let answer = json!({
        "id": object.get("id").cloned().unwrap_or(Value::Null),
        "decision": found.decision,
        "findings": found.findings,
        "claims": found.claims,
        "scan_us": (micros * 10.0).round() / 10.0,
    });
    Ok((answer, found.decision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_pairs_become_replacement_characters() {
        let cases = [
            (r#"{"text":"a\ud83d b"}"#, r#"{"text":"a\ufffd b"}"#),
            (r#"{"text":"\udE00\uD83D\ude00"}"#, r#"{"text":"\ufffd\uD83D\ude00"}"#),
            (r#"{"text":"a backslash \\ud83d stays"}"#, r#"{"text":"a backslash \\ud83d stays"}"#),
            (r#"{"text":"\u00e9 \n é😀"}"#, r#"{"text":"\u00e9 \n é😀"}"#),
            (r#"\"#, r#"\"#),
        ];
        for (line, expected) in cases {
            assert_eq!(whole_surrogates(line), expected);
        }
    }
}
