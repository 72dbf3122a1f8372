//! Forty patterns, as one would write them in an afternoon. Not part of what is
//! shipped: the benches measure the core against it.

use std::cell::RefCell;

use regex::Regex;

/// What they look for: the obvious identifiers, ages, dates, names by title,
/// and the best-known claims.
pub const PATTERNS: [&str; 40] = [
    r"\(?\b\d{3}\)?[-. ]?\d{3}[-. ]\d{4}\b",
    r"\+\d{1,3}[ -]?\d[\d -]{6,12}\d",
    r"[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z.]+",
    r"\b\d{3}-\d{2}-\d{4}\b",
    r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b",
    r"\b\d{4}-\d{2}-\d{2}\b",
    r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(st|nd|rd|th)?\b",
    r"(?i)\b(today|yesterday|last night|last week|this morning|on (mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    r"(?i)\bmrn[:# ]*\d{5,10}\b",
    r"(?i)\b(record|chart|account|policy|member) (number|no\.?|#)[: ]*[a-z0-9-]{5,}\b",
    r"(?i)\b(mr|mrs|ms|miss|dr)\.? [A-Z][a-z]+",
    r"\b[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+\b",
    r"(?i)\b(patient|pt) (named|called) [A-Z][a-z]+",
    r"(?i)\b\d{1,3}[ -]?(yo|y/o|year[s]?[ -]old)\b",
    r"(?i)\b(9\d|1[01]\d)[ -]?year",
    r"(?i)\broom \d{1,4}[a-z]?\b",
    r"(?i)\bbed \d{1,3}\b",
    r"\b[A-Z][a-z]+ (Hospital|Clinic|Medical Center)\b",
    r"\b\d{1,5} [A-Z][a-z]+ (Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr)\b",
    r"\b\d{5}(-\d{4})?\b",
    r"\b(AL|AK|AZ|CA|CO|CT|FL|GA|IL|MA|NY|OH|OK|PA|TX|WA)\b",
    r"https?://\S+",
    r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b",
    r"\b[A-HJ-NPR-Z0-9]{17}\b",
    r"(?i)\b(serial|device|model)[ #:]+[a-z0-9-]{6,}\b",
    r"(?i)\bnpi[:# ]*\d{10}\b",
    r"(?i)\b(password|passwd|pin|login)[ :=]+\S+",
    r"(?i)\b(my|our) (patient|client)s?\b",
    r"(?i)\b(thank you|sorry) .{0,40}\b(your (visit|appointment|procedure|surgery))\b",
    r"(?i)\bvaccin[a-z]*\b.{0,40}\bautis[a-z]*\b",
    r"(?i)\bivermectin\b.{0,40}\b(cures?|treats?|kills?)\b",
    r"(?i)\bhydroxychloroquine\b.{0,40}\b(cures?|works?)\b",
    r"(?i)\bbleach\b.{0,40}\b(cures?|kills?|drink)\b",
    r"(?i)\b5g\b.{0,40}\b(covid|virus|cancer)\b",
    r"(?i)\b(covid|corona[a-z]*)\b.{0,40}\b(hoax|fake|just (the|a) flu)\b",
    r"(?i)\b(detox|cleanse)\b.{0,40}\b(cancer|liver|toxins)\b",
    r"(?i)\b(fluoride|flouride)\b.{0,40}\b(iq|poison|cancer)\b",
    r"(?i)\b(masks?)\b.{0,40}\b(do not|don't|dont) work\b",
    r"(?i)\bcures? (cancer|diabetes|autism|covid)\b",
    r"(?i)\bstop (taking|your) .{0,20}\b(insulin|statins?|chemo[a-z]*)\b",
];

thread_local! {
    static COMPILED: RefCell<Vec<Regex>> = const { RefCell::new(Vec::new()) };
}

/// Compiles the patterns; their number.
#[unsafe(no_mangle)]
pub extern "C" fn compile() -> usize {
    let compiled: Vec<Regex> = PATTERNS.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect();
    COMPILED.with(|slot| slot.replace(compiled));
    COMPILED.with(|slot| slot.borrow().len())
}

/// Room for a text of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    vec![0u8; bytes].leak().as_mut_ptr()
}

/// Counts what the patterns find in a text that lies in `room`.
///
/// # Safety
/// `at` comes from `room`, and `bytes` is no more than what was asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scan(at: *const u8, bytes: usize) -> usize {
    let text = unsafe { std::slice::from_raw_parts(at, bytes) };
    let text = std::str::from_utf8(text).unwrap_or("");
    COMPILED.with(|slot| slot.borrow().iter().map(|regex| regex.find_iter(text).count()).sum())
}
