//! `primum bench`: how fast a draft is read.
//!
//! Times on shared machines are noisy, so a ratio is printed too: against a
//! naive scanner that runs a dozen regular expressions over the same draft in
//! the same minute.

use std::hint::black_box;
use std::time::Instant;

use primum::{Draft, Policy, assess};
use regex::Regex;

/// What a quick scanner would look for: phone, mail, date, SSN, record number,
/// and a few names of drugs and claims.
const NAIVE: &[&str] = &[
    r"\(?[0-9]{3}\)?[-. ]?[0-9]{3}[-. ][0-9]{4}",
    r"[a-zA-Z0-9_.+-]+@[a-zA-Z0-9_-]+\.[a-zA-Z.]+",
    r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}",
    r"[0-9]{3}-[0-9]{2}-[0-9]{4}",
    r"(?i-u)mrn[:# ]*[0-9]+",
    r"(?i-u)(mr|mrs|ms|dr)\.? [a-z]+",
    r"(?i-u)(today|yesterday|last night|last week)",
    r"(?i-u)[0-9]{2}[ -]?(yo|year[ -]old)",
    r"(?i-u)vaccin[a-z]*[a-z ]{0,40}autis[a-z]*",
    r"(?i-u)ivermectin[a-z ]{0,40}(cure|treat)[a-z]*",
    r"(?i-u)(password|passwd|pin)[a-z ]{0,10}[!-~]+",
    r"https?://[^ ]+",
];

const STORY: &str = "Long night. My patient, a 47yo firefighter from Tulsa, came in at 3 am with a pulmonary embolism \
and we coded him twice. His wife Carol brought cookies for the whole unit this morning. Proud of this team, and please, \
if your leg swells after a flight, do not wait for Monday. #nightshift #er";

/// Prints microseconds for drafts of three sizes, the ratio, and how time grows
/// with the draft and with the organization's words.
pub fn bench() -> Result<(), String> {
    let naive: Vec<Regex> =
        NAIVE.iter().map(|pattern| Regex::new(pattern)).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let policy = Policy::default();
    let draft = |length: usize| -> String { STORY.chars().cycle().take(length).collect() };
    println!("{:<22} {:>10} {:>10} {:>16}", "draft", "p50 us", "p99 us", "naive regex p50");
    for (name, length, runs) in [("280 characters", 280, 4000), ("11 kB", 11_000, 300), ("1 MB", 1_000_000, 5)] {
        let text = draft(length);
        let ours = times(runs, || {
            black_box(assess(&Draft::post(black_box(&text)), &policy));
        });
        let theirs = times(runs, || {
            black_box(naive.iter().map(|regex| regex.find_iter(black_box(&text)).count()).sum::<usize>());
        });
        println!(
            "{name:<22} {:>10.1} {:>10.1} {:>9.1} ({:.1} x)",
            ours[ours.len() / 2],
            ours[ours.len() * 99 / 100],
            theirs[theirs.len() / 2],
            ours[ours.len() / 2] / theirs[theirs.len() / 2]
        );
    }
    println!("\n{:<22} {:>10} {:>10}", "organization's words", "p50 us", "against none");
    let (text, mut policy, mut added, mut none) = (draft(280), Policy::default(), 0, 0.0);
    for words in [0, 100, 1000, 10_000] {
        // Words as drafts have them: a tenth begins like a word of this one.
        (added..words).for_each(|number| policy.watch(&watched(number)));
        added = words;
        let ours = times(4000, || {
            black_box(assess(&Draft::post(black_box(&text)), &policy));
        });
        let middle = ours[ours.len() / 2];
        none = if words == 0 { middle } else { none };
        println!("{words:<22} {middle:>10.1} {:>10.2} x", middle / none);
    }
    Ok(())
}

/// A word that an organization might watch: "patient project 12", "osprey 13".
fn watched(number: usize) -> String {
    let own = STORY.split(' ').nth(number % 50).filter(|_| number % 10 == 0);
    format!("{} project {number}", own.map_or_else(|| format!("osprey{number}"), str::to_owned))
}

/// Microseconds of each run, sorted.
fn times(runs: usize, mut run: impl FnMut()) -> Vec<f64> {
    for _ in 0..runs / 10 {
        run();
    }
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_nanos() as f64 / 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}
