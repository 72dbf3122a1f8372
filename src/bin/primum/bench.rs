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
    r"(?i)mrn[:# ]*[0-9]+",
    r"(?i)(mr|mrs|ms|dr)\.? [a-z]+",
    r"(?i)(today|yesterday|last night|last week)",
    r"(?i)[0-9]{2}[ -]?(yo|year[ -]old)",
    r"(?i)vaccin[a-z]*[a-z ]{0,40}autis[a-z]*",
    r"(?i)ivermectin[a-z ]{0,40}(cure|treat)[a-z]*",
    r"(?i)(password|passwd|pin)[a-z ]{0,10}[^ ]+",
    r"https?://[^ ]+",
];

const STORY: &str = "Long night. My patient, a 47yo firefighter from Tulsa, came in at 3 am with a pulmonary embolism \
and we coded him twice. His wife Carol brought cookies for the whole unit this morning. Proud of this team, and please, \
if your leg swells after a flight, do not wait for Monday. #nightshift #er";

/// Prints microseconds for drafts of three sizes, and the ratio.
pub fn bench() -> Result<(), String> {
    let naive: Vec<Regex> =
        NAIVE.iter().map(|pattern| Regex::new(pattern)).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let policy = Policy::default();
    println!("{:<22} {:>10} {:>10} {:>16}", "draft", "p50 us", "p99 us", "naive regex p50");
    for (name, length, runs) in [("280 characters", 280, 4000), ("11 kB", 11_000, 300), ("1 MB", 1_000_000, 5)] {
        let text: String = STORY.chars().cycle().take(length).collect();
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
    Ok(())
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
