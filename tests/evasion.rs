//! What tricks of writing hide from the core, and what they do not: a table
//! and a floor for each trick.
//!
//! Encodings that no reader takes in at a glance (base64, pictures of text) are
//! no part of it.

use primum::finding::{Category, Kind};
use primum::{Draft, Policy, assess};

/// A draft around what is to be hidden, and the kind that must be seen.
const CASES: &[(Kind, &str, &str, &str)] = &[
    (Kind::Name, "My patient ", "Marisol Ortega", " was admitted last night with sepsis."),
    (Kind::Phone, "Our patient in bed 4 wants a call back at ", "918-555-0142", " after her surgery."),
    (Kind::Ssn, "My patient's SSN is ", "219-09-9999", " and I need the form."),
    (Kind::Mrn, "Can somebody look up the patient with MRN ", "00448123", " for me"),
    (Kind::Email, "My patient's address is ", "m.ortega@mail.example", " if you need it."),
    (Kind::Date, "My patient was admitted on ", "March 14, 2026", " with a stroke."),
    (Kind::AgeOver89, "My patient is ", "94 years old", " and still drives."),
    (Kind::Claim, "Listen to me: ", "vaccines cause autism", " in children."),
    (Kind::Claim, "I tell everyone that ", "ivermectin cures covid", " within two days."),
    (Kind::Credential, "For the night shift, the password is ", "Winter-2031!", " on all carts."),
];

/// A trick: its name, what it makes of the text, how many cases must be seen.
type Trick = (&'static str, fn(&str) -> String, usize);

const TRICKS: &[Trick] = &[
    ("as it is", str::to_owned, 10),
    ("zero-width space between letters", |text| between(text, "\u{200b}"), 10),
    ("zero-width joiner, word joiner", |text| between(text, "\u{200d}\u{2060}"), 10),
    ("soft hyphen between letters", |text| between(text, "\u{ad}"), 10),
    ("variation selector after letters", |text| between(text, "\u{fe0f}"), 10),
    ("right-to-left override around", |text| format!("\u{202e}{text}\u{202c}"), 10),
    ("combining dot below", |text| after_letters(text, "\u{323}"), 10),
    ("combining stroke over everything", |text| after_letters(text, "\u{336}"), 10),
    ("full-width forms", |text| map(text, |c| shifted(c, '!', '~', 0xff01)), 10),
    ("mathematical bold", mathematical, 10),
    ("circled letters", circled, 10),
    ("Cyrillic lookalikes", |text| swapped(text, "aeopcxyiAEOPCXTHBMK", "аеорсхуіАЕОРСХТНВМК"), 10),
    ("Greek lookalikes", |text| swapped(text, "oviAEOPTXHBMK", "ονιΑΕΟΡΤΧΗΒΜΚ"), 10),
    ("capitals throughout", |text| text.to_uppercase(), 10),
    ("small letters throughout", |text| text.to_lowercase(), 10),
    ("alternating capitals", alternating, 10),
    ("a line break for each space", |text| text.replace(' ', "\n"), 8),
    ("two spaces for one", |text| text.replace(' ', "  "), 10),
    ("no-break spaces", |text| text.replace(' ', "\u{a0}"), 10),
    ("an emoji for each space", |text| text.replace(' ', " \u{1f489} "), 9),
    ("dots for hyphens and spaces", |text| text.replace(['-', ' '], "."), 9),
    ("other dashes", |text| text.replace('-', "\u{2013}"), 10),
    ("a space after each digit", |text| digits(text, |d| format!("{d} ")), 10),
    ("letters for digits: O and l", |text| swapped(text, "01", "Ol"), 7),
    ("digits spelled out", |text| digits(text, spelled), 5),
    ("digits for letters: 4 3 0 1", |text| swapped(text, "aeoi", "4301"), 5),
    ("a dot between all letters", |text| between(text, "."), 6),
    ("a space between all letters", |text| between(text, " "), 3),
    ("keycap digits", |text| digits(text, |d| format!("{d}\u{fe0f}\u{20e3}")), 10),
    ("superscript digits", |text| swapped(text, "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), 10),
    ("Arabic-Indic digits", |text| swapped(text, "0123456789", "٠١٢٣٤٥٦٧٨٩"), 10),
];

#[test]
fn tricks_do_not_hide_what_they_must_not() {
    let mut below = Vec::new();
    println!("{:<36} seen  not seen", "trick");
    for (name, trick, floor) in TRICKS {
        let unseen: Vec<String> = CASES
            .iter()
            .filter(|(kind, before, hidden, after)| !seen(*kind, &format!("{before}{}{after}", trick(hidden))))
            .map(|(kind, _, hidden, _)| format!("{kind} {hidden}"))
            .collect();
        let seen = CASES.len() - unseen.len();
        println!("{name:<36} {seen:>2}/{}  {}", CASES.len(), unseen.join(", "));
        if seen < *floor {
            below.push(format!("{name}: {seen} of {floor}"));
        }
    }
    assert!(below.is_empty(), "fell below their floor: {below:?}");
}

/// Found as this kind, or as another of its category: a hidden telephone number
/// that warns as a record number is not hidden.
fn seen(kind: Kind, text: &str) -> bool {
    let found = assess(&Draft::post(text), &Policy::default());
    found.findings.iter().any(|one| {
        let number = |kind: Kind| !matches!(kind, Kind::Name | Kind::Location);
        one.finding.kind == kind
            || kind.category() == Category::Identifier
                && one.finding.kind.category() == Category::Identifier
                && number(kind)
                && number(one.finding.kind)
    })
}

fn map(text: &str, change: impl Fn(char) -> char) -> String {
    text.chars().map(change).collect()
}

fn between(text: &str, what: &str) -> String {
    text.split(' ')
        .map(|word| word.chars().map(String::from).collect::<Vec<_>>().join(what))
        .collect::<Vec<_>>()
        .join(" ")
}

fn after_letters(text: &str, mark: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { format!("{c}{mark}") } else { c.to_string() }).collect()
}

fn shifted(c: char, first: char, last: char, to: u32) -> char {
    if (first..=last).contains(&c) { char::from_u32(c as u32 - first as u32 + to).unwrap_or(c) } else { c }
}

fn mathematical(text: &str) -> String {
    map(text, |c| match c {
        'A'..='Z' => shifted(c, 'A', 'Z', 0x1d400),
        'a'..='z' => shifted(c, 'a', 'z', 0x1d41a),
        _ => shifted(c, '0', '9', 0x1d7ce),
    })
}

fn circled(text: &str) -> String {
    map(text, |c| if c.is_ascii_uppercase() { shifted(c, 'A', 'Z', 0x24b6) } else { shifted(c, 'a', 'z', 0x24d0) })
}

fn swapped(text: &str, from: &str, to: &str) -> String {
    map(text, |c| from.chars().zip(to.chars()).find(|(from, _)| *from == c).map_or(c, |(_, to)| to))
}

fn alternating(text: &str) -> String {
    let change = |(at, c): (usize, char)| if at % 2 == 0 { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
    text.chars().enumerate().map(change).collect()
}

fn digits(text: &str, change: impl Fn(char) -> String) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { change(c) } else { c.to_string() }).collect()
}

fn spelled(digit: char) -> String {
    const WORDS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    format!("{} ", WORDS[digit.to_digit(10).unwrap_or(0) as usize])
}
