//! How a draft that touches a claim speaks: like one who asserts, or not.
//!
//! Cues with scopes (`stance`) find refutations that are said outright. Much is
//! said by tone: who urges, hints and testifies asserts, who counts, explains
//! and wonders does not. This linear model weighs the words around the claim,
//! with the claim's own words masked, so that it learns how people assert and
//! not what. Its table (`src/data/misinformation/voice.tsv`) is readable, and
//! `primum train claims` makes it again, bit for bit,
//! from our own labelled posts.

use std::ops::Range;

use super::claims::{Occurrence, Touch, concept_names, is_subject};
use crate::finding::Stance;
use crate::text::Doc;
use crate::text::hash;
use crate::text::linear::{Known, Model};
use crate::text::patterns::group;
use crate::text::table::Table;
use crate::text::tokens::Class;

include!(concat!(env!("OUT_DIR"), "/voice.rs"));
include!(concat!(env!("OUT_DIR"), "/voice_words.rs"));

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
fn window(doc: &Doc, claim: &Range<usize>) -> Range<usize> {
    let (start, end) = (claim.start, claim.end);
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

/// What one stretch of a draft adds up to.
#[derive(Debug, Clone, Default)]
struct Weight {
    sum: f32,
    square: f32,
    /// One bit a feature that was counted: said twice is said. Empty where none
    /// comes twice.
    seen: Vec<u64>,
    most: (f32, Range<usize>),
    least: (f32, Range<usize>),
}

impl Weight {
    fn add(&mut self, feature: &Feature) {
        let Some(Known { number, weight, rarity }) = VOICE.find(hash::finish(feature.state)) else { return };
        if let Some(bits) = self.seen.get_mut(number / 64) {
            if *bits >> (number % 64) & 1 != 0 {
                return;
            }
            *bits |= 1 << (number % 64);
        }
        self.sum += weight;
        self.square += rarity * rarity;
        if weight > self.most.0 {
            self.most = (weight, feature.tokens.clone());
        }
        if weight < self.least.0 {
            self.least = (weight, feature.tokens.clone());
        }
    }
}

/// Hears the claims of one draft; what surrounds several is weighed once.
#[derive(Debug)]
pub struct Ear<'a> {
    doc: &'a Doc<'a>,
    occurrences: &'a [Occurrence],
    /// Windows that were weighed, the last one last.
    known: Vec<(Range<usize>, Weight)>,
}

impl<'a> Ear<'a> {
    /// Nothing is weighed yet.
    pub fn new(doc: &'a Doc<'a>, occurrences: &'a [Occurrence]) -> Ear<'a> {
        Ear { doc, occurrences, known: Vec::new() }
    }

    /// Weighs the words around a claim.
    pub fn hear(&mut self, claimed: &Claimed) -> Voice {
        let window = window(self.doc, &claimed.tokens);
        // Claims come by place: the window is among the last few, if anywhere.
        let late = self.known.len().saturating_sub(8);
        let at = self.known[late..].iter().position(|(known, _)| *known == window).map(|at| late + at);
        let at = at.unwrap_or_else(|| {
            let mut weight = Weight { seen: vec![0; VOICE.weights.len() / 64 + 1], ..Weight::default() };
            around(self.doc, self.occurrences, &window, &mut |feature| weight.add(feature));
            weight.seen = Vec::new();
            self.known.push((window.clone(), weight));
            self.known.len() - 1
        });
        let around = &self.known[at].1;
        let mut own_weight = Weight::default();
        own(claimed, window.len(), &mut |feature| own_weight.add(feature));
        let square = around.square + own_weight.square;
        let score = VOICE.bias + (around.sum + own_weight.sum) / square.sqrt().max(1.0);
        Voice { score, strongest: around.most.1.clone(), weakest: around.least.1.clone() }
    }
}

/// One feature: a phrase of one to three forms, or a cue.
#[derive(Debug)]
pub struct Feature<'a> {
    forms: &'a [&'a [u8]],
    /// The hash of its name, before the end.
    state: u64,
    /// Where it stands.
    pub tokens: Range<usize>,
}

/// Takes in one form of a name, after those before it.
fn spell(mut state: u64, first: bool, form: &[u8]) -> u64 {
    if !first {
        state = hash::step(state, b' ');
    }
    form.iter().fold(state, |state, byte| hash::step(state, byte.to_ascii_lowercase()))
}

impl Feature<'_> {
    /// Its name in the table.
    pub fn name(&self) -> String {
        let forms: Vec<String> = self.forms.iter().map(|form| String::from_utf8_lossy(form).to_lowercase()).collect();
        forms.join(" ")
    }
}

/// Every feature of a claim and its surroundings, repeated where it stands
/// twice.
pub fn features(doc: &Doc, occurrences: &[Occurrence], claimed: &Claimed, into: &mut dyn FnMut(&Feature)) {
    let window = window(doc, &claimed.tokens);
    own(claimed, window.len(), into);
    around(doc, occurrences, &window, into);
}

fn say(name: &[&str], tokens: Range<usize>, into: &mut dyn FnMut(&Feature)) {
    let mut forms: [&[u8]; 2] = [&[]; 2];
    let mut state = hash::START;
    for (at, word) in name.iter().take(2).enumerate() {
        forms[at] = word.as_bytes();
        state = spell(state, at == 0, word.as_bytes());
    }
    into(&Feature { forms: &forms[..name.len().min(2)], state, tokens });
}

/// The features of the claim itself, within so many tokens.
fn own(claimed: &Claimed, window: usize, into: &mut dyn FnMut(&Feature)) {
    let touch = match claimed.touch {
        Touch::Subject => "=subject",
        Touch::Part => "=part",
        Touch::Loose => "=loose",
        Touch::Touches => "=touches",
        Touch::Says => "=says",
    };
    say(&[touch, claimed.ruled.name()], 0..0, into);
    // How much of what is said is the claim: "Garlic cures covid" says nothing else.
    let share = (claimed.tokens.len() * 4 / window.max(1)).min(3);
    say(&["=share", ["0", "1", "2", "3"][share]], 0..0, into);
    say(&[["=short", "=middling", "=long"][(window / 18).min(2)], touch], 0..0, into);
}

/// The features of what surrounds it.
fn around(doc: &Doc, occurrences: &[Occurrence], window: &Range<usize>, into: &mut dyn FnMut(&Feature)) {
    for (group, name) in CUES {
        for found in doc.found_from(*group, window.start, window.end) {
            say(&[name], found.start as usize..found.end as usize, into);
        }
    }
    let first = occurrences.partition_point(|o| (o.start as usize) < window.start);
    let within = || occurrences[first..].iter().take_while(|o| (o.start as usize) < window.end);
    for o in within().filter(|o| !is_subject(o.concept)) {
        say(&["=concept", concept_names()[o.concept as usize]], o.start as usize..o.end as usize, into);
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
    // Word classes, alone and two in a row.
    let mut before = "^";
    for (form, at) in &forms {
        let class = match *form {
            b"*" => "*",
            b"#" => "#",
            b"?" => "?",
            b"!" => "!",
            b"\"" => "quote",
            _ => {
                let state = spell(hash::START, true, form);
                match CLASS_WORDS.find(hash::finish(state)) {
                    Some(number) => CLASS_NAMES[CLASSES[number] as usize],
                    None => continue,
                }
            }
        };
        if class.starts_with('%') {
            say(&[class], at.clone(), into);
        }
        say(&[class, before], at.clone(), into);
        before = class;
    }
    for start in 0..forms.len() {
        let mut phrase: [&[u8]; LONGEST_PHRASE] = [&[]; LONGEST_PHRASE];
        let mut tokens = forms[start].1.clone();
        let mut state = hash::START;
        for (length, (form, at)) in forms[start..].iter().take(LONGEST_PHRASE).enumerate() {
            phrase[length] = form;
            tokens.end = tokens.end.max(at.end);
            state = spell(state, length == 0, form);
            if length > 0 || *form != b"^" {
                into(&Feature { forms: &phrase[..=length], state, tokens: tokens.clone() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::misinformation::claims;

    fn names(text: &str) -> Vec<String> {
        let doc = Doc::new(text);
        let occurrences = claims::occurrences(&doc);
        let claimed = Claimed { touch: Touch::Says, tokens: 0..1, ruled: Stance::Asserts };
        let mut names = Vec::new();
        features(&doc, &occurrences, &claimed, &mut |feature| names.push(feature.name()));
        names
    }

    fn score(text: &str, tokens: Range<usize>) -> f32 {
        let doc = Doc::new(text);
        let occurrences = claims::occurrences(&doc);
        Ear::new(&doc, &occurrences).hear(&Claimed { touch: Touch::Part, tokens, ruled: Stance::Asserts }).score
    }

    #[test]
    fn the_subject_is_masked_and_the_rest_is_read() {
        let names = names("Look at this! Fluoride is hidden in 40 towns https://example.org/x");
        for name in ["look at", "^ look", "* is", "in #", "%hide", "%hide *", "url", "=says asserts"] {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("fluoride")), "{names:?}");
    }

    #[test]
    fn urging_sounds_like_asserting_and_explaining_does_not() {
        let urging = score("Wake up mamas, fluoride is what they hide from you! Share before they delete it", 3..4);
        let explaining =
            score("Our dentist explained how fluoride is measured, and which studies looked at risk.", 4..5);
        assert!(urging > 0.5 && explaining < 0.0, "{urging} {explaining}");
    }

    #[test]
    fn hears_a_window_and_no_more() {
        let long = format!("{} fluoride. {}", "Quiet words stand here. ".repeat(400), "More of them. ".repeat(400));
        let doc = Doc::new(&long);
        let at = doc.tokens.len() / 2;
        assert!(window(&doc, &(at..at + 1)).len() <= 2 * TOKENS + 1);
        assert!(names("").len() < 10);
    }
}
