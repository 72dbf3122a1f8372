//! The pattern book: phrases of the data files into arrays.
//!
//! A line is `group<TAB>pattern`; `@name<TAB>a|b` defines a macro. The language
//! is described in `src/data/patterns/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::lexicon::Lexicon;

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
    pub fn compile(mut self, lexicon: &mut Lexicon) -> Result<Compiled, String> {
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
pub struct Compiled {
    /// Group names, by their number.
    pub groups: Vec<String>,
    variants: Vec<Variant>,
    elements: Vec<(u8, u16)>,
    starts: Vec<usize>,
    classes: Vec<(u128, u8, usize, usize)>,
    class_values: Vec<u16>,
    by_value: Vec<Vec<u16>>,
    by_tag: Vec<Vec<u16>>,
    by_builtin: Vec<Vec<u16>>,
}

impl Compiled {
    fn new(groups: Vec<String>, variants: Vec<Variant>, lexicon: &mut Lexicon) -> Result<Compiled, String> {
        if u16::try_from(variants.len()).is_err() {
            return Err(format!("{} pattern variants: 65,535 fit", variants.len()));
        }
        let all_atoms = || {
            variants.iter().flat_map(|v| &v.elements).filter_map(|e| match e {
                Element::Any { atoms, .. } => Some(atoms),
                Element::Gap(_) => None,
            })
        };
        let words: BTreeSet<String> = all_atoms()
            .flatten()
            .filter_map(|atom| match atom {
                Atom::Word(word) => Some(word.clone()),
                Atom::Prefix(prefix) => Some(format!("{prefix}*")),
                _ => None,
            })
            .collect();
        let values = lexicon.name(&words)?.clone();
        let mut unknown = BTreeSet::new();
        let mut class_of: BTreeMap<BTreeSet<Atom>, u16> = BTreeMap::new();
        let mut compiled = Compiled {
            groups,
            elements: Vec::new(),
            starts: Vec::new(),
            classes: Vec::new(),
            class_values: Vec::new(),
            by_value: vec![Vec::new(); values.len() + 1],
            by_tag: vec![Vec::new(); lexicon.tag_count()],
            by_builtin: vec![Vec::new(); BUILTINS.len()],
            variants: Vec::new(),
        };
        for atoms in all_atoms() {
            if class_of.contains_key(atoms) {
                continue;
            }
            let (mut tags, mut builtins) = (0u128, 0u8);
            let mut members: BTreeSet<u16> = BTreeSet::new();
            for atom in atoms {
                match atom {
                    Atom::Word(word) => members.extend(values.get(word)),
                    Atom::Prefix(prefix) => members.extend(
                        values.range(prefix.clone()..).take_while(|(w, _)| w.starts_with(prefix)).map(|(_, v)| v),
                    ),
                    Atom::Tag(tag) => match lexicon.find_tag(tag) {
                        Some(bit) => tags |= bit,
                        None => {
                            unknown.insert(tag.clone());
                        }
                    },
                    Atom::Builtin(bit) => builtins |= bit,
                }
            }
            let from = compiled.class_values.len();
            compiled.class_values.extend(members);
            compiled.classes.push((tags, builtins, from, compiled.class_values.len()));
            class_of.insert(atoms.clone(), (compiled.classes.len() - 1) as u16);
        }
        for tag in unknown {
            println!("cargo:warning=no word has the tag <{tag}> that a pattern asks for");
        }
        for (number, variant) in variants.iter().enumerate() {
            compiled.starts.push(compiled.elements.len());
            for (at, element) in variant.elements.iter().enumerate() {
                let row = match element {
                    Element::Gap(width) => (*width, u16::MAX),
                    Element::Any { atoms, optional } => (u8::from(*optional), class_of[atoms]),
                };
                compiled.elements.push(row);
                if at > 0 {
                    continue;
                }
                let (tags, builtins, from, to) = compiled.classes[row.1 as usize];
                for value in &compiled.class_values[from..to] {
                    compiled.by_value[*value as usize].push(number as u16);
                }
                for (bit, list) in compiled.by_tag.iter_mut().enumerate().filter(|(bit, _)| tags >> bit & 1 != 0) {
                    let _ = bit;
                    list.push(number as u16);
                }
                for (at, (_, bit)) in BUILTINS.iter().enumerate().filter(|(_, (_, bit))| builtins & bit != 0) {
                    let _ = bit;
                    compiled.by_builtin[at].push(number as u16);
                }
            }
        }
        compiled.starts.push(compiled.elements.len());
        compiled.variants = variants;
        Ok(compiled)
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
        let patterns: String = self
            .variants
            .iter()
            .enumerate()
            .map(|(at, v)| {
                let (from, to) = v.capture.unwrap_or((255, 255));
                format!(
                    "Pattern{{group:{},first:{},count:{},open:{from},close:{to}}},",
                    v.group,
                    self.starts[at],
                    v.elements.len()
                )
            })
            .collect();
        let elements: String = self.elements.iter().map(|(how, class)| format!("({how},{class}),")).collect();
        let classes: String = self
            .classes
            .iter()
            .map(|(tags, builtins, from, to)| format!("Set{{tags:{tags},builtins:{builtins},from:{from},to:{to}}},"))
            .collect();
        super::write(
            out,
            "patterns.rs",
            format!(
                "/// Names of the groups, by number.\npub static GROUP_NAMES: [&str; {}] = [{names}];\n\
                 static PATTERNS: [Pattern; {}] = [{patterns}];\n\
                 static ELEMENTS: [(u8, u16); {}] = [{elements}];\n\
                 static SETS: [Set; {}] = [{classes}];\n\
                 static SET_VALUES: [u16; {}] = [{}];\n{}{}{}",
                self.groups.len(),
                self.variants.len(),
                self.elements.len(),
                self.classes.len(),
                self.class_values.len(),
                super::numbers(&self.class_values),
                index("VALUE", &self.by_value),
                index("TAG", &self.by_tag),
                index("BUILTIN", &self.by_builtin),
            ),
        )
    }
}

/// Lists of patterns behind one another, with where each begins.
fn index(name: &str, lists: &[Vec<u16>]) -> String {
    let mut from = vec![0u32];
    let mut all = Vec::new();
    for list in lists {
        all.extend_from_slice(list);
        from.push(all.len() as u32);
    }
    format!(
        "static {name}_FROM: [u32; {}] = [{}];\nstatic {name}_LIST: [u16; {}] = [{}];\n",
        from.len(),
        super::numbers(&from),
        all.len(),
        super::numbers(&all)
    )
}
