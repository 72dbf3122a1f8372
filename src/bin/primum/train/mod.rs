//! `primum train`: makes the tables of the linear models from labelled posts.
//! Every figure that it prints is of posts that the model had not seen.

mod patient;
mod regression;

const USAGE: &str = "primum train patient [--write] [FILE...]";

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
    "../shared/corpus/public/asq-phi-even.jsonl",
    "../shared/corpus/public/health-news-even.jsonl",
];

/// Runs the command.
pub fn train(words: &[&str]) -> Result<(), String> {
    let write = words.contains(&"--write");
    let words: Vec<&str> = words.iter().copied().filter(|word| *word != "--write").collect();
    let files = |usual: &'static [&'static str]| if words.len() > 1 { words[1..].to_vec() } else { usual.to_vec() };
    match words.first() {
        Some(&"patient") => patient::train(&files(PATIENT), write),
        _ => Err(USAGE.to_owned()),
    }
}
