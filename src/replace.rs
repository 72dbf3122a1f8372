//! Replacements: the draft with every finding put right.

use std::collections::BTreeMap;

use crate::assess::{Assessment, Draft, Judged, assess};
use crate::finding::Decision;
use crate::order;
use crate::policy::Policy;

/// How often a replaced draft is read again. A replacement may bring a word
/// next to another that now means something, or take one away that tied a third
/// to a patient; a few more rounds settle that.
const ROUNDS: usize = 8;

/// The draft after all replacements, and what is left to put right by hand.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// The new text.
    pub text: String,
    /// Findings without a safe replacement, with their places in `text`.
    pub remaining: Vec<Judged>,
}

/// Applies every replacement and reads the result again, until nothing that
/// can be replaced is left.
///
/// # Example
///
/// ```
/// use primum::{Draft, Policy, replace};
/// let done = replace::all(&Draft::post("My patient Mrs. Alvarez is 94 years old."), &Policy::default());
/// assert!(!done.text.contains("Alvarez"));
/// ```
pub fn all(draft: &Draft, policy: &Policy) -> Replaced {
    let mut text = draft.text.to_owned();
    for _ in 0..ROUNDS {
        let assessment = assess(&Draft { text: &text, ..*draft }, policy);
        match once(&text, &assessment) {
            Some(next) if next != text => text = next,
            _ => break,
        }
    }
    let rest = assess(&Draft { text: &text, ..*draft }, policy);
    let remaining = rest.findings.into_iter().filter(|f| Decision::from(f.action) >= Decision::Notice).collect();
    Replaced { text, remaining }
}

/// Applies the replacements of one assessment, last to first; of two that
/// overlap the longer counts. None when there is nothing to replace.
fn once(text: &str, assessment: &Assessment) -> Option<String> {
    // By start. None overlaps another, so the last that starts before the end
    // of a candidate is the one that may reach into it.
    let mut chosen: BTreeMap<u32, &Judged> = BTreeMap::new();
    let mut candidates: Vec<&Judged> = assessment.findings.iter().filter(|f| f.finding.replacement.is_some()).collect();
    order::by(&mut candidates, |f| {
        let span = f.finding.span;
        order::key([order::falling(u64::from(span.end - span.start)), u64::from(span.start)])
    });
    for candidate in candidates {
        let span = candidate.finding.span;
        let before = chosen.range(..span.end).next_back();
        if !before.is_some_and(|(_, f)| f.finding.span.overlaps(span)) {
            chosen.insert(span.start, candidate);
        }
    }
    if chosen.is_empty() {
        return None;
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    let spanish = spanish(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for found in chosen.into_values() {
        let (from, to) = (found.finding.span.start as usize, found.finding.span.end as usize);
        out.push_str(&String::from_utf16_lossy(units.get(at..from)?));
        let rest = units.get(to..)?;
        at = to + join(&mut out, found, rest, spanish);
    }
    out.push_str(&String::from_utf16_lossy(units.get(at..)?));
    Some(out)
}

/// Puts a replacement behind what is written so far, so that the sentence
/// stands; says how many units of the rest went with it.
fn join(out: &mut String, found: &Judged, rest: &[u16], spanish: bool) -> usize {
    let plain = found.finding.replacement.as_deref().unwrap_or("");
    if plain.is_empty() {
        return remove(out, rest);
    }
    let mut text = if spanish { translated(plain).to_owned() } else { plain.to_owned() };
    // "the Elmwood Heights splash pad" → "the place nearby"
    let determined = ["the ", "a ", "an ", "our ", "my ", "his ", "her ", "this ", "el ", "la ", "un ", "una ", "mi "]
        .iter()
        .any(|word| ends_with_word(out, word));
    if determined {
        let bare =
            ["a ", "an ", "our ", "un ", "una ", "nuestra "].iter().find_map(|article| text.strip_prefix(article));
        if let Some(bare) = bare.map(str::to_owned) {
            text = bare;
        }
    }
    let opens = out.trim_end().is_empty() || out.trim_end().ends_with(['.', '!', '?', '\n']) || out.ends_with('\n');
    if opens && found.quote.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        let mut letters = text.chars();
        text = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default() + letters.as_str();
    }
    out.push_str(&text);
    0
}

/// Takes something out, and what would hang in the air without it: one of two
/// spaces, empty brackets, the comma of an address.
fn remove(out: &mut String, rest: &[u16]) -> usize {
    let next = |at: usize| rest.get(at).and_then(|unit| char::from_u32(u32::from(*unit)));
    if out.ends_with('(') && next(0) == Some(')') {
        out.pop();
        while out.ends_with(' ') {
            out.pop();
        }
        return 1;
    }
    let closes = next(0).is_none_or(|c| ",.!?;:)".contains(c));
    if closes && out.ends_with(", ") {
        out.truncate(out.len() - 2);
    } else if closes && out.ends_with(' ') {
        out.pop();
    }
    let opens = out.is_empty() || out.ends_with(['\n', ' ']);
    match (opens, next(0), next(1)) {
        // "Marisol, thanks" at the start of a line.
        (true, Some(','), Some(' ')) if out.trim_end_matches(' ').is_empty() || out.ends_with('\n') => 2,
        (true, Some(' '), _) => 1,
        _ => 0,
    }
}

fn ends_with_word(out: &str, word: &str) -> bool {
    let Some(start) = out.len().checked_sub(word.len()) else { return false };
    out.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word))
        && (start == 0 || out.as_bytes().get(start - 1).is_some_and(|b| !b.is_ascii_alphanumeric()))
}

/// Most of the draft's small words are Spanish.
fn spanish(text: &str) -> bool {
    let (mut spanish, mut english) = (0, 0);
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        spanish += usize::from(
            ["el", "la", "de", "que", "con", "los", "las", "por", "para", "su", "una", "del", "en", "y"]
                .contains(&word.as_str()),
        );
        english += usize::from(
            ["the", "of", "and", "to", "is", "with", "for", "on", "was", "in", "his", "her"].contains(&word.as_str()),
        );
    }
    spanish > 2 && spanish > english
}

/// What a replacement says in Spanish.
fn translated(text: &str) -> &str {
    const SPANISH: &[(&str, &str)] = &[
        ("a patient", "paciente"),
        ("A patient", "Paciente"),
        ("a colleague", "un colega"),
        ("a local employer", "una empresa local"),
        ("a room", "una sala"),
        ("a unit", "una unidad"),
        ("a hospital", "un hospital"),
        ("a road", "una calle"),
        ("a place nearby", "un lugar cercano"),
        ("a remote area", "una zona remota"),
        ("an address", "una dirección"),
        ("our area", "nuestra zona"),
        ("recently", "hace poco"),
        ("Recently", "Hace poco"),
        ("soon", "pronto"),
        ("on a holiday", "en un día festivo"),
        ("a holiday", "un día festivo"),
        ("[number removed]", "[número eliminado]"),
        ("[address removed]", "[dirección eliminada]"),
        ("[link removed]", "[enlace eliminado]"),
        ("[secret removed]", "[clave eliminada]"),
        ("[removed]", "[eliminado]"),
    ];
    SPANISH.iter().find(|(english, _)| *english == text).map_or(text, |(_, spanish)| spanish)
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::{Draft, Policy};

    #[test]
    fn sentences_stand() {
        for (draft, expected) in [
            ("My patient Harold Wisniewski, 91, fell on Sunday night.", "My patient, aged 90 or older, fell recently."),
            ("My patient was admitted on the 4th, and is fine.", "My patient was admitted recently, and is fine."),
            ("My patient had her knee done on May 30, 2022.", "My patient had her knee done in 2022."),
            ("Bed 6 is my patient and wants his soup again.", "A room is my patient and wants his soup again."),
            (
                "Would you offer TAVR to a 96 y.o. who bowls?",
                "Would you offer TAVR to a person aged 90 or older who bowls?",
            ),
            ("97 yo lady in SVT", "90-or-older lady in SVT"),
            (
                "Mi paciente vive en Laredo con su hija, de la que no habla.",
                "Mi paciente vive en nuestra zona con su hija, de la que no habla.",
            ),
        ] {
            assert_eq!(all(&Draft::post(draft), &Policy::default()).text, expected, "{draft}");
        }
    }

    #[test]
    fn a_reply_says_nothing_of_the_reviewer() {
        for draft in [
            "Hi Marisol, as we explained when you came in, soreness is normal.",
            "We appreciate you, Mr. al-Khatib. Your nurses say hi!",
            "Thank you Mr. Oyelaran! It was a pleasure replacing your left knee.",
        ] {
            let done = all(&Draft::review_reply(draft), &Policy::default());
            assert!(done.text.contains("Privacy rules keep us"), "{}", done.text);
            for word in ["Marisol", "Khatib", "Oyelaran", "Mr.", "a patient", "knee"] {
                assert!(!done.text.contains(word), "{}", done.text);
            }
        }
    }

    #[test]
    fn what_is_harmless_stays() {
        for draft in ["Flu shots on Saturday, 9 to 1!", "Gracias por escribirnos.", ""] {
            assert_eq!(all(&Draft::post(draft), &Policy::default()).text, draft);
        }
    }
}
