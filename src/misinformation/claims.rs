//! The claims of the data, and where a draft touches them.
//!
//! A claim is said by rules over concepts (`vaccine > cause > autism`). The
//! concepts are found in the text engine's single pass; a rule is looked up by
//! its rarest concept and completed within a window around it, so that a draft
//! without a rare concept costs nothing.

use crate::order;
use crate::text::Doc;

include!(concat!(env!("OUT_DIR"), "/claims.rs"));

/// A set of concepts.
pub type SetBits = [u64; WIDTH];

/// What a claim says of its subject; the stance layer reads harms differently
/// in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimKind {
    /// Something heals, prevents or protects.
    Cure,
    /// Something safe does harm.
    Harm,
    /// A needed treatment is to be stopped.
    Stop,
    /// Something real does not exist or does not work.
    Denial,
    /// Anything else.
    Other,
}

/// One false or unsupported statement.
#[derive(Debug)]
pub struct Claim {
    /// Its id, unique.
    pub id: &'static str,
    /// The topic it belongs to.
    pub topic: &'static str,
    kind: u8,
    /// Stops the post when it is asserted.
    pub warn: bool,
    /// false, unsupported, misleading or dangerous.
    pub verdict: &'static str,
    /// The claim as a sentence.
    pub statement: &'static str,
    /// What is true instead, in one sentence.
    pub correction: &'static str,
    /// The same in Spanish, where there is one.
    pub correction_es: &'static str,
    /// Experts disagree, or official positions are moving.
    pub contested: bool,
    /// The day a person last read it against its references.
    pub reviewed_on: &'static str,
    references: &'static [u16],
    unless: SetBits,
}

/// A work that a correction stands on.
#[derive(Debug)]
pub struct Source {
    /// Who says what.
    pub title: &'static str,
    /// Where, if the address is known to exist.
    pub url: Option<&'static str>,
    /// Published by a US federal body.
    pub us_federal: bool,
}

impl Claim {
    /// What it says of its subject.
    pub fn kind(&self) -> ClaimKind {
        match self.kind {
            0 => ClaimKind::Cure,
            1 => ClaimKind::Harm,
            2 => ClaimKind::Stop,
            3 => ClaimKind::Denial,
            _ => ClaimKind::Other,
        }
    }

    /// Its sources.
    pub fn sources(&self) -> impl Iterator<Item = &'static Source> + '_ {
        self.references.iter().map(|at| &SOURCES[*at as usize])
    }

    /// True when the concept makes it a true statement that shares its words.
    pub fn is_twin(&self, concept: u16) -> bool {
        holds(&self.unless, concept)
    }
}

/// Every claim of the data, in its order there.
pub fn all() -> &'static [Claim] {
    &CLAIMS
}

/// Names of the concepts, by number.
pub fn concept_names() -> &'static [&'static str] {
    &CONCEPT_NAMES
}

struct Rule {
    claim: u16,
    /// False for words that only touch the claim.
    says: bool,
    first: u16,
    count: u8,
    anchor: u8,
}

/// Elements of one rule; the build refuses more.
pub(crate) const MAX_ELEMENTS: usize = 5;
/// Tokens between two elements in order, in any order, and nearby.
const GAP_THEN: usize = 10;
const GAP_WITH: usize = 14;
const GAP_NEAR: usize = 70;
/// Steps that one attempt may take: keeps the search linear on any input.
const FUEL: u32 = 96;
/// Claims that one draft can touch before we stop looking.
const MOST_HITS: usize = 48;
/// Of them, claims whose words only stand near each other.
const MOST_FAR: usize = 2;
/// The number of every claim that the hospital added.
const ADDED: u16 = u16::MAX;

/// How completely a claim's words stand in the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// Of a rule's two elements one is near.
    Subject,
    /// All but one of a rule's elements are near.
    Part,
    /// All are near, not as the rule asks.
    Loose,
    /// A rule that touches without saying.
    Touches,
    /// A rule says it.
    Says,
}

/// A concept in the draft.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence {
    /// Its number.
    pub concept: u16,
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
    sentence: u32,
}

/// A place where a claim's words stand together.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// Number of the claim in [`all`].
    pub claim: u16,
    /// First token of all elements.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
    /// How completely the words stand there.
    pub touch: Touch,
    /// The elements' token ranges, in the order of the rule.
    parts: [(u32, u32); MAX_ELEMENTS],
    count: u8,
}

impl Hit {
    fn new(claim: u16, touch: Touch, occurrences: &[Occurrence], chosen: &[usize]) -> Hit {
        let mut hit =
            Hit { claim, touch, start: u32::MAX, end: 0, parts: [(0, 0); MAX_ELEMENTS], count: chosen.len() as u8 };
        for (part, at) in hit.parts.iter_mut().zip(chosen) {
            let o = &occurrences[*at];
            *part = (o.start, o.end);
            hit.start = hit.start.min(o.start);
            hit.end = hit.end.max(o.end);
        }
        hit
    }

    /// True when a rule says the claim or touches it, word for word.
    pub fn is_close(&self) -> bool {
        self.touch >= Touch::Touches
    }

    /// The elements' token ranges.
    pub fn parts(&self) -> &[(u32, u32)] {
        &self.parts[..self.count as usize]
    }

    /// A hit of a claim that the hospital added, which has no number here.
    pub fn added(ranges: &[(u32, u32)], touch: Touch) -> Hit {
        let mut hit = Hit { claim: ADDED, touch, start: u32::MAX, end: 0, parts: Default::default(), count: 0 };
        for (part, range) in hit.parts.iter_mut().zip(ranges) {
            *part = *range;
            hit.count += 1;
            hit.start = hit.start.min(range.0);
            hit.end = hit.end.max(range.1);
        }
        hit
    }

    /// The claim, if it is one of ours.
    pub fn claim(&self) -> Option<&'static Claim> {
        CLAIMS.get(self.claim as usize)
    }

    /// What it says of its subject.
    pub fn kind(&self) -> ClaimKind {
        self.claim().map_or(ClaimKind::Other, Claim::kind)
    }

    /// True when the concept makes it a true statement that shares its words.
    pub fn is_twin(&self, concept: u16) -> bool {
        self.claim().is_some_and(|claim| claim.is_twin(concept))
    }

    /// True when the token belongs to an element: a "not" there is part of the
    /// claim itself.
    pub fn owns(&self, token: u32) -> bool {
        self.parts().iter().any(|(start, end)| (*start..*end).contains(&token))
    }
}

/// The concepts of a draft, by first token.
pub fn occurrences(doc: &Doc) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    for m in &doc.matches {
        let concept = m.group.wrapping_sub(FIRST_CONCEPT);
        if (concept as usize) < CONCEPT_NAMES.len() {
            let sentence = doc.tokens[m.start as usize].sentence;
            let (start, end) = if m.capture.0 < m.capture.1 { m.capture } else { (m.start, m.end) };
            found.push(Occurrence { concept, start, end, sentence });
        }
    }
    order::by(&mut found, |o| order::key([u64::from(o.start)]));
    found
}

#[inline]
fn holds(set: &SetBits, concept: u16) -> bool {
    set[concept as usize / 64] >> (concept % 64) & 1 != 0
}

/// True for a concept that a claim can be about; false for causing, healing
/// and hiding, which occur in drafts of any kind.
pub fn is_subject(concept: u16) -> bool {
    holds(&SUBJECTS, concept)
}

/// Every place where a claim is touched: the closest one a sentence and claim;
/// then the best of those where its words only stand near each other.
pub fn hits(doc: &Doc, occurrences: &[Occurrence]) -> Vec<Hit> {
    let (mut hits, mut far) = (Vec::new(), Vec::new());
    for at in 0..occurrences.len() {
        let concept = occurrences[at].concept as usize;
        let rules = &RULES_LIST[RULES_FROM[concept] as usize..RULES_FROM[concept + 1] as usize];
        if rules.is_empty() {
            continue;
        }
        let near = Near::new(occurrences, at);
        // One element may be missing where the concept is what a claim is about.
        let subject = is_subject(concept as u16);
        for number in rules {
            let rule = &RULES[*number as usize];
            let elements = &ELEMENTS[rule.first as usize..rule.first as usize + rule.count as usize];
            let spare = u8::from(subject && rule.says && elements.len() > 1);
            let mut missing = 0;
            let enough = elements.iter().all(|(_, set)| {
                missing += u8::from(!near.any(&SETS[*set as usize]));
                missing <= spare
            });
            if !enough {
                continue;
            }
            if missing > 0 {
                let touch = if elements.len() > 2 { Touch::Part } else { Touch::Subject };
                if !far.iter().any(|hit: &Hit| hit.claim == rule.claim && hit.touch >= touch) {
                    keep(near.hit(rule.claim, touch, elements), &mut far);
                }
                continue;
            }
            let mut search = Search { doc, occurrences, elements, anchor: rule.anchor as usize, at, fuel: FUEL };
            let mut chosen = [0usize; MAX_ELEMENTS];
            if search.place(0, &mut chosen) {
                let touch = if rule.says { Touch::Says } else { Touch::Touches };
                keep(Hit::new(rule.claim, touch, occurrences, &chosen[..rule.count as usize]), &mut hits);
                if hits.len() >= MOST_HITS {
                    return hits;
                }
            } else if rule.says {
                keep(near.hit(rule.claim, Touch::Loose, elements), &mut far);
            }
        }
    }
    order::by(&mut far, |hit| {
        let (touch, count) = (hit.touch as u64, u64::from(hit.count));
        order::key([order::falling(touch), order::falling(count), u64::from(hit.end - hit.start)])
    });
    far.truncate(MOST_FAR);
    hits.extend(far);
    hits
}

/// Concepts within reach of one.
struct Near<'a> {
    occurrences: &'a [Occurrence],
    from: usize,
    to: usize,
    at: usize,
    present: SetBits,
}

impl<'a> Near<'a> {
    fn new(occurrences: &'a [Occurrence], at: usize) -> Near<'a> {
        let start = occurrences[at].start as usize;
        let reach = |o: &Occurrence| (o.start as usize).abs_diff(start) <= GAP_NEAR;
        // As many steps as an honest window holds keep the search linear.
        let from = (at.saturating_sub(GAP_NEAR)..at).rev().take_while(|j| reach(&occurrences[*j])).last().unwrap_or(at);
        let to =
            (at..occurrences.len().min(at + GAP_NEAR)).take_while(|j| reach(&occurrences[*j])).last().unwrap_or(at) + 1;
        let mut present: SetBits = [0; WIDTH];
        for o in &occurrences[from..to] {
            present[o.concept as usize / 64] |= 1 << (o.concept % 64);
        }
        Near { occurrences, from, to, at, present }
    }

    fn any(&self, set: &SetBits) -> bool {
        (0..WIDTH).any(|word| set[word] & self.present[word] != 0)
    }

    /// A hit of what there is of the elements: the one at hand and, of the
    /// others, the closest to it.
    fn hit(&self, claim: u16, touch: Touch, elements: &[(u8, u16)]) -> Hit {
        let here = &self.occurrences[self.at];
        let mut chosen = [0usize; MAX_ELEMENTS];
        let mut count = 0;
        for (_, set) in elements {
            let set = &SETS[*set as usize];
            let closest = (self.from..self.to)
                .filter(|j| holds(set, self.occurrences[*j].concept))
                .min_by_key(|j| self.occurrences[*j].start.abs_diff(here.start));
            if let Some(j) = closest {
                chosen[count] = j;
                count += 1;
            }
        }
        Hit::new(claim, touch, self.occurrences, &chosen[..count])
    }
}

/// Keeps the better of two hits of one claim that share words.
fn keep(hit: Hit, hits: &mut Vec<Hit>) {
    match hits.iter().position(|known| known.claim == hit.claim && known.start < hit.end && hit.start < known.end) {
        // What says outweighs what touches, and more elements say more.
        Some(at) => {
            let weight = |h: &Hit| (h.touch, h.count, std::cmp::Reverse(h.end - h.start));
            if weight(&hit) > weight(&hits[at]) {
                hits[at] = hit;
            }
        }
        None if hits.len() < MOST_HITS => hits.push(hit),
        None => {}
    }
}

struct Search<'a> {
    doc: &'a Doc<'a>,
    occurrences: &'a [Occurrence],
    elements: &'a [(u8, u16)],
    anchor: usize,
    at: usize,
    fuel: u32,
}

impl Search<'_> {
    /// Chooses an occurrence for this element and all that follow.
    fn place(&mut self, element: usize, chosen: &mut [usize; MAX_ELEMENTS]) -> bool {
        let Some((link, set)) = self.elements.get(element).copied() else { return true };
        if element == self.anchor {
            chosen[element] = self.at;
            return self.joined(link, element, chosen) && self.place(element + 1, chosen);
        }
        // Near the anchor first: forwards, then backwards.
        let anchor = self.occurrences[self.at].start as i64;
        let reach = GAP_NEAR as i64;
        let set = &SETS[set as usize];
        let before = (0..self.at).rev().take_while(|j| anchor - i64::from(self.occurrences[*j].start) <= reach);
        let after = (self.at + 1..self.occurrences.len())
            .take_while(|j| i64::from(self.occurrences[*j].start) - anchor <= reach);
        let (first, second): (Box<dyn Iterator<Item = usize>>, Box<dyn Iterator<Item = usize>>) =
            if element < self.anchor {
                (Box::new(before), Box::new(after))
            } else {
                (Box::new(after), Box::new(before))
            };
        for j in first.chain(second) {
            if !holds(set, self.occurrences[j].concept) {
                continue;
            }
            let Some(fuel) = self.fuel.checked_sub(1) else { return false };
            self.fuel = fuel;
            chosen[element] = j;
            if self.joined(link, element, chosen) && self.place(element + 1, chosen) {
                return true;
            }
        }
        false
    }

    /// Whether the element stands to the one before it as the rule asks, and
    /// shares no token with any.
    fn joined(&self, link: u8, element: usize, chosen: &[usize; MAX_ELEMENTS]) -> bool {
        if element == 0 {
            return true;
        }
        let this = &self.occurrences[chosen[element]];
        let apart = |other: &Occurrence| this.start >= other.end || other.start >= this.end;
        if !chosen[..element].iter().all(|at| apart(&self.occurrences[*at])) {
            return false;
        }
        let other = &self.occurrences[chosen[element - 1]];
        let (first, second) = if other.start <= this.start { (other, this) } else { (this, other) };
        let gap = second.start.saturating_sub(first.end) as usize;
        match link {
            1 => this.start >= other.end && gap <= GAP_THEN && self.linked(first, second),
            2 => gap <= GAP_WITH && self.linked(first, second),
            _ => gap <= GAP_NEAR && second.sentence - first.sentence <= 3,
        }
    }

    /// One sentence, or the next one that takes the first up: "Vaccines. They
    /// cause autism."
    fn linked(&self, first: &Occurrence, second: &Occurrence) -> bool {
        if first.sentence == second.sentence {
            return true;
        }
        if second.sentence != first.sentence + 1 {
            return false;
        }
        let range = self.doc.sentence(second.start as usize);
        let takes_up = (range.start..(range.start + 2).min(second.start as usize)).any(|at| anaphor(self.doc.word(at)));
        takes_up && second.start as usize - range.start <= 8
    }
}

/// A word that stands for what was just named.
fn anaphor(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "it", "they", "this", "that", "these", "those", "it's", "they're", "that's", "thats", "its", "theyre", "which",
        "esto", "eso", "estas", "estos", "it'll", "they'll", "they've", "it'd", "them",
    ];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}
