//! The whole table of health claims, read once: what a clinician who adds one
//! must not forget, and that each claim's own sentence is recognised.

use std::collections::BTreeSet;

use primum::finding::Stance;
use primum::misinformation::claims::{self, Claim};
use primum::{Draft, Policy, assess};

fn wrong(fault: impl Fn(&Claim) -> bool) {
    let found: Vec<&str> = claims::all().iter().filter(|claim| fault(claim)).map(|claim| claim.id).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn there_are_many_and_each_has_an_id_of_its_own() {
    let ids: BTreeSet<&str> = claims::all().iter().map(|claim| claim.id).collect();
    assert!(ids.len() >= 185, "{} claims", ids.len());
    assert_eq!(ids.len(), claims::all().len());
}

#[test]
fn each_stands_on_two_sources_and_one_of_them_is_no_us_federal_page() {
    wrong(|claim| claim.sources().count() < 2);
    wrong(|claim| claim.sources().all(|source| source.us_federal));
    wrong(|claim| claim.sources().any(|source| source.title.trim().len() < 10));
    wrong(|claim| claim.sources().filter_map(|source| source.url).any(|url| !url.starts_with("http")));
}

#[test]
fn each_correction_is_one_short_sentence_that_judges_nobody() {
    wrong(|claim| claim.correction.len() > 240 || !claim.correction.ends_with('.'));
    wrong(|claim| !claim.statement.ends_with('.'));
    // Never political, never moralising.
    const WORDS: &[&str] = &[
        "you should be",
        "shame",
        "stupid",
        "idiot",
        "republican",
        "democrat",
        "trump",
        "biden",
        "antivax",
        "anti-vax",
    ];
    wrong(|claim| WORDS.iter().any(|word| claim.correction.to_lowercase().contains(word)));
}

#[test]
fn each_was_reviewed_on_a_day() {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    wrong(|claim| {
        let parts: Vec<u32> = claim.reviewed_on.split('-').map(number).collect();
        !matches!(parts[..], [2026..=2099, 1..=12, 1..=31])
    });
}

#[test]
fn what_experts_dispute_is_said_in_soft_words() {
    for id in ["tylenol_autism", "fluoride_conspiracy", "seed_oils_toxic", "hepb_birth_dose"] {
        let claim = claims::all().iter().find(|claim| claim.id == id).expect(id);
        assert!(claim.contested && !claim.warn, "{id} is contested: underlined, never stopped");
    }
    let found = assess(&Draft::post("Tylenol in pregnancy causes autism, ladies. Throw it out."), &Policy::default());
    let finding = found.findings.iter().find(|f| f.finding.claim.is_some()).expect("it is asserted");
    assert!(finding.message.starts_with("Experts disagree"), "{}", finding.message);
}

/// The claim's own sentence touches it, whoever says it.
#[test]
fn each_statement_touches_its_claim() {
    let missed: Vec<&str> = claims::all()
        .iter()
        .filter(|claim| {
            let found = assess(&Draft::post(claim.statement), &Policy::default());
            !found.claims.iter().any(|touched| touched.claim == claim.id)
        })
        .map(|claim| claim.id)
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}

/// What is true instead never warns.
#[test]
fn no_correction_is_an_assertion() {
    let flagged: Vec<&str> = claims::all()
        .iter()
        .filter(|claim| {
            let found = assess(&Draft::post(claim.correction), &Policy::default());
            found.findings.iter().any(|f| f.finding.stance == Some(Stance::Asserts))
        })
        .map(|claim| claim.id)
        .collect();
    assert!(flagged.is_empty(), "{flagged:?}");
}
