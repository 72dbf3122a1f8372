//! Any JSON is a policy: what is wrong is dropped with a reason, the rest holds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use primum::{Draft, Policy, assess};

fuzz_target!(|data: &[u8]| {
    let Ok(value) = serde_json::from_slice(data) else { return };
    let (policy, dropped) = Policy::read(&value);
    assert!(dropped.iter().all(|one| !one.reason.is_empty()));
    assess(&Draft::post("My patient Mrs. Alvarez, 555-0142, ivermectin cures covid."), &policy);
});
