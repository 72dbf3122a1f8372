//! Claims: the table that clinicians edit (`src/data/misinformation/claims.toml`)
//! into arrays that the core reads.
//!
//! Each claim's `says` rules become short sequences of sets of concepts, found
//! by their rarest element.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

/// Words of 64 concepts in one set. The core's `SetBits` has the same width.
const WIDTH: usize = 8;
/// Elements of one rule. The core keeps as many positions on its stack.
const MAX_ELEMENTS: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    references: BTreeMap<String, Reference>,
    sets: BTreeMap<String, Vec<String>>,
    /// Concepts that occur in many drafts: no rule is found by them.
    common: Vec<String>,
    /// Those of them that a claim can be about.
    subjects: Vec<String>,
    claim: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    title: String,
    url: Option<String>,
    /// Published by a US federal body, whose pages move.
    #[serde(default)]
    us_federal: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    id: String,
    topic: String,
    kind: String,
    level: String,
    verdict: String,
    statement: String,
    correction: String,
    #[serde(default)]
    correction_es: String,
    #[serde(default)]
    contested: bool,
    reviewed_on: String,
    references: Vec<String>,
    says: Vec<String>,
    /// Words that touch the claim without saying it.
    #[serde(default)]
    touches: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

const KINDS: &[&str] = &["cure", "harm", "stop", "denial", "other"];
const VERDICTS: &[&str] = &["false", "unsupported", "misleading", "dangerous"];

type Bits = [u64; WIDTH];

#[derive(Default)]
struct Tables {
    sets: Vec<Bits>,
    elements: Vec<(u8, u16)>,
    rules: Vec<String>,
    by_concept: Vec<Vec<u16>>,
}

/// Reads the claims and writes `claims.rs`. `groups` are the names of all
/// pattern groups; those of concepts start with `concept.` and lie together.
pub fn compile(path: &Path, groups: &[String], out: &Path) -> Result<(), String> {
    let text = super::read(path)?;
    let file: File = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let first = groups.iter().position(|group| group.starts_with("concept.")).unwrap_or(groups.len());
    let concepts: Vec<&str> = groups.iter().filter_map(|group| group.strip_prefix("concept.")).collect();
    if concepts.len() > WIDTH * 64 {
        return Err(format!("{} concepts: {} fit", concepts.len(), WIDTH * 64));
    }
    let mut tables = Tables { by_concept: vec![Vec::new(); concepts.len()], ..Tables::default() };
    let mut claims = String::new();
    let mut used = vec![false; concepts.len()];
    let mut ids = BTreeSet::new();
    let keys: Vec<&String> = file.references.keys().collect();
    for (number, claim) in file.claim.iter().enumerate() {
        let place = |error: String| format!("{}: claim `{}`: {error}", path.display(), claim.id);
        check(claim, &file, &mut ids).map_err(place)?;
        for (rules, says) in [(&claim.says, true), (&claim.touches, false)] {
            for rule in rules {
                let elements = elements(rule, &file, &concepts).map_err(place)?;
                tables.add(number, says, &elements, &file, &concepts, &mut used);
            }
        }
        let mut unless: Bits = [0; WIDTH];
        for name in &claim.unless {
            for at in resolve(name, &file, &concepts).map_err(place)? {
                unless[at / 64] |= 1 << (at % 64);
                used[at] = true;
            }
        }
        let references: String = claim
            .references
            .iter()
            .map(|key| format!("{},", keys.iter().position(|known| *known == key).unwrap_or(0)))
            .collect();
        let kind = KINDS.iter().position(|kind| *kind == claim.kind).unwrap_or(0);
        claims.push_str(&format!(
            "Claim{{id:{:?},topic:{:?},kind:{kind},warn:{},verdict:{:?},statement:{:?},correction:{:?},\
             correction_es:{:?},contested:{},reviewed_on:{:?},references:&[{references}],unless:{unless:?}}},",
            claim.id,
            claim.topic,
            claim.level == "warn",
            claim.verdict,
            claim.statement,
            claim.correction,
            claim.correction_es,
            claim.contested,
            claim.reviewed_on,
        ));
    }
    for (at, _) in used.iter().enumerate().filter(|(_, used)| !**used) {
        println!("cargo:warning=no claim uses the concept {}", concepts[at]);
    }
    let references: String = file
        .references
        .values()
        .map(|r| format!("Source{{title:{:?},url:{:?},us_federal:{}}},", r.title, r.url, r.us_federal))
        .collect();
    let mut from = vec![0u32];
    let mut list: Vec<u16> = Vec::new();
    for rules in &tables.by_concept {
        list.extend(rules);
        from.push(list.len() as u32);
    }
    let mut subjects: Bits = [u64::MAX; WIDTH];
    for name in file.common.iter().filter(|name| !file.subjects.contains(name)) {
        for at in resolve(name, &file, &concepts)? {
            subjects[at / 64] &= !(1 << (at % 64));
        }
    }
    let names: String = concepts.iter().map(|name| format!("{name:?},")).collect();
    let elements: String = tables.elements.iter().map(|(link, set)| format!("({link},{set}),")).collect();
    super::write(
        out,
        "claims.rs",
        format!(
            "/// Words of 64 concepts in one set.\npub const WIDTH: usize = {WIDTH};\nconst FIRST_CONCEPT: u16 = {first};\n\
             static SUBJECTS: SetBits = {subjects:?};\n\
             static CONCEPT_NAMES: [&str; {}] = [{names}];\n\
             static CLAIMS: [Claim; {}] = [{claims}];\n\
             static SOURCES: [Source; {}] = [{references}];\n\
             static RULES: [Rule; {}] = [{}];\n\
             static ELEMENTS: [(u8, u16); {}] = [{elements}];\n\
             static SETS: [SetBits; {}] = {:?};\n\
             static RULES_FROM: [u32; {}] = [{}];\nstatic RULES_LIST: [u16; {}] = [{}];\n",
            concepts.len(),
            file.claim.len(),
            file.references.len(),
            tables.rules.len(),
            tables.rules.concat(),
            tables.elements.len(),
            tables.sets.len(),
            tables.sets,
            from.len(),
            super::numbers(&from),
            list.len(),
            super::numbers(&list),
        ),
    )
}

/// What every claim must have, so that a mistake is named at build time.
fn check<'a>(claim: &'a Claim, file: &File, ids: &mut BTreeSet<&'a str>) -> Result<(), String> {
    let snake = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if !snake(&claim.id) || !snake(&claim.topic) {
        return Err("id and topic are snake_case".to_owned());
    }
    if !ids.insert(&claim.id) {
        return Err("this id is taken".to_owned());
    }
    if !KINDS.contains(&claim.kind.as_str()) {
        return Err(format!("kind is one of {}", KINDS.join(", ")));
    }
    if !["notice", "warn"].contains(&claim.level.as_str()) {
        return Err("level is notice or warn".to_owned());
    }
    if !VERDICTS.contains(&claim.verdict.as_str()) {
        return Err(format!("verdict is one of {}", VERDICTS.join(", ")));
    }
    let date: Vec<&str> = claim.reviewed_on.split('-').collect();
    if date.iter().map(|part| part.len()).collect::<Vec<_>>() != [4, 2, 2] {
        return Err("reviewed_on is a date: 2026-11-24".to_owned());
    }
    if claim.statement.is_empty() || claim.correction.is_empty() || claim.says.is_empty() {
        return Err("statement, correction and says are needed".to_owned());
    }
    if claim.references.len() < 2 {
        return Err("two references or more".to_owned());
    }
    let mut beyond = false;
    for key in &claim.references {
        let reference = file.references.get(key).ok_or_else(|| format!("no reference `{key}`"))?;
        beyond |= !reference.us_federal;
    }
    if !beyond {
        return Err("one reference at least is not a US federal page".to_owned());
    }
    Ok(())
}

/// `vaccine > cause > autism`: `>` is in this order, `+` in any, `&` nearby.
fn elements(rule: &str, file: &File, concepts: &[&str]) -> Result<Vec<(u8, BTreeSet<usize>)>, String> {
    let mut found = Vec::new();
    let mut link = 0;
    for piece in rule.split_whitespace() {
        match piece {
            ">" => link = 1,
            "+" => link = 2,
            "&" => link = 3,
            _ => {
                let mut set = BTreeSet::new();
                for name in piece.split('|') {
                    set.extend(resolve(name, file, concepts)?);
                }
                if !found.is_empty() && link == 0 {
                    return Err(format!("`{rule}`: >, + or & between concepts"));
                }
                found.push((link, set));
                link = 0;
            }
        }
    }
    if found.is_empty() || link != 0 || found.len() > MAX_ELEMENTS {
        return Err(format!("`{rule}`: one to {MAX_ELEMENTS} concepts with >, + or & between"));
    }
    Ok(found)
}

fn resolve(name: &str, file: &File, concepts: &[&str]) -> Result<Vec<usize>, String> {
    if let Some(members) = file.sets.get(name) {
        let mut found = Vec::new();
        for member in members {
            found.extend(resolve(member, file, concepts)?);
        }
        return Ok(found);
    }
    let at = concepts.iter().position(|concept| *concept == name);
    at.map(|at| vec![at]).ok_or_else(|| format!("no concept or set `{name}`"))
}

impl Tables {
    fn add(
        &mut self,
        claim: usize,
        says: bool,
        elements: &[(u8, BTreeSet<usize>)],
        file: &File,
        concepts: &[&str],
        used: &mut [bool],
    ) {
        let common = |at: &usize| file.common.iter().any(|name| name == concepts[*at]);
        let weight = |set: &BTreeSet<usize>| -> usize { set.iter().map(|at| if common(at) { 30 } else { 1 }).sum() };
        let anchor = (0..elements.len()).min_by_key(|at| weight(&elements[*at].1)).unwrap_or(0);
        let first = self.elements.len();
        for (link, set) in elements {
            let mut bits: Bits = [0; WIDTH];
            for at in set {
                bits[at / 64] |= 1 << (at % 64);
                used[*at] = true;
            }
            let number = self.sets.iter().position(|known| *known == bits).unwrap_or_else(|| {
                self.sets.push(bits);
                self.sets.len() - 1
            });
            self.elements.push((*link, number as u16));
        }
        let number = self.rules.len() as u16;
        for at in &elements[anchor].1 {
            self.by_concept[*at].push(number);
        }
        self.rules
            .push(format!("Rule{{claim:{claim},says:{says},first:{first},count:{},anchor:{anchor}}},", elements.len()));
    }
}
