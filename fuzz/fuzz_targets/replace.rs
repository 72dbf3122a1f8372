//! Replacing ends: twice is once, and what is left is what a new scan finds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use primum::{Draft, Policy, assess, replace};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let policy = Policy::default();
    let done = replace::all(&Draft::post(&text), &policy);
    let again = replace::all(&Draft::post(&done.text), &policy);
    assert_eq!(done.text, again.text);
    assert_eq!(assess(&Draft::post(&done.text), &policy).findings.len(), done.remaining.len());
});
