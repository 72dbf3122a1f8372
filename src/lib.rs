//! Primum reads what a clinician has typed before it is posted, and says what
//! would harm a patient: identifiers, descriptions that fit few people, replies
//! that confirm care, false health claims, the writer's own secrets.
//!
//! The core is pure: text and policy in, assessment out. It does no I/O, keeps
//! nothing, and answers the same on every machine.
//!
//! # Check a draft
//!
//! ```
//! use primum::{Draft, Policy, assess};
//!
//! let policy = Policy::default();
//! let assessment = assess(&Draft::post("My patient Mrs. Alvarez, 555-0142, was discharged."), &policy);
//! assert_eq!(assessment.decision.name(), "warn");
//! let kinds: Vec<_> = assessment.findings.iter().map(|f| f.finding.kind.name()).collect();
//! assert!(kinds.contains(&"NAME"));
//! ```
//!
//! # The way of a draft through the rooms
//!
//! 1. [`text`]: plain form with an exact map back to UTF-16, tokens, tags, and
//!    every phrase of the data found in one pass.
//! 2. [`patient`]: does the draft speak of one particular patient, and where?
//! 3. The detectors: [`identifiers`], [`relationship`], [`reidentify`],
//!    [`misinformation`], [`credential`].
//! 4. [`assess()`]: policy makes actions of levels, and one decision of them.
//! 5. [`replace`]: the text with every replacement made.
//!
//! Words, phrases, claims, messages and populations are data in `src/data` and
//! `extension/_locales`; nobody needs Rust to change them.
//!
//! # Untrusted input
//!
//! Drafts come from any page and policies from any file. No input makes the
//! core panic, and its time grows linearly with the draft's length.
#![forbid(unsafe_code)]

mod assess;
pub mod audit;
pub mod credential;
pub mod finding;
pub mod fingerprint;
pub mod identifiers;
pub mod json;
pub mod messages;
pub mod misinformation;
mod order;
pub mod patient;
pub mod policy;
pub mod reidentify;
pub mod relationship;
pub mod replace;
pub mod rules;
pub mod text;
pub mod tie;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use assess::{Assessment, Draft, Judged, Reading, Touched, assess, candidates};
pub use policy::Policy;
