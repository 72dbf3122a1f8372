//! The eighteen kinds of 45 CFR 164.514(b)(2)(i), one family a file.

mod email;
mod names;

use crate::assess::Reading;
use crate::finding::Finding;

/// Runs every family.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    email::find(reading, into);
    names::find(reading, into);
}
