//! The writer's own secrets: passwords, PINs, keys, tokens.
//!
//! A secret is what follows its announcement ("password is", "pin", `KEY=`) and
//! looks like none of the words that might stand there, or what has the shape
//! of an issued token. Advice about passwords holds no password.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::patterns::group;
use crate::text::tokens::Class;
use crate::text::words::{Words, words};
use crate::tie;

/// Openings of issued tokens, as their issuers document them: AWS, GitHub,
/// GitLab, Slack, Stripe, Google, OpenAI, JSON web tokens (RFC 7519), PEM.
const ISSUED: &[(&str, usize)] = &[
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 20),
    ("gho_", 20),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("sk-", 20),
    ("AIza", 30),
    ("eyJ", 20),
    ("-----BEGIN", 10),
];

/// No issued token, and no setting with a name and 8 characters, is shorter.
const SHORTEST_RUN: usize = 10;

/// Secrets with their announcement, and issued tokens anywhere.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let text = doc.plain.text.as_str();
    let mut last = 0;
    for found in &doc.matches {
        let pin = match found.group {
            group::CREDENTIAL_CUE => false,
            group::CREDENTIAL_PIN | group::CREDENTIAL_DOOR => true,
            _ => continue,
        };
        let sentence = doc.sentence(found.start as usize);
        if doc.found_in(group::CREDENTIAL_ADVICE, sentence.start, sentence.end) {
            continue;
        }
        let Some((from, to)) = secret_after(doc, found.end as usize, pin) else { continue };
        if found.group == group::CREDENTIAL_DOOR && !text[from..to].contains(['-', '#', '*']) {
            continue;
        }
        if from >= last {
            last = to;
            push(into, doc, "credential.secret", from, to);
            // "jdoe23 / Summer#19": user and password in one breath.
            let next = doc.tokens.partition_point(|t| (t.start as usize) < to);
            if let Some(value) = value_at(doc, next + 1).filter(|v| doc.punct(next, b'/') && mixed(v)) {
                let from = doc.tokens[next + 1].start as usize;
                last = from + value.len();
                push(into, doc, "credential.secret", from, last);
            }
        }
    }
    // The secret before its word: strong shapes only.
    for found in doc.found(group::CREDENTIAL_NEAR) {
        let sentence = doc.sentence(found.start as usize);
        if doc.found_in(group::CREDENTIAL_ADVICE, sentence.start, sentence.end) {
            continue;
        }
        let from = sentence.start.max((found.start as usize).saturating_sub(NEAR));
        let to = sentence.end.min(found.end as usize + NEAR);
        let secret = (from..to).find_map(|at| {
            let start = doc.tokens[at].start as usize;
            let value = value_at(doc, at)?;
            (doc.tokens[at].spaced && strong(value)).then_some((start, start + value.len()))
        });
        if let Some((from, to)) = secret {
            push(into, doc, "credential.secret", from, to);
        }
    }
    // Runs without a space: issued tokens and settings of programs.
    let mut at = 0;
    for run in text.split([' ', '\n', '\t', '\r', '\'', '"', '`']) {
        let from = at;
        at += run.len() + 1;
        if run.len() < SHORTEST_RUN {
            continue;
        }
        let start = run.rfind(['=', ':']).map_or(0, |sign| sign + 1);
        let name = run[..start].to_ascii_lowercase();
        let value = run[start..].trim_end_matches([',', ';', ')', '.']);
        let issued = ISSUED.iter().any(|(open, length)| value.starts_with(open) && value.len() >= *length);
        let named = ["key", "token", "secret", "password", "passwd", "pwd"].iter().any(|word| name.contains(word));
        if issued || named && value.len() >= 8 && mixed(value) {
            push(into, doc, "credential.token", from + start, from + start + value.len());
        }
    }
}

/// A secret stands no further before its word than this many tokens.
const NEAR: usize = 10;

/// Words that a secret is not far from. Nothing but these and its shape speaks
/// for a hint; [`crate::tie`] decides by what surrounds it.
const ABOUT: &Words = words![
    "password",
    "passwords",
    "passcode",
    "passphrase",
    "pass",
    "pw",
    "pwd",
    "pin",
    "pins",
    "login",
    "log-in",
    "log",
    "logon",
    "logins",
    "username",
    "user",
    "creds",
    "credentials",
    "code",
    "codes",
    "keypad",
    "key",
    "keys",
    "alarm",
    "door",
    "wifi",
    "wi-fi",
    "ssid",
    "network",
    "token",
    "unlock",
    "unlocks",
    "badge",
    "combo",
    "combination",
    "lock",
    "safe",
    "portal",
    "vpn",
    "pyxis",
    "omnicell",
    "epic",
    "ehr",
    "emr",
    "pacs",
    "sign-in",
    "signin",
    "2fa",
    "mfa",
    "backup",
    "env",
    "curl",
    "postgres",
    "contraseña",
    "clave",
    "usuario",
    "acceso"
];

/// Tokens from a hint to the nearest of these words.
const ABOUT_REACH: usize = 16;

/// What may be a secret by its shape and by a word near it.
pub fn hints(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let text = doc.plain.text.as_str();
    let about: Vec<usize> = (0..doc.tokens.len()).filter(|at| doc.reads_any(*at, ABOUT)).collect();
    if about.is_empty() {
        return;
    }
    let mut covered = vec![false; doc.tokens.len()];
    for known in into.iter().filter(|known| known.kind == Kind::Credential) {
        covered[tie::tokens_of(doc, known.span)].fill(true);
    }
    let mut next = 0;
    let mut last = 0;
    for (at, token) in doc.tokens.iter().enumerate() {
        let start = token.start as usize;
        while about.get(next + 1).is_some_and(|word| *word <= at) {
            next += 1;
        }
        let near =
            [about.get(next), about.get(next + 1)].into_iter().flatten().any(|word| word.abs_diff(at) <= ABOUT_REACH);
        if !near
            || covered[at]
            || start < last
            || matches!(token.class, Class::Punct | Class::Email | Class::Handle)
            || token.hashtag
        {
            continue;
        }
        let starts = at == 0 || token.spaced || doc.tokens[at - 1].class == Class::Punct;
        let Some(value) = value_at(doc, at).filter(|_| starts) else { continue };
        // An address may hold one: "postgres://user:secret@host".
        let inner =
            value.split_once("://").and_then(|(_, rest)| Some((rest, rest.split_once('@')?.0.split_once(':')?.1)));
        let (from, value) = match inner {
            Some((rest, secret)) => {
                let from = start + (value.len() - rest.len()) + rest.find(secret).unwrap_or(0);
                (from, secret)
            }
            None => (start, value),
        };
        if (digits(value) || mixed(value) || coined(doc, at, value)) && from + value.len() <= text.len() {
            last = from + value.len();
            let span = doc.span_of_bytes(from, last);
            into.push(
                Finding::new(Kind::Credential, "credential.secret", Level::Hint, span).replaced_by("[secret removed]"),
            );
        }
    }
}

/// What is nothing but a password: long, with letters, digits and a sign.
fn strong(value: &str) -> bool {
    value.len() >= 8
        && value.bytes().any(|b| b.is_ascii_alphabetic())
        && value.bytes().any(|b| b.is_ascii_digit())
        && value.bytes().any(|b| b"!#$%&*+=_@?^~".contains(&b))
        && !value.contains("//")
        && !value.starts_with(['#', '@', '$'])
}

fn push(into: &mut Vec<Finding>, doc: &Doc, rule: &'static str, from: usize, to: usize) {
    let span = doc.span_of_bytes(from, to);
    into.push(Finding::new(Kind::Credential, rule, Level::Warn, span).replaced_by("[secret removed]"));
}

/// The bytes of the secret that an announcement brings.
fn secret_after(doc: &Doc, end: usize, pin: bool) -> Option<(usize, usize)> {
    const FILLERS: &Words = words![
        "is",
        "was",
        "are",
        "es",
        "to",
        "for",
        "the",
        "still",
        "now",
        "currently",
        "just",
        "number",
        "code",
        "on",
        "in",
        "of",
        "it",
        "it's",
        "that",
        "today",
        "new",
        "my",
        "our",
        "this",
        "one",
        "door",
        "week",
        "all",
        "unit",
        "room",
        "use",
        "del",
        "de",
        "la",
        "el",
        "portal",
        "wifi",
        "epic",
        "lounge",
        "guest",
        "staff",
        "break",
        "call",
        "here",
        "below"
    ];
    let mut at = end;
    for _ in 0..8 {
        let token = doc.tokens.get(at)?;
        if token.class == Class::Punct || doc.reads_any(at, FILLERS) {
            if b".!?".iter().any(|mark| doc.punct(at, *mark)) && doc.tokens.get(at + 1).is_none_or(|t| t.spaced) {
                return None;
            }
            at += 1;
            continue;
        }
        let from = token.start as usize;
        if matches!(token.class, Class::Url | Class::Email | Class::Handle) || token.hashtag {
            return None;
        }
        let value = value_at(doc, at)?;
        let secret = |at: usize, value: &str| if pin { digits(value) } else { mixed(value) || coined(doc, at, value) };
        if secret(at, value) {
            return Some((from, from + value.len()));
        }
        break;
    }
    // "API key for the FHIR sandbox: ..."
    let sentence = doc.tokens.get(end)?.sentence;
    (end..end + FAR).take_while(|at| doc.tokens.get(*at).is_some_and(|t| t.sentence == sentence)).find_map(|at| {
        let token = doc.tokens[at];
        let value = value_at(doc, at)?;
        let from = token.start as usize;
        let brought = at > end
            && (doc.punct(at - 1, b':')
                || doc.punct(at - 1, b'=')
                || doc.reads_any(at - 1, words!["is", "to", "now", "it's", "was"]));
        let secret = if pin {
            brought && digits(value)
        } else {
            // "BlueHeron-19": letters and digits that no name or date has.
            mixed(value)
                && value.len() >= 8
                && (brought
                    || value.bytes().any(|b| b.is_ascii_lowercase()) && value.bytes().any(|b| b.is_ascii_uppercase()))
                || brought && value_at(doc, at + 2).is_some_and(|next| doc.punct(at + 1, b'/') && mixed(next))
        };
        (token.spaced && !matches!(token.class, Class::Url | Class::Email | Class::Handle) && !token.hashtag && secret)
            .then_some((from, from + value.len()))
    })
}

/// Words between an announcement and its secret.
const FAR: usize = 10;

/// No secret that people type is longer, in bytes: a run without a space costs
/// no more than that a token.
const LONGEST: usize = 200;

/// What is written without a space from a token on.
fn value_at<'a>(doc: &'a Doc, at: usize) -> Option<&'a str> {
    let rest = &doc.plain.text[doc.tokens.get(at)?.start as usize..];
    let ends = |b: u8| matches!(b, b' ' | b'\n' | b'\t' | b'\r' | b'\'' | b'"' | b'`');
    let length = match rest.bytes().take(LONGEST).position(ends) {
        Some(length) => length,
        None if rest.len() < LONGEST => rest.len(),
        None => return None,
    };
    Some(rest[..length].trim_end_matches([',', ';', ')', '.']))
}

/// `7-1-1-9-#`, `80426`
fn digits(value: &str) -> bool {
    let count = value.bytes().filter(u8::is_ascii_digit).count();
    (3..=10).contains(&count)
        && value
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'#' | b'*' | b'.' | b'e' | b'E' | b'x' | b'X'))
}

/// No word looks so: letters with digits or inner signs.
fn mixed(value: &str) -> bool {
    let has = |test: fn(&u8) -> bool| value.bytes().any(|b| test(&b));
    let letter = has(u8::is_ascii_alphabetic);
    let digit = has(u8::is_ascii_digit);
    let sign = value.bytes().any(|b| b"!#$%&*+=_@?^~/\\|<>".contains(&b));
    value.len() >= 4
        && (letter && digit || letter && sign && value.len() >= 6 || digit && sign)
        && !value.starts_with("http")
}

/// A run of words in one: `tigerlily-ferry-kayak`, `correcthorsebattery`.
fn coined(doc: &Doc, at: usize, value: &str) -> bool {
    let parts = value.split('-').count();
    let upper_inside =
        value.bytes().skip(1).any(|b| b.is_ascii_uppercase()) && value.bytes().any(|b| b.is_ascii_lowercase());
    parts >= 3 && value.len() >= 10
        || upper_inside && value.len() >= 6 && doc.tags(at) & (tag::SURNAME | tag::ENGLISH) == 0
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Credential;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        flags("the epic password is Tulip#88 if you cover for me", Credential);
        flags("med room keypad is 4471#, badge pin 80426", Credential);
        flags("export CLINIC_API_KEY=mk_prod_9fT2xQ7vLw0ZbN4rEo81", Credential);
        flags("aws_access_key_id = AKIAIOSFODNN7EXAMPLE", Credential);
        flags("wifi code for the lounge: nightshift2024", Credential);
    }

    #[test]
    fn left_alone() {
        clean("Your password should not be Winter2024", Credential);
        clean("I forgot my password again and IT is closed", Credential);
        clean("Tap 'Forgot password' once and use the 6-digit code we text you", Credential);
        clean("Book with code MRH0515 for the blood drive", Credential);
        clean("The key is early vasopressin", Credential);
    }
}
