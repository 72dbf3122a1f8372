//! How a draft that touches a claim speaks: like one who asserts, or not.
//!
//! Cues with scopes (`stance`) find refutations that are said outright. Much is
//! said by tone: who urges, hints and testifies asserts, who counts, explains
//! and wonders does not. This linear model weighs the words around the claim,
//! with the claim's own words masked, so that it learns how people assert and
//! not what. Its table (`src/data/misinformation/voice.tsv`) is readable, and
//! `cargo run --release --example train_voice` makes it again, bit for bit,
//! from our own labelled posts.

use std::ops::Range;

use super::claims::{Occurrence, Touch, concept_names, is_subject};
use crate::finding::Stance;
use crate::text::Doc;
use crate::text::hash;
use crate::text::patterns::group;
use crate::text::table::Table;
use crate::text::tokens::Class;

include!(concat!(env!("OUT_DIR"), "/voice.rs"));

/// Sentences to either side of the claim that the model hears.
const SENTENCES: u32 = 2;
/// Tokens to either side: a sentence without an end does not cost more.
const TOKENS: usize = 120;
/// Words of the longest phrase that has a weight.
pub const LONGEST_PHRASE: usize = 2;

/// What the model makes of the words around a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// Log-odds that the writer asserts; 0 where one in two does.
    pub score: f32,
    /// The tokens that spoke most clearly for it; empty where none did.
    pub strongest: Range<usize>,
    /// The tokens that spoke most clearly against it.
    pub weakest: Range<usize>,
}

/// The stance cues as features.
const CUES: &[(u16, &str)] = &[
    (group::STANCE_FALSE, "=false"),
    (group::STANCE_REFUTE, "=refute"),
    (group::STANCE_FRAME, "=frame"),
    (group::STANCE_CONCEDE, "=concede"),
    (group::STANCE_IDLE, "=idle"),
    (group::STANCE_ASK, "=ask"),
    (group::STANCE_RHETORIC, "=rhetoric"),
    (group::STANCE_REPORT, "=report"),
    (group::STANCE_LAW, "=law"),
    (group::STANCE_ENDORSE, "=endorse"),
    (group::STANCE_MOCK, "=mock"),
    (group::STANCE_SOBER, "=sober"),
];

/// The tokens around a claim that the model hears.
fn window(doc: &Doc, start: usize, end: usize) -> Range<usize> {
    let sentence = |at: usize| doc.tokens.get(at).map_or(0, |token| token.sentence);
    let (first, last) = (sentence(start), sentence(end.saturating_sub(1)));
    let from = doc.tokens.partition_point(|token| token.sentence + SENTENCES < first);
    let to = doc.tokens.partition_point(|token| token.sentence <= last + SENTENCES);
    from.max(start.saturating_sub(TOKENS))..to.min(end + TOKENS)
}

/// A claim in the draft, as the model sees it.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// How completely its words stand there.
    pub touch: Touch,
    /// Its first token, and the token after its last.
    pub tokens: Range<usize>,
    /// What the cues say of it.
    pub ruled: Stance,
}

/// Weighs the words around a claim.
pub fn hear(doc: &Doc, occurrences: &[Occurrence], claimed: &Claimed) -> Voice {
    let (mut sum, mut square) = (0.0f32, 0.0f32);
    let mut seen: Vec<u16> = Vec::with_capacity(160);
    let (mut most, mut least) = ((0.0f32, 0..0), (0.0f32, 0..0));
    features(doc, occurrences, claimed, &mut |feature| {
        let Some(number) = FEATURES.find(feature.hash()) else { return };
        let (Some(weight), Some(rarity)) = (WEIGHTS.get(number), RARITIES.get(number)) else { return };
        let (weight, rarity) = (f32::from(*weight) * WEIGHT_UNIT, f32::from(*rarity) * RARITY_UNIT);
        // Counted once: said twice is said. The list is short, and sorted.
        let Err(at) = seen.binary_search(&(number as u16)) else { return };
        seen.insert(at, number as u16);
        let part = weight * rarity;
        sum += part;
        square += rarity * rarity;
        if part > most.0 {
            most = (part, feature.tokens.clone());
        }
        if part < least.0 {
            least = (part, feature.tokens.clone());
        }
    });
    Voice { score: BIAS + sum / square.sqrt().max(1.0), strongest: most.1, weakest: least.1 }
}

/// One feature: a phrase of one to three forms, or a cue.
#[derive(Debug)]
pub struct Feature<'a> {
    forms: &'a [&'a [u8]],
    /// Where it stands.
    pub tokens: Range<usize>,
}

impl Feature<'_> {
    /// The hash of its name.
    fn hash(&self) -> u64 {
        let mut state = hash::START;
        for (number, form) in self.forms.iter().enumerate() {
            if number > 0 {
                state = hash::step(state, b' ');
            }
            for byte in *form {
                state = hash::step(state, byte.to_ascii_lowercase());
            }
        }
        hash::finish(state)
    }

    /// Its name in the table.
    pub fn name(&self) -> String {
        let forms: Vec<String> = self.forms.iter().map(|form| String::from_utf8_lossy(form).to_lowercase()).collect();
        forms.join(" ")
    }
}

/// Every feature of a claim's surroundings, in order, repeated where it stands
/// twice.
pub fn features(doc: &Doc, occurrences: &[Occurrence], claimed: &Claimed, into: &mut dyn FnMut(&Feature)) {
    let window = window(doc, claimed.tokens.start, claimed.tokens.end);
    let mut say = |name: &[&str], tokens: Range<usize>| {
        let mut forms: [&[u8]; 2] = [&[]; 2];
        for (form, word) in forms.iter_mut().zip(name) {
            *form = word.as_bytes();
        }
        into(&Feature { forms: &forms[..name.len().min(2)], tokens });
    };
    let touch = match claimed.touch {
        Touch::Subject => "=subject",
        Touch::Part => "=part",
        Touch::Loose => "=loose",
        Touch::Touches => "=touches",
        Touch::Says => "=says",
    };
    say(&[touch, claimed.ruled.name()], 0..0);
    // How much of what is said is the claim: "Garlic cures covid" says nothing else.
    let share = (claimed.tokens.len() * 4 / window.len().max(1)).min(3);
    say(&["=share", ["0", "1", "2", "3"][share]], 0..0);
    say(&[["=short", "=middling", "=long"][(window.len() / 18).min(2)], touch], 0..0);
    for (group, name) in CUES {
        for found in doc.found_from(*group, window.start, window.end) {
            say(&[name], found.start as usize..found.end as usize);
        }
    }
    let first = occurrences.partition_point(|o| (o.start as usize) < window.start);
    let within = || occurrences[first..].iter().take_while(|o| (o.start as usize) < window.end);
    for o in within().filter(|o| !is_subject(o.concept)) {
        say(&["=concept", concept_names()[o.concept as usize]], o.start as usize..o.end as usize);
    }
    // Phrases: the subjects are masked, sentences have an edge.
    let mut masks = within().filter(|o| is_subject(o.concept)).peekable();
    let mut masked_to = 0;
    let mut forms: Vec<(&[u8], Range<usize>)> = Vec::with_capacity(window.len() + 16);
    let mut sentence = u32::MAX;
    for at in window.clone() {
        let token = &doc.tokens[at];
        if token.sentence != sentence {
            sentence = token.sentence;
            forms.push((b"^", at..at));
        }
        while let Some(o) = masks.next_if(|o| o.start as usize <= at) {
            masked_to = masked_to.max(o.end as usize);
        }
        if at < masked_to {
            match forms.last_mut() {
                Some((b"*", tokens)) => tokens.end = at + 1,
                _ => forms.push((b"*", at..at + 1)),
            }
            continue;
        }
        let form: &[u8] = match token.class {
            Class::Number => b"#",
            Class::Url => b"url",
            Class::Email => b"mail",
            Class::Handle => b"@",
            _ => doc.word(at).as_bytes(),
        };
        forms.push((form, at..at + 1));
    }
    forms.push((b"^", 0..0));
    for start in 0..forms.len() {
        let mut phrase: [&[u8]; LONGEST_PHRASE] = [&[]; LONGEST_PHRASE];
        let mut tokens = forms[start].1.clone();
        for (length, (form, at)) in forms[start..].iter().take(LONGEST_PHRASE).enumerate() {
            phrase[length] = form;
            tokens.end = tokens.end.max(at.end);
            if length > 0 || *form != b"^" {
                into(&Feature { forms: &phrase[..=length], tokens: tokens.clone() });
            }
        }
    }
}
