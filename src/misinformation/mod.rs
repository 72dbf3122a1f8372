//! False and unsupported health claims, and what the writer does with them.

pub mod claims;
pub mod pack;
pub mod stance;
pub mod voice;

use crate::assess::{Reading, Touched};
use crate::finding::{Finding, Kind, Level, Reference, Stance};
use crate::text::Doc;
use crate::text::patterns::group;
use claims::{Claim, Hit, Touch};
use pack::Added;
use stance::Judgement;
use voice::{Claimed, Ear};

/// Log-odds that a claim needs more where its thing is only said to be had.
const STOCKED: f32 = 2.0;

/// Log-odds (`voice`) above which a claim counts as asserted, by how it is
/// touched and what the cues say of it. Chosen for few false alarms: about one
/// in forty posts on a listed claim that do not assert it, where model and
/// rules have not seen the claim (`tests/corpus.rs`, `primum train voice`).
pub fn threshold(touch: Touch, ruled: Stance) -> f32 {
    match (touch, ruled) {
        (Touch::Says, Stance::Asserts) => 0.85,
        // What makes a true statement of the words is named in the data.
        (_, Stance::TrueClaim) => 1.6,
        (Touch::Subject, _) => 0.9,
        (Touch::Loose, Stance::Asserts) => 0.45,
        (Touch::Touches, _) => 0.7,
        (Touch::Says, Stance::Debunks) => 0.8,
        (_, Stance::Questions) => 1.0,
        _ => 0.6,
    }
}

/// Finds claims; those that are asserted become findings.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) -> Vec<Touched> {
    let doc = &reading.doc;
    let pack = &reading.policy.claims_added;
    let occurrences = claims::occurrences(doc);
    let hits = claims::hits(doc, &occurrences);
    let added = if pack.is_empty() { Vec::new() } else { pack.hits(doc) };
    if hits.is_empty() && added.is_empty() {
        return Vec::new();
    }
    let ours = hits.iter().filter_map(|hit| Some((Listed::Ours(hit.claim()?), hit)));
    let theirs = added.iter().filter_map(|(number, hit)| Some((Listed::Added(pack.claim(*number)?), hit)));
    let cues = stance::Cues::new(doc, &occurrences);
    let mut ear = Ear::new(doc, &occurrences);
    let mut touched: Vec<Touched> = Vec::new();
    let mut asserted: Vec<Finding> = Vec::new();
    let mut quiet: Vec<std::ops::Range<u32>> = Vec::new();
    for (claim, hit) in theirs.chain(ours) {
        // Words that only stand near each other count where nothing is said.
        if !hit.is_close() && !asserted.is_empty() {
            break;
        }
        // ... and never against what is said of the same claim, or there.
        let there = |known: &std::ops::Range<u32>| known.start < hit.end && hit.start < known.end;
        if !hit.is_close() && (quiet.iter().any(there) || touched.iter().any(|known| known.claim == claim.id())) {
            continue;
        }
        let judgement = judge(doc, &cues, &mut ear, hit);
        let asserts = judgement.stance == Stance::Asserts;
        if hit.touch == Touch::Says && !asserts {
            quiet.push(hit.start..hit.end);
        }
        if hit.touch <= Touch::Part && !asserts {
            continue;
        }
        let known = touched.iter_mut().find(|known| known.claim == claim.id());
        // One assertion outweighs what else is said of the same claim.
        if known.is_none() || asserts {
            let evidence = doc.words(judgement.evidence.start, judgement.evidence.end);
            let evidence = (!evidence.is_empty()).then(|| evidence.to_owned());
            let now = Touched { claim: claim.id().to_owned().into(), stance: judgement.stance, evidence };
            match known {
                Some(known) => *known = now,
                None => touched.push(now),
            }
        }
        if asserts {
            asserted.push(finding(reading, &claim, hit, &judgement));
        }
    }
    into.extend(asserted);
    touched
}

/// A claim of our table, or one that the hospital added.
enum Listed<'a> {
    Ours(&'static Claim),
    Added(&'a Added),
}

impl Listed<'_> {
    fn id(&self) -> &str {
        match self {
            Listed::Ours(claim) => claim.id,
            Listed::Added(claim) => &claim.id,
        }
    }

    fn level(&self) -> Level {
        match self {
            Listed::Ours(claim) if claim.warn => Level::Warn,
            Listed::Ours(_) => Level::Notice,
            Listed::Added(claim) => claim.level,
        }
    }

    fn contested(&self) -> bool {
        match self {
            Listed::Ours(claim) => claim.contested,
            Listed::Added(claim) => claim.contested,
        }
    }

    fn statement(&self) -> &str {
        match self {
            Listed::Ours(claim) => claim.statement,
            Listed::Added(claim) => &claim.statement,
        }
    }

    fn correction(&self, spanish: bool) -> &str {
        match self {
            Listed::Ours(claim) if spanish && !claim.correction_es.is_empty() => claim.correction_es,
            Listed::Ours(claim) => claim.correction,
            Listed::Added(claim) => &claim.correction,
        }
    }

    fn references(&self) -> Vec<Reference> {
        match self {
            Listed::Ours(claim) => {
                claim.sources().map(|s| Reference { title: s.title.into(), url: s.url.map(Into::into) }).collect()
            }
            Listed::Added(claim) => claim.references.clone(),
        }
    }
}

/// The cues' judgement, and what the voice makes of it.
fn judge(doc: &Doc, cues: &stance::Cues, ear: &mut Ear, hit: &Hit) -> Judgement {
    let ruled = cues.judge(hit);
    let tokens = hit.start as usize..hit.end as usize;
    let voice = ear.hear(&Claimed { touch: hit.touch, tokens, ruled: ruled.stance });
    let mut bar = threshold(hit.touch, ruled.stance);
    if doc.starts(group::STANCE_STOCKED, hit.end as usize) {
        bar += STOCKED;
    }
    // The voice knows colons from headlines that report. A claim that is said in
    // full, announced, and not spoken against needs no more than even odds.
    if hit.touch == Touch::Says && ruled.stance == Stance::Asserts && cues.announced(hit) {
        bar = bar.min(0.0);
    }
    let asserts = voice.score > bar;
    match (ruled.stance, asserts) {
        (Stance::Asserts, true) if !ruled.evidence.is_empty() => ruled,
        (_, true) => Judgement { stance: Stance::Asserts, evidence: voice.strongest },
        (Stance::Asserts, false) if hit.touch == Touch::Says => {
            Judgement { stance: Stance::Debunks, evidence: voice.weakest }
        }
        (Stance::Asserts, false) => Judgement { stance: Stance::TrueClaim, evidence: voice.weakest },
        (_, false) => ruled,
    }
}

fn finding(reading: &Reading, claim: &Listed, hit: &Hit, judgement: &Judgement) -> Finding {
    let doc = &reading.doc;
    let span = doc.span(hit.start as usize, hit.end as usize);
    let mut finding = Finding::new(Kind::Claim, "claim.asserted", claim.level(), span);
    finding.claim = Some(claim.id().to_owned().into());
    finding.stance = Some(judgement.stance);
    let evidence = doc.words(judgement.evidence.start, judgement.evidence.end);
    finding.evidence = (!evidence.is_empty()).then(|| evidence.to_owned());
    finding.own_words = Some(words(reading, claim));
    finding.references = claim.references();
    finding
}

/// Message and advice of a claim.
fn words(reading: &Reading, claim: &Listed) -> (String, String) {
    let tag = reading.policy.locale.as_deref().unwrap_or("en");
    let locale = crate::messages::Locale::new(tag);
    let rule = if claim.contested() { "claim_contested" } else { "claim_asserted" };
    let correction = claim.correction(tag.starts_with("es"));
    let params = [("correction", correction.to_owned()), ("statement", claim.statement().to_owned())];
    (
        locale.message(&format!("finding_{rule}_message"), &params),
        locale.message(&format!("finding_{rule}_advice"), &params),
    )
}
