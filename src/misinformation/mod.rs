//! False and unsupported health claims, and what the writer does with them.

pub mod claims;
pub mod pack;
pub mod stance;
pub mod voice;
pub mod whole;

use crate::assess::{Reading, Touched};
use crate::finding::{Finding, Kind, Level, Reference, Stance};
use crate::text::Doc;
use crate::text::patterns::group;
use crate::tie::Listener;
use claims::{Claim, Hit, Occurrence, Touch};
use pack::Added;
use stance::Judgement;
use voice::{Claimed, Ear};
use whole::{Heard, Whole};

/// Log-odds (the model `CLAIM`, see [`whole`]) above which a claim of the list
/// counts as asserted. This and the next were chosen for few false alarms: by
/// cross-validation, each claim judged by models that have not seen it, and by
/// the totals of held-back posts, of headlines and of questions on vaccines.
pub const ASSERTED: f32 = 2.0;
/// As above, for a draft that asserts something of which our list has no words.
pub const UNLISTED: f32 = 2.5;
/// So much more where only the thing is named that a claim is about, which a
/// post about anything may name; where a headline only comes near a claim; and
/// where what no list names is asked.
const DOUBT: f32 = 1.0;
/// So much less where a claim is said in full, announced ("Fact:", "Here is what
/// they hide:") and not spoken against. Lists of myths begin so too, and the
/// models, which know those, think too little of a colon.
const ANNOUNCED: f32 = 4.0;

/// Finds claims; those that are asserted become findings.
pub fn find(listener: &mut Listener, into: &mut Vec<Finding>) -> Vec<Touched> {
    let reading = listener.reading();
    let doc = &reading.doc;
    let pack = &reading.policy.claims_added;
    let occurrences = claims::occurrences(doc);
    let hits = claims::hits(doc, &occurrences);
    let added = if pack.is_empty() { Vec::new() } else { pack.hits(doc) };
    if occurrences.is_empty() && added.is_empty() {
        return Vec::new();
    }
    let ours = hits.iter().filter_map(|hit| Some((Listed::Ours(hit.claim()?), hit)));
    let theirs = added.iter().filter_map(|(number, hit)| Some((Listed::Added(pack.claim(*number)?), hit)));
    let cues = stance::Cues::new(doc, &occurrences);
    let mut ear = Ear::new(doc, &occurrences);
    let mut whole = Whole::new(listener, &occurrences);
    let headline = reading.patient.headline(doc);
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
        let judgement = judge(doc, &cues, &mut ear, &mut whole, hit, headline);
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
    if asserted.is_empty() && !headline {
        asserted.extend(unlisted(doc, &mut whole, &occurrences, hits.len()));
    }
    into.extend(asserted);
    touched
}

/// Whether the sentence that ends there is a question.
fn asks(doc: &Doc, end: usize) -> bool {
    (end.saturating_sub(2)..end).any(|at| doc.punct(at, b'?'))
}

/// A claim that our list does not name, where the whole draft leaves little doubt.
fn unlisted(doc: &Doc, whole: &mut Whole, occurrences: &[Occurrence], touched: usize) -> Option<Finding> {
    let mut to = 0;
    for o in occurrences {
        // A stretch without a word that claims are made of is about something else.
        if (o.start as usize) < to {
            continue;
        }
        let block = whole.block(o.start as usize).0;
        to = block.end;
        let (unnamed, sentence) = whole.unnamed(block, touched);
        // What is denied, counted or told of a study is seldom what the writer claims.
        let denied = [group::STANCE_FALSE, group::STANCE_REFUTE, group::STANCE_REPORT, group::STANCE_SOBER]
            .iter()
            .any(|group| doc.found_in(*group, sentence.start, sentence.end))
            || ["none", "no", "nothing", "neither", "not", "nobody"].iter().any(|word| doc.reads(sentence.start, word))
            || sentence
                .clone()
                .any(|at| ["study", "studies", "trial", "trials"].iter().any(|word| doc.reads(at, word)));
        let doubt = if denied || asks(doc, sentence.end) { DOUBT } else { 0.0 };
        if whole::score_unnamed(&unnamed) > UNLISTED + doubt {
            let mut finding =
                Finding::new(Kind::Claim, "claim.unlisted", Level::Warn, doc.span(sentence.start, sentence.end));
            finding.stance = Some(Stance::Asserts);
            return Some(finding);
        }
    }
    None
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
fn judge(doc: &Doc, cues: &stance::Cues, ear: &mut Ear, whole: &mut Whole, hit: &Hit, headline: bool) -> Judgement {
    let ruled = cues.judge(hit);
    let tokens = hit.start as usize..hit.end as usize;
    let voice = ear.hear(&Claimed { touch: hit.touch, tokens, ruled: ruled.stance });
    let heard = Heard {
        ruled: ruled.stance,
        announced: cues.announced(hit),
        voice: voice.score,
        block: whole.block(hit.start as usize).1,
        sentence: whole.hear(whole::sentences(doc, hit)),
        patient: whole.patient(hit.start as usize),
    };
    let asked = asks(doc, doc.sentence((hit.end as usize).saturating_sub(1)).end);
    let said = hit.touch == Touch::Says && ruled.stance == Stance::Asserts && !asked;
    let doubt = hit.touch == Touch::Subject || hit.touch < Touch::Says && headline;
    let bar = match said && heard.announced {
        true => ASSERTED - ANNOUNCED,
        false if doubt => ASSERTED + DOUBT,
        false => ASSERTED,
    };
    let asserts = whole::score(doc, hit, &heard) > bar;
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
