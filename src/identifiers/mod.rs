//! The eighteen kinds of 45 CFR 164.514(b)(2)(i), one family a file.

mod account;
mod ages;
mod biometric;
mod code;
mod contact;
mod dates;
mod device;
mod license;
mod likely;
mod names;
mod national;
mod network;
mod other;
mod photo;
mod places;
mod plan;
mod record;
mod ssn;
mod vehicle;

use crate::assess::Reading;
use crate::finding::{Finding, Level};

/// Runs the families of numbers that a cue or a shape gives away.
pub fn find_numbers(reading: &Reading, into: &mut Vec<Finding>) {
    national::find(reading, into);
    ssn::announced(reading, into);
    record::find(reading, into);
    plan::find(reading, into);
    account::find(reading, into);
    license::find(reading, into);
    vehicle::find(reading, into);
    device::find(reading, into);
    other::find(reading, into);
    // "MRN 123-45-6789" has the shape of an SSN: what is announced comes first.
    ssn::shaped(reading, into);
}

/// Runs the families that are identifiers only where a patient is spoken of.
pub fn find_words(reading: &mut Reading, into: &mut Vec<Finding>) {
    let from = into.len();
    biometric::find(reading, into);
    photo::find(reading, into);
    // The picture of a patient shows that there is one.
    if !reading.patient.elsewhere() && into[from..].iter().any(|f| f.level == Level::Warn) {
        reading.show_patient();
    }
    let from = into.len();
    names::find(reading, into);
    // A patient who is named is a patient: what follows is about them.
    let named =
        |f: &Finding| f.level == Level::Warn && matches!(f.rule, "name.honorific" | "name.patient" | "name.full");
    if !reading.patient.elsewhere() && into[from..].iter().any(named) {
        reading.show_patient();
    }
    let reading = &*reading;
    places::find(reading, into);
    dates::find(reading, into);
    ages::find(reading, into);
    contact::find(reading, into);
    network::find(reading, into);
    likely::find(reading, into);
}

#[cfg(test)]
pub(crate) mod testing {
    use crate::finding::{Kind, Level};
    use crate::{Draft, Policy, assess};

    fn warns(text: &str, kind: Kind) -> bool {
        let found = assess(&Draft::post(text), &Policy::default());
        found.findings.iter().any(|f| f.finding.kind == kind && f.finding.level == Level::Warn)
    }

    /// Fails unless the text warns of this kind.
    pub fn flags(text: &str, kind: Kind) {
        assert!(warns(text, kind), "{kind} not found in: {text}");
    }

    /// Fails when the text warns of this kind.
    pub fn clean(text: &str, kind: Kind) {
        assert!(!warns(text, kind), "{kind} found in: {text}");
    }
}
