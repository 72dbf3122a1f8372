//! What a draft as a whole makes of a claim in it.
//!
//! The voice hears the words around a claim with its subject masked, so that it
//! knows how people assert whatever they assert. That leaves two things unheard:
//! what the subject itself tells (who sells shungite does not debunk it), and
//! claims whose words our list does not hold. Two more linear models see to
//! that. [`ASSERTION`] hears a stretch of the draft, subjects and all;
//! [`CLAIM`] weighs what the cues, the voice and the first model say of a claim
//! that is touched. Both are tables of words and weights (`src/data/models`),
//! made again bit for bit by `primum train claims`.

use std::ops::Range;

use super::claims::{ClaimKind, Hit, Occurrence, Touch, concept_names, is_subject};
use crate::assess::Reading;
use crate::finding::Stance;
use crate::text::Doc;
use crate::text::linear::Feature;
use crate::text::patterns::group;
use crate::tie::{self, ASSERTION, BLOCK_SCALE, CLAIM, Listener, SENTENCE_SCALE, Scale};

/// What is known of a claim that is touched.
#[derive(Debug, Clone, Copy)]
pub struct Heard {
    /// What the cues say of it.
    pub ruled: Stance,
    /// It is announced: "Fact:", "Here is what they hide:".
    pub announced: bool,
    /// The voice around it, in log-odds.
    pub voice: f32,
    /// The whole draft, in log-odds.
    pub block: f32,
    /// Its own sentences alone, in log-odds.
    pub sentence: f32,
    /// Log-odds that the draft tells of a patient.
    pub patient: f32,
}

/// What is known of a stretch whose claim our list does not name.
#[derive(Debug, Clone, Copy)]
pub struct Unnamed {
    /// The stretch, in log-odds.
    pub block: f32,
    /// The sentence of it that asserts most, in log-odds.
    pub sentence: f32,
    /// Log-odds that the draft tells of a patient.
    pub patient: f32,
    /// Things that claims are about.
    pub subjects: usize,
    /// Other words that claims are made of.
    pub concepts: usize,
    /// Claims of the list that are touched, in whatever way.
    pub touched: usize,
}

/// Log-odds that a stretch asserts something that our list does not name.
pub fn score_unnamed(unnamed: &Unnamed) -> f32 {
    let mut features = Vec::with_capacity(64);
    unlisted(unnamed, &mut |feature| features.push(feature.hash()));
    CLAIM.score(&features)
}

/// What the second model sees of such a stretch.
pub fn unlisted(unnamed: &Unnamed, into: &mut dyn FnMut(&Feature)) {
    const COUNTS: [&[u8]; 4] = [b"0", b"1", b"2", b"3"];
    let class = b"none".as_slice();
    into(&Feature::new(&[b"=touch", class]));
    let counts =
        [(b"=subjects".as_slice(), unnamed.subjects), (b"=concepts", unnamed.concepts), (b"=touched", unnamed.touched)];
    for (name, count) in counts {
        into(&Feature::new(&[name, COUNTS[count.min(3)]]));
    }
    BLOCK_SCALE.passed_by(class, unnamed.block, into);
    SENTENCE_SCALE.passed_by(class, unnamed.sentence, into);
    PATIENT_SCALE.passed_by(class, unnamed.patient, into);
    let about = [b"off".as_slice(), b"on"][usize::from(unnamed.subjects > 0)];
    BLOCK_SCALE.passed_by(about, unnamed.block, into);
}

/// Log-odds that the writer asserts the claim.
pub fn score(doc: &Doc, hit: &Hit, heard: &Heard) -> f32 {
    let mut features = Vec::with_capacity(64);
    claim(doc, hit, heard, &mut |feature| features.push(feature.hash()));
    CLAIM.score(&features)
}

/// Hears stretches of a draft, each once.
#[derive(Debug)]
pub struct Whole<'l, 'a> {
    listener: &'l mut Listener<'a>,
    occurrences: &'l [Occurrence],
    known: Vec<(Range<usize>, f32)>,
}

impl<'l, 'a> Whole<'l, 'a> {
    /// Nothing is heard yet.
    pub fn new(listener: &'l mut Listener<'a>, occurrences: &'l [Occurrence]) -> Whole<'l, 'a> {
        Whole { listener, occurrences, known: Vec::new() }
    }

    /// The stretch of the draft that a token stands in, and its log-odds.
    pub fn block(&mut self, at: usize) -> (Range<usize>, f32) {
        let range = self.listener.block(at);
        let score = self.hear(range.clone());
        (range, score)
    }

    /// What is known of a stretch, and the sentence of it that asserts most.
    pub fn unnamed(&mut self, block: Range<usize>, touched: usize) -> (Unnamed, Range<usize>) {
        let within = |o: &&Occurrence| block.contains(&(o.start as usize));
        let here = || self.occurrences.iter().filter(within);
        let subjects = here().filter(|o| is_subject(o.concept)).count();
        let concepts = here().count() - subjects;
        let patient = self.listener.tells(block.start);
        let mut best = (f32::MIN, block.clone());
        let mut at = block.start;
        while at < block.end {
            let sentence = self.listener.reading().doc.sentence(at);
            let range = at..sentence.end.clamp(at + 1, block.end);
            at = range.end;
            let score = self.hear(range.clone());
            if score > best.0 {
                best = (score, range);
            }
        }
        let score = self.hear(block);
        (Unnamed { block: score, sentence: best.0, patient, subjects, concepts, touched }, best.1)
    }

    /// Log-odds that the stretch around a token tells of a patient.
    pub fn patient(&mut self, at: usize) -> f32 {
        self.listener.tells(at)
    }

    /// Log-odds that a stretch asserts something false about health.
    pub fn hear(&mut self, range: Range<usize>) -> f32 {
        // Claims come by place: what is heard again was heard late.
        let late = self.known.len().saturating_sub(8);
        if let Some((_, score)) = self.known[late..].iter().find(|(known, _)| *known == range) {
            return *score;
        }
        let mut features = self.listener.stretch(&range);
        concepts(self.occurrences, &range, &mut |feature| features.push(feature.hash()));
        let score = ASSERTION.score(&features);
        self.known.push((range, score));
        score
    }
}

/// The sentences that a claim stands in.
pub fn sentences(doc: &Doc, hit: &Hit) -> Range<usize> {
    let last = doc.sentence((hit.end as usize).saturating_sub(1)).end;
    doc.sentence(hit.start as usize).start..last
}

/// What the first model hears in a stretch of the draft.
pub fn assertion(
    reading: &Reading,
    masks: &[(Range<usize>, &'static str)],
    occurrences: &[Occurrence],
    range: Range<usize>,
    into: &mut dyn FnMut(&Feature),
) {
    tie::surroundings(reading, masks, range.clone(), into);
    concepts(occurrences, &range, into);
}

/// Things that claims are about and what is said of them, whatever their words.
fn concepts(occurrences: &[Occurrence], range: &Range<usize>, into: &mut dyn FnMut(&Feature)) {
    let first = occurrences.partition_point(|o| (o.start as usize) < range.start);
    for o in occurrences[first..].iter().take_while(|o| (o.start as usize) < range.end) {
        into(&Feature::new(&[b"=concept", concept_names()[o.concept as usize].as_bytes()]));
    }
}

static VOICE_SCALE: Scale = Scale::new("=voice");
static PATIENT_SCALE: Scale = Scale::new("=patient");

/// What the second model sees of a claim.
pub fn claim(doc: &Doc, hit: &Hit, heard: &Heard, into: &mut dyn FnMut(&Feature)) {
    let touch: &[u8] = match hit.touch {
        Touch::Subject => b"subject",
        Touch::Part => b"part",
        Touch::Loose => b"loose",
        Touch::Touches => b"touches",
        Touch::Says => b"says",
    };
    let kind: &[u8] = match hit.kind() {
        ClaimKind::Cure => b"cure",
        ClaimKind::Harm => b"harm",
        ClaimKind::Stop => b"stop",
        ClaimKind::Denial => b"denial",
        ClaimKind::Other => b"other",
    };
    let ruled = heard.ruled.name().as_bytes();
    into(&Feature::new(&[b"=touch", touch]));
    into(&Feature::new(&[b"=ruled", ruled]));
    into(&Feature::new(&[b"=ruled", ruled, touch]));
    into(&Feature::new(&[b"=kind", kind]));
    into(&Feature::new(&[b"=kind", kind, ruled]));
    if heard.announced {
        into(&Feature::new(&[b"=announced", touch, ruled]));
    }
    // "Flu shots are in": what is only said to be had asserts less.
    if doc.starts(group::STANCE_STOCKED, hit.end as usize) {
        into(&Feature::new(&[b"=stocked"]));
    }
    for (scale, score) in [(&VOICE_SCALE, heard.voice), (&BLOCK_SCALE, heard.block), (&SENTENCE_SCALE, heard.sentence)]
    {
        scale.passed(score, into);
        scale.passed_by(touch, score, into);
    }
}
