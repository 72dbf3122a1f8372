//! Linear models over words: made by `primum train`, readable in
//! `src/data/models`, compiled at build time and read in place.
//!
//! A model is a bias and a weight for each feature that it knows. A feature is
//! a name of one to three parts ("my %patient"). Features that occur count
//! once, weighed by how rare they are, and long texts do not outweigh short
//! ones (Joachims 1998, Text categorization with support vector machines).

use super::hash;
use super::table::Table;

/// Parts of the longest feature.
pub const LONGEST: usize = 3;

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
            for byte in part.iter() {
                feature.state = hash::step(feature.state, byte.to_ascii_lowercase());
            }
        }
        feature
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

/// A text on its way through a model.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    sum: f32,
    square: f32,
    seen: Vec<u16>,
}

impl Model {
    /// Takes a feature in; one that was taken in before does not count again.
    #[inline]
    pub fn add(&self, feature: &Feature, sum: &mut Sum) {
        let Some(number) = self.table.find(hash::finish(feature.state)) else { return };
        let (Some(weight), Some(rarity)) = (self.weights.get(number), self.rarities.get(number)) else { return };
        let Err(at) = sum.seen.binary_search(&(number as u16)) else { return };
        sum.seen.insert(at, number as u16);
        let rarity = f32::from(*rarity) * self.rarity_unit;
        sum.sum += f32::from(*weight) * self.weight_unit * rarity;
        sum.square += rarity * rarity;
    }

    /// Log-odds of a text whose features were taken in.
    pub fn score(&self, sum: &Sum) -> f32 {
        self.bias + sum.sum / sum.square.sqrt().max(1.0)
    }
}
