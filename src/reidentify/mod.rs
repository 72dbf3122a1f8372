//! Descriptions that fit few people.

use crate::assess::Reading;
use crate::finding::Finding;

/// Finds combinations of facts that fit few people.
pub fn find(_reading: &Reading, _into: &mut [Finding]) {}
