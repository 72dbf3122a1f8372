//! The one entry: a draft and a policy in, an assessment out.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::finding::{Action, Decision, Finding, Level, Setting, Stance};
use crate::messages::Locale;
use crate::order;
use crate::patient::Frame;
use crate::policy::Policy;
use crate::text::Doc;

/// What the writer has typed, and where.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The text in the composer.
    pub text: &'a str,
    /// Host and path start of the site: `biz.yelp.com`, `google.com/maps`.
    pub site: Option<&'a str>,
    /// What kind of post it would be.
    pub setting: Setting,
    /// The review or post that is being answered.
    pub context: Option<&'a str>,
}

impl<'a> Draft<'a> {
    /// A post of its own, on no particular site.
    pub fn post(text: &'a str) -> Draft<'a> {
        Draft { text, site: None, setting: Setting::Post, context: None }
    }

    /// A provider's answer to a review.
    pub fn review_reply(text: &'a str) -> Draft<'a> {
        Draft { setting: Setting::ReviewReply, ..Draft::post(text) }
    }
}

/// A draft as the detectors see it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The draft.
    pub draft: Draft<'a>,
    /// Its tokens and phrases.
    pub doc: Doc<'a>,
    /// Whether and where it speaks of a patient.
    pub patient: Frame,
    /// What the hospital decides.
    pub policy: &'a Policy,
}

impl<'a> Reading<'a> {
    /// Reads a draft.
    pub fn new(draft: &Draft<'a>, policy: &'a Policy) -> Reading<'a> {
        let doc = Doc::new(draft.text);
        let patient = Frame::new(&doc, draft.setting);
        Reading { draft: *draft, doc, patient, policy }
    }

    /// Something has shown that the draft speaks of a patient throughout.
    pub fn show_patient(&mut self) {
        let sentences = self.doc.tokens.last().map_or(0, |token| token.sentence);
        self.patient.show(sentences);
    }
}

/// A finding with what policy makes of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// What is to be done.
    pub action: Action,
    /// The words of the draft that it stands on.
    pub quote: String,
    /// Why it matters, for the writer.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// A claim that the draft touches, with its stance.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Touched {
    /// The claim's id.
    pub claim: Cow<'static, str>,
    /// What the writer does with it.
    pub stance: Stance,
    /// The words that decided it, where there are such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// The answer on a draft.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The strongest action.
    pub decision: Decision,
    /// What was found, by position.
    pub findings: Vec<Judged>,
    /// Every claim that is touched, also where it is not asserted.
    pub claims: Vec<Touched>,
}

/// Reads a draft and says what would do harm.
///
/// Deterministic, linear in the length of the draft, and without panics on any
/// input.
///
/// # Example
///
/// ```
/// use primum::{Draft, Policy, assess};
/// let clean = assess(&Draft::post("Flu shots this Saturday, 9 to 1!"), &Policy::default());
/// assert_eq!(clean.decision.name(), "allow");
/// ```
pub fn assess(draft: &Draft, policy: &Policy) -> Assessment {
    let (reading, mut findings) = candidates(draft, policy);
    let mut listener = crate::tie::Listener::new(&reading, &findings);
    crate::tie::weigh(&mut listener, &mut findings);
    crate::policy::terms::find(&reading, &mut findings);
    crate::reidentify::find(&reading, &mut findings);
    crate::tie::weigh_descriptions(&mut listener, &mut findings);
    let claims = crate::misinformation::find(&mut listener, &mut findings);
    settle(&mut findings);
    let locale = Locale::new(policy.locale.as_deref().unwrap_or("en"));
    let units: Option<Vec<u16>> =
        (!draft.text.is_ascii() && !findings.is_empty()).then(|| draft.text.encode_utf16().collect());
    let findings: Vec<Judged> = findings
        .into_iter()
        .filter_map(|finding| {
            let action = policy.action_on(&finding);
            if action == Action::Off {
                return None;
            }
            let (from, to) = (finding.span.start as usize, finding.span.end as usize);
            let quote = match &units {
                Some(units) => String::from_utf16_lossy(units.get(from..to).unwrap_or(&[])),
                None => draft.text.get(from..to).unwrap_or("").to_owned(),
            };
            if policy.allows(&quote) {
                return None;
            }
            Some(judged(finding, action, quote, locale))
        })
        .collect();
    let decision = findings.iter().map(|found| found.action).max().map_or(Decision::Allow, Decision::from);
    Assessment { decision, findings, claims }
}

/// Reads a draft and finds everything that may be an identifier, before
/// [`crate::tie`] weighs what ties it to a patient.
pub fn candidates<'a>(draft: &Draft<'a>, policy: &'a Policy) -> (Reading<'a>, Vec<Finding>) {
    let mut reading = Reading::new(draft, policy);
    let mut findings = Vec::with_capacity(16);
    // What speaks for itself comes first: it shows that there is a patient,
    // and so decides how names, dates and places are read.
    crate::identifiers::find_numbers(&reading, &mut findings);
    crate::policy::terms::find_numbers(&reading, &mut findings);
    crate::relationship::find(&reading, &mut findings);
    if findings.iter().any(|f| f.level == Level::Warn && f.kind.shows_patient()) {
        reading.show_patient();
    }
    crate::identifiers::find_words(&mut reading, &mut findings);
    crate::credential::find(&reading, &mut findings);
    crate::credential::hints(&reading, &mut findings);
    (reading, findings)
}

fn judged(mut finding: Finding, action: Action, quote: String, locale: Locale) -> Judged {
    finding.params.push(("quote", quote.clone()));
    if finding.references.is_empty() {
        finding.references = crate::rules::references(finding.rule);
    }
    let (message, advice) = match finding.own_words.take() {
        Some(words) => words,
        None => {
            let key = |what| format!("finding_{}_{what}", finding.rule.replace('.', "_"));
            (locale.message(&key("message"), &finding.params), locale.message(&key("advice"), &finding.params))
        }
    };
    Judged { finding, action, quote, message, advice }
}

/// Puts findings in order and keeps one of those that say the same: within a
/// category the stronger, then the longer, then the earlier finding wins where
/// two overlap. Findings of different categories may share words.
fn settle(findings: &mut Vec<Finding>) {
    findings.retain(|finding| finding.span.start < finding.span.end && finding.level > Level::Hint);
    // By category and place; of those that start together the strongest, then the longest, first.
    order::by(findings, |f| {
        let weight = (f.level as u64) << 32 | u64::from(f.span.end - f.span.start);
        order::key([f.kind.category() as u64, u64::from(f.span.start), order::falling(weight)])
    });
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let rival =
            kept.last_mut().filter(|k| k.kind.category() == finding.kind.category() && k.span.overlaps(finding.span));
        match rival {
            Some(rival) => {
                let weight = |f: &Finding| (f.level, f.span.end - f.span.start);
                if weight(&finding) > weight(rival) {
                    *rival = finding;
                }
            }
            None => kept.push(finding),
        }
    }
    order::by(&mut kept, |f| order::key([u64::from(f.span.start), u64::from(f.span.end), f.kind as u64]));
    *findings = kept;
}

impl Serialize for Judged {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let f = &self.finding;
        let mut out = serializer.serialize_struct("Finding", 18)?;
        out.serialize_field("category", &f.kind.category())?;
        out.serialize_field("kind", &f.kind)?;
        out.serialize_field("rule", f.rule)?;
        out.serialize_field("level", &f.level)?;
        out.serialize_field("action", &self.action)?;
        out.serialize_field("start", &f.span.start)?;
        out.serialize_field("end", &f.span.end)?;
        out.serialize_field("quote", &self.quote)?;
        out.serialize_field("message", &self.message)?;
        out.serialize_field("advice", &self.advice)?;
        macro_rules! optional {
            ($($field:ident),+) => {$(
                match &f.$field {
                    Some(value) => out.serialize_field(stringify!($field), value)?,
                    None => out.skip_field(stringify!($field))?,
                }
            )+};
        }
        optional!(replacement, claim, stance, evidence, group_size, facts);
        out.serialize_field("references", &f.references)?;
        out.end()
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Assessment", 3)?;
        out.serialize_field("decision", &self.decision)?;
        out.serialize_field("findings", &self.findings)?;
        out.serialize_field("claims", &self.claims)?;
        out.end()
    }
}
