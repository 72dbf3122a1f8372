//! The word classes of the voice model into a table that is read in place.

use std::path::Path;

/// Reads `voice_words.tsv` and writes the table of words and their classes.
pub fn compile(path: &Path, out: &Path) -> Result<(), String> {
    let text = super::read(path)?;
    let (mut names, mut rows): (Vec<String>, Vec<(u64, &str, u8)>) = (Vec::new(), Vec::new());
    for (number, line) in super::lines(&text) {
        let (class, words) =
            line.split_once('\t').ok_or_else(|| format!("{}:{number}: class, tab, words", path.display()))?;
        for word in words.split(' ') {
            if rows.iter().any(|row| row.1 == word && usize::from(row.2) != names.len()) {
                return Err(format!("{}:{number}: `{word}` has a class already", path.display()));
            }
            if !rows.iter().any(|row| row.1 == word) {
                rows.push((crate::hash::of(word.as_bytes()), word, names.len() as u8));
            }
        }
        names.push(format!("%{class}"));
    }
    rows.sort();
    let keys: Vec<(u64, &str)> = rows.iter().map(|row| (row.0, row.1)).collect();
    super::table::write(out, "voice_words", super::table::NAMED_WIDTH, &keys)?;
    let classes: Vec<u8> = rows.iter().map(|row| row.2).collect();
    super::write(
        out,
        "voice_words.rs",
        format!(
            "static CLASS_NAMES: [&str; {}] = {names:?};\nstatic CLASSES: [u8; {}] = {classes:?};\n\
             static CLASS_WORDS: Table = include!(concat!(env!(\"OUT_DIR\"), \"/voice_words_table.rs\"));\n",
            names.len(),
            classes.len(),
        ),
    )
}
