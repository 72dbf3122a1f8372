//! A set of hashed keys, made at build time and read in place.
//!
//! Every key falls into a bucket (upper bits of its hash) and leaves some more
//! bits of the hash there. Between one and two keys share a bucket, so a key
//! costs about 2.3 bits more than it leaves, close to the least that any set
//! with this rate of error can take (Carter, Floyd, Gill, Markowsky, Wegman
//! 1978).
//!
//! The build sees to it that no two of our keys collide, so none is ever
//! mistaken for another. A foreign word passes for one of ours once in
//! 2^width / (keys in its bucket) look-ups: `src/compile` says how wide each
//! table is, and why.

use std::sync::OnceLock;

/// The set. Made by `src/compile/table.rs`.
#[derive(Debug)]
pub struct Table {
    /// How many upper bits of the hash choose the bucket. Five or more.
    pub bits: u32,
    /// How many keys there are.
    pub keys: u32,
    /// What makes 16 bits of the rest: chosen at build time so that our keys differ.
    pub factor: u64,
    /// Keys in each bucket, 4 bits a bucket, [`GROUP`] buckets a number.
    pub counts: &'static [u64],
    /// Number of the first key of each group of buckets, as the distance from
    /// where it would be if all buckets were alike.
    pub starts: &'static [i16],
    /// Bits that a key leaves: 16 or fewer.
    pub width: usize,
    /// The keys' bits behind one another, and two bytes more.
    pub fingerprints: &'static [u8],
    /// The table spread out, once somebody asks for it ([`Table::spread`]).
    pub cells: OnceLock<Box<[u32]>>,
}

/// A table spread out for many look-ups: most words that it does not hold are
/// told by one empty cell. It takes five times the room, so it is made where it
/// is used.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    table: &'static Table,
    cells: &'static [u32],
}

/// Cells of a bucket, by the lowest bits of what its keys leave there.
const CELL_BITS: u32 = 2;
/// What a cell holds: the number of its first key and, above these bits, how many
/// keys further its last one lies at most; nothing where it has none.
const KEY_BITS: u32 = 20;

/// Buckets that share a number in `counts`.
const GROUP_BITS: u32 = 4;

impl Table {
    /// The number of the key with this hash.
    #[inline]
    pub fn find(&self, hash: u64) -> Option<usize> {
        let bucket = hash >> (64 - self.bits);
        let group = (bucket >> GROUP_BITS) as usize;
        let within = (bucket & ((1 << GROUP_BITS) - 1)) as u32 * 4;
        let counts = *self.counts.get(group)?;
        let count = (counts >> within & 0xF) as usize;
        if count == 0 {
            return None;
        }
        let even = (group as u64 * u64::from(self.keys)) >> (self.bits - GROUP_BITS);
        let start = even as i64 + i64::from(*self.starts.get(group)?);
        let from = start as usize + sum_of_nibbles(counts & ((1 << within) - 1));
        let mark = self.mark(hash);
        (from..from + count).find(|at| self.fingerprint(*at) == Some(mark))
    }

    /// The bits that a key with this hash leaves.
    #[inline]
    fn mark(&self, hash: u64) -> u32 {
        (hash.wrapping_mul(self.factor) >> 32) as u32 & self.mask()
    }

    #[inline]
    fn mask(&self) -> u32 {
        (1 << self.width) - 1
    }

    /// The bits that a key has left.
    #[inline]
    fn fingerprint(&self, key: usize) -> Option<u32> {
        let bit = key * self.width;
        match self.fingerprints.get(bit / 8..bit / 8 + 3) {
            Some([a, b, c]) => Some(u32::from_le_bytes([*a, *b, *c, 0]) >> (bit % 8) & self.mask()),
            _ => None,
        }
    }

    /// The table for many look-ups.
    pub fn spread(&'static self) -> Spread {
        Spread { table: self, cells: self.cells.get_or_init(|| self.spread_out()) }
    }

    fn spread_out(&self) -> Box<[u32]> {
        let mut cells = vec![0; 1 << (self.bits + CELL_BITS)];
        let mut key = 0;
        let buckets =
            self.counts.iter().flat_map(|counts| (0..1 << GROUP_BITS).map(move |at| counts >> (at * 4) & 0xF));
        for (cells, count) in cells.chunks_exact_mut(1 << CELL_BITS).zip(buckets) {
            for _ in 0..count {
                let mark = self.fingerprint(key as usize).unwrap_or(0) as usize;
                let cell = &mut cells[mark % (1 << CELL_BITS)];
                let first = if *cell == 0 { key } else { *cell % (1 << KEY_BITS) };
                *cell = first | (key - first + 1) << KEY_BITS;
                key += 1;
            }
        }
        cells.into_boxed_slice()
    }
}

#[inline]
fn cell(bucket: usize, mark: usize) -> usize {
    bucket << CELL_BITS | mark & ((1 << CELL_BITS) - 1)
}

impl Spread {
    /// The number of the key with this hash.
    #[inline(always)]
    pub fn find(&self, hash: u64) -> Option<usize> {
        let mark = self.table.mark(hash);
        let cell = *self.cells.get(cell((hash >> (64 - self.table.bits)) as usize, mark as usize))?;
        let (first, keys) = ((cell % (1 << KEY_BITS)) as usize, (cell >> KEY_BITS) as usize);
        (first..first + keys).find(|key| self.table.fingerprint(*key) == Some(mark))
    }
}

#[inline]
fn sum_of_nibbles(nibbles: u64) -> usize {
    const EVERY_OTHER: u64 = 0x0F0F_0F0F_0F0F_0F0F;
    let bytes = (nibbles & EVERY_OTHER) + (nibbles >> 4 & EVERY_OTHER);
    (bytes.wrapping_mul(0x0101_0101_0101_0101) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_nibbles() {
        assert_eq!(sum_of_nibbles(0), 0);
        assert_eq!(sum_of_nibbles(0x1234_0000_0000_000F), 25);
        assert_eq!(sum_of_nibbles(0x0FFF_FFFF_FFFF_FFFF), 225);
    }
}
