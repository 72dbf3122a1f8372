//! (C) Dates finer than a year: absolute, relative, holidays.
//!
//! A date is PHI when it is directly related to an individual
//! (45 CFR 164.514(b)(2)(i)(C)): it needs the patient frame. A year alone is
//! allowed.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::group;
use crate::text::tokens::Class;
use crate::text::words::{Words, words};

/// Dates near a patient.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let frame = &reading.patient;
    for found in &doc.matches {
        let (rule, most) = match found.group {
            group::DATE_RELATIVE => ("date.relative", Level::Warn),
            group::DATE_RECENT => ("date.recent", Level::Notice),
            group::DATE_HOLIDAY => ("date.holiday", Level::Warn),
            _ => continue,
        };
        let (from, to) = (found.start as usize, found.end as usize);
        if to == from + 1 && doc.tags(from) & tag::WEEKDAY != 0 && !one_day(doc, from) {
            continue;
        }
        // A Christmas card, a Halloween costume: a thing, no day.
        if rule == "date.holiday"
            && doc.reads_any(
                to,
                words![
                    "card",
                    "cards",
                    "tree",
                    "party",
                    "dinner",
                    "lights",
                    "carols",
                    "jumper",
                    "sweater",
                    "play",
                    "costume",
                    "candy",
                    "cookies",
                    "decorations",
                    "gift",
                    "gifts",
                    "pudding",
                    "turkey",
                    "hours",
                    "closure",
                    "schedule",
                    "movie",
                    "songs"
                ],
            )
        {
            continue;
        }
        let level = frame.level_or_hint(doc.tokens[from].sentence);
        let level = if is_future(doc, from) && frame.strength < Strength::Strong { Level::Hint } else { level };
        {
            let replacement = if rule == "date.holiday" { "on a holiday" } else { coarse(doc, from) };
            let replacement = match doc.word(from) {
                word if rule == "date.holiday" && !word.eq_ignore_ascii_case("on") => {
                    replacement.trim_start_matches("on ")
                }
                _ => replacement,
            };
            into.push(
                Finding::new(
                    Kind::Date,
                    rule,
                    level.min(most),
                    doc.span(if rule == "date.holiday" { from } else { opened(doc, from) }, to),
                )
                .replaced_by(replacement),
            );
        }
    }
    let mut at = 0;
    while at < doc.tokens.len() {
        match absolute(doc, at) {
            Some(date) => {
                let level = frame.level_or_hint(doc.tokens[at].sentence);
                let level = if date.sure { level } else { level.min(Level::Notice) };
                let text = date.year.map_or_else(|| "recently".to_owned(), |year| format!("in {year}"));
                into.push(
                    Finding::new(Kind::Date, "date.absolute", level, doc.span(opened(doc, at), date.end))
                        .replaced_by(text),
                );
                at = date.end;
            }
            None => at += 1,
        }
    }
}

/// "every Friday", "Sunday best", "casual Friday" are no day of a calendar.
fn one_day(doc: &Doc, at: usize) -> bool {
    const HABIT: &Words = words![
        "every",
        "each",
        "most",
        "some",
        "many",
        "happy",
        "casual",
        "taco",
        "throwback",
        "per",
        "a",
        "any",
        "no",
        "all",
        "like",
        "another",
        "usual"
    ];
    let written = doc.tokens[at].capital() || doc.word(at).len() > 4;
    let before = at.checked_sub(1).is_some_and(|b| doc.reads_any(b, HABIT));
    let list =
        doc.reads_any(at + 1, words!["through", "to", "thru", "and", "or", "-", "clinic", "clinics", "morning", "s"]);
    written && !before && !list
}

/// Where the day begins with its preposition: "on the 4th" goes as a whole, so
/// that what replaces it makes a sentence.
fn opened(doc: &Doc, from: usize) -> usize {
    let word = |at: usize, words: &[&str]| {
        words.iter().any(|w| doc.reads(at, w)) && !doc.tokens[at].hashtag && doc.tokens[at + 1].spaced
    };
    let article = if from > 0 && word(from - 1, &["the", "el"]) { from - 1 } else { from };
    // "came in last night": the "in" belongs to the verb.
    let bare = doc.reads_any(
        article,
        words!["last", "yesterday", "tonight", "today", "this", "tomorrow", "next", "earlier", "recently"],
    );
    if article > 0 && !bare && word(article - 1, &["on", "in", "at"]) { article - 1 } else { article }
}

/// What says the same without the day.
fn coarse(doc: &Doc, from: usize) -> &'static str {
    let first = doc.word(from);
    if first.eq_ignore_ascii_case("tomorrow") || first.eq_ignore_ascii_case("next") {
        return "soon";
    }
    if ["ayer", "anoche", "hoy", "el", "esta", "este", "hace", "anteayer"].iter().any(|w| first.eq_ignore_ascii_case(w))
    {
        return "hace poco";
    }
    let opens = doc.tokens[from].sentence_start && doc.tokens[from].capital();
    if opens { "Recently" } else { "recently" }
}

fn is_future(doc: &Doc, at: usize) -> bool {
    doc.reads(at, "tomorrow") || doc.reads(at, "next")
}

/// A date written out.
struct Date {
    end: usize,
    year: Option<u64>,
    /// False for a bare month or a day of the month.
    sure: bool,
}

fn absolute(doc: &Doc, at: usize) -> Option<Date> {
    let token = doc.tokens.get(at)?;
    match token.class {
        Class::Number => numeric(doc, at).or_else(|| day_first(doc, at)),
        Class::Word if token.is(tag::MONTH) => month_first(doc, at),
        Class::Word if token.is(tag::ORDINAL | tag::NUM_AGE) => day_first(doc, at),
        _ => None,
    }
}

/// A plausible year with four digits.
fn year(doc: &Doc, at: usize) -> Option<u64> {
    let token = doc.tokens.get(at).filter(|t| t.class == Class::Number && t.end - t.start == 4)?;
    let _ = token;
    numbers::at(doc, at).map(|n| n.value).filter(|year| (1880..2100).contains(year))
}

/// A day of the month at a token, and the token after it and its `th`.
fn day(doc: &Doc, at: usize) -> Option<usize> {
    let token = doc.tokens.get(at)?;
    if token.class == Class::Number {
        if token.end - token.start > 2 || !(1..=31).contains(&numbers::at(doc, at)?.value) {
            return None;
        }
        let suffix = doc.tokens.get(at + 1).is_some_and(|t| !t.spaced && t.is(tag::ORDINAL_SUFFIX));
        return Some(if suffix { at + 2 } else { at + 1 });
    }
    if token.is(tag::ORDINAL) {
        return Some(at + 1);
    }
    if token.is(tag::NUM_AGE) && matches!(doc.word(at).to_ascii_lowercase().as_str(), "twenty" | "thirty") {
        let next = if doc.punct(at + 1, b'-') { at + 2 } else { at + 1 };
        return doc.tokens.get(next).filter(|t| t.is(tag::ORDINAL)).map(|_| next + 1);
    }
    None
}

/// `May 30th, 2022`, `March 14`, `in March 2026`.
fn month_first(doc: &Doc, at: usize) -> Option<Date> {
    let dot = usize::from(doc.punct(at + 1, b'.') && !doc.tokens[at].is(tag::MONTH_FULL));
    let mut after = at + 1 + dot;
    if doc.reads(after, "the") {
        after += 1;
    }
    if let Some(end) = day(doc, after).filter(|_| !unit_follows(doc, after)) {
        let comma = usize::from(doc.punct(end, b','));
        let with_year = year(doc, end + comma);
        return Some(Date {
            end: if with_year.is_some() { end + comma + 1 } else { end },
            year: with_year,
            sure: true,
        });
    }
    let full = doc.tokens[at].is(tag::MONTH_FULL) || doc.tokens[at].capital();
    let of = usize::from(doc.reads(after, "of") || doc.reads(after, "de"));
    if let Some(year) = year(doc, after + of).filter(|_| full) {
        return Some(Date { end: after + of + 1, year: Some(year), sure: true });
    }
    let before = at.checked_sub(1)?;
    let cue = ["in", "last", "since", "early", "late", "mid", "this", "en", "until", "back in"];
    (full && cue.iter().any(|word| doc.reads(before, word))).then_some(Date { end: at + 1, year: None, sure: true })
}

/// `14 May 2023`, `sixteenth of Feb`, `3 de junio de 1931`.
fn day_first(doc: &Doc, at: usize) -> Option<Date> {
    let end = day(doc, at)?;
    let of = usize::from(doc.reads(end, "of") || doc.reads(end, "de") || doc.punct(end, b'-'));
    let month = end + of;
    if doc.tokens.get(month).is_some_and(|t| t.is(tag::MONTH))
        && (of == 1 || doc.tokens[month].is(tag::MONTH_FULL) || doc.tokens[month].capital())
    {
        let mut after = month + 1;
        if doc.punct(after, b'.') && !doc.tokens[month].is(tag::MONTH_FULL) {
            after += 1;
        }
        let link = usize::from(
            doc.reads(after, "de") || doc.reads(after, "del") || doc.punct(after, b',') || doc.punct(after, b'-'),
        );
        let with_year = year(doc, after + link);
        return Some(Date {
            end: if with_year.is_some() { after + link + 1 } else { month + 1 },
            year: with_year,
            sure: true,
        });
    }
    // "on the 9th"
    let suffix = end == at + 2 && doc.tokens[at].class == Class::Number;
    let the = at.checked_sub(1).is_some_and(|b| doc.reads(b, "the"));
    // "the 2nd pic", "the 9th floor"
    let follows_noun = doc.tokens.get(end).is_some_and(|t| t.class == Class::Word && !stops(doc, end));
    (suffix && the && !follows_noun).then_some(Date { end, year: None, sure: true })
}

/// Words after a day that leave it a day: "on the 9th you were seen".
fn stops(doc: &Doc, at: usize) -> bool {
    doc.reads_any(
        at,
        words![
            "you", "he", "she", "we", "i", "they", "and", "of", "at", "with", "for", "by", "when", "after", "to",
            "but", "it", "her", "his", "in", "on", "from", "because", "as", "so", "that", "who", "is", "was", "last",
            "this", "a", "the", "y", "a"
        ],
    )
}

/// `11/02`, `3/14/22`, `23.11.2024`, `2022-05-30`.
fn numeric(doc: &Doc, at: usize) -> Option<Date> {
    let sign = *doc.plain.text.as_bytes().get(doc.tokens.get(at + 1)?.start as usize)?;
    if !matches!(sign, b'/' | b'-' | b'.') || !glued(doc, at + 1, at + 2) || at > 0 && part_of_longer(doc, at) {
        return None;
    }
    let digits = |at: usize| doc.tokens.get(at).filter(|t| t.class == Class::Number).map_or(0, |t| t.end - t.start);
    let value = |at: usize| numbers::at(doc, at).map_or(0, |n| n.value);
    let (a, b) = (value(at), value(at + 2));
    let plausible = |month: u64, day: u64| (1..=12).contains(&month) && (1..=31).contains(&day);
    if digits(at + 2) == 0 {
        return None;
    }
    let third = doc.punct(at + 3, sign) && glued(doc, at + 3, at + 4) && digits(at + 4) > 0;
    if third {
        if doc.punct(at + 5, sign) && glued(doc, at + 5, at + 6) {
            return None;
        }
        if digits(at) == 4 && (1880..2100).contains(&a) && plausible(b, value(at + 4)) {
            return Some(Date { end: at + 5, year: Some(a), sure: true });
        }
        let shape = digits(at) <= 2 && digits(at + 2) <= 2 && matches!(digits(at + 4), 2 | 4);
        if shape && (plausible(a, b) || plausible(b, a)) {
            let full = Some(value(at + 4)).filter(|_| digits(at + 4) == 4);
            return Some(Date { end: at + 5, year: full, sure: true });
        }
        return None;
    }
    // Two parts: a blood pressure, a score, a ratio, unless a word says date.
    if sign == b'/' && digits(at) <= 2 && digits(at + 2) <= 2 && plausible(a, b) {
        let cued =
            doc.matches.iter().any(|m| m.group == group::DATE_CUE && m.end as usize <= at && m.end as usize + 2 >= at);
        return cued.then_some(Date { end: at + 3, year: None, sure: true });
    }
    None
}

fn glued(doc: &Doc, from: usize, to: usize) -> bool {
    (from..=to).all(|at| doc.tokens.get(at).is_some_and(|t| !t.spaced))
}

fn part_of_longer(doc: &Doc, at: usize) -> bool {
    !doc.tokens[at].spaced && matches!(doc.word(at - 1), "/" | "-" | "." | "+" | "#" | "$")
}

/// "May 5 mg": a number with a unit is no day.
fn unit_follows(doc: &Doc, at: usize) -> bool {
    doc.reads_any(
        at + 1,
        words!["mg", "ml", "mcg", "units", "percent", "kg", "patients", "people", "pts", "times", "years", "hours"],
    ) || doc.punct(at + 1, b'%')
        || doc.punct(at + 1, b':')
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Date;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "My patient was admitted on May 30, 2022",
            "Last night my patient coded twice",
            "our pt rang the bell on Christmas Eve",
            "She is my patient, seen 3/14/22 in clinic",
            "Ayer mi paciente llegó con fiebre",
            "My patient died on the 9th and I was there",
            "the lady in my chair fell three days ago",
            "My patient was born on leap day",
        ] {
            flags(text, Date);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "The office is closed on December 25",
            "In 2019 my patient moved here",
            "My patient takes it every Friday",
            "My patient has a BP of 120/80",
            "Webinar on 14 May at noon",
            "My patient got a Christmas card from me",
            "The trial enrolled its last patient in May 2021",
            "On this day in 1967 a heart was transplanted",
            "My patient asked for the 2nd pic",
        ] {
            clean(text, Date);
        }
    }
}
