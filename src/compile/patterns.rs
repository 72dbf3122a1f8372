//! The pattern book: phrases of the data files into arrays.
//!
//! A line is `group<TAB>pattern`; `@name<TAB>a|b` defines a macro. The language
//! is described in `src/data/patterns/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::lexicon::{Divided, Lexicon};

/// A pattern that expands into more variants than this is a mistake.
const MAX_VARIANTS: usize = 4000;
/// Elements of one variant. The core's matcher keeps this many on its stack.
const MAX_ELEMENTS: usize = 24;

/// What the core provides without a lexicon.
const BUILTINS: &[(&str, u8)] = &[("#", 1), ("Cap", 2), ("any", 4), ("CAPS", 8)];

/// One part of a pattern as written.
#[derive(Clone, Debug)]
enum Part {
    /// Alternatives, each of one or more atoms.
    Choice {
        alternatives: Vec<Vec<Atom>>,
        optional: bool,
    },
    Gap(u8),
    Open,
    Close,
}

/// What one token must be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    Word(String),
    Prefix(String),
    Tag(String),
    Builtin(u8),
}

/// One element of a variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Element {
    Any { atoms: BTreeSet<Atom>, optional: bool },
    Gap(u8),
}

struct Variant {
    group: usize,
    elements: Vec<Element>,
    capture: Option<(usize, usize)>,
}

/// All patterns, before they are compiled.
#[derive(Default)]
pub struct Book {
    groups: BTreeMap<String, Vec<(String, Vec<Part>)>>,
    macros: BTreeMap<String, String>,
    sources: Vec<(String, String, String)>,
}

impl Book {
    /// Takes in a file. `prefix` stands before each group's name.
    pub fn read(&mut self, path: &Path, prefix: &str) -> Result<(), String> {
        let text = super::read(path)?;
        for (number, line) in super::lines(&text) {
            let place = format!("{}:{number}", path.display());
            let (group, pattern) =
                line.split_once('\t').ok_or_else(|| format!("{place}: a group, a tab, a pattern"))?;
            match group.strip_prefix('@') {
                Some(name) => {
                    if self.macros.insert(name.to_owned(), pattern.to_owned()).is_some() {
                        return Err(format!("{place}: macro @{name} is defined twice"));
                    }
                }
                None => self.sources.push((place, format!("{prefix}{group}"), pattern.to_owned())),
            }
        }
        Ok(())
    }

    /// Parses and expands everything, and gives the words their values.
    pub fn compile(mut self, lexicon: &Lexicon) -> Result<Compiled<'_>, String> {
        for (place, group, pattern) in std::mem::take(&mut self.sources) {
            let parts = self.parse(&pattern).map_err(|error| format!("{place}: {error}"))?;
            self.groups.entry(group).or_default().push((place, parts));
        }
        let mut variants = Vec::new();
        for (group, patterns) in self.groups.values().enumerate() {
            for (place, parts) in patterns {
                expand(group, parts, &mut variants).map_err(|error| format!("{place}: {error}"))?;
            }
        }
        Compiled::new(self.groups.keys().cloned().collect(), variants, lexicon)
    }

    fn parse(&self, pattern: &str) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        for piece in pattern.split_whitespace() {
            match piece {
                "{" => parts.push(Part::Open),
                "}" => parts.push(Part::Close),
                ".." => parts.push(Part::Gap(3)),
                _ if piece.starts_with("..") => {
                    let width = piece[2..].parse().ok().filter(|width| (1..=9).contains(width));
                    parts.push(Part::Gap(width.ok_or_else(|| format!("`{piece}`: a gap is ..1 to ..9"))?));
                }
                _ => parts.push(self.choice(piece)?),
            }
        }
        if !parts.iter().any(|part| matches!(part, Part::Choice { optional: false, .. })) {
            return Err("a pattern needs one element that must be there".to_owned());
        }
        Ok(parts)
    }

    fn choice(&self, piece: &str) -> Result<Part, String> {
        let (body, optional) = match piece.strip_suffix('?') {
            Some(body) if !body.is_empty() => (body, true),
            _ => (piece, false),
        };
        let mut alternatives = Vec::new();
        if body == "|" {
            alternatives.push(vec![Atom::Word("|".to_owned())]);
        } else {
            for alternative in body.split('|') {
                self.alternative(alternative, 0, &mut alternatives)?;
            }
        }
        Ok(Part::Choice { alternatives, optional })
    }

    fn alternative(&self, text: &str, depth: usize, into: &mut Vec<Vec<Atom>>) -> Result<(), String> {
        if let Some(name) = text.strip_prefix('@').filter(|name| !name.is_empty()) {
            let body = self.macros.get(name).ok_or_else(|| format!("no macro @{name}"))?;
            if depth > 8 {
                return Err(format!("macro @{name} goes in circles"));
            }
            for alternative in body.split('|') {
                // A macro's alternative may be several words: "my patient".
                let mut sequences = vec![Vec::new()];
                for word in alternative.split_whitespace() {
                    let mut choices = Vec::new();
                    self.alternative(word, depth + 1, &mut choices)?;
                    sequences = sequences
                        .iter()
                        .flat_map(|start: &Vec<Atom>| {
                            choices.iter().map(move |end| [start.as_slice(), end.as_slice()].concat())
                        })
                        .collect();
                }
                into.extend(sequences);
            }
            return Ok(());
        }
        into.push(atoms(text)?);
        Ok(())
    }
}

/// Splits a literal the way the core's tokeniser does.
fn atoms(text: &str) -> Result<Vec<Atom>, String> {
    if text.is_empty() {
        return Err("an empty alternative".to_owned());
    }
    if let Some(name) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        let builtin = BUILTINS.iter().find(|(builtin, _)| *builtin == name);
        return Ok(vec![builtin.map_or_else(|| Atom::Tag(name.to_owned()), |(_, bit)| Atom::Builtin(*bit))]);
    }
    if !text.is_ascii() {
        if text.chars().count() == 1 {
            return Ok(vec![Atom::Word(text.to_owned())]);
        }
        return Err(format!("`{text}`: write it folded to ASCII"));
    }
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(format!("`{text}`: write it in lower case"));
    }
    if let Some(prefix) = text.strip_suffix('*').filter(|prefix| !prefix.is_empty()) {
        if prefix.len() < 3 || !prefix.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'') {
            return Err(format!("`{text}`: a prefix is three letters or more, and letters only"));
        }
        return Ok(vec![Atom::Prefix(prefix.to_owned())]);
    }
    if text == "'s" {
        return Ok(vec![Atom::Word(text.to_owned())]);
    }
    let mut found: Vec<Atom> = Vec::new();
    let mut word = String::new();
    let flush = |word: &mut String, found: &mut Vec<Atom>| {
        if !word.is_empty() {
            found.push(Atom::Word(std::mem::take(word)));
        }
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let last_digit = word.bytes().last().map(|b| b.is_ascii_digit());
        if byte == b'\'' && &bytes[at..] == b"'s" && !word.is_empty() {
            flush(&mut word, &mut found);
            found.push(Atom::Word("'s".to_owned()));
            break;
        } else if byte == b'\'' && !word.is_empty() && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            word.push('\'');
        } else if byte == b'-' && (!word.is_empty() || !found.is_empty()) && at + 1 < bytes.len() {
            // The matcher skips hyphens.
            flush(&mut word, &mut found);
        } else if byte.is_ascii_alphanumeric() {
            if last_digit.is_some_and(|digit| digit != byte.is_ascii_digit()) {
                flush(&mut word, &mut found);
            }
            word.push(byte as char);
        } else {
            flush(&mut word, &mut found);
            found.push(Atom::Word((byte as char).to_string()));
        }
        at += 1;
    }
    flush(&mut word, &mut found);
    Ok(found)
}

/// Alternatives of several tokens become variants of their own.
fn expand(group: usize, parts: &[Part], into: &mut Vec<Variant>) -> Result<(), String> {
    let mut open: Vec<Variant> = vec![Variant { group, elements: Vec::new(), capture: None }];
    for part in parts {
        match part {
            Part::Gap(width) => open.iter_mut().for_each(|v| v.elements.push(Element::Gap(*width))),
            Part::Open => open.iter_mut().for_each(|v| v.capture = Some((v.elements.len(), usize::MAX))),
            Part::Close => open.iter_mut().for_each(|v| {
                if let Some(capture) = &mut v.capture {
                    capture.1 = v.elements.len();
                }
            }),
            Part::Choice { alternatives, optional } => {
                let (single, many): (Vec<_>, Vec<_>) = alternatives.iter().partition(|atoms| atoms.len() == 1);
                let singles: BTreeSet<Atom> = single.into_iter().flatten().cloned().collect();
                let first = open.iter().all(|v| v.elements.is_empty());
                // An optional first element becomes two variants, so that every
                // variant starts with something that must be there.
                let split = *optional && (first || !many.is_empty());
                let mut next = Vec::new();
                for variant in &open {
                    let extended = |elements: Vec<Element>| Variant {
                        group,
                        elements: [variant.elements.as_slice(), elements.as_slice()].concat(),
                        capture: variant.capture,
                    };
                    if !singles.is_empty() {
                        next.push(extended(vec![Element::Any {
                            atoms: singles.clone(),
                            optional: *optional && !split,
                        }]));
                    }
                    for atoms in &many {
                        let element =
                            |atom: &Atom| Element::Any { atoms: BTreeSet::from([atom.clone()]), optional: false };
                        next.push(extended(atoms.iter().map(element).collect()));
                    }
                    if split {
                        next.push(extended(Vec::new()));
                    }
                }
                open = next;
            }
        }
        if open.len() > MAX_VARIANTS {
            return Err(format!("expands into more than {MAX_VARIANTS} variants"));
        }
    }
    for variant in &mut open {
        if matches!(variant.elements.first(), Some(Element::Gap(_))) {
            return Err("a pattern cannot start with a gap".to_owned());
        }
        if variant.elements.len() > MAX_ELEMENTS {
            return Err(format!("more than {MAX_ELEMENTS} elements"));
        }
        if variant.capture.is_some_and(|(_, end)| end == usize::MAX) {
            return Err("`{` without `}`".to_owned());
        }
    }
    into.extend(open.into_iter().filter(|variant| !variant.elements.is_empty()));
    Ok(())
}

/// The arrays that the core reads.
pub struct Compiled<'a> {
    /// Group names, by their number.
    pub groups: Vec<String>,
    /// The lexicon, divided into the words that patterns name and the others.
    pub words: Divided<'a>,
    /// In the order of what they start with.
    variants: Vec<Variant>,
    /// Elements of each variant: see `code`.
    elements: Vec<Vec<usize>>,
    sets: Vec<Set>,
    /// The first code that stands for a set and not for a value.
    first_set: usize,
    /// The sets of several values that each value is in.
    sets_of: Vec<Vec<usize>>,
}

/// What one element accepts.
#[derive(Default)]
struct Set {
    tags: u128,
    builtins: u8,
    values: BTreeSet<u16>,
}

/// Element codes: a value itself, a set (from `first_set`), a gap; and a bit.
const GAP: usize = 0x7FF0;
const OPTIONAL: usize = 0x8000;

impl<'a> Compiled<'a> {
    fn new(groups: Vec<String>, mut variants: Vec<Variant>, lexicon: &'a Lexicon) -> Result<Compiled<'a>, String> {
        let words = lexicon.divide(&named(&variants))?;
        let values = words.values();
        let first_set = values.len() + 1;
        let mut sets: Vec<Set> = Vec::new();
        let mut code_of: BTreeMap<BTreeSet<Atom>, usize> = BTreeMap::new();
        // Sets that a variant starts with get the first numbers.
        let firsts = variants.iter().filter_map(|variant| variant.elements.first());
        for element in firsts.chain(variants.iter().flat_map(|variant| &variant.elements)) {
            let Element::Any { atoms, .. } = element else { continue };
            if code_of.contains_key(atoms) {
                continue;
            }
            let set = Set::new(atoms, &values, lexicon);
            let code = match set.values.first() {
                // A set of one value is that value.
                Some(value) if set.tags == 0 && set.builtins == 0 && set.values.len() == 1 => usize::from(*value),
                _ => {
                    sets.push(set);
                    first_set + sets.len() - 1
                }
            };
            code_of.insert(atoms.clone(), code);
        }
        if first_set + sets.len() >= GAP {
            return Err(format!("{first_set} values and {} sets in patterns: {GAP} fit", sets.len()));
        }
        let code = |element: &Element| match element {
            Element::Gap(width) => GAP + usize::from(*width),
            Element::Any { atoms, optional } => code_of[atoms] | if *optional { OPTIONAL } else { 0 },
        };
        variants.sort_by_key(|variant| code(&variant.elements[0]));
        let elements = variants.iter().map(|variant| variant.elements.iter().map(code).collect()).collect();
        let mut sets_of = vec![Vec::new(); first_set];
        for (number, set) in sets.iter().enumerate() {
            set.values.iter().for_each(|value| sets_of[usize::from(*value)].push(number));
        }
        Ok(Compiled { groups, words, variants, elements, sets, first_set, sets_of })
    }

    /// Writes `patterns.rs` and `groups.rs`.
    pub fn write(&self, out: &Path) -> Result<(), String> {
        let constants: String = self
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| format!("pub const {}: u16 = {at};\n", super::constant(group)))
            .collect();
        super::write(out, "groups.rs", constants)?;
        let names: String = self.groups.iter().map(|group| format!("{group:?},")).collect();

        let mut starting = vec![0; self.first_set + self.sets.len()];
        self.elements.iter().for_each(|elements| starting[elements[0]] += 1);
        let sets_that_start = starting[self.first_set..].iter().take_while(|count| **count > 0).count();
        let starting_looks: Vec<(usize, (u128, u8))> = self.sets[..sets_that_start]
            .iter()
            .map(Set::look)
            .enumerate()
            .filter(|(_, look)| *look != (0, 0))
            .collect();
        let starting_tags = starting_looks.iter().fold(0, |all, (_, (tags, _))| all | tags);
        let starting_builtins = starting_looks.iter().fold(0, |all, (_, (_, builtins))| all | builtins);

        // Variants that start with a set lie behind those that start with a value.
        let mut set_first = vec![starting[..self.first_set].iter().sum::<usize>()];
        for count in &starting[self.first_set..self.first_set + sets_that_start] {
            set_first.push(set_first[set_first.len() - 1] + count);
        }

        let mut looks: Vec<(u128, u8)> = self.sets.iter().map(Set::look).collect();
        looks.sort_unstable();
        looks.dedup();
        let look_of = |set: &Set| looks.binary_search(&set.look()).unwrap_or(0);
        let per_variant = |what: fn(&Variant) -> usize| self.variants.iter().map(what).collect::<Vec<_>>();
        super::write(
            out,
            "patterns.rs",
            format!(
                "/// Names of the groups, by number.\npub static GROUP_NAMES: [&str; {}] = [{names}];\n\
                 const FIRST_SET: u16 = {};\nconst SETS_THAT_START: u16 = {sets_that_start};\n\
                 const GAP: u16 = {GAP};\nconst OPTIONAL: u16 = {OPTIONAL};\n\
                 const STARTING_TAGS: u128 = {starting_tags};\nconst STARTING_BUILTINS: u8 = {starting_builtins};\n\
                 static STARTING_LOOKS: [(u16, (u128, u8)); {}] = {starting_looks:?};\n\
                 static LOOKS: [(u128, u8); {}] = {looks:?};\n{}{}{}{}{}{}{}{}{}{}",
                self.groups.len(),
                self.first_set,
                starting_looks.len(),
                looks.len(),
                super::array_of("u16", "GROUP", &per_variant(|v| v.group)),
                super::array_of("u8", "OPEN", &per_variant(|v| v.capture.map_or(0xFF, |(open, _)| open))),
                super::array_of("u8", "CLOSE", &per_variant(|v| v.capture.map_or(0xFF, |(_, close)| close))),
                super::array("SET_LOOK", &self.sets.iter().map(look_of).collect::<Vec<_>>()),
                super::array_of("u8", "FIRST_LENGTHS", &starting[..self.first_set]),
                super::array_of("u16", "SET_FIRST", &set_first),
                super::array_of("u8", "ELEMENT_LENGTHS", &self.elements.iter().map(Vec::len).collect::<Vec<_>>()),
                super::array_of("u16", "ELEMENTS", &self.elements.concat()),
                super::array_of("u8", "VALUE_LENGTHS", &self.sets_of.iter().map(Vec::len).collect::<Vec<_>>()),
                super::array_of("u16", "VALUE_LIST", &self.sets_of.concat()),
            ),
        )
    }
}

impl Set {
    fn new(atoms: &BTreeSet<Atom>, values: &BTreeMap<String, u16>, lexicon: &Lexicon) -> Set {
        let mut set = Set::default();
        for atom in atoms {
            match atom {
                Atom::Word(word) => set.values.extend(values.get(word)),
                // Also what is longer: only the longest prefix of a token counts.
                Atom::Prefix(prefix) => set.values.extend(
                    values.range(prefix.clone()..).take_while(|(word, _)| word.starts_with(prefix)).map(|(_, v)| v),
                ),
                Atom::Tag(tag) => match lexicon.find_tag(tag) {
                    Some(bit) => set.tags |= bit,
                    None => println!("cargo:warning=no word has the tag <{tag}> that a pattern asks for"),
                },
                Atom::Builtin(bit) => set.builtins |= bit,
            }
        }
        set
    }

    fn look(&self) -> (u128, u8) {
        (self.tags, self.builtins)
    }
}

/// The words and prefixes (`vaccin*`) that patterns name.
fn named(variants: &[Variant]) -> BTreeSet<String> {
    let atoms = variants.iter().flat_map(|variant| &variant.elements).filter_map(|element| match element {
        Element::Any { atoms, .. } => Some(atoms),
        Element::Gap(_) => None,
    });
    atoms
        .flatten()
        .filter_map(|atom| match atom {
            Atom::Word(word) => Some(word.clone()),
            Atom::Prefix(prefix) => Some(format!("{prefix}*")),
            _ => None,
        })
        .collect()
}
