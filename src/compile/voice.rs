//! The voice model: a readable table of phrases and weights into one that is
//! read in place.

use std::path::Path;

/// Reads `voice.tsv` and writes `voice.rs`: `phrase<TAB>weight<TAB>rarity`, in
/// whole steps of the units that the header lines give.
pub fn compile(path: &Path, out: &Path) -> Result<(), String> {
    let text = super::read(path)?;
    let mut units = [None::<f32>; 3];
    let mut rows: Vec<(u64, &str, i8, u8)> = Vec::new();
    for (number, line) in super::lines(&text) {
        let wrong = |what: &str| format!("{}:{number}: {what}", path.display());
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            [name, value] => {
                let at = ["bias", "weight unit", "rarity unit"].iter().position(|known| *known == name);
                let value = value.parse().map_err(|_| wrong("no number"))?;
                units[at.ok_or_else(|| wrong("bias, weight unit or rarity unit"))?] = Some(value);
            }
            [phrase, weight, rarity] => rows.push((
                crate::hash::of(phrase.as_bytes()),
                phrase,
                weight.parse().map_err(|_| wrong("a weight is a whole number from -128 to 127"))?,
                rarity.parse().map_err(|_| wrong("a rarity is a whole number from 0 to 255"))?,
            )),
            _ => return Err(wrong("phrase, weight and rarity, with tabs between")),
        }
    }
    let [Some(bias), Some(weight), Some(rarity)] = units else {
        return Err(format!("{}: bias and units are missing", path.display()));
    };
    if rows.len() > usize::from(u16::MAX) {
        return Err(format!("{}: {} phrases: {} fit", path.display(), rows.len(), u16::MAX));
    }
    rows.sort();
    let keys: Vec<(u64, &str)> = rows.iter().map(|row| (row.0, row.1)).collect();
    super::table::write(out, "voice_features", super::table::WEIGHED_WIDTH, &keys)?;
    let weights: Vec<i8> = rows.iter().map(|row| row.2).collect();
    let rarities: Vec<u8> = rows.iter().map(|row| row.3).collect();
    super::write(
        out,
        "voice.rs",
        format!(
            "const BIAS: f32 = {bias:?};\nconst WEIGHT_UNIT: f32 = {weight:?};\nconst RARITY_UNIT: f32 = {rarity:?};\n\
             static WEIGHTS: [i8; {}] = {weights:?};\nstatic RARITIES: [u8; {}] = {rarities:?};\n\
             static FEATURES: Table = include!(concat!(env!(\"OUT_DIR\"), \"/voice_features_table.rs\"));\n",
            weights.len(),
            rarities.len(),
        ),
    )
}

/// Reads `voice_words.tsv` and writes the table of words and their classes.
pub fn compile_words(path: &Path, out: &Path) -> Result<(), String> {
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
