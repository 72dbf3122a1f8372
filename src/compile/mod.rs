//! What runs at build time: readable data in, tables that are read in place out.
//!
//! `build.rs` calls [`run`]. Nothing here is part of the shipped module.

mod claims;
mod fold;
mod lexicon;
mod messages;
mod model;
mod patterns;
mod places;
mod statistics;
mod table;
mod voice;

use std::path::{Path, PathBuf};

/// Where the data lies and where the tables go.
pub struct Rooms {
    /// `src/data`.
    pub data: PathBuf,
    /// `extension/_locales`.
    pub locales: PathBuf,
    /// Cargo's output directory.
    pub out: PathBuf,
}

/// Compiles everything. An error is a sentence that names file and line.
pub fn run(rooms: &Rooms) -> Result<(), String> {
    fold::compile(&rooms.out)?;
    let words = lexicon::Lexicon::read(&rooms.data.join("lexicon"))?;
    let mut book = patterns::Book::default();
    for file in files(&rooms.data.join("patterns"), "tsv")? {
        book.read(&file, "")?;
    }
    for (file, group) in [("concepts.tsv", "concept."), ("stance.tsv", "")] {
        let path = rooms.data.join("misinformation").join(file);
        if path.exists() {
            book.read(&path, group)?;
        }
    }
    let compiled = book.compile(&words)?;
    compiled.words.write(&rooms.out)?;
    compiled.write(&rooms.out)?;
    claims::compile(&rooms.data.join("misinformation/claims.toml"), &compiled.groups, &rooms.out)?;
    let voice = model::one(&rooms.data.join("misinformation/voice.tsv"), "voice", &rooms.out)?;
    write(&rooms.out, "voice.rs", voice)?;
    voice::compile(&rooms.data.join("misinformation/voice_words.tsv"), &rooms.out)?;
    places::compile(&rooms.data.join("places"), &rooms.out)?;
    model::compile(&rooms.data.join("models"), &rooms.out)?;
    statistics::compile(&rooms.data.join("statistics"), &rooms.out)?;
    messages::compile(&rooms.locales, &rooms.out)
}

/// The files of a folder with this extension, sorted, so that builds repeat.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    found.sort();
    Ok(found)
}

/// Reads a text file, or says which one could not be read.
fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The data lines of a TSV file with their line numbers: no comments, no blanks.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line.trim_end()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Writes one generated file.
fn write(out: &Path, name: &str, content: impl AsRef<[u8]>) -> Result<(), String> {
    let path = out.join(name);
    std::fs::write(&path, content).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes numbers as a Rust array body.
fn numbers<T: std::fmt::Display>(values: &[T]) -> String {
    let mut text = String::with_capacity(values.len() * 6);
    for value in values {
        text.push_str(&value.to_string());
        text.push(',');
    }
    text
}

/// A static array of the smallest unsigned type that holds its values.
fn array(name: &str, values: &[usize]) -> String {
    let kind = match values.iter().max().copied().unwrap_or(0) {
        0..=0xFF => "u8",
        0x100..=0xFFFF => "u16",
        _ => "u32",
    };
    array_of(kind, name, values)
}

/// A static array of this type.
fn array_of<T: std::fmt::Display>(kind: &str, name: &str, values: &[T]) -> String {
    format!("static {name}: [{kind}; {}] = [{}];\n", values.len(), numbers(values))
}

/// `patient.cue` becomes `PATIENT_CUE`.
fn constant(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}
