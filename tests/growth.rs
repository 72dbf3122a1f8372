//! Time grows with the length of a draft and no faster, whatever it repeats.
//!
//! An adversary repeats what our own rules look for. So does this test: every
//! line of the pattern data as a text, some shapes that trouble scanners
//! elsewhere, and the slowest of all measured at eight times
//! their length. Time is that of the thread's processor where Linux tells it,
//! so that other work on the machine does not count.

use std::path::Path;
use std::time::Instant;

use primum::{Draft, Policy, assess, replace};

const SMALL: usize = 1500;
const LARGE: usize = SMALL * 8;
/// Time per byte may grow by this much: caches, and longer lists.
const MOST: f64 = 2.0;
/// How many of the slowest texts are measured.
const SLOWEST: usize = 10;

/// What troubles scanners: long runs, things that open and never close, the
/// beginnings of addresses, invisible characters, letters that fold by their word.
const SHAPES: &[&str] = &[
    "a",
    "1",
    "-",
    ".",
    "'",
    "'s",
    "\n",
    "(",
    "\"",
    "@",
    "#",
    "a.",
    "a@",
    "a-",
    "1-",
    "1/",
    "1:",
    "f:",
    "0x",
    "1.1.",
    "http://",
    "www.",
    "a@a.",
    "#A",
    "A. ",
    "aB",
    "e\u{301}",
    "\u{200b}",
    "\u{202e}",
    "\u{430}",
    "a\u{430}",
    "½",
    "👶🏽",
    "room 4 ",
    "4 1 8 ",
    "oh one ",
    "Jane ",
    "Jane D. ",
    "Dr. ",
    "my ",
    "patient ",
    "my patient Mrs. ",
    "94 year old ",
    "on the ",
    "last ",
    "the password is ",
    "key=",
    "sk-A",
    "123-45-6789 ",
    "DE89 ",
    "Tulsa, ",
    "St. ",
    "New York ",
    "not ",
    "is not ",
    "vaccines ",
    "cause ",
    "vaccines cause autism. ",
    "they say ",
    "\"vaccines\" ",
    "? ",
    "nine ",
    "hundred and ",
    "a (",
    "-----BEGIN",
    "5 5 5 - 0 1 4 2 ",
    "1. ",
    "at dot ",
    "my wife's ",
    "covid cures ",
];

#[test]
fn no_text_takes_more_time_than_its_length() {
    let policy = Policy::default();
    let scan = |text: &str| {
        assess(&Draft::post(text), &policy);
    };
    let mut pieces: Vec<String> = SHAPES.iter().map(|shape| (*shape).to_owned()).collect();
    for folder in ["src/data/patterns", "src/data/misinformation"] {
        pieces.extend(phrases(folder));
    }
    assert!(pieces.len() > 1000, "only {} pieces", pieces.len());
    let mut by_time: Vec<(f64, String)> =
        pieces.into_iter().map(|piece| (time(1, || scan(&repeat(&piece, SMALL / 6))), piece)).collect();
    by_time.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, piece) in by_time.iter().take(SLOWEST) {
        check("assess", piece, &scan);
    }
    for shape in SHAPES {
        check("assess", shape, &scan);
    }
}

#[test]
fn replacing_takes_no_more_time_than_the_length() {
    let policy = Policy::default();
    for piece in
        ["my patient Mrs. Alvarez ", "call 918-555-0142 about my patient. ", "94 year old patient ", "a.b@c.example "]
    {
        check("replace", piece, &|text| {
            replace::all(&Draft::post(text), &policy);
        });
    }
}

fn check(what: &str, piece: &str, run: &dyn Fn(&str)) {
    let (small, large) = (repeat(piece, SMALL), repeat(piece, LARGE));
    let growth = || {
        let per_byte = |text: &str| time(2, || run(text)) / text.len() as f64;
        per_byte(&large) / per_byte(&small)
    };
    // A busy machine may spoil one measurement, not five in a row.
    let best = (0..5).map(|_| growth()).find(|growth| *growth <= MOST);
    assert!(best.is_some(), "{what} of {piece:?} repeated takes {:.1} times as long a byte", growth());
}

fn repeat(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len() + 1)
}

/// The lines of the data as texts: of each choice the first, without marks.
fn phrases(folder: &str) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .expect("the data is there")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .collect();
    files.sort();
    let text: String = files.iter().map(|path| std::fs::read_to_string(path).expect("a data file")).collect();
    let word = |element: &str| match element {
        "{" | "}" => String::new(),
        _ if element.starts_with("..") => "so and so".to_owned(),
        "<#>" => "47".to_owned(),
        _ if element.starts_with('<') => "Nurse".to_owned(),
        _ => element.split('|').next().unwrap_or("").trim_matches(['?', '*', '@']).to_owned(),
    };
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(_, pattern)| pattern.split(' ').map(word).collect::<Vec<_>>().join(" ") + " ")
        .collect()
}

/// The least time of several runs, in nanoseconds.
fn time(runs: usize, run: impl Fn()) -> f64 {
    let once = || {
        let (start, wall) = (processor_time(), Instant::now());
        run();
        match (start, processor_time()) {
            (Some(from), Some(to)) if to > from => (to - from) as f64,
            _ => wall.elapsed().as_nanos() as f64,
        }
    };
    (0..runs).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// Nanoseconds that this thread has run, where the system tells.
fn processor_time() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}
