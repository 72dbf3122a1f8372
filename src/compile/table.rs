//! Writes a hash table that the core reads in place (`src/text/table.rs`).

use std::collections::BTreeMap;
use std::path::Path;

/// Writes `NAME.bin` and `NAME_table.rs`. Keys are (hash, word), sorted.
pub fn write(out: &Path, name: &str, keys: &[(u64, &str)]) -> Result<(), String> {
    let bits = ((keys.len().max(4) as f64).log2().ceil() as u32) - 1;
    let mut buckets: Vec<u32> = vec![0; (1 << bits) + 1];
    let mut seen = BTreeMap::new();
    for (hash, word) in keys {
        buckets[(hash >> (64 - bits)) as usize + 1] += 1;
        if let Some(other) = seen.insert((hash >> (64 - bits), hash & 0xFF_FFFF), word) {
            return Err(format!("`{word}` and `{other}` collide in {name}: change the hash's start"));
        }
    }
    for at in 1..buckets.len() {
        buckets[at] += buckets[at - 1];
    }
    let fingerprints: Vec<u8> = keys.iter().flat_map(|(hash, _)| hash.to_le_bytes().into_iter().take(3)).collect();
    super::write(out, &format!("{name}.bin"), fingerprints)?;
    super::write(
        out,
        &format!("{name}_table.rs"),
        format!(
            "crate::text::table::Table {{ bits: {bits}, buckets: {{ static B: [u32; {}] = [{}]; &B }}, \
             fingerprints: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.bin\")) }}",
            buckets.len(),
            super::numbers(&buckets),
        ),
    )
}
