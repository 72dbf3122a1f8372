//! Words and their tags into one hash table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::table::{NAMED_WIDTH, PLAIN_WIDTH};
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

    /// The tags of a word; none for a word that is not in the lexicon.
    pub fn tags_of(&self, word: &str) -> u128 {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// Divides the words in two tables: `named` of the words and prefixes
    /// (`vaccin*`) that patterns name, `plain` of all others.
    pub fn divide(&self, named: &BTreeSet<String>) -> Result<Divided<'_>, String> {
        let traced = self.traced(named);
        let kept = |word: &String| !named.contains(word) && !traced.contains(word.as_str());
        let plain = || self.words.iter().filter(|(word, _)| kept(word));
        let mut how_many: BTreeMap<u128, usize> = BTreeMap::new();
        named.iter().for_each(|word| *how_many.entry(self.tags_of(word)).or_default() += 0);
        plain().for_each(|(_, bits)| *how_many.entry(*bits).or_default() += 1);
        let mut sets: Vec<u128> = how_many.keys().copied().collect();
        sets.sort_by_key(|bits| std::cmp::Reverse(how_many[bits]));
        // A byte names the frequent sets of tags; plain words with a rare set
        // join the named ones.
        let set_of: BTreeMap<u128, usize> = sets.iter().enumerate().map(|(at, bits)| (*bits, at)).collect();
        let (frequent, rare): (Vec<_>, Vec<_>) = plain().partition(|(_, bits)| set_of[bits] <= 0xFF);
        let with_tags = |word: &String| (word.clone(), set_of[&self.tags_of(word)]);
        let mut named: Vec<_> =
            named.iter().map(with_tags).chain(rare.iter().map(|(word, _)| with_tags(word))).collect();
        let mut plain: Vec<_> = frequent.iter().map(|(word, _)| with_tags(word)).collect();
        // Of two plain words that look alike in their narrow table, one moves to
        // the wide one.
        loop {
            let hashes: Vec<u64> = plain.iter().map(|(word, _)| hash::of(word.as_bytes())).collect();
            let alike = super::table::alike(&hashes, PLAIN_WIDTH);
            if alike.is_empty() {
                break;
            }
            alike.into_iter().rev().for_each(|at| named.push(plain.swap_remove(at)));
        }
        let divided = Divided { lexicon: self, sets, named: in_order(named), plain: in_order(plain) };
        if divided.named.len() >= usize::from(u16::MAX) {
            return Err(format!("{} words in patterns: 65,534 fit", divided.named.len()));
        }
        Ok(divided)
    }
}

/// The words in their two tables.
pub struct Divided<'a> {
    lexicon: &'a Lexicon,
    /// Sets of tags, the most frequent first.
    sets: Vec<u128>,
    /// Words with the number of their set, in the order of the table.
    named: Vec<(String, usize)>,
    plain: Vec<(String, usize)>,
}

impl Divided<'_> {
    /// The value of each word and prefix that patterns name: its place in the
    /// table, from 1.
    pub fn values(&self) -> BTreeMap<String, u16> {
        self.named.iter().map(|(word, _)| word.clone()).zip(1..).collect()
    }

    /// Writes `tags.rs`, `lexicon.rs` and the two tables.
    pub fn write(&self, out: &Path) -> Result<(), String> {
        let tags = self.lexicon.tags.iter().enumerate();
        let names: String =
            tags.map(|(at, tag)| format!("pub const {}: u128 = 1 << {at};\n", super::constant(tag))).collect();
        super::write(out, "tags.rs", names)?;
        let tables = [("named", NAMED_WIDTH, &self.named), ("plain", PLAIN_WIDTH, &self.plain)];
        for (name, width, words) in tables {
            let keys: Vec<(u64, &str)> =
                words.iter().map(|(word, _)| (hash::of(word.as_bytes()), word.as_str())).collect();
            super::table::write(out, name, width, &keys)?;
        }
        let sets_of = |words: &[(String, usize)]| words.iter().map(|(_, set)| *set).collect::<Vec<_>>();

        const MARKS: usize = 1 << 15;
        let mut marks = vec![0u64; MARKS / 64];
        for prefix in self.named.iter().filter_map(|(word, _)| word.strip_suffix('*')) {
            let state = prefix.bytes().fold(hash::START, hash::step);
            let mark = hash::mark(state, MARKS);
            marks[mark / 64] |= 1 << (mark % 64);
        }
        super::write(
            out,
            "lexicon.rs",
            format!(
                "{}{}\
                 static TAG_SETS: [u128; {}] = [{}];\n\
                 static PREFIX_MARKS: [u64; {}] = [{}];\n\
                 static ENDINGS: [(&str, u128); {}] = {:?};\n",
                super::array("NAMED_SETS", &sets_of(&self.named)),
                super::array_of("u8", "PLAIN_SETS", &sets_of(&self.plain)),
                self.sets.len(),
                super::numbers(&self.sets),
                marks.len(),
                super::numbers(&marks),
                self.lexicon.endings.len(),
                self.lexicon.endings.iter().collect::<Vec<_>>(),
            ),
        )
    }
}

impl Lexicon {
    /// English words without any other tag that the core traces back to a stem
    /// which is listed: 13,000 that need no room.
    fn traced(&self, named: &BTreeSet<String>) -> BTreeSet<&str> {
        let english = self.find_tag("english").unwrap_or(0);
        let mut traced = BTreeSet::new();
        // Stems before their forms: what is left out is nobody's stem.
        let mut words: Vec<&String> = self.words.keys().collect();
        words.sort_by_key(|word| word.len());
        for word in words {
            if self.words[word] != english || named.contains(word) {
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

/// Words in the order of their table. Within a bucket any order will do: by
/// what they mean compresses best.
fn in_order(mut words: Vec<(String, usize)>) -> Vec<(String, usize)> {
    let all = words.len();
    words.sort_by_cached_key(|(word, set)| (super::table::bucket(hash::of(word.as_bytes()), all), *set, word.clone()));
    words
}
