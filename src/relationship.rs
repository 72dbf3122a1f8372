//! Replies to reviews that confirm, or deny, that somebody is a patient.
//!
//! The reviewer may say what they like; the practice may not even confirm that
//! they came (45 CFR 164.502(a), no exception for public answers). What tells
//! is seldom the word "patient": it is a visit, a body part, a bill, a record,
//! a "we removed". A reply that thanks, declines to discuss and gives a phone
//! number tells nothing.

use crate::text::words::{Words, words};
use std::collections::HashSet;

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::patterns::{Match, group};
use crate::text::tokens::Class;
use crate::tie;

/// What the reply can say instead: it thanks, confirms nothing, and moves the
/// talk away from the public.
const SAFE: &str = "Thank you for your feedback. Privacy rules keep us from discussing anyone's care in public, so please call our office and ask for the manager.";
const SAFE_ES: &str = "Gracias por escribirnos. Las normas de privacidad nos impiden hablar en público de la atención de nadie; por favor llame a nuestra oficina y pregunte por la gerencia.";

/// Log-odds ([`tie::confirms`]) above which a sentence counts as telling where no
/// phrase of the data says so. What a phrase says is not overruled: on replies
/// that neither had seen, a veto cost four confirmations and saved no alarm.
const HEARD: f32 = 0.75;

/// One finding for each sentence that tells.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    if reading.draft.setting != Setting::ReviewReply {
        return;
    }
    let doc = &reading.doc;
    let asked = reading.draft.context.map(Doc::new);
    // A hairdresser, a kitchen, a vet: nobody's health is protected there.
    if std::iter::once(doc).chain(&asked).any(|doc| doc.found(group::REPLY_TRADE).next().is_some()) {
        return;
    }
    let context = asked.as_ref().map(details);
    let spanish = doc.tokens.iter().enumerate().filter(|(at, _)| spanish(doc, *at)).count() > 2;
    let mut replaced = false;
    let mut at = 0;
    while at < doc.tokens.len() {
        let sentence = doc.sentence(at);
        let (from, to) = (sentence.start, sentence.end.max(at + 1));
        at = to;
        let told = told(doc, from, to)
            .or_else(|| addressed(doc, from, to))
            .or_else(|| treated(doc, from, to))
            .or_else(|| spoken_of(reading, asked.as_ref(), from, to))
            .or_else(|| context.as_ref().and_then(|c| repeated(doc, c, from, to)));
        let heard = || (tie::confirms(reading, from..to, None) > HEARD).then_some(("relationship.confirms", from, to));
        let Some(told) = told.or_else(heard) else { continue };
        let (rule, start, end) = told;
        let text = match (replaced, spanish) {
            (true, _) => "",
            (false, false) => SAFE,
            (false, true) => SAFE_ES,
        };
        replaced = true;
        let mut finding = Finding::new(Kind::CareRelationship, rule, Level::Warn, doc.span(from, to)).replaced_by(text);
        finding.evidence = Some(doc.words(start, end).to_owned());
        into.push(finding.with("cue", doc.words(start, end)));
    }
}

fn spanish(doc: &Doc, at: usize) -> bool {
    doc.reads_any(
        at,
        words!["el", "la", "de", "que", "su", "por", "con", "los", "gracias", "usted", "nuestra", "para", "le"],
    )
}

/// The rule that the phrases of the data find in a sentence of a reply, if any.
pub fn ruled(reading: &Reading, sentence: std::ops::Range<usize>) -> Option<&'static str> {
    let doc = &reading.doc;
    told(doc, sentence.start, sentence.end)
        .or_else(|| addressed(doc, sentence.start, sentence.end))
        .or_else(|| treated(doc, sentence.start, sentence.end))
        .or_else(|| spoken_of(reading, None, sentence.start, sentence.end))
        .map(|(rule, ..)| rule)
}

/// The rule and the words that tell, if the sentence does.
fn told(doc: &Doc, from: usize, to: usize) -> Option<(&'static str, usize, usize)> {
    let within = |group: u16| doc.found_from(group, from, to).filter(|m| m.end as usize <= to);
    let open = |m: &&Match| !guarded(doc, from, m.start as usize, m.end as usize);
    let first = |group: u16| within(group).filter(open).find(|m| !harmless(doc, m));
    const RULES: &[(u16, &str)] = &[
        (group::REPLY_DENIES, "relationship.denies"),
        (group::REPLY_PATIENT, "relationship.confirms"),
        (group::REPLY_RECORD, "relationship.record"),
        (group::REPLY_VISIT, "relationship.visit"),
        (group::REPLY_CARE, "relationship.confirms"),
    ];
    RULES.iter().find_map(|(group, rule)| first(*group).map(|m| (*rule, m.start as usize, m.end as usize)))
}

/// Words of privacy law, or of anybody at all, stand before it in the same
/// thought: "we cannot discuss your care". A "but" starts a new thought.
fn guarded(doc: &Doc, from: usize, start: usize, end: usize) -> bool {
    const TURNS: &Words = words!["but", "however", "though", "yet", "since", "still", "except", "pero", "because"];
    let turns = |at: usize| doc.punct(at, b':') || doc.punct(at, b';') || doc.reads_any(at, TURNS);
    doc.found_from(group::REPLY_SAFE, from, end)
        .any(|safe| safe.end as usize > start || !(safe.end as usize..start).any(turns))
}

/// "You had a 45 day trial", "you then asked the NP": what the reviewer did
/// here, told by the practice.
fn addressed(doc: &Doc, from: usize, to: usize) -> Option<(&'static str, usize, usize)> {
    const BETWEEN: &Words = words![
        "never",
        "already",
        "then",
        "also",
        "both",
        "yourself",
        "just",
        "not",
        "only",
        "first",
        "even",
        "still",
        "in",
        "fact",
        "actually",
        "simply",
        "clearly",
        "repeatedly",
        "later",
        "did",
        "initially",
        "originally",
        "always",
        "twice",
        "once"
    ];
    const PAST: &[&str] = &[
        "came", "went", "had", "took", "got", "gave", "saw", "told", "left", "sat", "brought", "made", "kept", "knew",
        "paid", "chose", "fell", "lost", "met", "ran", "sent", "slept", "spoke", "drove", "wore", "ate", "drank",
        "broke", "became", "began", "threw", "woke", "put", "quit", "drew", "forgot", "said", "did", "fought", "bled",
    ];
    // What one does in a review, or feels about it.
    const REVIEWING: &[&str] = &[
        "shared",
        "posted",
        "wrote",
        "mentioned",
        "described",
        "noted",
        "stated",
        "raised",
        "pointed",
        "experienced",
        "felt",
        "wanted",
        "needed",
        "expected",
        "deserved",
        "hoped",
        "liked",
        "loved",
        "noticed",
        "reached",
        "thought",
        "found",
        "decided",
        "reported",
        "commented",
        "rated",
        "brought",
        "said",
        "enjoyed",
        "contacted",
        "indicated",
        "suggested",
        "highlighted",
        "recommended",
        "stopped",
        "considered",
        "appreciated",
        "encountered",
        "related",
        "voted",
        "referenced",
        "reviewed",
        "need",
        "concerned",
        "disappointed",
        "frustrated",
        "pleased",
        "interested",
        "satisfied",
        "impressed",
        "followed",
        "tagged",
    ];
    const ABOUT: &Words = words![
        "experience",
        "review",
        "comment",
        "feedback",
        "stars",
        "star",
        "time",
        "concern",
        "concerns",
        "question",
        "issue",
        "moment",
        "reason",
        "trouble",
        "us",
        "impression",
        "this",
        "minute",
        "five"
    ];
    (from..to).find_map(|at| {
        if !doc.reads_any(at, words!["you", "u", "y'all"]) {
            return None;
        }
        let verb = (at + 1..(at + 4).min(to)).find(|next| !doc.reads_any(*next, BETWEEN))?;
        let word = doc.word(verb);
        let past = PAST.iter().any(|w| word.eq_ignore_ascii_case(w))
            || word.len() > 4 && word.to_ascii_lowercase().ends_with("ed") && doc.tokens[verb].class == Class::Word;
        let of_review = REVIEWING.iter().any(|w| word.eq_ignore_ascii_case(w))
            || (verb + 1..(verb + 5).min(to)).any(|next| doc.reads_any(next, ABOUT))
            || word.eq_ignore_ascii_case("made");
        (past && !of_review && !guarded(doc, from, at, verb + 1)).then_some(("relationship.visit", at, verb + 1))
    })
}

/// "Give that new hip a whirl", "the stitches are out by now": one particular
/// part of a body, illness or treatment, and not anybody's.
fn treated(doc: &Doc, from: usize, to: usize) -> Option<(&'static str, usize, usize)> {
    // The business of any practice.
    const BUSINESS: &Words = words![
        "visit",
        "visits",
        "appointment",
        "appointments",
        "billing",
        "bill",
        "bills",
        "insurance",
        "record",
        "records",
        "account",
        "claim",
        "claims",
        "payment",
        "payments",
        "file",
        "files",
        "statement",
        "care",
        "condition",
        "procedure",
        "procedures",
        "screen",
        "face",
        "head",
        "hand",
        "hands",
        "heart",
        "hearts",
        "eye",
        "eyes",
        "voice",
        "back",
        "foot",
        "feet",
        "mouth",
        "form",
        "forms",
        "tip",
        "line",
        "lines",
        "treatment",
        "treatments",
        "privacy",
        "mind",
        "code",
        "page",
        "flow",
        "test",
        "result",
        "results",
        "stool",
        "chart",
        "brain",
        "skin",
        "body",
        "ear",
        "ears",
        "shot",
        "shots",
        "strip",
        "slide",
        "slides",
        "refund",
        "refunds",
        "invoice",
        "invoices",
        "balance",
        "exam",
        "glasses",
        "bridge",
        "pulse",
        "stress",
        "pain",
        "tone"
    ];
    const ONE: &Words = words![
        "the", "that", "this", "those", "these", "new", "your", "ur", "el", "la", "los", "las", "esa", "ese", "su",
        "tu", "her", "his"
    ];
    (from..to).find_map(|at| {
        let token = &doc.tokens[at];
        if !token.is(tag::ANATOMY | tag::DISEASE | tag::DRUG | tag::CLINICAL_NOUN) || doc.reads_any(at, BUSINESS) {
            return None;
        }
        let one = (from.max(at.saturating_sub(3))..at).find(|before| doc.reads_any(*before, ONE))?;
        // "the waiting room of the vaccine clinic" speaks of a house.
        let house = doc.tags(at + 1) & (tag::FACILITY_WORD | tag::UNIT_WORD) != 0
            || doc.reads_any(
                at + 1,
                words![
                    "clinic",
                    "team",
                    "center",
                    "centre",
                    "department",
                    "office",
                    "desk",
                    "line",
                    "guideline",
                    "market",
                    "room",
                    "rooms"
                ],
            );
        (!house && !harmless_between(doc, one, at + 1) && !guarded(doc, from, one, at + 1)).then_some((
            "relationship.confirms",
            one,
            at + 1,
        ))
    })
}

fn harmless_between(doc: &Doc, from: usize, to: usize) -> bool {
    harmless(doc, &Match { group: 0, start: from as u32, end: to as u32, capture: (from as u32, to as u32) })
}

/// "She taught our activities director to polka", when the review is about
/// somebody's grandmother.
fn spoken_of(reading: &Reading, asked: Option<&Doc>, from: usize, to: usize) -> Option<(&'static str, usize, usize)> {
    let doc = &reading.doc;
    let family = asked.is_some_and(|doc| doc.tokens.iter().any(|t| t.is(tag::KIN | tag::PRONOUN_ONE)));
    if !family || !reading.patient.speaks_of_someone(doc.tokens[from].sentence) {
        return None;
    }
    (from..to)
        .find(|at| doc.tokens[*at].is(tag::PRONOUN_ONE))
        .filter(|at| !guarded(doc, from, *at, *at + 1))
        .map(|at| ("relationship.confirms", at, at + 1))
}

/// "your feedback", "your call": about the review, not about care.
fn harmless(doc: &Doc, found: &Match) -> bool {
    const ABOUT_THE_REVIEW: &Words = words![
        "feedback",
        "review",
        "comment",
        "comments",
        "concern",
        "concerns",
        "experience",
        "words",
        "time",
        "stars",
        "question",
        "questions",
        "privacy",
        "support",
        "votes",
        "opinion",
        "message",
        "thoughts",
        "suggestion",
        "dog",
        "dogs",
        "neighbors"
    ];
    (found.start as usize..found.end as usize).any(|at| doc.reads_any(at, ABOUT_THE_REVIEW))
}

const TELLING: u128 = tag::DISEASE | tag::DRUG | tag::ANATOMY | tag::KIN | tag::CLINICAL_VERB;

/// Telling words of the review that is answered.
fn details(doc: &Doc) -> HashSet<String> {
    (0..doc.tokens.len())
        .filter(|at| doc.tokens[*at].class == Class::Word && doc.tokens[*at].is(TELLING))
        .map(|at| doc.word(at).to_ascii_lowercase())
        .collect()
}

/// A detail of the review that the reply repeats: a provider's own disclosure,
/// though the reviewer made it first.
fn repeated(doc: &Doc, details: &HashSet<String>, from: usize, to: usize) -> Option<(&'static str, usize, usize)> {
    (from..to)
        .filter(|at| !guarded(doc, from, *at, *at + 1))
        .find(|at| doc.tokens[*at].is(TELLING) && details.contains(&doc.word(*at).to_ascii_lowercase()))
        .map(|at| ("relationship.detail", at, at + 1))
}

#[cfg(test)]
mod tests {
    use crate::finding::{Kind, Level};
    use crate::{Draft, Policy, assess};

    fn tells(draft: &Draft) -> bool {
        assess(draft, &Policy::default())
            .findings
            .iter()
            .any(|f| f.finding.kind == Kind::CareRelationship && f.finding.level == Level::Warn)
    }

    #[test]
    fn found() {
        for text in [
            "We are sorry about the wait when you came in.",
            "Our records show a balance for the March visit.",
            "You have never been a patient at this practice.",
            "So happy that your knee is healing well!",
            "We removed the mole at no charge and you thanked us.",
            "It was a pleasure caring for your mother.",
            "She missed three appointments in a row.",
            "Su cita fue a las diez y llegó tarde.",
        ] {
            assert!(tells(&Draft::review_reply(text)), "not found in: {text}");
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "Thank you for your feedback. Please call our office so that we can help.",
            "Privacy laws keep us from saying whether anyone is a patient here.",
            "Our policy is that anyone who waits over 20 minutes may reschedule without a fee.",
            "Thanks for the stars!",
            "Parking is hard on market days, you are right.",
            "Gracias por escribirnos. Por ley no podemos hablar de la atención de nadie.",
        ] {
            assert!(!tells(&Draft::review_reply(text)), "found in: {text}");
        }
    }

    #[test]
    fn repeats_the_review() {
        let reply = Draft { context: Some("They ruined my chemo"), ..Draft::review_reply("Chemo is hard, call us.") };
        assert!(tells(&reply));
        let reply = Draft { context: Some("They ruined my chemo"), ..Draft::review_reply("Please call us.") };
        assert!(!tells(&reply));
    }
}
