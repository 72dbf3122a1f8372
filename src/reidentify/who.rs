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

/// Sentences between what ties a draft to a patient and a fact about them.
pub const REACH: u32 = 2;

const CLINICAL: u128 =
    tag::DISEASE | tag::DRUG | tag::CLINICAL_VERB | tag::ANATOMY | tag::CLINICAL_NOUN | tag::UNIT_WORD;

/// Where somebody is described.
#[derive(Debug)]
pub struct Who {
    /// Sentences that speak of the person, ascending.
    ties: Vec<u32>,
    /// Sentences that speak of anybody: "if you are a principal".
    anybody: Vec<u32>,
    /// The person is surely the writer's own patient.
    pub sure: bool,
    /// A colleague talks shop, and no other than a patient is spoken of.
    pub shop: bool,
    /// Sentences that tell of care or of illness that somebody has, ascending.
    ill: Vec<u32>,
}

/// What one sentence holds.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// The writer cares for somebody.
    care: bool,
    /// One particular patient is spoken of.
    one: bool,
    clinical: bool,
    person: bool,
    /// A note's shorthand: "31M", "44 y/o".
    note: bool,
    anybody: bool,
    known: bool,
    /// Somebody has an illness: "has shingles", "diagnosed".
    ill: bool,
}

/// Years of whose patients nobody posts as their own.
const HISTORY: std::ops::Range<u64> = 1500..1940;
/// What speaks for a patient weighs at least this much.
const ENOUGH: i32 = 3;

impl Who {
    /// None where nobody is described whom the writer cares for: somebody
    /// invented, the writer's family, a person of the news.
    pub fn read(reading: &Reading, facts: &[Fact]) -> Option<Who> {
        let doc = &reading.doc;
        let sentences = evidence(doc, facts);
        if invented(doc) {
            return None;
        }
        let found = |group| doc.found(group).next().is_some();
        // "My sister", not "my sister's piano teacher".
        let own = doc.found(group::QUASI_OWN).any(|found| !doc.reads(found.end as usize, "'s"));
        let any = |test: fn(&Evidence) -> bool| i32::from(sentences.iter().any(test));
        let away = reading.patient.away;
        let strong = i32::from(reading.patient.strength == Strength::Strong);
        let (care, note, clinical) = (any(|s| s.care), any(|s| s.note), any(|s| s.clinical));
        let (label, own_voice) = (found(group::QUASI_VOICE), reading.patient.own_voice);
        if care + note + clinical + strong + any(|s| s.one) == 0 && !label {
            return None;
        }
        // A headline with its link, nobody speaking: news is passed on.
        if care + note == 0 && !own_voice && (reading.draft.text.contains("http://") || reading.draft.text.contains("https://")) {
            return None;
        }
        let voice = i32::from(label || own_voice);
        let story = i32::from(facts.iter().any(|fact| fact.what.is_story() && fact.what != What::Known));
        let speaks = 2 * (strong + care + note + voice) + any(|s| s.one) + clinical + any(|s| s.person) + story;
        let sum = |weight: i32, away: &[bool]| away.iter().map(|away| i32::from(*away)).sum::<i32>() * weight;
        let against = sum(1, &[away.study, away.teaching, away.animal])
            + sum(2, &[away.announcement])
            + sum(3, &[away.colleague, away.fiction, away.own, away.public])
            + sum(4, &[own]);
        if speaks - against < ENOUGH {
            return None;
        }
        // "Optometry win: ...", "Peds GI. ...": a colleague talks shop.
        let shop = doc.found(group::QUASI_VOICE).any(|m| doc.tokens[m.start as usize].sentence <= 1)
            && clinical + any(|s| s.person) == 2
            && against == 0;
        let sure = care + note > 0 || strong > 0 && !own;
        let ill = (0..sentences.len()).filter(|at| sentences[*at].ill || sentences[*at].care || sentences[*at].one).map(|at| at as u32).collect();
        let ties: Vec<u32> = (0..sentences.len())
            .filter(|at| {
                let here = &sentences[*at];
                here.care || here.one || here.note || here.clinical || here.person || reading.patient.near(*at as u32)
            })
            .map(|at| at as u32)
            .collect();
        let anybody = (0..sentences.len()).filter(|at| sentences[*at].anybody && !sentences[*at].known);
        Some(Who { ties, anybody: anybody.map(|at| at as u32).collect(), sure, shop, ill })
    }

    /// Whether care or illness is told with a fact of this sentence.
    pub fn ill_near(&self, sentence: u32) -> bool {
        let at = self.ill.partition_point(|ill| ill + 1 < sentence);
        self.ill.get(at).is_some_and(|ill| *ill <= sentence + 1)
    }

    /// Whether a fact of this sentence is told of the person.
    pub fn near(&self, sentence: u32) -> bool {
        let at = self.ties.partition_point(|tie| tie + REACH < sentence);
        self.ties.get(at).is_some_and(|tie| *tie <= sentence + REACH) && self.anybody.binary_search(&sentence).is_err()
    }
}

/// The story is made up, blended or changed, and does not deny it.
fn invented(doc: &Doc) -> bool {
    let mut altered = doc.found(group::QUASI_ALTERED).filter(|found| {
        // "Say that the mayor is your patient", not "let me say that".
        let at = found.start as usize;
        !doc.reads(at, "say") || at == 0 || doc.tokens[at - 1].sentence != doc.tokens[at].sentence
    });
    // "1796", "a foreman in 1848": history.
    let history = (1..doc.tokens.len()).any(|at| {
        doc.tokens[at].class == Class::Number
            && numbers::at(doc, at).is_some_and(|year| HISTORY.contains(&year.value) || doc.reads(at + 1, "s") && (1700..1980).contains(&year.value))
            && (doc.reads(at + 1, "s") || ["in", "of", "since", "around", "circa"].iter().any(|word| doc.reads(at - 1, word)) || doc.is_month_or_weekday(at - 1))
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
        here.anybody |= ["if", "whenever", "when"].iter().any(|word| doc.reads(at, word))
            && (["you", "you're", "your", "a", "an", "someone", "anyone", "somebody"].iter().any(|word| doc.reads(at + 1, word))
                || (at + 2..at + 7).any(|next| doc.reads(next, "your")));
    }
    for at in 0..doc.tokens.len() {
        let has = ["has", "have", "had", "with", "diagnosed", "needs", "got", "for", "tiene", "con", "on", "whose", "his", "her"];
        if !has.iter().any(|word| doc.reads(at, word)) {
            continue;
        }
        let sentence = doc.tokens[at].sentence as usize;
        let sick = |next: usize| {
            doc.tags(next) & (tag::DISEASE | tag::DRUG | tag::ANATOMY) != 0
                || facts.iter().any(|fact| fact.what == What::Condition && fact.from == next)
        };
        if (at + 1..at + 5).any(|next| doc.tokens.get(next).is_some_and(|t| t.sentence as usize == sentence) && sick(next)) {
            sentences[sentence].ill = true;
        }
    }
    for fact in facts {
        let Some(here) = sentences.get_mut(fact.sentence as usize) else { continue };
        here.clinical |= fact.what == What::Condition;
        here.person |= matches!(fact.what, What::Age | What::Occupation | What::Role | What::Kin | What::Mine);
    }
    for m in &doc.matches {
        let here = &mut sentences[doc.tokens[m.start as usize].sentence as usize];
        match m.group {
            group::QUASI_TIE if !of_many(doc, m.end as usize) => here.care = true,
            group::PATIENT_ONE => here.one = true,
            group::QUASI_KNOWN => here.known = true,
            _ => {}
        }
    }
    sentences
}

/// "I treat a lot of", "my patients".
fn of_many(doc: &Doc, end: usize) -> bool {
    ["lot", "lots", "few", "bunch", "ton", "many", "couple"].iter().any(|word| doc.reads(end, word))
}

/// "31M", "44 y/o", "31F".
fn is_note(doc: &Doc, at: usize) -> bool {
    let letter = ["m", "f", "yo", "yom", "yof"].iter().any(|word| doc.reads(at + 1, word));
    letter && doc.tokens.get(at + 1).is_some_and(|token| !token.spaced)
        || doc.reads(at + 1, "y") && doc.reads(at + 3, "o")
}
