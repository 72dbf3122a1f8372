//! (K) Certificate and licence numbers.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::patterns::group;

/// "my" reaches this many tokens on.
const MINE: usize = 12;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_LICENSE,
        Kind::LicenseNumber,
        "license.number",
        5,
        |code| {
            let doc = &reading.doc;
            // "Our NPI for your forms is ...": a provider's own number is public.
            let own = code.from.checked_sub(1).is_some_and(|before| {
                doc.sentence(before).take_while(|at| *at < code.from).any(|at| {
                    doc.reads(at, "our")
                        && (at + 1..at + 3).any(|next| doc.reads(next, "npi") || doc.reads(next, "license"))
                })
            });
            // "The board lost my file, licence RN 442871": the writer's own.
            let mine = !reading.patient.speaks_of_someone(doc.tokens[code.from].sentence)
                && reading.patient.strength == Strength::None
                && (code.from.saturating_sub(MINE)..code.from).any(|at| doc.reads(at, "my") || doc.reads(at, "mine"));
            match (code.digits() >= 5 && !own, mine) {
                (true, false) => Some(Level::Warn),
                (true, true) => Some(Level::Notice),
                _ => None,
            }
        },
        into,
    );
    let doc = &reading.doc;
    for found in doc.found(group::ID_LICENSE) {
        let at = found.end as usize;
        if let Some(code) = (at..at + 4).find_map(|at| code::grouped(doc, at, 16, british)) {
            into.push(
                Finding::new(Kind::LicenseNumber, "license.number", Level::Warn, doc.span(code.from, code.to))
                    .replaced_by("[number removed]"),
            );
        }
    }
}

/// A driving licence of the DVLA: five letters of the surname (9 fills up), six
/// digits of the birth date and sex, two initials, three check characters.
fn british(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 16
        && bytes[..5].iter().all(|b| b.is_ascii_uppercase() || *b == b'9')
        && bytes[0].is_ascii_uppercase()
        && bytes[5..11].iter().all(u8::is_ascii_digit)
        && matches!(bytes[6], b'0' | b'1' | b'5' | b'6')
        && bytes[11..13].iter().all(|b| b.is_ascii_uppercase() || *b == b'9')
        && bytes[13].is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::LicenseNumber;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "pt left her wallet, license D4419927 CO",
            "he is a lorry driver, licence ZVERE 704219 PK9TB",
            "My patient, a pilot whose airman certificate 3318846 got flagged",
        ] {
            flags(text, LicenseNumber);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "Our NPI for your forms is 1234567893",
            "My license renewal took 90 days",
            "A nursing license costs 120 dollars here",
            "Licence to ill, 1986",
        ] {
            clean(text, LicenseNumber);
        }
    }
}
