//! Linear models: readable tables of features and weights into ones that are
//! read in place (`src/text/linear.rs`).

use std::path::Path;

/// Reads every `NAME.tsv` of the folder and writes `models.rs` with one static
/// `NAME` each. A line is `feature<TAB>weight<TAB>rarity`, in whole steps of
/// the units that the header lines give.
pub fn compile(folder: &Path, out: &Path) -> Result<(), String> {
    let mut code = String::new();
    for file in super::files(folder, "tsv")? {
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        code.push_str(&one(&file, &name, out)?);
    }
    super::write(out, "models.rs", code)
}

/// Reads one table and writes its keys; the code of the static that the core reads.
pub fn one(path: &Path, name: &str, out: &Path) -> Result<String, String> {
    let text = super::read(path)?;
    let mut units = [None::<f32>; 3];
    let mut rows: Vec<(u64, &str, i8, u8)> = Vec::new();
    for (number, line) in super::lines(&text) {
        let wrong = |what: &str| format!("{}:{number}: {what}", path.display());
        match line.split('\t').collect::<Vec<_>>()[..] {
            [name, value] => {
                let at = ["bias", "weight unit", "rarity unit"].iter().position(|known| *known == name);
                let value = value.parse().map_err(|_| wrong("no number"))?;
                units[at.ok_or_else(|| wrong("bias, weight unit or rarity unit"))?] = Some(value);
            }
            [feature, weight, rarity] => rows.push((
                crate::hash::of(feature.as_bytes()),
                feature,
                weight.parse().map_err(|_| wrong("a weight is a whole number from -128 to 127"))?,
                rarity.parse().map_err(|_| wrong("a rarity is a whole number from 0 to 255"))?,
            )),
            _ => return Err(wrong("feature, weight and rarity, with tabs between")),
        }
    }
    let [Some(bias), Some(weight), Some(rarity)] = units else {
        return Err(format!("{}: bias and units are missing", path.display()));
    };
    if rows.len() > usize::from(u16::MAX) {
        return Err(format!("{}: {} features: {} fit", path.display(), rows.len(), u16::MAX));
    }
    single_out(&mut rows);
    rows.sort();
    let keys: Vec<(u64, &str)> = rows.iter().map(|row| (row.0, row.1)).collect();
    super::table::write(out, &format!("model_{name}"), super::table::WEIGHED_WIDTH, &keys)?;
    let weights: Vec<i8> = rows.iter().map(|row| row.2).collect();
    let rarities: Vec<u8> = rows.iter().map(|row| row.3).collect();
    Ok(format!(
        "/// Made from `src/data/models/{name}.tsv`.\n\
         pub static {}: Model = Model {{ bias: {bias:?}, weight_unit: {weight:?}, rarity_unit: {rarity:?}, \
         weights: &{weights:?}, rarities: &{rarities:?}, \
         table: include!(concat!(env!(\"OUT_DIR\"), \"/model_{name}_table.rs\")) }};\n",
        super::constant(name),
    ))
}

/// Of features that look alike in their narrow table the weightier one stays.
fn single_out(rows: &mut Vec<(u64, &str, i8, u8)>) {
    rows.sort_by_key(|row| (std::cmp::Reverse(row.2.unsigned_abs()), row.0));
    loop {
        let hashes: Vec<u64> = rows.iter().map(|row| row.0).collect();
        let alike = super::table::alike(&hashes, super::table::WEIGHED_WIDTH);
        if alike.is_empty() {
            return;
        }
        alike.into_iter().rev().for_each(|at| {
            rows.remove(at);
        });
    }
}
