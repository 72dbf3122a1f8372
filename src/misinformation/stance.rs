//! What the writer does with a claim: asserts, debunks, asks, reports, or says
//! something true in the same words.
//!
//! Nobody has solved this in general. What serves here is scope: each cue
//! counts within its reach of the claim's own words (a negation within the
//! clause, a refutation one sentence to either side, a frame over the whole
//! post), and cues that only look like refutation ("they call it debunked",
//! "not saying it is, but") are taken out first. Where nothing speaks against
//! it, a claim that is said is asserted.

use super::claims::{ClaimKind, Hit, Occurrence, is_subject};
use crate::finding::Stance;
use crate::text::Doc;
use crate::text::patterns::{Match, group};
use crate::text::tokens::Class;

/// The stance, and the words that decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The stance.
    pub stance: Stance,
    /// Tokens that decided it; empty where nothing spoke against the claim.
    pub evidence: std::ops::Range<usize>,
}

/// A negation reaches this many tokens ahead of the claim's first word.
const NEGATION_REACH: usize = 5;
/// Sentences to either side that a refutation reaches.
const REFUTATION_REACH: u32 = 1;

/// The cues of a draft, found once.
#[derive(Debug)]
pub struct Cues<'a> {
    doc: &'a Doc<'a>,
    occurrences: &'a [Occurrence],
    /// Words that call it false.
    falsehood: Vec<Match>,
    /// Words that deny an effect.
    refute: Vec<Match>,
    law: Vec<Match>,
    frame: Vec<Match>,
    announce: Vec<Match>,
    ask: Vec<Match>,
    report: Vec<Match>,
    endorse: usize,
    rhetoric: Vec<Match>,
    mock: Vec<Match>,
    sober: Vec<Match>,
    /// Tokens whose negation or refutation denies nothing of the claim.
    idle: Vec<Match>,
}

impl<'a> Cues<'a> {
    /// Reads the cues off the draft's phrases.
    pub fn new(doc: &'a Doc<'a>, occurrences: &'a [Occurrence]) -> Cues<'a> {
        let all = |group: u16| -> Vec<Match> { doc.found(group).copied().collect() };
        let conceded = all(group::STANCE_CONCEDE);
        let mut idle = all(group::STANCE_IDLE);
        idle.extend(conceded.iter().copied());
        let unconceded = |group: u16| -> Vec<Match> {
            doc.found(group).filter(|m| !conceded.iter().any(|c| m.start < c.end && m.end > c.start)).copied().collect()
        };
        Cues {
            doc,
            occurrences,
            falsehood: unconceded(group::STANCE_FALSE),
            refute: unconceded(group::STANCE_REFUTE),
            law: all(group::STANCE_LAW),
            frame: unconceded(group::STANCE_FRAME),
            announce: all(group::STANCE_ANNOUNCE),
            ask: all(group::STANCE_ASK),
            report: all(group::STANCE_REPORT),
            endorse: doc.found(group::STANCE_ENDORSE).count(),
            rhetoric: all(group::STANCE_RHETORIC),
            mock: all(group::STANCE_MOCK),
            sober: all(group::STANCE_SOBER),
            idle,
        }
    }

    fn is_idle(&self, found: &Match) -> bool {
        self.idle.iter().any(|m| m.start < found.end && m.end > found.start)
    }

    fn sentence(&self, token: u32) -> u32 {
        self.doc.tokens.get(token as usize).map_or(0, |t| t.sentence)
    }

    /// The stance towards one claim.
    pub fn judge(&self, hit: &Hit) -> Judgement {
        let found = |stance, m: &Match| Judgement { stance, evidence: m.start as usize..m.end as usize };
        let (first, last) = (self.sentence(hit.start), self.sentence(hit.end.saturating_sub(1)));
        if let Some(at) = self.twin(hit, first, last) {
            return Judgement { stance: Stance::TrueClaim, evidence: at };
        }
        if let Some(at) = self.scare_quotes(hit) {
            return Judgement { stance: Stance::Debunks, evidence: at..at + 1 };
        }
        if let Some(at) = self.negation(hit) {
            // "No evidence" says more than "no".
            let whole = self.refute.iter().find(|m| (m.start as usize..m.end as usize).contains(&at));
            let evidence = whole.map_or(at..at + 1, |m| m.start as usize..m.end as usize);
            return Judgement { stance: Stance::Debunks, evidence };
        }
        let near = |m: &&Match, reach: u32| {
            let sentence = self.sentence(m.start);
            sentence + reach >= first && sentence <= last + reach
        };
        let apart = |m: &&Match| !(m.start..m.end).all(|token| hit.owns(token));
        if let Some(m) = self.falsehood.iter().filter(apart).find(|m| near(m, REFUTATION_REACH)) {
            return found(Stance::Debunks, m);
        }
        // "Viruses do not exist", "you do not need it": what denies says so by
        // denying.
        let denies = matches!(hit.kind(), ClaimKind::Denial | ClaimKind::Stop);
        let refutes = |m: &&Match| !denies && near(m, REFUTATION_REACH) && !self.is_idle(m);
        if let Some(m) = self.refute.iter().filter(apart).find(refutes) {
            return found(Stance::Debunks, m);
        }
        if let Some(m) = self.frame.iter().find(|m| !self.announces(m, hit)) {
            return found(Stance::Debunks, m);
        }
        let asked =
            self.ask.iter().find(|m| near(m, 1) && self.question(self.sentence(m.start), self.sentence(m.start)));
        let rhetorical = self.rhetoric.iter().any(|m| near(&m, 1));
        if let Some(m) = asked.filter(|_| !rhetorical) {
            return found(Stance::Questions, m);
        }
        if let Some(at) = self.interrogative(hit).filter(|_| !rhetorical) {
            return Judgement { stance: Stance::Questions, evidence: at..at + 1 };
        }
        if let Some(m) = self.mock.iter().find(|m| near(m, 1)).filter(|_| self.endorse == 0) {
            return found(Stance::Debunks, m);
        }
        if self.endorse == 0 {
            let tells = |m: &&Match| near(m, 0) && m.start < hit.start || self.sentence(m.start) + 1 == first;
            if let Some(m) = self.report.iter().find(tells).or_else(|| self.law.iter().find(|m| near(m, 2))) {
                return found(Stance::Reports, m);
            }
            if self.quoted(hit) {
                return Judgement { stance: Stance::Reports, evidence: hit.start as usize..hit.end as usize };
            }
            let sober: Vec<&Match> = self.sober.iter().filter(|m| near(m, 1)).collect();
            if let [_, m, ..] = sober[..] {
                return found(Stance::TrueClaim, m);
            }
        }
        Judgement { stance: Stance::Asserts, evidence: 0..0 }
    }

    /// "Hear me out:" right before the claim: what follows is the writer's own.
    pub fn announced(&self, hit: &Hit) -> bool {
        self.announce.iter().any(|m| m.end == hit.start)
    }

    /// "Fact:" right before the claim says that it is one; after it, what is.
    fn announces(&self, frame: &Match, hit: &Hit) -> bool {
        frame.end == hit.start && self.announce.iter().any(|m| m.end == frame.end)
    }

    /// A concept that makes a true statement of the claim's words.
    fn twin(&self, hit: &Hit, first: u32, last: u32) -> Option<std::ops::Range<usize>> {
        self.occurrences
            .iter()
            .find(|o| {
                let sentence = self.sentence(o.start);
                (first..=last).contains(&sentence) && hit.is_twin(o.concept) && !hit.owns(o.start)
            })
            .map(|o| o.start as usize..o.end as usize)
    }

    /// A negation in the claim's scope that is no part of it.
    fn negation(&self, hit: &Hit) -> Option<usize> {
        let sentence = self.sentence(hit.start);
        let from = (hit.start as usize).saturating_sub(NEGATION_REACH);
        // "You must not stop insulin" forbids; "insulin does not help, stop it"
        // asserts. What urges to stop is denied by a negation before it only.
        let to = if hit.kind() == ClaimKind::Stop { hit.start } else { hit.end } as usize;
        (from..to).find(|at| {
            let token = &self.doc.tokens[*at];
            token.sentence >= sentence
                && token.class == Class::Word
                && negates(self.doc.word(*at))
                && !hit.owns(*at as u32)
                && !self.idle.iter().any(|m| (m.start as usize..m.end as usize).contains(at))
        })
    }

    /// The claim's sentence opens as a question and ends as one: "Will the
    /// vaccine make me sterile?"
    fn interrogative(&self, hit: &Hit) -> Option<usize> {
        const OPENERS: &[&str] = &[
            "do", "does", "did", "is", "are", "was", "will", "would", "can", "could", "should", "has", "have", "may",
            "might", "if", "what", "which", "who", "when", "how", "es", "puede", "pueden", "but", "so", "and", "or",
        ];
        let range = self.doc.sentence(hit.start as usize);
        let opens = (range.start..range.end.min(range.start + 6)).find(|at| {
            OPENERS.iter().any(|word| self.doc.reads(*at, word))
                && (*at == range.start || self.doc.tokens[*at - 1].class != Class::Word)
        })?;
        let ends = range.rev().take(3).any(|at| self.doc.punct(at, b'?'));
        ends.then_some(opens)
    }

    /// A question mark stands in one of the sentences.
    fn question(&self, first: u32, last: u32) -> bool {
        self.doc
            .tokens
            .iter()
            .enumerate()
            .any(|(at, t)| (first..=last).contains(&t.sentence) && self.doc.punct(at, b'?'))
    }

    /// One or two of the claim's own words in quotation marks: "'cured' somebody".
    fn scare_quotes(&self, hit: &Hit) -> Option<usize> {
        if self.endorse > 0 {
            return None;
        }
        let mark = |at: usize| matches!(self.doc.word(at), "'" | "\"" | "“" | "”" | "‘" | "’");
        hit.parts().iter().find_map(|(start, end)| {
            let (start, end) = (*start as usize, *end as usize);
            let opens = start > 0 && mark(start - 1) && self.doc.tokens[start - 1].spaced;
            // "These 'vaccines'" mocks the thing, not the claim about it.
            let subject = self.occurrences.iter().any(|o| o.start as usize == start && is_subject(o.concept));
            (opens && !subject && end - start <= 2 && (mark(end) || mark(end + 1))).then_some(start)
        })
    }

    /// The claim stands within quotation marks.
    fn quoted(&self, hit: &Hit) -> bool {
        let mark = |at: usize| {
            self.doc.tokens.get(at).is_some_and(|t| t.class == Class::Punct)
                && matches!(self.doc.word(at), "\"" | "'" | "“" | "”" | "‘" | "’" | "«" | "»")
        };
        let before = (0..hit.start as usize).rev().take(30).find(|at| mark(*at));
        let after = (hit.end as usize..self.doc.tokens.len()).take(30).find(|at| mark(*at));
        match (before, after) {
            (Some(before), Some(_)) => {
                self.doc.tokens[before].spaced && self.doc.tokens.get(before + 1).is_some_and(|t| !t.spaced)
            }
            _ => false,
        }
    }
}

fn negates(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "not", "no", "never", "cannot", "cant", "neither", "nor", "without", "none", "nothing", "zero", "hardly",
        "barely", "nunca", "ni", "sin", "tampoco", "nobody", "dont", "doesnt", "isnt", "wont", "didnt", "arent",
    ];
    word.ends_with("n't") || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use crate::finding::Stance;
    use crate::{Draft, Policy, assess};

    /// The stance towards the first claim that the draft touches.
    fn stance(text: &str) -> Option<Stance> {
        let found = assess(&Draft::post(text), &Policy::default());
        found.claims.first().map(|touched| touched.stance)
    }

    fn asserts(text: &str) {
        assert_eq!(stance(text), Some(Stance::Asserts), "{text}");
    }

    fn quiet(text: &str) {
        assert_ne!(stance(text), Some(Stance::Asserts), "{text}");
    }

    #[test]
    fn plain_statements() {
        asserts("Vaccines cause autism.");
        asserts("Vaccines. They cause autism.");
        asserts("The flu shot gives you the flu");
        asserts("Baking soda cures cancer");
        quiet("Vaccines do not cause autism.");
        quiet("The flu shot can't give you the flu");
        quiet("Baking soda will not cure your cancer");
        quiet("Vitamin C won't stop the coronavirus");
        quiet("Bird flu isn't made up.");
    }

    #[test]
    fn refuted_before_and_after() {
        quiet("There is no link between vaccines and autism");
        quiet("No study has ever shown that vaccines cause autism.");
        quiet("It's not true that vaccines cause autism");
        quiet("The claim that vaccines cause autism has been debunked");
        quiet("Vaccines cause autism? Nope.");
        quiet("I don't think the vaccine causes autism");
        quiet("Ivermectin is useless for covid");
        quiet("Ivermectin kills cancer cells in a dish. So does bleach.");
        asserts("They call it debunked, but vaccines cause autism and I saw it happen to my boy. Wake up!");
    }

    #[test]
    fn urging_to_stop_and_warning_not_to() {
        asserts("Stop taking your insulin, mama. Cinnamon heals diabetes, throw the pens away!");
        quiet("Never stop taking your insulin");
        quiet("Please don't skip the chemo.");
        quiet("Stopping insulin can kill you");
        quiet("Don't stop your antidepressant overnight. Call us and we'll taper it together.");
    }

    #[test]
    fn told_asked_and_listed() {
        quiet("A mom told me that vaccines cause autism, so we talked for half an hour.");
        quiet("Is it true that the MMR causes autism? Honest question.");
        quiet("MYTH: vaccines cause autism. FACT: they don't.");
        quiet("Survey: a third of parents believe that vaccines cause autism");
        asserts("Doctor finally tells the truth: vaccines cause autism. Share before they delete it!");
        quiet("Vaccines cause autism. Fact: study after study says otherwise.");
    }

    #[test]
    fn announced() {
        asserts("Fact: vaccines cause autism in children.");
        asserts("Hear me out: vaccines cause autism in children.");
        asserts("PSA: baking soda cures cancer.");
        asserts("Reminder: fluoride in the water lowers IQ and gives kids cancer.");
        asserts("Unpopular opinion: ivermectin cures covid.");
        asserts("Let me be clear: baking soda cures cancer.");
        asserts("Real talk - chemo kills more people than cancer.");
        quiet("Fact: vaccines do not cause autism.");
        quiet("Fact or fiction: vaccines cause autism?");
        quiet("Myth: vaccines cause autism.");
        quiet("PSA: baking soda does not cure cancer.");
        quiet("Reminder: no trial found that vaccines cause autism.");
        quiet("Hear me out: vaccines cause autism? Really? Show me the data.");
        quiet("Reminder: \"vaccines cause autism\" is what he said before he lost his licence.");
        quiet("PSA: vaccines cause autism, said nobody with a lab ever.");
        quiet("Hear me out: vaccines and autism have been studied in millions of children.");
    }

    #[test]
    fn what_denies_is_refuted_by_saying_that_it_is_so() {
        quiet("Viruses do cause disease, I work with them");
        quiet("Antidepressants do help people");
        asserts("Antidepressants don't work, they numb you so that you keep paying. Wake up.");
        quiet("Nobody is hiding a cure for cancer, and I have worked in the lab for 20 years.");
    }

    #[test]
    fn the_words_that_decided_are_in_the_answer() {
        let found = assess(&Draft::post("There is no evidence that vaccines cause autism."), &Policy::default());
        let touched = found.claims.iter().find(|touched| touched.claim == "vaccines_autism").expect("touched");
        assert_eq!((touched.stance, touched.evidence.as_deref()), (Stance::Debunks, Some("no evidence")));
    }
}
