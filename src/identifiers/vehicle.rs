//! (L) Vehicle identifiers and serial numbers, including licence plates.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::lexicon::tag;
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};

/// Announced plates and VINs. A vehicle for sale is nobody's identifier.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let tied = reading.patient.strength > Strength::None || somebody(reading);
    let level = |code: &code::Code| {
        let plate = (4..=8).contains(&code.text.len()) && code.digits() >= 1 && code.digits() < code.text.len();
        let vin = code.text.len() == 17 && vin_check(&code.text);
        match (plate || vin, tied) {
            (true, true) => Some(Level::Warn),
            (true, false) if !reading.patient.elsewhere() => Some(Level::Notice),
            _ => None,
        }
    };
    code::announced(reading, group::ID_PLATE, Kind::VehicleId, "vehicle.number", 1, level, into);
    // VINs in groups or in small letters.
    for found in reading.doc.found(group::ID_PLATE) {
        let at = found.end as usize;
        let vin =
            (at..at + 3).find_map(|at| code::grouped(&reading.doc, at, 17, |text| text.len() == 17 && vin_shape(text)));
        if let Some(vin) = vin.filter(|_| tied) {
            into.push(
                Finding::new(Kind::VehicleId, "vehicle.number", Level::Warn, reading.doc.span(vin.from, vin.to))
                    .replaced_by("[number removed]"),
            );
        }
    }
    // Plates with a space inside: "tag BXV 88T".
    let doc = &reading.doc;
    for found in doc.found(group::ID_PLATE) {
        let at = found.end as usize;
        let part = |at: usize| doc.tokens.get(at).is_some_and(|t| t.case != Case::Lower || t.class == Class::Number);
        let letters =
            doc.tokens.get(at).is_some_and(|t| t.class == Class::Word && t.case == Case::Upper && t.end - t.start <= 3);
        if letters && part(at + 1) && doc.tokens[at + 1].class == Class::Number {
            let more = doc.tokens.get(at + 2).is_some_and(|t| !t.spaced && t.class == Class::Word);
            let end = if more { at + 3 } else { at + 2 };
            if tied {
                into.push(
                    Finding::new(Kind::VehicleId, "vehicle.number", Level::Warn, doc.span(at, end))
                        .replaced_by("[number removed]"),
                );
            }
        }
    }
}

/// Somebody, other than the writer, is spoken of, and nothing is for sale.
fn somebody(reading: &Reading) -> bool {
    let doc = &reading.doc;
    !reading.patient.elsewhere()
        && !doc.tokens.iter().enumerate().any(|(at, _)| doc.reads(at, "sale") || doc.reads(at, "selling"))
        && doc.tokens.iter().any(|t| t.is(tag::PRONOUN_ONE | tag::PATIENT_NOUN | tag::PERSON_NOUN))
}

/// No I, O or Q, and letters among the digits (49 CFR 565.13).
fn vin_shape(vin: &str) -> bool {
    vin.bytes().all(|b| b.is_ascii_alphanumeric() && !matches!(b, b'I' | b'O' | b'Q'))
        && (3..17).contains(&vin.bytes().filter(u8::is_ascii_digit).count())
}

/// The check digit of a VIN (49 CFR 565.15): transliteration, weights, mod 11.
fn vin_check(vin: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |byte: u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'H' => Some(u32::from(byte - b'A') + 1),
        b'J'..=b'N' => Some(u32::from(byte - b'J') + 1),
        b'P' => Some(7),
        b'R' => Some(9),
        b'S'..=b'Z' => Some(u32::from(byte - b'S') + 2),
        _ => None,
    };
    let mut sum = 0;
    for (byte, weight) in vin.bytes().zip(WEIGHTS) {
        let Some(value) = value(byte) else { return false };
        sum += value * weight;
    }
    let check = match sum % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    };
    vin.as_bytes().get(8) == Some(&check)
}

#[cfg(test)]
mod tests {
    use super::vin_check;
    use crate::finding::Kind::VehicleId;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn vins() {
        assert!(vin_check("1M8GDM9AXKP042788"));
        assert!(vin_check("11111111111111111"));
        assert!(!vin_check("1M8GDM9AXKP042789"));
    }

    #[test]
    fn found() {
        flags("My patient left his Tacoma here, plate 9KLM442", VehicleId);
        flags("the guy in my trauma bay drives VIN 1M8GDM9AXKP042788", VehicleId);
    }

    #[test]
    fn left_alone() {
        clean("My patient ate a plate of 12 tacos", VehicleId);
        clean("For sale: 2012 ambulance, VIN 1M8GDM9AXKP042788", VehicleId);
    }
}
