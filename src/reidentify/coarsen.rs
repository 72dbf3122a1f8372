//! The way out: which facts to leave out, and what to say instead.
//!
//! The sense for colleagues is in the medicine. So the person goes first
//! ("our fire chief" → "a patient"), then the story, then place and time.

use super::estimate;
use super::facts::{Description, Fact, What};
use crate::order;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::tokens::{Case, Class};
use crate::text::words::words;

/// A fact that should be told more coarsely.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub what: What,
    /// Tokens that the new words replace.
    pub from: usize,
    pub to: usize,
    pub text: String,
}

/// Sorts of facts that are left out at most: more is another text.
const MOST: usize = 5;

/// The sorts of facts to leave out, one after the other, until the group is no
/// longer smaller than `enough` or readers cannot know what is left; with the
/// size of the group after each.
pub fn order(description: &Description, enough: f64) -> Vec<(What, estimate::Size)> {
    let mut left = description.clone();
    let mut order = Vec::new();
    while order.len() < MOST {
        let factors = estimate::factors(&left);
        let small = estimate::size(&factors).low < enough && estimate::is_telling(&factors, left.sure, left.placed);
        let next = factors.iter().min_by(|a, b| estimate::weight(a).total_cmp(&estimate::weight(b)));
        let Some(next) = next.filter(|_| small) else { break };
        let what = next.fact.what;
        left.facts.retain(|fact| fact.what != what);
        order.push((what, estimate::size(&estimate::factors(&left))));
    }
    order
}

/// What to say instead of every fact of these sorts. Changes do not overlap.
pub fn changes(doc: &Doc, description: &Description, sorts: &[What]) -> Vec<Change> {
    let mut changes: Vec<Change> = description
        .facts
        .iter()
        .filter(|fact| sorts.contains(&fact.what))
        .map(|fact| change(doc, fact))
        .filter(|change| change.from < change.to)
        .collect();
    order::by(&mut changes, |change| order::key([change.from as u64, order::falling(change.to as u64)]));
    let mut kept: Vec<Change> = Vec::new();
    for change in changes {
        match kept.last_mut().filter(|last| change.from < last.to) {
            Some(last) => {
                last.to = last.to.max(change.to);
                // Of a person and a story the person's words read better.
                if last.text == LEFT_OUT {
                    last.text = change.text.clone();
                }
            }
            None => kept.push(change),
        }
    }
    kept
}

/// Words left out, as one writes it in a quotation.
const LEFT_OUT: &str = "[...]";

fn change(doc: &Doc, fact: &Fact) -> Change {
    let new = |from: usize, to, text: &str| Change { what: fact.what, from, to, text: fitted(doc, from, text) };
    match fact.what {
        What::Occupation | What::Role | What::Public | What::Kin | What::Mine | What::Sole => {
            let (from, to) = phrase(doc, fact);
            new(from, to, "a patient")
        }
        What::Place if fact.definite => new(fact.from, fact.to, "a rural area"),
        What::Place => new(fact.from, fact.to, "the region"),
        What::Small => new(fact.from, fact.to, "the area"),
        What::Age => new(fact.from, fact.to, age(fact.range)),
        What::Origin => new(fact.from, fact.to, "foreign"),
        What::Condition => new(fact.from, fact.to, "a rare disease"),
        What::Time => new(fact.from, fact.to, "recently"),
        _ => new(fact.from, fact.to, LEFT_OUT),
    }
}

/// The words as they fit where they stand: no second article, a capital where
/// a sentence begins.
fn fitted(doc: &Doc, at: usize, text: &str) -> String {
    let before = at.checked_sub(1);
    let after = |words: &[&str]| before.is_some_and(|before| words.iter().any(|word| doc.reads(before, word)));
    let described = after(&[
        "a",
        "an",
        "the",
        "our",
        "my",
        "his",
        "her",
        "their",
        "this",
        "that",
        "old",
        "yo",
        "yom",
        "yof",
        "m",
        "f",
        "male",
        "female",
        "young",
        "retired",
        "professional",
        "aged",
        "something",
        "dear",
        "lovely",
        "same",
        "carry",
        "concert",
    ]);
    match text.strip_prefix("a ") {
        Some(noun) if described => noun.to_owned(),
        Some(noun) if starts(doc, at) => format!("A {noun}"),
        _ => text.to_owned(),
    }
}

/// Whether a sentence starts at the token, in a draft that has capitals.
fn starts(doc: &Doc, at: usize) -> bool {
    let first =
        at == 0 || doc.tokens.get(at - 1).zip(doc.tokens.get(at)).is_some_and(|(a, b)| a.sentence != b.sentence);
    first && doc.tokens.get(at).is_some_and(|token| !matches!(token.case, Case::Lower))
}

fn age((from, to): (f64, f64)) -> &'static str {
    match (from, to) {
        (_, to) if to < 2.0 => "infant",
        (_, to) if to < 13.0 => "young",
        (_, to) if to < 20.0 => "teenage",
        (from, _) if from < 40.0 => "young adult",
        (from, _) if from < 65.0 => "middle-aged",
        _ => "older",
    }
}

/// The person's words with the article before them and the nouns behind them.
fn phrase(doc: &Doc, fact: &Fact) -> (usize, usize) {
    let mut from = fact.from;
    for back in 1..=4 {
        let Some(at) = fact.from.checked_sub(back) else { break };
        let token = doc.tokens[at];
        if token.class != Class::Word && doc.word(at) != "'s" || token.sentence != fact.sentence {
            break;
        }
        let article = doc.reads_any(
            at,
            words![
                "a", "an", "the", "our", "my", "this", "that", "his", "her", "their", "one", "un", "una", "el", "la"
            ],
        );
        if article {
            from = at;
            break;
        }
    }
    let mut to = fact.to;
    while to < fact.to + 6
        && doc.tokens.get(to).is_some_and(|token| token.sentence == fact.sentence && goes_on(doc, to))
    {
        to += 1;
    }
    (from, to)
}

/// Whether the noun phrase goes on: no mark, no verb, nothing that begins
/// another part of the sentence.
fn goes_on(doc: &Doc, at: usize) -> bool {
    let token = doc.tokens[at];
    let begins = [
        "is", "was", "are", "were", "has", "have", "had", "who", "that", "which", "and", "but", "or", "with", "on",
        "in", "at", "for", "to", "from", "after", "before", "because", "whose", "came", "comes", "got", "gets", "will",
        "would", "does", "did", "said", "says", "as", "by", "about", "when", "while", "con", "que", "y", "tiene", "i",
        "he", "she", "we", "they", "it",
    ];
    (token.class == Class::Word || doc.word(at) == "'s")
        && token.tags & (tag::CLINICAL_VERB | tag::HAPPENED | tag::DISEASE | tag::DRUG | tag::CLAUSE_BREAK) == 0
        && !begins.iter().any(|word| doc.reads(at, word))
}

#[cfg(test)]
mod tests {
    use crate::{Draft, Policy, replace};

    fn coarser(text: &str) -> String {
        replace::all(&Draft::post(text), &Policy::default()).text
    }

    #[test]
    fn the_person_goes_first() {
        assert_eq!(
            coarser("I took care of the mayor's daughter, septic and scared."),
            "I took care of a patient, septic and scared."
        );
        assert_eq!(
            coarser("Our county sheriff is my patient and he hates needles."),
            "A patient is my patient and he hates needles."
        );
    }

    #[test]
    fn what_fits_many_stays() {
        for text in ["My patient has gout and a very good laugh.", "I treated a welder with a burn on his hand."] {
            assert_eq!(coarser(text), text);
        }
    }
}
