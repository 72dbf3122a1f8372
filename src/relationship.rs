//! To come with its rules.

use crate::assess::Reading;
use crate::finding::Finding;

/// Finds them.
pub fn find(_reading: &Reading, _into: &mut [Finding]) {}
