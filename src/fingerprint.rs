//! Fingerprints of held texts, for the second gate.
//!
//! The enterprise package sees the requests of watched sites. To know a held
//! text in one of them it does not keep the text: it keeps the length and a hash
//! of each line, letters and digits only. A request carries the text when every
//! line occurs in the words of its body, whatever the body's form: JSON, also
//! within JSON; a form; anything else as it stands.

use crate::json::Fields;
use crate::order;
use serde::Serialize;
use serde_json::Value;

/// A prime below 2^61: products fit 128 bits, and two texts share a hash once in 10^18.
const PRIME: u64 = (1 << 61) - 1;
const BASE: u64 = 0x1f3d_5b79_6a8c_4e21 % PRIME;
/// Lines shorter than this (letters and digits) tell nothing where there are longer ones.
const TELLING: usize = 12;
/// No more lines than this are kept, the longest: the time of a look is bounded by it.
const LINES: usize = 8;
/// No more of a body than this is looked at (bytes).
const BODY: usize = 1 << 20;
/// JSON in a text in JSON is opened so often.
const DEPTH: usize = 4;

/// What is kept of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Fingerprint {
    /// Length in letters and digits, and hash (as hexadecimal digits), of each line.
    lines: Vec<(usize, String)>,
}

impl Fingerprint {
    /// Reads one that was written as JSON.
    pub fn read(json: &str) -> Option<Fingerprint> {
        let line = |line: &Value| Some((line[0].as_u64()? as usize, line[1].as_str()?.to_owned()));
        let lines = Fields::read(json)?.list("lines")?;
        Some(Fingerprint { lines: lines.iter().map(line).collect::<Option<_>>()? })
    }

    /// The fingerprint of a text.
    pub fn of(text: &str) -> Fingerprint {
        let mut lines: Vec<Vec<char>> = text.lines().map(letters).filter(|line| !line.is_empty()).collect();
        if lines.iter().any(|line| line.len() >= TELLING) {
            lines.retain(|line| line.len() >= TELLING);
        } else {
            // Only short lines: together they tell.
            lines = vec![lines.concat()];
        }
        order::by(&mut lines, |line| order::key([order::falling(line.len() as u64)]));
        lines.truncate(LINES);
        let kept = lines.iter().filter(|line| !line.is_empty());
        Fingerprint { lines: kept.map(|line| (line.len(), format!("{:x}", hash(line)))).collect() }
    }

    /// Whether the body of a request carries the text.
    pub fn is_in(&self, body: &str) -> bool {
        !self.lines.is_empty() && {
            let words = letters(&words(body));
            self.lines.iter().all(|(length, wanted)| {
                u64::from_str_radix(wanted, 16).is_ok_and(|wanted| occurs(*length, wanted, &words))
            })
        }
    }
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn hash(text: &[char]) -> u64 {
    text.iter().fold(0, |sum, c| add(times(sum, BASE), u64::from(u32::from(*c))))
}

/// Rabin and Karp: the hash of each stretch follows from the one before.
fn occurs(length: usize, wanted: u64, text: &[char]) -> bool {
    if length == 0 || text.len() < length {
        return false;
    }
    let top = (1..length).fold(1, |power, _| times(power, BASE));
    let mut sum = hash(&text[..length]);
    for at in length..text.len() {
        if sum == wanted {
            return true;
        }
        let gone = times(u64::from(u32::from(text[at - length])), top);
        sum = add(times(add(sum, PRIME - gone), BASE), u64::from(u32::from(text[at])));
    }
    sum == wanted
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

fn add(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

/// The words of a body, in their order.
fn words(body: &str) -> String {
    let end = (0..=BODY.min(body.len())).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
    let mut out = String::new();
    open(&body[..end], DEPTH, &mut out);
    out
}

fn open(text: &str, depth: usize, out: &mut String) {
    let trimmed = text.trim_start();
    if depth > 0 && trimmed.starts_with(['{', '[', '"']) {
        if let Ok(value) = serde_json::from_str::<Value>(trimmed) {
            gather(&value, depth - 1, out);
            return;
        }
    }
    let form = !text.contains([' ', '\n', '<', '{']) && text.contains('=');
    if depth > 0 && form {
        for pair in text.split('&') {
            let value = pair.split_once('=').map_or(pair, |(_, value)| value);
            open(&decoded(value), depth - 1, out);
        }
        return;
    }
    out.push_str(text);
    out.push('\n');
}

fn gather(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::String(text) => open(text, depth, out),
        Value::Array(items) => items.iter().for_each(|item| gather(item, depth, out)),
        Value::Object(fields) => fields.values().for_each(|item| gather(item, depth, out)),
        _ => {}
    }
}

/// A value of a form: `%C3%A9` and `+`.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| value.get(at + 1..at + 3)).flatten();
        match (bytes[at], code.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (_, Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', None) => out.push(b' '),
            (byte, None) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "My patient Mrs. Álvarez, \"SSN 536-22-1234\".\nShe went home & slept.";

    fn bodies() -> Vec<String> {
        let inner = json!({ "blocks": [{ "text": "My patient Mrs. Álvarez, \"SSN 536-22-1234\"." }, { "text": "She went home & slept." }] });
        let form: String = TEXT
            .bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect();
        vec![
            TEXT.to_owned(),
            json!({ "variables": { "tweet_text": TEXT, "media": [] }, "id": "a1" }).to_string(),
            json!([{ "variables": json!({ "text": TEXT }).to_string() }]).to_string(),
            inner.to_string(),
            format!("status={form}&visibility=public"),
            format!("a=1&status={}", form.replace("%20", "+")),
            format!(
                "payload={}",
                json!({ "t": TEXT }).to_string().bytes().map(|b| format!("%{b:02x}")).collect::<String>()
            ),
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{}\r\n--b--",
                TEXT.replace('\n', "\r\n")
            ),
            format!("before {TEXT} after"),
        ]
    }

    #[test]
    fn a_text_is_known_in_every_form_of_body() {
        let print = Fingerprint::of(TEXT);
        for body in bodies() {
            assert!(print.is_in(&body), "{body}");
        }
    }

    #[test]
    fn other_texts_are_let_through() {
        let other = Fingerprint::of("My patient Mrs. Álvarez, \"SSN 536-22-1235\".\nShe went home & slept.");
        for body in bodies() {
            assert!(!other.is_in(&body), "{body}");
        }
        let print = Fingerprint::of(TEXT);
        for body in ["", "{}", "status=She+went+home", "My patient went home.", "[1, 2]", "%%%=%"] {
            assert!(!print.is_in(body), "{body}");
        }
        assert!(!Fingerprint::of("").is_in("anything"), "no text is in no body");
        assert!(!Fingerprint::of(" .,!").is_in("anything"));
    }

    #[test]
    fn the_text_cannot_be_read_off_it() {
        let print = serde_json::to_string(&Fingerprint::of(TEXT)).unwrap();
        assert!(!print.to_lowercase().contains("lvarez") && !print.contains("1234"), "{print}");
        let back = Fingerprint::read(&print).unwrap();
        assert!(back.is_in(TEXT));
    }

    #[test]
    fn short_lines_tell_together() {
        let print = Fingerprint::of("Bed 4\nMr. Li\n");
        assert!(print.is_in("text=Bed+4%0AMr.+Li"));
        assert!(!print.is_in("text=Bed+4"));
    }

    #[test]
    fn hostile_bodies_end() {
        let print = Fingerprint::of(TEXT);
        for body in [
            "[".repeat(100_000),
            "a=".repeat(400_000),
            "%".repeat(1_000_000),
            "\"".repeat(1_000_000),
            "é".repeat(1_500_000),
        ] {
            assert!(!print.is_in(&body));
        }
    }
}
