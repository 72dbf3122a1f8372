//! (C) Ages of 90 and over, in figures, in words and by year of birth.
//!
//! "All ages over 89 and all elements of dates (including year) indicative of
//! such age": 45 CFR 164.514(b)(2)(i)(C).

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::{Match, group};
use crate::text::tokens::Class;
use crate::text::words::words;

/// The first age that is an identifier.
const FIRST: u64 = 90;
/// The oldest person on record lived 122 years.
const LAST: u64 = 122;
/// Somebody born in or before this year is over 89 at the core's date of
/// writing (2026). It only grows truer.
const BORN_BY: u64 = 1936;

/// Ages over 89 of somebody who is no public figure, study mean or character.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let away = reading.patient.away;
    let level = if away.study || away.fiction || away.animal || away.public {
        Level::Hint
    } else if away.announcement || away.colleague || away.teaching && !away.own {
        Level::Notice
    } else {
        Level::Warn
    };
    for found in &doc.matches {
        let (from, to) = (found.start as usize, found.end as usize);
        let span = match found.group {
            group::AGE_WORD => Some((from, to)),
            group::AGE_AFTER => number_before(doc, from).map(|start| (start, to)),
            group::AGE_BEFORE => number_after(doc, found).map(|end| (to, end)),
            group::AGE_SUBJECT => bare_number(doc, to).map(|end| (to, end)),
            group::AGE_BIRTH => birth_year(doc, to),
            _ => None,
        };
        if let Some((from, to)) = span {
            push(reading, from, to, level, into);
        }
    }
    // "Walter Ibsen, 94, plaid robe", "Rosa (97)"
    for at in 1..doc.tokens.len() {
        let opens = doc.punct(at - 1, b',') || doc.punct(at - 1, b'(');
        let closes =
            doc.punct(at + 1, b',') || doc.punct(at + 1, b')') || doc.punct(at + 1, b'.') || at + 1 == doc.tokens.len();
        let named = at > 1
            && doc.tokens[at - 2].class == Class::Word
            && (doc.tokens[at - 2].capital() && doc.tokens[at - 2].is(tag::FIRST_NAME | tag::SURNAME)
                || doc.tokens[at - 2].capital()
                    && !doc.tokens[at - 2].is(tag::ENGLISH | tag::COMMON_WORD)
                    && !doc.tokens[at - 2].sentence_start
                || doc.tokens[at - 2].is(tag::PATIENT_NOUN | tag::KIN));
        if opens && closes && named && is_age(doc, at) && doc.tokens[at].class == Class::Number {
            push(reading, at, at + 1, level, into);
        }
    }
    // "93M", "97 F": only where a patient is spoken of.
    for at in 0..doc.tokens.len() {
        let sex = doc.tokens.get(at + 1).is_some_and(|t| {
            matches!(doc.word(at + 1), "M" | "F" | "m" | "f" | "yom" | "yof") && t.class == Class::Word
        });
        if doc.tokens[at].class == Class::Number
            && sex
            && (reading.patient.strength > Strength::None || reading.patient.treated_near(doc.tokens[at].sentence))
            && !(at > 0 && matches!(doc.word(at - 1), "$" | "£" | "€" | "." | ","))
            && is_age(doc, at)
            && !doc.punct(at + 2, b'\'')
            && reading.draft.setting != Setting::ReviewReply
        {
            push(reading, at, at + 2, level, into);
        }
    }
}

fn push(reading: &Reading, from: usize, to: usize, level: Level, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    // "my nan is 94" is the writer's own family.
    let family = doc
        .sentence(from)
        .any(|at| doc.tags(at) & tag::KIN != 0 && at > 0 && doc.reads_any(at - 1, words!["my", "mi", "our"]));
    let level = if family && !reading.patient.explicit() { level.min(Level::Notice) } else { level };
    // "90 or older" is what Safe Harbor allows, and what a replacement leaves.
    let or = if doc.punct(to, b'-') { to + 1 } else { to };
    let open_ended = doc.punct(to, b'+')
        || doc.reads_any(or, words!["or", "o", "and", "y"])
            && (or + 1..or + 3).any(|at| doc.reads_any(at, words!["older", "over", "more", "above", "up", "mas"]));
    if !open_ended {
        into.push(
            Finding::new(Kind::AgeOver89, "age.over_89", level, doc.span(from, to))
                .replaced_by(category(doc, from, to)),
        );
    }
}

/// "All such ages and elements may be aggregated into a single category of age
/// 90 or older", in words that fit the sentence.
fn category(doc: &Doc, from: usize, to: usize) -> &'static str {
    if doc.found_in(group::AGE_WORD, from, to) && to == from + 1 {
        return if doc.word(from).ends_with(['o', 'a']) {
            "persona de 90 años o más"
        } else {
            "person aged 90 or older"
        };
    }
    if doc.reads_any(to - 1, words!["anos", "anitos", "anito"]) {
        return "90 años o más";
    }
    let noun =
        (to..to + 2).any(|at| doc.tags(at) & (tag::PERSON_NOUN | tag::PATIENT_NOUN | tag::KIN | tag::OCCUPATION) != 0);
    let one = from > 0 && doc.tags(from - 1) & tag::ONE != 0;
    let listed = from > 0 && (doc.punct(from - 1, b',') || doc.punct(from - 1, b'('));
    match (noun, listed) {
        (true, _) => "90-or-older",
        _ if one => "person aged 90 or older",
        (_, true) => "aged 90 or older",
        _ => "90 or older",
    }
}

fn is_age(doc: &Doc, at: usize) -> bool {
    numbers::at(doc, at).is_some_and(|n| (FIRST..=LAST).contains(&n.value))
}

/// The number that ends right before a token (`ninety-three` in
/// "ninety-three-year-old").
fn number_before(doc: &Doc, at: usize) -> Option<usize> {
    let end = if doc.punct(at.checked_sub(1)?, b'-') { at - 1 } else { at };
    // "9 6 y.o."
    let digit = |at: usize| {
        doc.tokens
            .get(at)
            .filter(|t| t.class == Class::Number && t.end - t.start == 1)
            .and_then(|_| numbers::at(doc, at))
    };
    if let (Some(start), Some(tens), Some(ones)) =
        (end.checked_sub(2), digit(end.wrapping_sub(2)), digit(end.wrapping_sub(1)))
        && tens.value == 9
        && ones.value < 10
        && start.checked_sub(1).is_none_or(|b| doc.tokens[b].class != Class::Number)
    {
        return Some(start);
    }
    (end.saturating_sub(7)..end).find(|start| {
        let fresh = doc.tokens[*start].spaced
            || start.checked_sub(1).is_none_or(|b| !matches!(doc.word(b), "." | "," | "/" | "$"));
        fresh && numbers::at(doc, *start).is_some_and(|n| start + n.tokens == end && (FIRST..=LAST).contains(&n.value))
    })
}

/// The end of an age right after a cue: "aged 93", but not "aged 93 mmHg".
fn number_after(doc: &Doc, cue: &Match) -> Option<usize> {
    let start = cue.end as usize;
    let number = numbers::at(doc, start).filter(|n| (FIRST..=LAST).contains(&n.value))?;
    let end = start + number.tokens;
    let pronoun = doc.reads_any(cue.start as usize, words!["her", "his", "their"]);
    let ordinal = doc.tokens.get(end).is_some_and(|t| t.is(tag::ORDINAL_SUFFIX) && !t.spaced);
    if pronoun {
        // "her 97th birthday"
        return (ordinal && doc.reads(end + 1, "birthday")).then_some(end + 2);
    }
    let next = doc.word(end);
    let measure =
        matches!(next, "%" | "/" | "." | ":" | "-") && doc.tokens.get(end).is_some_and(|t| !t.spaced) && next != "."
            || doc.tokens.get(end).is_some_and(|t| t.class == Class::Number);
    (!measure).then_some(end)
}

/// The end of an age that nothing but its place announces: "she is 94," but
/// not "he was 94 % on room air".
fn bare_number(doc: &Doc, at: usize) -> Option<usize> {
    let number = numbers::at(doc, at).filter(|n| (FIRST..=LAST).contains(&n.value))?;
    let end = at + number.tokens;
    let free = doc.tokens.get(end).is_none_or(|t| match t.class {
        Class::Punct => {
            b",.!?;)".iter().any(|mark| doc.punct(end, *mark)) && doc.tokens.get(end + 1).is_none_or(|t| t.spaced)
        }
        Class::Symbol => true,
        Class::Word => doc.reads_any(
            end,
            words!["and", "but", "who", "today", "last", "this", "when", "with", "years", "yesterday", "still", "anos"],
        ),
        _ => false,
    });
    free.then_some(end)
}

/// "born in 1931"
fn birth_year(doc: &Doc, after: usize) -> Option<(usize, usize)> {
    (after..(after + 8).min(doc.tokens.len())).find_map(|at| {
        let token = doc.tokens[at];
        let year =
            (token.class == Class::Number && token.end - token.start == 4).then(|| numbers::at(doc, at)).flatten()?;
        (year.value >= 1900 && year.value <= BORN_BY).then_some((at, at + 1))
    })
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::AgeOver89;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "97 yo lady in SVT, flirting while we push the adenosine",
            "My patient turned ninety-three and still drives",
            "102/F, hip fx, wants to go dancing",
            "she's pushing 95, my last patient of the day",
            "our resident had her 100th birthday party on the ward",
            "born in 1929, this patient of mine still rides a bike",
            "mi viejita de 95 años me bailó un merengue",
            "a nonagenarian with a new ACL tear, my patient",
        ] {
            flags(text, AgeOver89);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "She is 89 and my patient",
            "sats were 93 on room air for my patient",
            "Mean age 91.4 in the trial",
            "My nan is 94 and outwalks me",
            "He weighs 95 kg, my patient",
            "room 92 is ready for my patient",
            "aged 90 or older, says the patient leaflet",
            "12 of 93 patients were readmitted",
            "my dog is 98 in dog years",
        ] {
            clean(text, AgeOver89);
        }
    }
}
