//! A set of hashed keys, made at build time and read in place.
//!
//! Buckets by the upper bits of the hash, 24-bit fingerprints within: 3 bytes a
//! key. The build fails when two of our keys collide. A foreign word passes for
//! one of ours about once in 2^24 / (keys in its bucket, two on average)
//! look-ups.

/// The set.
#[derive(Debug)]
pub struct Table {
    /// How many upper bits of the hash choose the bucket.
    pub bits: u32,
    /// Where each bucket begins, and the end of the last.
    pub buckets: &'static [u32],
    /// Three bytes a key.
    pub fingerprints: &'static [u8],
}

impl Table {
    /// The number of the key with this hash.
    #[inline]
    pub fn find(&self, hash: u64) -> Option<usize> {
        let bucket = (hash >> (64 - self.bits)) as usize;
        let mark = [hash as u8, (hash >> 8) as u8, (hash >> 16) as u8];
        let (from, to) = (*self.buckets.get(bucket)?, *self.buckets.get(bucket + 1)?);
        (from as usize..to as usize).find(|at| self.fingerprints.get(at * 3..at * 3 + 3) == Some(&mark[..]))
    }
}
