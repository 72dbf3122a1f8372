//! Whether a draft describes somebody whom the writer cares for, and where.
//!
//! Facts identify only when they are told of a patient: the mayor who cuts a
//! ribbon, the writer's own aunt and a man of 1848 may be described as closely
//! as one likes. The patient frame ([`crate::patient`]) says where a draft
//! surely speaks of a patient; descriptions need less, for they are told
//! without any of its cues: "optometry win: a lighthouse keeper kept seeing
//! halos".

use super::facts::{Fact, What};
use crate::assess::Reading;
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::group;
use crate::text::tokens::Class;
use crate::text::words::words;

/// Sentences between what ties a draft to a patient and a fact about them.
pub const REACH: u32 = 2;

const CLINICAL: u128 =
    tag::DISEASE | tag::DRUG | tag::CLINICAL_VERB | tag::ANATOMY | tag::CLINICAL_NOUN | tag::UNIT_WORD;

/// Where nothing speaks for or against: the logarithm of the odds that a draft
/// is about one patient of its writer. The weights of the signs are learnt by
/// logistic regression on our open corpora (tests/corpus, `*-open.jsonl`, posts
/// of ours and headlines); they add up.
const START: f32 = -3.3;
/// Somebody may be described.
const MAYBE: f32 = -0.7;
/// Somebody whom people know may be told of as a patient.
const TALK: f32 = 0.2;
/// The writer's patient is described.
const SURE: f32 = 0.8;

/// Where somebody is described.
#[derive(Debug)]
pub struct Who {
    /// Sentences that speak of the person, ascending.
    ties: Vec<u32>,
    /// Sentences that speak of anybody: "if you are a principal".
    anybody: Vec<u32>,
    /// The person is surely the writer's own patient.
    pub sure: bool,
    /// Somebody whom people know is told of as a patient.
    pub known: bool,
}

/// What one sentence holds.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// The writer cares for somebody.
    care: bool,
    /// One particular patient is spoken of.
    one: bool,
    /// Somebody came, was asked, has a nurse.
    near: bool,
    clinical: bool,
    person: bool,
    /// A note's shorthand: "31M", "44 y/o".
    note: bool,
    anybody: bool,
    known: bool,
    /// A fact that people tell each other.
    story: bool,
}

/// Years of whose patients nobody posts as their own.
const HISTORY: std::ops::Range<u64> = 1500..1980;

impl Who {
    /// None where nobody is described whom the writer cares for: somebody
    /// invented, the writer's family, a person of the news.
    pub fn read(reading: &Reading, facts: &[Fact]) -> Option<Who> {
        let doc = &reading.doc;
        if invented(doc) {
            return None;
        }
        let sentences = evidence(doc, facts);
        let weight = weigh(reading, facts, &sentences);
        if weight < MAYBE {
            return None;
        }
        let told = |test: fn(&Evidence) -> bool| {
            (0..sentences.len() as u32).filter(|at| test(&sentences[*at as usize])).collect()
        };
        Some(Who {
            ties: (0..sentences.len() as u32)
                .filter(|at| {
                    let here = &sentences[*at as usize];
                    here.care
                        || here.one
                        || here.near
                        || here.note
                        || here.clinical
                        || here.person
                        || reading.patient.near(*at)
                })
                .collect(),
            anybody: told(|s| s.anybody && !s.known),
            sure: weight >= SURE,
            known: weight >= TALK,
        })
    }

    /// Whether a fact of this sentence is told of the person.
    pub fn near(&self, sentence: u32) -> bool {
        let at = self.ties.partition_point(|tie| tie + REACH < sentence);
        self.ties.get(at).is_some_and(|tie| *tie <= sentence + REACH) && self.anybody.binary_search(&sentence).is_err()
    }
}

/// Adds up what speaks for and against a patient of the writer.
fn weigh(reading: &Reading, facts: &[Fact], sentences: &[Evidence]) -> f32 {
    let doc = &reading.doc;
    let found = |group| doc.found(group).next().is_some();
    let any = |test: fn(&Evidence) -> bool| sentences.iter().any(test);
    let away = reading.patient.away;
    let pronouns = doc.tokens.iter().filter(|token| token.is(tag::PRONOUN_ONE)).count();
    // "My sister", not "my sister's piano teacher".
    let own = doc.found(group::QUASI_OWN).any(|found| !doc.reads(found.end as usize, "'s"));
    let own_kin = (1..doc.tokens.len())
        .any(|at| doc.tokens[at].is(tag::KIN) && (doc.reads(at - 1, "my") || doc.reads(at - 1, "our")));
    let signs = [
        (0.7, reading.patient.strength == Strength::Strong),
        (0.4, reading.patient.strength == Strength::Weak),
        (0.7, any(|s| s.care)),
        (0.5, any(|s| s.near)),
        (0.6, found(group::PATIENT_ACT)),
        (0.6, reading.patient.own_voice),
        (0.8, found(group::QUASI_VOICE)),
        (1.1, facts.iter().any(|fact| fact.what == What::Age)),
        (1.0, any(|s| s.person)),
        (0.7, pronouns > 0),
        (0.7, pronouns > 1),
        (0.7, doc.tokens.iter().any(|token| token.is(tag::PATIENT_NOUN))),
        (1.3, any(|s| s.story)),
        (0.2, any(|s| s.story && (s.care || s.one))),
        (0.3, doc.draft.contains('?')),
        // "Wound care:", "Peds GI.": a note's heading.
        (1.2, (0..4).any(|at| doc.punct(at, b':') || doc.punct(at, b'.'))),
        (-0.9, away.announcement),
        (-0.9, away.colleague),
        (-1.4, away.fiction),
        (-0.7, away.public),
        (-2.1, own),
        (-0.3, own_kin),
        (-0.6, any(|s| s.anybody)),
        (-0.5, found(group::AWAY_GENERIC)),
        (-0.5, found(group::QUASI_ANY)),
        (-0.9, found(group::QUASI_MEDIA)),
        (-2.4, doc.draft.contains("http")),
        (-0.8, (0..5).any(|at| doc.reads_any(at, words!["i'm", "im", "as", "am"]))),
        (-0.9, found(group::QUASI_WRITER)),
    ];
    START + signs.iter().filter(|(_, there)| *there).map(|(weight, _)| weight).sum::<f32>()
}

/// The story is made up, blended or changed, and does not deny it.
fn invented(doc: &Doc) -> bool {
    let mut altered = doc.found(group::QUASI_ALTERED).filter(|found| {
        // "Say that the mayor is your patient", not "let me say that".
        let at = found.start as usize;
        !doc.reads(at, "say") || at == 0 || doc.tokens[at - 1].sentence != doc.tokens[at].sentence
    });
    // "1796", "a foreman in 1848", "the twins of the 1950s": history.
    let history = (1..doc.tokens.len()).any(|at| {
        doc.tokens[at].class == Class::Number
            && numbers::at(doc, at).is_some_and(|year| HISTORY.contains(&year.value))
            && (doc.reads(at + 1, "s")
                || doc.reads_any(at - 1, words!["in", "of", "since", "around", "circa"])
                || doc.is_month_or_weekday(at - 1))
            && doc.found_from(group::AGE_BIRTH, at.saturating_sub(7), at).next().is_none()
    });
    history || altered.next().is_some() && doc.found(group::QUASI_NOT_ALTERED).next().is_none()
}

fn evidence(doc: &Doc, facts: &[Fact]) -> Vec<Evidence> {
    let mut sentences = vec![Evidence::default(); doc.tokens.last().map_or(0, |token| token.sentence as usize + 1)];
    for (at, token) in doc.tokens.iter().enumerate() {
        let here = &mut sentences[token.sentence as usize];
        here.clinical |= token.is(CLINICAL);
        here.person |= token.is(tag::PRONOUN_ONE | tag::PERSON_NOUN | tag::PATIENT_NOUN | tag::OCCUPATION | tag::KIN);
        here.note |= token.class == Class::Number && is_note(doc, at);
        // "If you are a principal", "if the principal of your school", "whenever a farmer".
        here.anybody |= doc.reads_any(at, words!["if", "whenever", "when"])
            // "When your pt is a bishop": the writer's.
            && !doc.reads_any(at + 2, words!["pt", "patient", "client"])
            && (doc.reads_any(at + 1, words!["you", "you're", "your", "a", "an", "someone", "anyone", "somebody"])
                || (at + 2..at + 7).any(|next| doc.reads(next, "your")));
    }
    for fact in facts {
        let Some(here) = sentences.get_mut(fact.sentence as usize) else { continue };
        here.clinical |= fact.what == What::Condition;
        here.story |= fact.what.is_story() && fact.what != What::Known || fact.what == What::Place && fact.definite;
        here.person |= matches!(fact.what, What::Age | What::Occupation | What::Role | What::Kin | What::Mine);
    }
    for m in &doc.matches {
        let here = &mut sentences[doc.tokens[m.start as usize].sentence as usize];
        match m.group {
            group::QUASI_TIE if !of_many(doc, m.end as usize) => here.care = true,
            group::PATIENT_ONE => here.one = true,
            group::QUASI_NEAR => here.near = true,
            group::QUASI_KNOWN => here.known = true,
            _ => {}
        }
    }
    sentences
}

/// "I treat a lot of", "my patients".
fn of_many(doc: &Doc, end: usize) -> bool {
    doc.reads_any(end, words!["lot", "lots", "few", "bunch", "ton", "many", "couple"])
}

/// "31M", "44 y/o", "31F".
fn is_note(doc: &Doc, at: usize) -> bool {
    let letter = doc.reads_any(at + 1, words!["m", "f", "yo", "yom", "yof"]);
    letter && doc.tokens.get(at + 1).is_some_and(|token| !token.spaced)
        || doc.reads(at + 1, "y") && doc.reads(at + 3, "o")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Policy};

    fn weight(text: &str) -> f32 {
        let policy = Policy::default();
        let reading = Reading::new(&Draft::post(text), &policy);
        Who::read(&reading, &[]).map_or(f32::MIN, |who| {
            weigh(&reading, &[], &evidence(&reading.doc, &[])).min(if who.sure { 9.0 } else { SURE })
        })
    }

    #[test]
    fn care_is_told() {
        for text in [
            "My patient told me that she sleeps again.",
            "Wound care: the gentleman in my chair has a heel ulcer and he hates the boot.",
            "I intubated him twice last night and he thanked me.",
        ] {
            assert!(weight(text) >= TALK, "{text}");
        }
    }

    #[test]
    fn others_are_told_of() {
        for text in [
            "My sister ran the marathon and her knees held.",
            "Say that the mayor is your patient and has early dementia.",
            "The last smallpox death was in Birmingham in 1978.",
            "Teaching case, details changed: a lighthouse keeper with vertigo.",
            "In the novel the midwife delivers twins in a flooded mill.",
            "Congratulations to our new chief of surgery!",
            "Every small town has one doctor and one mechanic.",
        ] {
            assert!(weight(text) < TALK, "{text}: {}", weight(text));
        }
    }
}
