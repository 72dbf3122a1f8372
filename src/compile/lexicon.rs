//! Words and their tags into one hash table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{forms, hash};

/// Tags that the core names itself, whether the data uses them or not.
const NEEDED: &[&str] = &["abbreviation", "clause_break", "english"];
const MAX_TAGS: usize = 128;
const LONGEST: usize = 32;

/// Words with tags, and the words that patterns name.
#[derive(Default)]
pub struct Lexicon {
    tags: Vec<String>,
    words: BTreeMap<String, u128>,
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

    /// The tags of a word; none for a word that is not in the lexicon.
    pub fn tags_of(&self, word: &str) -> u128 {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// Writes `tags.rs`, `lexicon.rs` and two tables: `named` of the words and
    /// prefixes (`vaccin*`) that patterns name, with their values; `plain` of
    /// all others, with their sets of tags.
    pub fn write(&self, values: &BTreeMap<String, u16>, out: &Path) -> Result<(), String> {
        let names: String = self
            .tags
            .iter()
            .enumerate()
            .map(|(at, tag)| format!("pub const {}: u128 = 1 << {at};\n", super::constant(tag)))
            .collect();
        super::write(out, "tags.rs", names)?;

        // Sets of tags by how many plain words have them: a byte names the
        // frequent ones, words with a rare set join the named ones.
        let traced = self.traced(values);
        let kept = |word: &String| !values.contains_key(word) && !traced.contains(word.as_str());
        let plain = || self.words.iter().filter(|(word, _)| kept(word));
        let mut how_many: BTreeMap<u128, usize> = BTreeMap::from([(0, usize::MAX)]);
        plain().for_each(|(_, bits)| *how_many.entry(*bits).or_default() += 1);
        values.keys().for_each(|word| *how_many.entry(self.tags_of(word)).or_default() += 0);
        let mut sets: Vec<u128> = how_many.keys().copied().collect();
        sets.sort_by_key(|bits| std::cmp::Reverse(how_many[bits].saturating_add(usize::from(*bits == 0))));
        let set_of: BTreeMap<u128, usize> = sets.iter().enumerate().map(|(at, bits)| (*bits, at)).collect();

        let mut named: Vec<(&str, usize)> =
            values.iter().map(|(word, value)| (word.as_str(), usize::from(*value))).collect();
        let mut tag_set = vec![0; values.values().max().map_or(1, |most| usize::from(*most) + 1)];
        for (word, value) in &named {
            tag_set[*value] = set_of[&self.tags_of(word)];
        }
        let mut value_of_rare: BTreeMap<usize, usize> = BTreeMap::new();
        let mut others: Vec<(&str, usize)> = Vec::new();
        for (word, bits) in plain() {
            match set_of[bits] {
                set @ 0..=0xFF => others.push((word, set)),
                set => {
                    let value = *value_of_rare.entry(set).or_insert_with(|| {
                        tag_set.push(set);
                        tag_set.len() - 1
                    });
                    named.push((word, value));
                }
            }
        }
        let named_values = table(out, "named", &named)?;
        let plain_sets = table(out, "plain", &others)?;

        const MARKS: usize = 1 << 15;
        let mut marks = vec![0u64; MARKS / 64];
        for prefix in values.keys().filter_map(|word| word.strip_suffix('*')) {
            let state = prefix.bytes().fold(hash::START, hash::step);
            let mark = (state ^ (state >> 17)) as usize & (MARKS - 1);
            marks[mark / 64] |= 1 << (mark % 64);
        }
        super::write(
            out,
            "lexicon.rs",
            format!(
                "{}{}{}\
                 static TAG_SETS: [u128; {}] = [{}];\n\
                 static PREFIX_MARKS: [u64; {}] = [{}];\n\
                 static ENDINGS: [(&str, u128); {}] = {:?};\n",
                super::array_of("u16", "NAMED_VALUES", &named_values),
                super::array_of("u8", "PLAIN_SETS", &plain_sets),
                super::array("TAG_SET", &tag_set),
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

impl Lexicon {
    /// English words without any other tag that the core traces back to a stem
    /// which is listed: 13,000 that need no room.
    fn traced(&self, values: &BTreeMap<String, u16>) -> BTreeSet<&str> {
        let english = self.find_tag("english").unwrap_or(0);
        let mut traced = BTreeSet::new();
        // Stems before their forms: what is left out is nobody's stem.
        let mut words: Vec<&String> = self.words.keys().collect();
        words.sort_by_key(|word| word.len());
        for word in words {
            if self.words[word] != english || values.contains_key(word) {
                continue;
            }
            let is_listed = |(cut, added): &forms::Cut| {
                let mut stem = word[..word.len() - cut].to_owned();
                stem.extend(added.map(char::from));
                self.tags_of(&stem) & english != 0 && !traced.contains(stem.as_str())
            };
            if forms::cuts(word.as_bytes()).iter().any(is_listed) {
                traced.insert(word.as_str());
            }
        }
        traced
    }
}

/// Writes the hash table of these words; what they stand for, in its order.
fn table(out: &Path, name: &str, words: &[(&str, usize)]) -> Result<Vec<usize>, String> {
    let mut entries: Vec<(u64, u64, usize, &str)> = words
        .iter()
        .map(|(word, means)| {
            let hash = hash::of(word.as_bytes());
            // Within a bucket any order will do: this one is easiest to compress.
            (super::table::bucket(hash, words.len()), hash, *means, *word)
        })
        .collect();
    entries.sort_unstable_by_key(|(bucket, _, means, word)| (*bucket, *means, *word));
    let keys: Vec<(u64, &str)> = entries.iter().map(|(_, hash, _, word)| (*hash, *word)).collect();
    super::table::write(out, name, &keys)?;
    Ok(entries.iter().map(|(_, _, means, _)| *means).collect())
}
