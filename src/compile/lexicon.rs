//! Words and their tags into one hash table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::hash;

/// Tags that the core names itself, whether the data uses them or not.
const NEEDED: &[&str] = &["abbreviation", "clause_break"];
const MAX_TAGS: usize = 128;
const LONGEST: usize = 32;

/// Words with tags, and the words that patterns name.
#[derive(Default)]
pub struct Lexicon {
    tags: Vec<String>,
    words: BTreeMap<String, u128>,
    /// Words and prefixes (`vaccin*`) that have a value of their own.
    named: BTreeMap<String, u16>,
    /// Endings (`*ectomy`) and the tags of unknown words that have them.
    endings: BTreeMap<String, u128>,
}

impl Lexicon {
    /// Reads every `*.tsv` of the folder.
    pub fn read(folder: &Path) -> Result<Lexicon, String> {
        let mut lexicon = Lexicon::default();
        for tag in NEEDED {
            lexicon.tag(tag)?;
        }
        for file in super::files(folder, "tsv")? {
            let text = super::read(&file)?;
            for (number, line) in super::lines(&text) {
                let place = || format!("{}:{number}", file.display());
                let (word, tags) =
                    line.split_once('\t').ok_or_else(|| format!("{}: a word, a tab, its tags", place()))?;
                if word.len() > LONGEST || !word.is_ascii() || word.chars().any(|c| c.is_ascii_uppercase() || c == ' ')
                {
                    return Err(format!(
                        "{}: `{word}` is not one lower-case ASCII word of up to {LONGEST} letters",
                        place()
                    ));
                }
                let mut bits = 0;
                for tag in tags.split_whitespace() {
                    bits |= lexicon.tag(tag).map_err(|error| format!("{}: {error}", place()))?;
                }
                match word.strip_prefix('*') {
                    Some(ending) => *lexicon.endings.entry(ending.to_owned()).or_default() |= bits,
                    None => *lexicon.words.entry(word.to_owned()).or_default() |= bits,
                }
            }
        }
        Ok(lexicon)
    }

    fn tag(&mut self, name: &str) -> Result<u128, String> {
        if let Some(at) = self.tags.iter().position(|tag| tag == name) {
            return Ok(1 << at);
        }
        if self.tags.len() == MAX_TAGS {
            return Err(format!("tag `{name}` is one too many: {MAX_TAGS} fit"));
        }
        self.tags.push(name.to_owned());
        Ok(1 << (self.tags.len() - 1))
    }

    /// The bit of a tag that a pattern names, if any word has it.
    pub fn find_tag(&self, name: &str) -> Option<u128> {
        self.tags.iter().position(|tag| tag == name).map(|at| 1 << at)
    }

    /// Number of tags.
    pub fn tag_count(&self) -> usize {
        self.tags.len()
    }

    /// Gives every word and prefix of the patterns a value, from 1.
    pub fn name(&mut self, words: &BTreeSet<String>) -> Result<&BTreeMap<String, u16>, String> {
        for (at, word) in words.iter().enumerate() {
            let value = u16::try_from(at + 1).map_err(|_| "more than 65,535 words in patterns".to_owned())?;
            self.named.insert(word.clone(), value);
        }
        Ok(&self.named)
    }

    /// Writes `tags.rs`, `lexicon.rs`, `lexicon.bin`.
    pub fn write(&self, out: &Path) -> Result<(), String> {
        let names: String = self
            .tags
            .iter()
            .enumerate()
            .map(|(at, tag)| format!("pub const {}: u128 = 1 << {at};\n", super::constant(tag)))
            .collect();
        super::write(out, "tags.rs", names)?;

        // Values: named words first, then one for each set of tags.
        let mut sets: Vec<u128> = vec![0];
        let mut set_of = |bits: u128| -> u16 {
            let at = sets.iter().position(|set| *set == bits).unwrap_or_else(|| {
                sets.push(bits);
                sets.len() - 1
            });
            at as u16
        };
        let mut tag_set: Vec<u16> = vec![0];
        for word in self.named.keys() {
            tag_set.push(set_of(self.words.get(word).copied().unwrap_or(0)));
        }
        let mut value_of_set: BTreeMap<u128, u16> = BTreeMap::new();
        let mut entries: Vec<(u64, u16, &str)> =
            self.named.iter().map(|(word, value)| (hash::of(word.as_bytes()), *value, word.as_str())).collect();
        for (word, bits) in self.words.iter().filter(|(word, _)| !self.named.contains_key(*word)) {
            let value = match value_of_set.get(bits) {
                Some(value) => *value,
                None => {
                    tag_set.push(set_of(*bits));
                    let value = u16::try_from(tag_set.len() - 1).map_err(|_| "too many values".to_owned())?;
                    value_of_set.insert(*bits, value);
                    value
                }
            };
            entries.push((hash::of(word.as_bytes()), value, word));
        }
        entries.sort_unstable();
        let keys: Vec<(u64, &str)> = entries.iter().map(|(hash, _, word)| (*hash, *word)).collect();
        super::table::write(out, "lexicon", &keys)?;
        let values: Vec<u16> = entries.iter().map(|(_, value, _)| *value).collect();

        const MARKS: usize = 1 << 15;
        let mut marks = vec![0u64; MARKS / 64];
        for prefix in self.named.keys().filter_map(|word| word.strip_suffix('*')) {
            let state = prefix.bytes().fold(hash::START, hash::step);
            let mark = (state ^ (state >> 17)) as usize & (MARKS - 1);
            marks[mark / 64] |= 1 << (mark % 64);
        }
        super::write(
            out,
            "lexicon.rs",
            format!(
                "pub static VALUES: [u16; {}] = [{}];\n\
                 pub static TAG_SET: [u16; {}] = [{}];\n\
                 pub static TAG_SETS: [u128; {}] = [{}];\n\
                 pub static PREFIX_MARKS: [u64; {}] = [{}];\n\
                 pub static ENDINGS: [(&str, u128); {}] = {:?};\n",
                values.len(),
                super::numbers(&values),
                tag_set.len(),
                super::numbers(&tag_set),
                sets.len(),
                super::numbers(&sets),
                marks.len(),
                super::numbers(&marks),
                self.endings.len(),
                self.endings.iter().collect::<Vec<_>>(),
            ),
        )
    }
}
