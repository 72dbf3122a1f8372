//! The gazetteer: names of places with state or country and population.

use std::collections::BTreeMap;
use std::path::Path;

use crate::hash;

/// Population is kept as a power of this: within 4 %.
const POPULATION_BASE: f64 = 1.08;

/// One place behind a name.
struct Place {
    region: u16,
    population: u32,
    ambiguous: bool,
}

/// Reads `us.tsv` and `world.tsv` (name, region, population, ambiguous) and
/// `counties.tsv` (name, state, population if known), writes `places.rs`.
pub fn compile(folder: &Path, out: &Path) -> Result<(), String> {
    let mut regions: Vec<String> = Vec::new();
    let mut by_name: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for file in super::files(folder, "tsv")? {
        let text = super::read(&file)?;
        for (number, line) in super::lines(&text) {
            let place = || format!("{}:{number}", file.display());
            let mut columns = line.split('\t');
            let (Some(name), Some(region)) = (columns.next(), columns.next()) else {
                return Err(format!("{}: name, region, population", place()));
            };
            let population = columns.next().unwrap_or("").trim();
            let population: u32 = match population {
                "" => 0,
                _ => population.parse().map_err(|_| format!("{}: population `{population}`", place()))?,
            };
            let ambiguous = columns.next().is_some_and(|mark| !mark.trim().is_empty());
            let region = match regions.iter().position(|known| known == region) {
                Some(at) => at,
                None => {
                    regions.push(region.to_owned());
                    regions.len() - 1
                }
            };
            let key = key(name);
            if !key.is_empty() && key.split(' ').count() <= 4 {
                by_name.entry(key).or_default().push(Place { region: region as u16, population, ambiguous });
            }
        }
    }
    let mut entries: Vec<(u64, &str, &Vec<Place>)> =
        by_name.iter().map(|(name, places)| (hash::of(name.as_bytes()), name.as_str(), places)).collect();
    entries.sort_unstable_by_key(|(hash, name, _)| (*hash, *name));
    let keys: Vec<(u64, &str)> = entries.iter().map(|(hash, name, _)| (*hash, *name)).collect();
    super::table::write(out, "places", &keys)?;

    let (mut from, mut region, mut size) = (vec![0u32], Vec::new(), Vec::new());
    for (_, _, places) in &entries {
        let mut places: Vec<&Place> = places.iter().collect();
        places.sort_by_key(|place| (std::cmp::Reverse(place.population), place.region));
        for place in places {
            region.push(place.region << 1 | u16::from(place.ambiguous));
            size.push(f64::from(place.population.max(1)).log(POPULATION_BASE).round() as u8);
        }
        from.push(region.len() as u32);
    }
    let names: String = regions.iter().map(|name| format!("{name:?},")).collect();
    super::write(
        out,
        "places.rs",
        format!(
            "const POPULATION_BASE: f64 = {POPULATION_BASE};\nstatic REGIONS: [&str; {}] = [{names}];\n\
             static FROM: [u32; {}] = [{}];\nstatic REGION: [u16; {}] = [{}];\nstatic SIZE: [u8; {}] = [{}];\n",
            regions.len(),
            from.len(),
            super::numbers(&from),
            region.len(),
            super::numbers(&region),
            size.len(),
            super::numbers(&size),
        ),
    )
}

/// The name as the core joins its tokens: lower case, single spaces, no marks.
fn key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = name
        .nfkd()
        .filter(char::is_ascii)
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else if matches!(c, '\'' | '.') {
                '\0'
            } else {
                ' '
            }
        })
        .filter(|c| *c != '\0')
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
