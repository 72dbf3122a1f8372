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

use std::ops::Range;

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
}

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
        let mask = (1 << self.width) - 1;
        let mark = (hash.wrapping_mul(self.factor) >> 32) as u32 & mask;
        (from..from + count).find(|at| {
            let bit = at * self.width;
            match self.fingerprints.get(bit / 8..bit / 8 + 3) {
                Some([a, b, c]) => u32::from_le_bytes([*a, *b, *c, 0]) >> (bit % 8) & mask == mark,
                _ => false,
            }
        })
    }
}

/// Where list `at` stands among lists that lie behind one another: `lengths` of
/// each, `starts` of every fourth.
#[inline]
pub fn range(lengths: &[u8], starts: &[u32], at: usize) -> Range<usize> {
    let four = at / 4;
    match (starts.get(four), lengths.get(four * 4..at), lengths.get(at)) {
        (Some(start), Some(before), Some(length)) => {
            let from = *start as usize + before.iter().map(|length| usize::from(*length)).sum::<usize>();
            from..from + usize::from(*length)
        }
        _ => 0..0,
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
    fn finds_lists() {
        let lengths: Vec<u8> = (0..40).map(|at| at % 3).collect();
        let starts: Vec<u32> = (0..10).map(|four| lengths[..four * 4].iter().map(|l| u32::from(*l)).sum()).collect();
        let mut from = 0;
        for (at, length) in lengths.iter().map(|length| usize::from(*length)).enumerate() {
            assert_eq!(range(&lengths, &starts, at), from..from + length, "{at}");
            from += length;
        }
        assert_eq!(range(&lengths, &starts, 40), 0..0);
    }

    #[test]
    fn adds_nibbles() {
        assert_eq!(sum_of_nibbles(0), 0);
        assert_eq!(sum_of_nibbles(0x1234_0000_0000_000F), 25);
        assert_eq!(sum_of_nibbles(0x0FFF_FFFF_FFFF_FFFF), 225);
    }
}
