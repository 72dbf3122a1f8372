//! Linear models over words: made by `primum train`, readable in
//! `src/data/models`, compiled at build time and read in place.
//!
//! A model is a bias and a weight for each feature that it knows. A feature is
//! a name of one to three parts ("my %patient"). Features that occur count
//! once, weighed by how rare they are, and long texts do not outweigh short
//! ones (Joachims 1998, Text categorization with support vector machines).

use super::hash;
use super::table::{Spread, Table};

/// Parts of the longest feature.
pub const LONGEST: usize = 3;

/// A part that features begin with, and its hash so far: it is read once,
/// whatever follows it.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    bytes: &'a [u8],
    state: u64,
}

impl<'a> Part<'a> {
    /// Reads a part. Case does not matter.
    #[inline]
    pub const fn new(bytes: &'a [u8]) -> Part<'a> {
        Part { bytes, state: hash::spell(hash::START, bytes) }
    }

    /// A word of a draft, which was spelled when it was read.
    #[inline]
    pub const fn read(bytes: &'a [u8], state: u64) -> Part<'a> {
        Part { bytes, state }
    }

    /// A part that follows this one, read after it.
    pub const fn before(&self, bytes: &'a [u8]) -> Part<'a> {
        Part { bytes, state: hash::spell(hash::step(self.state, b' '), bytes) }
    }

    /// Its text.
    #[inline]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// True when its text begins so.
    #[inline]
    pub fn starts_with(&self, bytes: &[u8]) -> bool {
        self.bytes.starts_with(bytes)
    }
}

/// One feature of a text.
#[derive(Debug, Clone, Copy)]
pub struct Feature<'a> {
    parts: [&'a [u8]; LONGEST],
    state: u64,
}

impl<'a> Feature<'a> {
    /// A feature of these parts, of which at most [`LONGEST`] count. Case does not matter.
    #[inline]
    pub fn new(parts: &[&'a [u8]]) -> Feature<'a> {
        let mut feature = Feature { parts: [&[]; LONGEST], state: hash::START };
        for (at, part) in parts.iter().take(LONGEST).enumerate() {
            feature.parts[at] = part;
            if at > 0 {
                feature.state = hash::step(feature.state, b' ');
            }
            feature.state = hash::spell(feature.state, part);
        }
        feature
    }

    /// A feature of one part.
    #[inline]
    pub fn one(part: Part<'a>) -> Feature<'a> {
        Feature { parts: [part.bytes, &[], &[]], state: part.state }
    }

    /// A feature of a part that was read already and another one.
    #[inline]
    pub fn pair(first: Part<'a>, second: &'a [u8]) -> Feature<'a> {
        Feature { parts: [first.bytes, second, &[]], state: hash::spell(hash::step(first.state, b' '), second) }
    }

    /// A feature of a part and one that was read after it ([`Part::before`]).
    #[inline]
    pub fn joined(first: Part<'a>, second: Part<'a>) -> Feature<'a> {
        Feature { parts: [first.bytes, second.bytes, &[]], state: second.state }
    }

    /// The feature of two parts with a third one.
    #[inline]
    pub fn and(&self, third: &'a [u8]) -> Feature<'a> {
        let [first, second, _] = self.parts;
        Feature { parts: [first, second, third], state: hash::spell(hash::step(self.state, b' '), third) }
    }

    /// What a model knows it by.
    #[inline]
    pub fn hash(&self) -> u64 {
        hash::finish(self.state)
    }

    /// Its name in the table.
    pub fn name(&self) -> String {
        let parts: Vec<String> = self
            .parts
            .iter()
            .filter(|part| !part.is_empty())
            .map(|part| String::from_utf8_lossy(part).to_ascii_lowercase())
            .collect();
        parts.join(" ")
    }
}

/// A model.
#[derive(Debug)]
pub struct Model {
    /// Score of a text without any known feature.
    pub bias: f32,
    /// What one step of a weight is worth.
    pub weight_unit: f32,
    /// What one step of a rarity is worth.
    pub rarity_unit: f32,
    /// The features.
    pub table: Table,
    /// Their weights.
    pub weights: &'static [i8],
    /// Their rarities.
    pub rarities: &'static [u8],
}

/// A feature that a model knows.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its number.
    pub number: usize,
    /// What it adds, before the length of the text is taken into account.
    pub weight: f32,
    /// How rare it is: what it adds to the length.
    pub rarity: f32,
}

impl Model {
    /// The feature with this hash.
    #[inline]
    pub fn find(&'static self, feature: u64) -> Option<Known> {
        self.known(self.table.spread().find(feature)?)
    }

    /// The feature with this number.
    #[inline]
    fn known(&self, number: usize) -> Option<Known> {
        let weight = f32::from(*self.weights.get(number)?) * self.weight_unit;
        let rarity = f32::from(*self.rarities.get(number)?) * self.rarity_unit;
        Some(Known { number, weight, rarity })
    }

    /// Log-odds of a text with these features ([`Feature::hash`]), each of which
    /// counts the first time.
    pub fn score(&'static self, features: &[u64]) -> f32 {
        let mut sum = Sum::new(self);
        features.iter().for_each(|feature| sum.add(*feature));
        sum.score()
    }
}

/// What the features of a text add up to.
#[derive(Debug)]
pub struct Sum {
    model: &'static Model,
    table: Spread,
    /// A bit for each feature that was counted.
    seen: Vec<u64>,
    sum: f32,
    square: f32,
}

impl Sum {
    /// Of a text without features.
    pub fn new(model: &'static Model) -> Sum {
        let seen = vec![0u64; model.weights.len() / 64 + 1];
        Sum { model, table: model.table.spread(), seen, sum: 0.0, square: 0.0 }
    }

    /// Begins with another text.
    pub fn clear(&mut self) {
        self.seen.fill(0);
        (self.sum, self.square) = (0.0, 0.0);
    }

    /// The number of a feature, if the model knows it.
    #[inline]
    pub fn number(&self, feature: u64) -> Option<usize> {
        self.table.find(feature)
    }

    /// Counts a feature, if the model knows it.
    #[inline]
    pub fn add(&mut self, feature: u64) {
        if let Some(number) = self.number(feature) {
            self.add_number(number);
        }
    }

    /// Counts a feature by its number.
    pub fn add_number(&mut self, number: usize) {
        let Some(known) = self.model.known(number) else { return };
        let Some(bits) = self.seen.get_mut(number / 64).filter(|bits| **bits >> (number % 64) & 1 == 0) else {
            return;
        };
        *bits |= 1 << (number % 64);
        self.sum += known.weight;
        self.square += known.rarity * known.rarity;
    }

    /// Log-odds of the text.
    pub fn score(&self) -> f32 {
        self.model.bias + self.sum / f32::sqrt(self.square).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_were_read_make_the_same_features() {
        for (first, second) in [("my", "Patient"), ("^", "%2"), ("=in", ""), ("é", "ß")] {
            let (first, second) = (first.as_bytes(), second.as_bytes());
            assert_eq!(Feature::one(Part::new(first)).hash(), Feature::new(&[first]).hash());
            let (pair, new) = (Feature::pair(Part::new(first), second), Feature::new(&[first, second]));
            assert_eq!((pair.hash(), pair.name()), (new.hash(), new.name()));
            let (three, new) = (pair.and(b"z"), Feature::new(&[first, second, b"z"]));
            assert_eq!((three.hash(), three.name()), (new.hash(), new.name()));
        }
        assert_ne!(Feature::new(&[b"a", b"b"]).hash(), Feature::new(&[b"ab"]).hash());
    }

    #[test]
    fn what_comes_twice_counts_once() {
        let features =
            |words: &[&str]| -> Vec<u64> { words.iter().map(|word| Feature::new(&[word.as_bytes()]).hash()).collect() };
        let model = &crate::tie::SURROUNDINGS;
        assert_eq!(model.score(&features(&["patient", "patient", "my"])), model.score(&features(&["patient", "my"])));
        assert_ne!(model.score(&features(&["patient"])), model.score(&[]));
    }
}
