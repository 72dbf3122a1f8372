//! `primum evaluate`: precision and recall on labelled corpora.
//!
//! Formats, one JSON object a line: `must`/`warn` (our own), `spans` with
//! values (ASQ-PHI, Presidio), `label` F/T (rumours), `claim` and `form`
//! (minimal pairs, see `pairs`), or a text alone, which is taken as harmless.

use std::collections::BTreeMap;

use primum::finding::{Category, Kind, Level, Setting, Stance};
use primum::{Assessment, Draft, Policy, assess};
use serde_json::Value;

use crate::pairs;

/// Evaluates every file named.
pub fn evaluate(words: &[&str]) -> Result<(), String> {
    let (mut show, mut files) = ("", Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--show" => {
                show = words
                    .next()
                    .filter(|w| ["missed", "false"].contains(*w))
                    .ok_or("--show missed, or --show false.")?
            }
            file => files.push(file),
        }
    }
    if files.is_empty() {
        return Err("evaluate needs a file.".to_owned());
    }
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        if pairs::is(&text) {
            pairs::evaluate(file, &text, show)?;
            continue;
        }
        let mut rows = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            rows.push(Row::read(line).map_err(|error| format!("{file}:{}: {error}", number + 1))?);
        }
        println!("\n{} ({} texts)", file.rsplit('/').next().unwrap_or(file), rows.len());
        let mut tally = Tally::default();
        for row in &rows {
            tally.add(row, show);
        }
        tally.print();
    }
    Ok(())
}

/// What has to be found.
pub struct Must {
    pub kind: Option<Kind>,
    /// UTF-16 code units.
    pub start: u32,
    pub end: u32,
}

pub enum Part {
    Privacy,
    Claims,
    Harmless,
}

pub struct Row {
    pub id: String,
    pub text: String,
    pub setting: Setting,
    pub part: Part,
    /// None where the corpus does not say.
    pub warn: Option<bool>,
    stance: String,
    pub must: Vec<Must>,
    /// Labelled by us, word for word.
    pub ours: bool,
    /// The rules were written with it in sight.
    pub seen: bool,
    must_not: Vec<(u32, u32)>,
    /// The review or post that is answered.
    context: Option<String>,
    /// A synthetic sentence in which something is said of one private person.
    tied: bool,
}

/// Whether a sentence ties what it says to one private person, by a title, by
/// kinship, or by where somebody lives or comes from. Musicians, founders,
/// novelists and the speaker's own billing data are none.
fn ties_somebody(text: &str) -> bool {
    const TIES: &[&str] = &[
        "mr. ",
        "mrs. ",
        "ms. ",
        "miss ",
        " lives ",
        " lived ",
        " resides ",
        "grew up",
        "was born",
        "'s address",
        "his address",
        "her address",
        "maiden name",
        "flew to",
        "partner's name",
        "husband ",
        "wife ",
    ];
    const OTHERS: &[&str] = &[
        "novel",
        "founders",
        "concert",
        "ceo",
        "producer",
        "guilty pleasures",
        "tribute",
        "song",
        "statement",
        "hello, this",
        "is it possible",
        "my name",
        "wife.",
    ];
    let text = text.to_lowercase();
    TIES.iter().any(|tie| text.contains(tie)) && !OTHERS.iter().any(|other| text.contains(other))
}

fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// Where the nth occurrence of a quote stands, in UTF-16 code units.
fn place(text: &str, quote: &str, nth: u64) -> Option<(u32, u32)> {
    let (at, _) = text.match_indices(quote).nth(nth.saturating_sub(1) as usize)?;
    let start = units(&text[..at]);
    Some((start, start + units(quote)))
}

/// Names that other corpora give to our kinds. None: no kind of ours.
fn kind_of(name: &str) -> Option<Kind> {
    Kind::from_name(name).or(match name {
        "GEOGRAPHIC_LOCATION" | "LOCATION" | "GPE" | "STREET_ADDRESS" | "location" => Some(Kind::Location),
        "PERSON" | "person" => Some(Kind::Name),
        "PHONE_NUMBER" => Some(Kind::Phone),
        "EMAIL_ADDRESS" => Some(Kind::Email),
        "US_SSN" | "SOCIAL_SECURITY_NUMBER" => Some(Kind::Ssn),
        "MEDICAL_RECORD_NUMBER" => Some(Kind::Mrn),
        "DATE_TIME" => Some(Kind::Date),
        "FAX_NUMBER" => Some(Kind::Fax),
        "HEALTH_PLAN_BENEFICIARY_NUMBER" => Some(Kind::HealthPlanId),
        "CERTIFICATE_LICENSE_NUMBER" => Some(Kind::LicenseNumber),
        "UNIQUE_IDENTIFIER" => Some(Kind::OtherId),
        "CREDIT_CARD" | "IBAN_CODE" => Some(Kind::AccountNumber),
        "US_DRIVER_LICENSE" => Some(Kind::LicenseNumber),
        "DOMAIN_NAME" => Some(Kind::Url),
        _ => None,
    })
}

impl Row {
    pub fn read(line: &str) -> Result<Row, String> {
        let value: Value = serde_json::from_str(line).map_err(|error| format!("no JSON: {error}"))?;
        let text = value["text"].as_str().ok_or("`text` is missing")?.to_owned();
        let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
        let mut must = Vec::new();
        for item in list("must") {
            let quote = item["quote"].as_str().unwrap_or_default();
            let (start, end) = place(&text, quote, item["nth"].as_u64().unwrap_or(1))
                .ok_or_else(|| format!("`{quote}` does not stand in the text"))?;
            must.push(Must { kind: item["kind"].as_str().and_then(Kind::from_name), start, end });
        }
        for item in list("spans") {
            let kind = item["identifier_type"].as_str().or(item["type"].as_str()).and_then(kind_of);
            let quote = item["value"].as_str().unwrap_or_default();
            if let (Some(kind), Some((start, end))) = (kind, place(&text, quote, 1)) {
                must.push(Must { kind: Some(kind), start, end });
            }
        }
        let must_not =
            list("must_not").iter().filter_map(Value::as_str).filter_map(|quote| place(&text, quote, 1)).collect();
        let stance = value["stance"].as_str().unwrap_or("").to_owned();
        let label = value["label"].as_str();
        let ours = value.get("must").is_some();
        let (part, warn) = match label {
            Some(label) => (
                Part::Claims,
                match label {
                    "F" => Some(true),
                    "T" => Some(false),
                    _ => None,
                },
            ),
            None if !stance.is_empty() => (Part::Claims, value["warn"].as_bool()),
            None if ours => (Part::Privacy, value["warn"].as_bool()),
            None if value.get("spans").is_some() => (Part::Privacy, Some(!must.is_empty())),
            None => (Part::Harmless, Some(false)),
        };
        let setting = value["setting"].as_str().and_then(Setting::from_name).unwrap_or(Setting::Post);
        let id = value["id"].as_str().unwrap_or("?").to_owned();
        let context = value["context"].as_str().map(str::to_owned);
        let tied = value.get("spans").is_some() && ties_somebody(&text);
        Ok(Row { id, text, setting, part, warn, stance, must, ours, seen: false, must_not, context, tied })
    }
}

/// A count of a whole, with its 95 % Wilson interval.
#[derive(Default, Clone, Copy)]
pub struct Share {
    hits: u32,
    all: u32,
}

impl Share {
    pub fn add(&mut self, hit: bool) {
        self.all += 1;
        self.hits += u32::from(hit);
    }

    pub fn all(&self) -> u32 {
        self.all
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.all == 0 {
            return write!(f, "none");
        }
        // Wilson 1927, J Am Stat Assoc 22:209-212, z for 95 %.
        const Z: f64 = 1.959_964;
        let (n, p) = (f64::from(self.all), f64::from(self.hits) / f64::from(self.all));
        let middle = p + Z * Z / (2.0 * n);
        let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        write!(
            f,
            "{:5.1} %  ({}/{}, 95 % {:.1}-{:.1})",
            100.0 * p,
            self.hits,
            self.all,
            100.0 * (middle - spread) / scale,
            100.0 * (middle + spread) / scale
        )
    }
}

#[derive(Default)]
struct Tally {
    recall: Share,
    spans: Share,
    by_kind: BTreeMap<Kind, Share>,
    false_alarms: Share,
    forbidden: Share,
    precision: Share,
    tied: Share,
    asserted: Share,
    stances: BTreeMap<String, Share>,
    harmless: Share,
    micros: Vec<f64>,
}

impl Tally {
    fn add(&mut self, row: &Row, show: &str) {
        let draft = Draft { setting: row.setting, context: row.context.as_deref(), ..Draft::post(&row.text) };
        let start = std::time::Instant::now();
        let found = assess(&draft, &Policy::default());
        self.micros.push(start.elapsed().as_nanos() as f64 / 1000.0);
        let tell = |what: &str, why: &str| {
            if show == what {
                println!("  {what} {}: {} {}", row.id, row.text.replace('\n', " / "), why);
            }
        };
        let warned = |test: fn(Kind) -> bool| {
            found.findings.iter().any(|f| f.finding.level == Level::Warn && test(f.finding.kind))
        };
        let claims = found.findings.iter().any(|f| {
            f.finding.kind == Kind::Claim && f.finding.level == Level::Warn && f.finding.stance == Some(Stance::Asserts)
        });
        let anything = warned(|_| true);
        match (&row.part, row.warn) {
            (Part::Privacy, Some(true)) => {
                self.recall.add(anything);
                let missed: Vec<String> = row
                    .must
                    .iter()
                    .filter(|must| !self.span(must, &found))
                    .map(|must| must.kind.map_or("?", Kind::name).to_owned())
                    .collect();
                if !missed.is_empty() {
                    tell("missed", &format!("[{}]", missed.join(", ")));
                }
                self.forbid(row, &found);
                self.precise(row, &found);
                if row.tied {
                    let named = |must: &&Must| matches!(must.kind, Some(Kind::Name | Kind::Location));
                    row.must.iter().filter(named).for_each(|must| self.tied.add(hits(must, &found)));
                }
            }
            (Part::Privacy, _) => {
                self.false_alarms.add(anything);
                if anything {
                    tell("false", &quotes(&found));
                }
                self.forbid(row, &found);
                self.precise(row, &found);
            }
            (Part::Claims, Some(true)) => {
                self.asserted.add(claims);
                if !claims {
                    tell("missed", &row.stance);
                }
            }
            (Part::Claims, Some(false)) => {
                let name = if row.stance.is_empty() { "true" } else { &row.stance };
                self.stances.entry(name.to_owned()).or_default().add(claims);
                self.stances.entry("all that do not assert".to_owned()).or_default().add(claims);
                if claims {
                    tell("false", &quotes(&found));
                }
            }
            (Part::Claims, None) => {}
            (Part::Harmless, _) => {
                self.harmless.add(anything);
                if anything {
                    tell("false", &quotes(&found));
                }
            }
        }
    }

    fn span(&mut self, must: &Must, found: &Assessment) -> bool {
        let hit = hits(must, found);
        self.spans.add(hit);
        if let Some(kind) = must.kind {
            self.by_kind.entry(kind).or_default().add(hit);
        }
        hit
    }

    /// Warnings of identifiers that stand on a label of any kind.
    fn precise(&mut self, row: &Row, found: &Assessment) {
        let identifiers =
            found.findings.iter().map(|f| &f.finding).filter(|f| {
                f.level == Level::Warn && matches!(f.kind.category(), Category::Identifier | Category::Media)
            });
        for finding in identifiers {
            let span = finding.span;
            self.precision.add(row.must.iter().any(|must| span.start < must.end && must.start < span.end));
        }
    }

    /// Words that must not be marked. A finding that takes the whole sentence
    /// or description (replies, group size) is not about the word.
    fn forbid(&mut self, row: &Row, found: &Assessment) {
        for (start, end) in &row.must_not {
            let hit = found.findings.iter().any(|f| {
                let span = f.finding.span;
                f.finding.level == Level::Warn
                    && !matches!(f.finding.kind, Kind::CareRelationship | Kind::Quasi)
                    && span.start < *end
                    && *start < span.end
            });
            self.forbidden.add(hit);
        }
    }

    fn print(&mut self) {
        let line = |name: &str, share: &Share| {
            if share.all > 0 {
                println!("  {name:<34} {share}");
            }
        };
        line("privacy: posts warned", &self.recall);
        line("privacy: spans of the right kind", &self.spans);
        line("privacy: names, places of a person", &self.tied);
        line("privacy: warnings on a label", &self.precision);
        line("privacy: false alarms", &self.false_alarms);
        line("privacy: harmless words marked", &self.forbidden);
        line("misinformation: assertions warned", &self.asserted);
        for (stance, share) in &self.stances {
            line(&format!("misinformation: false, {stance}"), share);
        }
        line("harmless texts warned", &self.harmless);
        for (kind, share) in &self.by_kind {
            line(&format!("  {kind}"), share);
        }
        self.micros.sort_by(f64::total_cmp);
        if let (Some(p50), Some(p99)) =
            (self.micros.get(self.micros.len() / 2), self.micros.get(self.micros.len() * 99 / 100))
        {
            println!("  {:<34} p50 {p50:.1} us, p99 {p99:.1} us", "time a text");
        }
    }
}

fn hits(must: &Must, found: &Assessment) -> bool {
    found.findings.iter().map(|f| &f.finding).any(|f| {
        f.level == Level::Warn && Some(f.kind) == must.kind && f.span.start < must.end && must.start < f.span.end
    })
}

pub fn quotes(found: &Assessment) -> String {
    let warned = found.findings.iter().filter(|f| f.finding.level == Level::Warn || f.finding.kind == Kind::Claim);
    let quotes: Vec<String> = warned.map(|f| format!("{} \"{}\"", f.finding.rule, f.quote)).collect();
    format!("[{}]", quotes.join(", "))
}
