//! Ages as people write them, and ages at which few do what is told.

use super::facts::{Fact, What};
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::group;
use crate::text::tokens::Class;

const PERSON: u128 = tag::PATIENT_NOUN | tag::PERSON_NOUN | tag::OCCUPATION | tag::KIN;
/// No number above this is an age.
const OLDEST: u64 = 115;

fn reads(doc: &Doc, at: usize, list: &[&str]) -> bool {
    list.iter().any(|word| doc.reads(at, word))
}

/// Decades in one word.
const DECADES: &[(&str, f64)] = &[
    ("twenties", 20.0),
    ("thirties", 30.0),
    ("forties", 40.0),
    ("fifties", 50.0),
    ("sixties", 60.0),
    ("seventies", 70.0),
    ("eighties", 80.0),
    ("nineties", 90.0),
    ("twentysomething", 20.0),
    ("thirtysomething", 30.0),
    ("fortysomething", 40.0),
    ("fiftysomething", 50.0),
    ("sexagenarian", 60.0),
    ("septuagenarian", 70.0),
    ("octogenarian", 80.0),
    ("nonagenarian", 90.0),
];

/// The ages of a draft.
pub fn read(doc: &Doc, into: &mut Vec<Fact>) {
    for found in doc.found(group::QUASI_DECADE) {
        let at = found.start as usize;
        let word = doc.word(at);
        let decade = DECADES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
        let mut new = Fact::new(What::Age, at, at + 1);
        new.range = decade.map_or((13.0, 19.0), |(_, from)| (*from, from + 9.0));
        into.push(new);
    }
    for at in 0..doc.tokens.len() {
        let token = doc.tokens[at];
        if let Some((from, to, range)) = age(doc, at, token.class == Class::Number || token.is(tag::NUM_AGE)) {
            let mut new = Fact::new(What::Age, from, to);
            new.range = range;
            into.push(new);
        }
    }
}

fn age(doc: &Doc, at: usize, number: bool) -> Option<(usize, usize, (f64, f64))> {
    if !number {
        return None;
    }
    let number = numbers::at(doc, at).filter(|n| n.value <= OLDEST)?;
    let mut next = at + number.tokens;
    let joined = doc.tokens.get(next).is_some_and(|t| !t.spaced);
    if doc.punct(next, b'-') {
        next += 1;
    }
    let age = number.value as f64;
    let old = |reach: usize| (next + 1..=next + reach).any(|n| reads(doc, n, &["old", "o"]));
    if reads(doc, next, &["something"]) && number.value % 10 == 0 {
        return Some((at, next + 1, (age, age + 9.0)));
    }
    if reads(doc, next, &["yo", "yom", "yof", "yearold"])
        || reads(doc, next, &["m", "f"]) && (joined || number.value > 12)
        || reads(doc, next, &["year", "years", "yr", "yrs", "y"]) && old(3)
    {
        return Some((at, next + 1, (age, age)));
    }
    if reads(doc, next, &["s"]) && joined && number.value % 10 == 0 && number.value >= 20 {
        return Some((at, next + 1, (age, age + 9.0)));
    }
    if reads(doc, next, &["month", "months", "week", "weeks", "day", "days"]) && old(2) {
        let months = if reads(doc, next, &["month", "months"]) { age } else { 1.0 };
        return Some((at, next + 1, (0.0, (months / 12.0).floor())));
    }
    if reads(doc, next, &["anos"]) {
        return Some((at, next + 1, (age, age)));
    }
    bare(doc, at, at + number.tokens).then_some((at, at + number.tokens, (age, age)))
}

/// A number that is an age by what stands around it: "she's 63,", "a lady of
/// 71", "Woman, 34,", "an electrician, 44.", "quadruple amputee at 17".
fn bare(doc: &Doc, at: usize, next: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let person = |at: usize| doc.tags(at) & PERSON != 0;
    // "A lady of 71 rang", not "a family of 11" and not "a man of 6 feet".
    if reads(doc, before, &["of", "de"]) && before > 0 && person(before - 1) && !reads(doc, before - 1, &["family"]) {
        return !reads(
            doc,
            next,
            &["feet", "foot", "kg", "pounds", "lbs", "children", "kids", "siblings", "people", "in"],
        );
    }
    let ends = next >= doc.tokens.len()
        || [b',', b'.', b';', b')', b'!', b'?', b':'].iter().any(|mark| doc.punct(next, *mark))
        || reads(doc, next, &["and", "with", "who", "con"]);
    if !ends
        || doc.tokens[before].class == Class::Number
        || doc.tokens.get(next + 1).is_some_and(|t| !t.spaced && t.class == Class::Number)
    {
        return false;
    }
    reads(doc, before, &["she's", "he's", "aged", "age", "turned", "turns"])
        || reads(doc, before, &["is", "was", "'s"])
            && before > 0
            && (reads(doc, before - 1, &["she", "he"]) || person(before - 1))
        || reads(doc, before, &["of", "de", "at"]) && (before.saturating_sub(2)..before).any(person)
        || doc.punct(before, b',') && (before.saturating_sub(3)..before).any(person)
}

/// Words of what few do when they are old, or children.
const BEARS: &[&str] = &[
    "pregnant",
    "pregnancy",
    "ivf",
    "gravid",
    "postpartum",
    "delivered",
    "birth",
    "expecting",
    "conceived",
    "latch",
    "breastfeeding",
    "embarazada",
    "embarazo",
    "parto",
    "gestante",
];
const EARLY: &[&str] = &[
    "stroke",
    "stemi",
    "infarction",
    "gout",
    "menopause",
    "dementia",
    "parkinson's",
    "cataracts",
    "melanoma",
    "cirrhosis",
];
const GIVES: &[&str] = &["donor", "donated", "marathon", "triathlon", "ironman", "skydiving", "rodeo", "ultramarathon"];

/// An age at which few do what the sentences around it tell: a first birth at
/// 63, a living donor of 84.
pub fn extreme(doc: &Doc, facts: &mut Vec<Fact>) {
    let ages: Vec<Fact> = facts.iter().copied().filter(|fact| fact.what == What::Age).collect();
    for age in ages {
        let near = |list: &[&str], reach: u32| {
            let from = doc.tokens.partition_point(|token| token.sentence + reach < age.sentence);
            let to = doc.tokens.partition_point(|token| token.sentence <= age.sentence + reach);
            let (from, to) = (from.max(age.from.saturating_sub(40)), to.min(age.to + 40));
            (from..to).any(|at| reads(doc, at, list))
        };
        // CDC natality 2024: 1,251 births to mothers of 50 and over in the US.
        let mother =
            age.range.0 >= 54.0 && age.range.0 < 85.0 && near(BEARS, 1) && !near(&["grandma", "father", "dad"], 1);
        let child = age.range.1 <= 12.0 && age.range.0 >= 6.0 && near(&["pregnant", "embarazada"], 0);
        let donor = age.range.0 >= 76.0 && near(GIVES, 0);
        // Strokes and heart attacks of children: some in a hundred thousand a year.
        let early = age.range.1 <= 15.0 && near(EARLY, 0);
        if mother || child || donor || early {
            let mut new = Fact::new(What::Birth, age.from, age.to);
            new.sentence = age.sentence;
            facts.push(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ages(text: &str) -> Vec<(f64, f64)> {
        let mut facts = Vec::new();
        read(&Doc::new(text), &mut facts);
        facts.iter().map(|fact| fact.range).collect()
    }

    #[test]
    fn reads_ages() {
        for (text, expected) in [
            ("47yo man", (47.0, 47.0)),
            ("a 47-year-old", (47.0, 47.0)),
            ("31M, welder", (31.0, 31.0)),
            ("60s male", (60.0, 69.0)),
            ("in her fifties", (50.0, 59.0)),
            ("an eighty-something", (80.0, 89.0)),
            ("A lady of 71 rang", (71.0, 71.0)),
            ("She's 63, it's her first", (63.0, 63.0)),
            ("a surf teacher, 26.", (26.0, 26.0)),
            ("a 2-month-old", (0.0, 0.0)),
            ("un hombre de 58 con", (58.0, 58.0)),
        ] {
            assert_eq!(ages(text), [expected], "{text}");
        }
    }

    #[test]
    fn reads_no_other_numbers() {
        for text in [
            "BP 120 over 80",
            "a family of 11 people",
            "EF 25 %",
            "room 12, bed 4",
            "99 red balloons",
            "a man of 6 feet",
            "7 days of doxy",
            "A1c 9.4",
            "5 mg twice",
            "at 17 weeks",
            "TSH 10 now",
        ] {
            assert_eq!(ages(text), [], "{text}");
        }
    }
}
