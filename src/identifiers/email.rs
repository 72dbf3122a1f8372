//! (F) E-mail addresses.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::tokens::Class;

/// Addresses in a draft that speaks of a patient.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    if reading.patient.strength == Strength::None {
        return;
    }
    for (at, token) in reading.doc.tokens.iter().enumerate() {
        if token.class == Class::Email {
            into.push(
                Finding::new(Kind::Email, "email.address", Level::Warn, reading.doc.span(at, at + 1)).replaced_by(""),
            );
        }
    }
}
