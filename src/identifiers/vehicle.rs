//! (L) Vehicle identifiers and serial numbers, including licence plates.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::patterns::group;

/// Announced plates and VINs. A vehicle for sale is nobody's identifier.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let tied = reading.patient.strength > Strength::None;
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
