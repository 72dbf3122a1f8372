//! Records: what was held and what the user chose, without the text.
//!
//! A record is one line of JSON with a fixed order of fields. Its hash is the
//! SHA-256 of that line without the hash, and each record holds the hash of the
//! one before: a record that is missing, changed or moved shows
//! ([`verify::verify`]). The chain has no key. Who can write to the device's
//! storage can make a new chain; what was exported or reported before shows
//! that, since it holds the old hashes.
//!
//! Every field is taken from a fixed set or has a narrow form, whatever is
//! handed in: a page that fools the content script still puts no word of a draft
//! into a record. The one free text is the writer's reason, kept only where the
//! policy asks for one, and only after the same check as a draft.

pub mod export;
pub mod otlp;
pub mod sha256;
pub mod summary;
pub mod time;
pub mod verify;

use std::borrow::Cow;

use serde::Serialize;

use crate::finding::{Decision, Kind, Setting};
use crate::json::Fields;
use crate::policy::Policy;
use crate::{Draft, assess, replace};

/// What a user, or the second gate, did with a finding or a held post.
pub const CHOICES: &[&str] = &["back", "replace", "safe", "anyway", "ignore", "not_patient", "allow", "stopped"];

/// A reason is cut after this (characters).
const LONGEST_REASON: usize = 300;
/// A record names no more kinds and rules than this.
const MOST_NAMES: usize = 50;

/// One record. The order of the fields is the order of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record<'a> {
    /// Its place in the chain, from 1.
    pub number: u64,
    /// When, in UTC: `2026-03-01T14:05:09Z`.
    pub time: Cow<'a, str>,
    /// The site.
    pub host: Cow<'a, str>,
    /// post, reply, review_reply, comment or message.
    pub setting: Cow<'a, str>,
    /// What was found.
    pub kinds: Vec<Cow<'a, str>>,
    /// The rules that found it.
    pub rules: Vec<Cow<'a, str>>,
    /// How many people fit the description: `1-10`, `11-99`, `100+`; else empty.
    pub group: Cow<'a, str>,
    /// What the policy made of it.
    pub decision: Cow<'a, str>,
    /// One of [`CHOICES`], or `other`.
    pub choice: Cow<'a, str>,
    /// The writer's reason, where the policy asks for one.
    pub reason: Cow<'a, str>,
    /// A reason was given and not kept, since it says something about a patient.
    pub withheld: bool,
    /// The writer stated that a written authorization exists.
    pub attested: bool,
    /// Hash of the record before; empty for the first.
    pub previous: Cow<'a, str>,
    /// Hash of this one.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub hash: Cow<'a, str>,
}

/// What the extension tells of a decision.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The site.
    pub host: String,
    /// Where the draft stood.
    pub setting: String,
    /// Kinds of the findings.
    pub kinds: Vec<String>,
    /// Rules of the findings.
    pub rules: Vec<String>,
    /// Group sizes of the findings that have one (people).
    pub groups: Vec<f64>,
    /// What the policy made of the draft.
    pub decision: String,
    /// What the user chose.
    pub choice: String,
    /// The reason that the user typed.
    pub reason: String,
    /// The user stated that an authorization exists.
    pub attested: bool,
}

/// The end of a chain: what the next record holds on to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Number of the last record; 0 before the first.
    pub number: u64,
    /// Its hash.
    pub hash: String,
}

impl Record<'static> {
    /// Reads a line. None where it is no record, or more than one.
    pub fn read(line: &str) -> Option<Record<'static>> {
        Record::of(Fields::read(line)?)
    }

    fn of(mut fields: Fields) -> Option<Record<'static>> {
        let names = |names: Option<Vec<String>>| Some(names?.into_iter().map(Cow::Owned).collect());
        let record = Record {
            number: fields.number("number")?,
            time: fields.text("time")?.into(),
            host: fields.text("host")?.into(),
            setting: fields.text("setting")?.into(),
            kinds: names(fields.texts("kinds"))?,
            rules: names(fields.texts("rules"))?,
            group: fields.text("group")?.into(),
            decision: fields.text("decision")?.into(),
            choice: fields.text("choice")?.into(),
            reason: fields.text("reason")?.into(),
            withheld: fields.flag("withheld")?,
            attested: fields.flag("attested")?,
            previous: fields.text("previous")?.into(),
            hash: fields.text_if_any("hash")?.into(),
        };
        fields.is_empty().then_some(record)
    }

    /// The next record of a chain. `time` is a moment in UTC as JavaScript's
    /// `toISOString` writes it.
    pub fn new(entry: &Entry, head: &Head, time: &str, policy: &Policy) -> Record<'static> {
        let (reason, withheld) = reason(entry, policy);
        let mut record = Record {
            number: head.number + 1,
            time: time::to_the_second(time).into(),
            host: host(&entry.host).into(),
            setting: one_of(&entry.setting, Setting::ALL.iter().map(|one| one.name())).into(),
            kinds: names(&entry.kinds, |name| Kind::from_name(name).is_some()),
            rules: names(&entry.rules, is_rule),
            group: band(&entry.groups).into(),
            decision: one_of(&entry.decision, Decision::ALL.iter().map(|one| one.name())).into(),
            choice: one_of(&entry.choice, CHOICES.iter().copied()).into(),
            reason: reason.into(),
            withheld,
            attested: entry.attested,
            previous: head.hash.clone().into(),
            hash: "".into(),
        };
        record.hash = record.digest().into();
        record
    }
}

impl Entry {
    /// Takes it out of an object. What is missing is empty; None where something
    /// has another shape.
    pub fn of(mut fields: Fields) -> Option<Entry> {
        let mut texts = |name: &str| if fields.has(name) { fields.texts(name) } else { Some(Vec::new()) };
        let (kinds, rules) = (texts("kinds")?, texts("rules")?);
        let groups = if fields.has("groups") { fields.list("groups")? } else { Vec::new() };
        Some(Entry {
            host: fields.text_if_any("host")?,
            setting: fields.text_if_any("setting")?,
            kinds,
            rules,
            groups: groups.iter().map(serde_json::Value::as_f64).collect::<Option<_>>()?,
            decision: fields.text_if_any("decision")?,
            choice: fields.text_if_any("choice")?,
            reason: fields.text_if_any("reason")?,
            attested: fields.has("attested") && fields.flag("attested")?,
        })
    }
}

impl Head {
    /// Takes it out of an object.
    pub fn of(mut fields: Fields) -> Option<Head> {
        Some(Head { number: fields.number("number")?, hash: fields.text("hash")? })
    }
}

impl Record<'_> {
    /// The hash that the record must have.
    pub fn digest(&self) -> String {
        let bare = Record { hash: "".into(), ..self.clone() };
        sha256::hex(bare.line().as_bytes())
    }

    /// The record as a line of JSON, without the line's end.
    pub fn line(&self) -> String {
        // A struct of texts, numbers and flags has no way to fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The chain after this record.
    pub fn head(&self) -> Head {
        Head { number: self.number, hash: self.hash.clone().into_owned() }
    }
}

fn one_of<'a>(name: &str, mut names: impl Iterator<Item = &'a str>) -> &'a str {
    names.find(|known| *known == name).unwrap_or("other")
}

fn names(given: &[String], good: impl Fn(&str) -> bool) -> Vec<Cow<'static, str>> {
    let mut kept: Vec<Cow<'static, str>> = Vec::new();
    for name in given.iter().take(MOST_NAMES) {
        if good(name) && !kept.iter().any(|known| known == name) {
            kept.push(name.clone().into());
        }
    }
    kept
}

/// Rules of the table, and the two families that bring their own sources.
fn is_rule(name: &str) -> bool {
    let own = ["quasi.", "claim."].iter().any(|family| {
        name.strip_prefix(family).is_some_and(|rest| {
            rest.len() <= 40 && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
        })
    });
    own || crate::rules::find(name).is_some()
}

fn host(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
    if name.len() <= 253 && name.chars().all(plain) { name.to_ascii_lowercase() } else { String::new() }
}

fn band(groups: &[f64]) -> &'static str {
    let fewest = groups.iter().copied().filter(|size| size.is_finite()).min_by(f64::total_cmp);
    match fewest {
        None => "",
        // The cells that the CMS rule does not publish.
        Some(size) if size < 11.0 => "1-10",
        Some(size) if size < 100.0 => "11-99",
        Some(_) => "100+",
    }
}

/// The reason that is kept, and whether one was withheld.
fn reason(entry: &Entry, policy: &Policy) -> (String, bool) {
    let given: String = entry.reason.trim().chars().take(LONGEST_REASON).collect();
    if entry.decision != Decision::Justify.name() || given.is_empty() {
        return (String::new(), false);
    }
    // Findings of any level are taken out of what is kept for years.
    if assess(&Draft::post(&given), policy).findings.is_empty() {
        return (given, false);
    }
    let replaced = replace::all(&Draft::post(&given), policy).text;
    if assess(&Draft::post(&replaced), policy).findings.is_empty() {
        (replaced.chars().take(LONGEST_REASON).collect(), false)
    } else {
        (String::new(), true)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn entry() -> Entry {
        Entry {
            host: "x.com".into(),
            setting: "post".into(),
            kinds: vec!["NAME".into(), "DATE".into()],
            rules: vec!["name.patient".into(), "date.relative".into()],
            groups: vec![400.0, 7.0],
            decision: "warn".into(),
            choice: "back".into(),
            ..Entry::default()
        }
    }

    /// A chain of so many records, as lines.
    pub fn chain(length: usize) -> Vec<String> {
        let policy = Policy::default();
        let mut head = Head::default();
        (0..length)
            .map(|at| {
                let mut entry = entry();
                entry.choice = CHOICES[at % CHOICES.len()].into();
                let time = format!("2026-{:02}-{:02}T10:00:00.000Z", at / 28 % 12 + 1, at % 28 + 1);
                let record = Record::new(&entry, &head, &time, &policy);
                head = record.head();
                record.line()
            })
            .collect()
    }

    #[test]
    fn the_line_is_the_canonical_form() {
        let record = Record::new(&entry(), &Head::default(), "2026-03-01T14:05:09.123Z", &Policy::default());
        let bare = r#"{"number":1,"time":"2026-03-01T14:05:09Z","host":"x.com","setting":"post","kinds":["NAME","DATE"],"rules":["name.patient","date.relative"],"group":"1-10","decision":"warn","choice":"back","reason":"","withheld":false,"attested":false,"previous":""}"#;
        assert_eq!(record.hash, sha256::hex(bare.as_bytes()));
        assert_eq!(record.line(), format!("{},\"hash\":\"{}\"}}", bare.strip_suffix('}').unwrap(), record.hash));
        let next = Record::new(&entry(), &record.head(), "2026-03-01T14:05:10.000Z", &Policy::default());
        assert_eq!((next.number, next.previous.as_ref()), (2, record.hash.as_ref()));
        let line = record.line();
        assert_eq!(Record::read(&line).expect("it reads back"), record);
    }

    #[test]
    fn no_word_of_a_draft_slips_in() {
        let words = "Mrs. Alvarez went home";
        let sly = Entry {
            host: words.into(),
            setting: words.into(),
            kinds: vec![words.into(), "ALVAREZ".into()],
            rules: vec![words.into(), "mrs.alvarez".into(), "claim.Alvarez went".into()],
            decision: words.into(),
            choice: words.into(),
            reason: words.into(),
            ..Entry::default()
        };
        let line = Record::new(&sly, &Head::default(), words, &Policy::default()).line();
        assert!(!line.to_lowercase().contains("alvarez") && !line.contains("home"), "{line}");
    }

    #[test]
    fn a_reason_is_checked_like_a_draft() {
        let kept = |decision: &str, reason: &str| {
            let entry = Entry { decision: decision.into(), reason: reason.into(), ..entry() };
            let record = Record::new(&entry, &Head::default(), "", &Policy::default());
            (record.reason.into_owned(), record.withheld)
        };
        let plain = "Approved by the press office";
        assert_eq!(kept("justify", plain), (plain.to_owned(), false));
        assert_eq!(kept("warn", plain), (String::new(), false), "only where the policy asks");
        for reason in ["My patient Mrs. Alvarez agreed", "patient SSN 536-22-1234 signed", "her password: Hunter2!x9"] {
            let (kept, _) = kept("justify", reason);
            for word in ["Alvarez", "536", "Hunter2"] {
                assert!(!kept.contains(word), "{reason}: {kept}");
            }
        }
        assert!(kept("justify", &"long ".repeat(200)).0.chars().count() <= LONGEST_REASON);
    }

    #[test]
    fn bands_follow_the_small_cell_rule() {
        for (groups, expected) in [
            (vec![], ""),
            (vec![0.3], "1-10"),
            (vec![10.9], "1-10"),
            (vec![11.0], "11-99"),
            (vec![5000.0], "100+"),
            (vec![f64::NAN], ""),
        ] {
            assert_eq!(band(&groups), expected, "{groups:?}");
        }
    }
}
