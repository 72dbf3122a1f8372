//! Replacements: the draft with every finding put right.

use crate::assess::{Assessment, Draft, Judged, assess};
use crate::finding::Decision;
use crate::policy::Policy;

/// How often a replaced draft is read again. A replacement may bring a word
/// next to another that now means something; two more rounds settle that.
const ROUNDS: usize = 3;

/// The draft after all replacements, and what is left to put right by hand.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// The new text.
    pub text: String,
    /// Findings without a safe replacement, with their places in `text`.
    pub remaining: Vec<Judged>,
}

/// Applies every replacement and reads the result again, until nothing that
/// can be replaced is left.
///
/// # Example
///
/// ```
/// use primum::{Draft, Policy, replace};
/// let done = replace::all(&Draft::post("My patient Mrs. Alvarez is 94 years old."), &Policy::default());
/// assert!(!done.text.contains("Alvarez"));
/// ```
pub fn all(draft: &Draft, policy: &Policy) -> Replaced {
    let mut text = draft.text.to_owned();
    for _ in 0..ROUNDS {
        let assessment = assess(&Draft { text: &text, ..*draft }, policy);
        match once(&text, &assessment) {
            Some(next) if next != text => text = next,
            _ => break,
        }
    }
    let rest = assess(&Draft { text: &text, ..*draft }, policy);
    let remaining = rest.findings.into_iter().filter(|f| Decision::from(f.action) >= Decision::Notice).collect();
    Replaced { text, remaining }
}

/// Applies the replacements of one assessment, last to first; of two that
/// overlap the longer counts. None when there is nothing to replace.
fn once(text: &str, assessment: &Assessment) -> Option<String> {
    let mut chosen: Vec<&Judged> = Vec::new();
    let mut candidates: Vec<&Judged> = assessment.findings.iter().filter(|f| f.finding.replacement.is_some()).collect();
    candidates.sort_by_key(|f| (std::cmp::Reverse(f.finding.span.end - f.finding.span.start), f.finding.span.start));
    for candidate in candidates {
        if !chosen.iter().any(|f| f.finding.span.overlaps(candidate.finding.span)) {
            chosen.push(candidate);
        }
    }
    if chosen.is_empty() {
        return None;
    }
    chosen.sort_by_key(|f| f.finding.span.start);
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out: Vec<u16> = Vec::with_capacity(units.len());
    let mut at = 0;
    for found in chosen {
        let (from, to) = (found.finding.span.start as usize, found.finding.span.end as usize);
        out.extend_from_slice(units.get(at..from)?);
        let replacement = found.finding.replacement.as_deref().unwrap_or("");
        at = to;
        if replacement.is_empty() {
            // What goes takes one of the two spaces around it along.
            let space = |unit: Option<&u16>| unit.is_none_or(|u| *u == u16::from(b' '));
            let closes = |unit: &u16| b",.!?;:)".iter().any(|mark| u16::from(*mark) == *unit);
            if space(out.last()) && units.get(at) == Some(&u16::from(b' ')) {
                at += 1;
            } else if out.last() == Some(&u16::from(b' ')) && units.get(at).is_none_or(closes) {
                out.pop();
            }
        } else {
            out.extend(replacement.encode_utf16());
        }
    }
    out.extend_from_slice(units.get(at..)?);
    Some(String::from_utf16_lossy(&out))
}
