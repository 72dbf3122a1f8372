//! `primum train`: makes the tables of the linear models from labelled posts.
//! Every figure that it prints is of posts that the model had not seen.

mod claims;
mod patient;
mod regression;

const USAGE: &str = "primum train patient|claims [--write] [FILE...]";

/// Harmless headlines that are learnt from: more would outweigh the posts.
const HARMLESS: usize = 1500;

/// Our own labelled posts, and two public sets: clinical questions, and the
/// headlines of news desks, which name people, places and dates and no patient.
const PATIENT: &[&str] = &[
    "tests/corpus/posts-dev.jsonl",
    "tests/corpus/privacy-open.jsonl",
    "tests/corpus/quasi-open.jsonl",
    "tests/corpus/replies-open.jsonl",
    "tests/corpus/learn-1.jsonl",
    "tests/corpus/learn-2.jsonl",
    "tests/corpus/learn-3.jsonl",
    "tests/corpus/learn-4.jsonl",
    "tests/corpus/learn-5.jsonl",
    "tests/corpus/learn-6.jsonl",
    "tests/corpus/learn-7.jsonl",
    "tests/corpus/learn-8.jsonl",
    "tests/corpus/learn-9.jsonl",
    "tests/corpus/learn-10.jsonl",
    "tests/corpus/learn-11.jsonl",
    "tests/corpus/learn-12.jsonl",
    "tests/corpus/learn-13.jsonl",
    "tests/corpus/learn-quasi.jsonl",
    "../shared/corpus/public/asq-phi-even.jsonl",
    "../shared/corpus/public/health-news-even.jsonl",
];

/// Our own posts and pairs about claims, posts about patients, which assert none,
/// and two public sets that assert none: headlines, and questions about vaccines.
const CLAIMS: &[&str] = &[
    "tests/corpus/stance-open.jsonl",
    "tests/corpus/stance-more.jsonl",
    "tests/corpus/posts-dev.jsonl",
    "tests/corpus/learn-1.jsonl",
    "tests/corpus/learn-2.jsonl",
    "tests/corpus/learn-3.jsonl",
    "tests/corpus/learn-4.jsonl",
    "tests/corpus/learn-5.jsonl",
    "tests/corpus/learn-6.jsonl",
    "tests/corpus/learn-7.jsonl",
    "tests/corpus/learn-8.jsonl",
    "tests/corpus/learn-9.jsonl",
    "tests/corpus/learn-10.jsonl",
    "tests/corpus/learn-11.jsonl",
    "tests/corpus/learn-12.jsonl",
    "tests/corpus/learn-13.jsonl",
    "tests/corpus/claims-learn-1.jsonl",
    "tests/corpus/claims-learn-2.jsonl",
    "tests/corpus/claims-learn-3.jsonl",
    "tests/corpus/claims-learn-4.jsonl",
    "../shared/corpus/public/health-news-even.jsonl",
    "../shared/corpus/public/vira-intents-even.jsonl",
];

/// Runs the command.
pub fn train(words: &[&str]) -> Result<(), String> {
    let write = words.contains(&"--write");
    let words: Vec<&str> = words.iter().copied().filter(|word| *word != "--write").collect();
    let files = |usual: &'static [&'static str]| if words.len() > 1 { words[1..].to_vec() } else { usual.to_vec() };
    match words.first() {
        Some(&"patient") => patient::train(&files(PATIENT), write),
        Some(&"claims") => claims::train(&files(CLAIMS), write),
        _ => Err(USAGE.to_owned()),
    }
}
