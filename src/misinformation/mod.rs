//! False and unsupported health claims, and what the writer does with them.

pub mod claims;
pub mod stance;

use crate::assess::{Reading, Touched};
use crate::finding::{Finding, Kind, Level, Reference, Stance};
use claims::Claim;

/// Finds claims; those that are asserted become findings.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) -> Vec<Touched> {
    let doc = &reading.doc;
    let occurrences = claims::occurrences(doc);
    let hits = claims::hits(doc, &occurrences);
    if hits.is_empty() {
        return Vec::new();
    }
    let cues = stance::Cues::new(doc);
    let mut touched: Vec<Touched> = Vec::new();
    let mut asserted: Vec<Finding> = Vec::new();
    let judgements: Vec<stance::Judgement> = hits.iter().map(|hit| cues.judge(hit)).collect();
    // Who refutes one claim and urges nothing does not assert the next.
    let refuter = cues.urges_nothing() && judgements.iter().any(|j| j.stance == Stance::Debunks);
    for (hit, judgement) in hits.iter().zip(judgements) {
        let claim = hit.claim();
        // Words that only touch a claim assert nothing.
        let stance = match judgement.stance {
            Stance::Asserts if !hit.says => Stance::TrueClaim,
            Stance::Asserts if refuter => Stance::Debunks,
            // What the writer takes or stops on their own is no advice.
            Stance::Asserts if reading.patient.away.own && cues.urges_nothing() => Stance::TrueClaim,
            stance => stance,
        };
        match touched.iter_mut().find(|known| known.claim == claim.id) {
            // One assertion outweighs what else is said of the same claim.
            Some(known) if stance == Stance::Asserts => known.stance = stance,
            Some(_) => {}
            None => touched.push(Touched { claim: claim.id.into(), stance }),
        }
        if stance == Stance::Asserts {
            let span = doc.span(hit.start as usize, hit.end as usize);
            let level = if claim.warn { Level::Warn } else { Level::Notice };
            let mut finding = Finding::new(Kind::Claim, "claim.asserted", level, span);
            finding.claim = Some(claim.id.into());
            finding.stance = Some(stance);
            finding.own_words = Some(words(reading, claim));
            finding.references =
                claim.sources().map(|s| Reference { title: s.title.into(), url: s.url.map(Into::into) }).collect();
            asserted.push(finding);
        }
    }
    into.extend(asserted);
    touched
}

/// Message and advice of a claim.
fn words(reading: &Reading, claim: &Claim) -> (String, String) {
    let locale = crate::messages::Locale::new(reading.policy.locale.as_deref().unwrap_or("en"));
    let spanish = reading.policy.locale.as_deref().is_some_and(|tag| tag.starts_with("es"));
    let correction = if spanish && !claim.correction_es.is_empty() { claim.correction_es } else { claim.correction };
    let rule = if claim.contested { "claim_contested" } else { "claim_asserted" };
    let params = [("correction", correction.to_owned()), ("statement", claim.statement.to_owned())];
    (
        locale.message(&format!("finding_{rule}_message"), &params),
        locale.message(&format!("finding_{rule}_advice"), &params),
    )
}
