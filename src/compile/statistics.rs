//! The statistics of the group-size estimate: words of occupations, conditions,
//! circumstances and states, with one rate each.

use std::collections::BTreeMap;
use std::path::Path;

use crate::hash;

/// Residents of the US in July 2024 (Census Bureau, NC-EST2024-AGESEX-RES).
const US: f64 = 340_110_988.0;
/// Bits of the mark of first words.
const MARKS: usize = 1 << 13;
/// A term has no more words; the core reads no further.
const LONGEST: usize = 5;

const SCOPES: &[&str] = &[
    "",
    "place",
    "county",
    "district",
    "state",
    "institution",
    "team",
    "market",
    "country",
    "diocese",
    "public",
    "near",
    "yes",
    "no",
    "staff",
];

/// One line of a table.
struct Row {
    kind: &'static str,
    /// Share of all people; new cases a year for incidences; people for states.
    rate: f64,
    /// Men in per cent; 255 where unknown.
    men: u8,
    scope: u8,
    /// Spread over places, in hundredths of a natural logarithm; 0 unknown.
    spread: u8,
    seen: bool,
}

/// Reads the folder, writes `statistics.rs`, `terms.bin` and `terms_table.rs`.
pub fn compile(folder: &Path, out: &Path) -> Result<(), String> {
    let mut rows: Vec<Row> = Vec::new();
    let mut terms: BTreeMap<String, usize> = BTreeMap::new();
    let mut ages: Vec<(f64, f64)> = Vec::new();
    for file in ["occupations", "events", "conditions", "states", "regions", "origins", "ages", "trades"] {
        let path = folder.join(format!("{file}.tsv"));
        let text = super::read(&path)?;
        for (number, line) in super::lines(&text) {
            let fault = |what: &str| format!("{}:{number}: {what}", path.display());
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |at: usize| cells.get(at).copied().unwrap_or("").trim();
            let number =
                |at: usize| cell(at).parse::<f64>().map_err(|_| fault(&format!("`{}` is no number", cell(at))));
            let scope = |name: &str| {
                SCOPES.iter().position(|s| *s == name).map(|at| at as u8).ok_or_else(|| fault("no such scope"))
            };
            let percent = |at: usize| number(at).map_or(255, |value| value.round().clamp(0.0, 100.0) as u8);
            let row = match file {
                "ages" => {
                    ages.push((number(1)?, number(2)?));
                    continue;
                }
                "occupations" => Row {
                    kind: "Occupation",
                    rate: number(1)? / US,
                    men: number(2).map_or(255, |women| (100.0 - women).round() as u8),
                    scope: scope(cell(3))?,
                    spread: number(4).map_or(0, |spread| (spread * 100.0).min(255.0) as u8),
                    seen: cell(5) == "V",
                },
                "trades" => Row {
                    kind: "Occupation",
                    rate: number(1)? / US,
                    men: 255,
                    scope: 0,
                    spread: number(4).map_or(0, |spread| (spread * 100.0).min(255.0) as u8),
                    seen: false,
                },
                "origins" => {
                    Row { kind: "Origin", rate: number(1)? / US, men: 255, scope: 0, spread: 100, seen: false }
                }
                "regions" => Row { kind: "State", rate: number(1)?, men: 255, scope: 0, spread: 0, seen: false },
                "states" => Row { kind: "State", rate: number(2)?, men: 255, scope: 0, spread: 0, seen: true },
                _ => Row {
                    kind: match cell(1) {
                        "p" => "Prevalence",
                        "i" => "Incidence",
                        "b" => "Birth",
                        _ => return Err(fault("p, i or b")),
                    },
                    rate: number(2)? / 1e5,
                    men: if file == "conditions" { percent(3) } else { 255 },
                    scope: if file == "events" { scope(cell(3))? } else { 0 },
                    spread: 0,
                    seen: cell(4) == "V",
                },
            };
            for word in if file == "states" { cell(1) } else { cell(0) }.split(';') {
                let key = key(word);
                let words = key.split(' ').count();
                if key.is_empty() || words > LONGEST {
                    return Err(fault(&format!("`{word}` has no word, or more than {LONGEST}")));
                }
                terms.entry(key).or_insert(rows.len());
            }
            rows.push(row);
        }
    }
    if ages.len() != 101 {
        return Err(format!("{}: ages 0 to 100", folder.join("ages.tsv").display()));
    }
    let mut entries: Vec<(u64, &str, usize)> =
        terms.iter().map(|(term, row)| (hash::of(term.as_bytes()), term.as_str(), *row)).collect();
    entries.sort_unstable();
    let keys: Vec<(u64, &str)> = entries.iter().map(|(hash, term, _)| (*hash, *term)).collect();
    super::table::write(out, "terms", super::table::NAMED_WIDTH, &keys)?;

    let mut marks = vec![0u64; MARKS / 64];
    for (_, term, _) in &entries {
        let first = term.split(' ').next().unwrap_or("");
        let state = first.bytes().fold(hash::START, hash::step);
        let mark = hash::mark(state, MARKS);
        marks[mark / 64] |= 1 << (mark % 64);
    }
    let list: Vec<u16> = entries.iter().map(|(_, _, row)| *row as u16).collect();
    let body: String = rows
        .iter()
        .map(|r| {
            format!(
                "Row{{kind:Kind::{},scope:Scope::ALL[{}],men:{},spread:{},seen:{},rate:{:.3e}}},",
                r.kind, r.scope, r.men, r.spread, r.seen, r.rate
            )
        })
        .collect();
    let ages: String = ages.iter().map(|(men, women)| format!("[{men:.1},{women:.1}],")).collect();
    super::write(
        out,
        "statistics.rs",
        format!(
            "static ROWS: [Row; {}] = [{body}];\nstatic TERM_ROW: [u16; {}] = [{}];\nstatic MARKS: [u64; {}] = [{}];\n\
             static AGES: [[f32; 2]; 101] = [{ages}];\n",
            rows.len(),
            list.len(),
            super::numbers(&list),
            marks.len(),
            super::numbers(&marks),
        ),
    )
}

/// The term as the core joins its tokens: an abbreviation in capitals stays so,
/// everything else is in lower case, single spaces, `'s` as a word of its own.
fn key(term: &str) -> String {
    let term = term.trim();
    let abbreviation = term.len() <= 5
        && term.chars().all(|c| c.is_ascii_alphanumeric())
        && term.chars().filter(char::is_ascii_uppercase).count() >= 2
        && !term.chars().any(|c| c.is_ascii_lowercase());
    if abbreviation {
        return term.to_owned();
    }
    let mut plain = String::new();
    let mut last = ' ';
    for c in term.to_ascii_lowercase().replace("'s", " s ").chars().filter(|c| *c != '\'') {
        let c = if c.is_ascii_alphanumeric() { c } else { ' ' };
        if last.is_ascii_digit() && c.is_ascii_alphabetic() || last.is_ascii_alphabetic() && c.is_ascii_digit() {
            plain.push(' ');
        }
        plain.push(c);
        last = c;
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
