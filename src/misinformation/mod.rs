//! False and unsupported health claims, and what the writer does with them.

use crate::assess::{Reading, Touched};
use crate::finding::Finding;

/// Finds claims; those that are asserted become findings.
pub fn find(_reading: &Reading, _into: &mut [Finding]) -> Vec<Touched> {
    Vec::new()
}
