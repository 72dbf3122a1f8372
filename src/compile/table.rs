//! Writes a hash table that the core reads in place (`src/text/table.rs`).

use std::collections::BTreeSet;
use std::path::Path;

/// Buckets whose counts share a number.
const GROUP: usize = 16;
const FEWEST_BITS: u32 = 5;
/// Factors that are tried until no two words of a bucket look alike: one in
/// three does for the gazetteer.
const SEEDS: u64 = 2000;

/// The number of a key's bucket: between one and two keys share one.
pub fn bucket(hash: u64, keys: usize) -> u64 {
    hash >> (64 - bits(keys))
}

fn bits(keys: usize) -> u32 {
    (keys.max(2) as f64).log2().ceil().max(f64::from(FEWEST_BITS + 1)) as u32 - 1
}

/// Bits that a key leaves in its bucket, by table.
///
/// A foreign word that passes for one which patterns name could complete a
/// phrase, one that passes for a place could be one: that happens once in
/// 36,000 and 8,600 look-ups. One that passes for a name or an ordinary word
/// (once in 975) gives or takes one of several hints that a finding needs.
pub const NAMED_WIDTH: u32 = 16;
/// As above.
pub const PLACE_WIDTH: u32 = 14;
/// As above.
pub const PLAIN_WIDTH: u32 = 10;
/// As above: one of many features of a text that a model weighs.
pub const WEIGHED_WIDTH: u32 = 8;

/// Writes `NAME.bin` and `NAME_table.rs`. Keys are (hash, word) in the order of
/// their buckets; a key's place in the list is its number in the core.
pub fn write(out: &Path, name: &str, width: u32, keys: &[(u64, &str)]) -> Result<(), String> {
    let buckets = 1usize << bits(keys.len());
    let mut counts: Vec<u64> = vec![0; buckets / GROUP];
    let mut in_group: Vec<usize> = vec![0; buckets / GROUP];
    for (hash, word) in keys {
        let bucket = bucket(*hash, keys.len());
        let (group, within) = (bucket as usize / GROUP, bucket as usize % GROUP * 4);
        if counts[group] >> within & 0xF == 0xF {
            return Err(format!("more than 15 words share the bucket of `{word}` in {name}"));
        }
        counts[group] += 1 << within;
        in_group[group] += 1;
    }
    let mut starts: Vec<i16> = Vec::new();
    let mut from = 0;
    for (group, keys_in_it) in in_group.iter().enumerate() {
        let off = from as i64 - (group * keys.len() / in_group.len()) as i64;
        starts.push(i16::try_from(off).map_err(|_| format!("the hash does not spread the words of {name}"))?);
        from += keys_in_it;
    }
    let factor = (1u64..SEEDS).step_by(2).find(|factor| distinct(keys, width, *factor));
    let factor = factor.ok_or_else(|| format!("no factor keeps the words of {name} apart"))?;
    let mut fingerprints = vec![0u8; keys.len() * width as usize / 8 + 3];
    for (at, (hash, _)) in keys.iter().enumerate() {
        let bit = at * width as usize;
        let bits = u32::from(mark(*hash, width, factor)) << (bit % 8);
        for (byte, part) in fingerprints[bit / 8..].iter_mut().zip(bits.to_le_bytes()) {
            *byte |= part;
        }
    }
    super::write(out, &format!("{name}.bin"), fingerprints)?;
    super::write(
        out,
        &format!("{name}_table.rs"),
        format!(
            "crate::text::table::Table {{ bits: {}, keys: {}, width: {width}, factor: {factor}, counts: {{ static C: [u64; {}] = [{}]; &C }}, \
             starts: {{ static S: [i16; {}] = [{}]; &S }}, \
             fingerprints: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.bin\")), \
             cells: ::std::sync::OnceLock::new() }}",
            bits(keys.len()),
            keys.len(),
            counts.len(),
            super::numbers(&counts),
            starts.len(),
            super::numbers(&starts),
        ),
    )
}

/// The bits of a key that its bucket keeps.
fn mark(hash: u64, width: u32, factor: u64) -> u16 {
    (hash.wrapping_mul(factor) >> 32) as u16 & (u16::MAX >> (16 - width))
}

/// The places of keys that look like an earlier one, in ascending order.
pub fn alike(hashes: &[u64], width: u32) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let mut fresh = |hash: &u64| seen.insert((bucket(*hash, hashes.len()), mark(*hash, width, 1)));
    hashes.iter().enumerate().filter(|(_, hash)| !fresh(hash)).map(|(at, _)| at).collect()
}

fn distinct(keys: &[(u64, &str)], width: u32, factor: u64) -> bool {
    let mut seen = BTreeSet::new();
    keys.iter().all(|(hash, _)| seen.insert((bucket(*hash, keys.len()), mark(*hash, width, factor))))
}
