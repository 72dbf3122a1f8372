//! The patient frame: does the draft speak of one particular patient, where,
//! and how surely?

use crate::finding::Setting;
use crate::text::Doc;
use crate::text::patterns::group;

/// How surely a draft speaks of one patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Not at all.
    None,
    /// It may.
    Weak,
    /// It does.
    Strong,
}

/// What the draft says of a patient.
#[derive(Debug)]
pub struct Frame {
    /// Over the whole draft.
    pub strength: Strength,
}

impl Frame {
    /// Reads the frame off the phrases of the draft.
    pub fn new(doc: &Doc, _setting: Setting) -> Frame {
        let strength = if doc.found(group::PATIENT_CUE).next().is_some() { Strength::Strong } else { Strength::None };
        Frame { strength }
    }
}
