//! False and unsupported health claims, and what the writer does with them.

pub mod claims;

use crate::assess::{Reading, Touched};
use crate::finding::Finding;

/// Finds claims; those that are asserted become findings.
pub fn find(reading: &Reading, _into: &mut Vec<Finding>) -> Vec<Touched> {
    let occurrences = claims::occurrences(&reading.doc);
    claims::hits(&reading.doc, &occurrences)
        .iter()
        .map(|hit| Touched { claim: hit.claim().id.into(), stance: crate::finding::Stance::Asserts })
        .collect()
}
