//! The hash of words, shared by the build and the core, so that a table made
//! there is read here. FNV-1a (Fowler, Noll, Vo 1991), 64 bits, with a final
//! mix so that both ends of the value can be used.

/// The state before the first byte.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// Takes in one byte.
#[inline(always)]
pub const fn step(state: u64, byte: u8) -> u64 {
    (state ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Takes in the bytes of a word, whatever its case.
#[allow(dead_code)]
#[inline]
pub const fn spell(mut state: u64, word: &[u8]) -> u64 {
    let mut at = 0;
    while at < word.len() {
        state = step(state, word[at].to_ascii_lowercase());
        at += 1;
    }
    state
}

/// Ends a hash. Finaliser of MurmurHash3 (Appleby, public domain), one round.
#[inline(always)]
pub const fn finish(state: u64) -> u64 {
    let mixed = (state ^ (state >> 32)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 29)
}

/// The place of an unfinished hash in a filter of so many bits (a power of two).
#[inline(always)]
pub const fn mark(state: u64, bits: usize) -> usize {
    (state ^ (state >> 17)) as usize & (bits - 1)
}

/// The hash of a whole word.
#[allow(dead_code)]
pub const fn of(word: &[u8]) -> u64 {
    let mut state = START;
    let mut at = 0;
    while at < word.len() {
        state = step(state, word[at]);
        at += 1;
    }
    finish(state)
}
