//! (J) Account numbers: bank, card, billing, claim.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::lexicon::tag;
use crate::text::patterns::group;
use crate::text::tokens::Class;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_ACCOUNT,
        Kind::AccountNumber,
        "account.number",
        4,
        |code| {
            let ending = (code.from.saturating_sub(4)..code.from)
                .any(|at| ["ending", "ends", "last", "four"].iter().any(|word| reading.doc.reads(at, word)));
            (code.digits() >= 6 || ending && code.digits() == 4).then_some(Level::Warn)
        },
        into,
    );
    ibans(reading, into);
    cards(reading, into);
}

/// Payment cards by their issuer's first digit and check digit (ISO/IEC 7812),
/// where somebody is spoken of.
fn cards(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for at in 0..doc.tokens.len() {
        let token = &doc.tokens[at];
        let starts = token.class == Class::Number && (4..=16).contains(&(token.end - token.start)) && token.spaced;
        if starts && let Some(code) = code::grouped(doc, at, 16, card).filter(|_| code::tied(reading, at)) {
            into.push(
                Finding::new(Kind::AccountNumber, "account.number", Level::Warn, doc.span(code.from, code.to))
                    .replaced_by("[number removed]"),
            );
        }
    }
}

fn card(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    let issued = match digits.len() {
        // American Express; other numbers of 15 digits are telephones (IMEI).
        15 => text.starts_with("34") || text.starts_with("37"),
        16 => (3..=6).contains(&digits[0]),
        _ => false,
    };
    digits.len() == text.len() && issued && sum % 10 == 0
}

/// IBANs by their check digits (ISO 13616, mod 97), wherever somebody is spoken
/// of: the shape is too odd to be anything else.
fn ibans(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let somebody = doc.tokens.iter().any(|t| t.is(tag::PRONOUN_ONE | tag::PATIENT_NOUN | tag::PERSON_NOUN | tag::KIN));
    if !somebody || reading.patient.away.announcement {
        return;
    }
    for at in 0..doc.tokens.len() {
        let token = &doc.tokens[at];
        if token.class != Class::Word
            || !token.spaced
            || token.end - token.start != 2
            || doc.tokens.get(at + 1).is_none_or(|next| next.spaced || next.class != Class::Number)
        {
            continue;
        }
        if let Some(code) = code::grouped(doc, at, 34, iban) {
            into.push(
                Finding::new(Kind::AccountNumber, "account.number", Level::Warn, doc.span(code.from, code.to))
                    .replaced_by("[number removed]"),
            );
        }
    }
}

fn iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !(15..=34).contains(&bytes.len())
        || !bytes[..2].iter().all(u8::is_ascii_uppercase)
        || !bytes[2..4].iter().all(u8::is_ascii_digit)
    {
        return false;
    }
    bytes[4..].iter().chain(&bytes[..4]).try_fold(0u32, |rest, byte| match byte {
        b'0'..=b'9' => Some((rest * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((rest * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    }) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::iban;
    use crate::finding::Kind::AccountNumber;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn ibans() {
        assert!(iban("GB82WEST12345698765432"));
        assert!(iban("DE89370400440532013000"));
        assert!(!iban("GB82WEST12345698765433"));
        assert!(!iban("GB82"));
    }

    #[test]
    fn found() {
        flags("her physio invoices go to GB82WEST12345698765432 please", AccountNumber);
        flags("my patient's account number is 0048812773", AccountNumber);
    }

    #[test]
    fn left_alone() {
        clean("On account of the 2019 outbreak we closed 2 wards", AccountNumber);
        clean("Her serial is GB82WEST12345698765433", AccountNumber);
    }
}
