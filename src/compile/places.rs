//! The gazetteer: names of places with state or country and population.

use std::collections::BTreeMap;
use std::path::Path;

use crate::hash;

/// Population is kept as a power of this: within 4 %.
const POPULATION_BASE: f64 = 1.08;

/// Bits of the filter of first words.
const MARKS: usize = 1 << 15;

/// One place behind a name.
#[derive(Clone)]
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
    let mut entries: Vec<(u64, &str, Vec<Place>)> = Vec::new();
    for (name, mut places) in by_name.iter().map(|(name, places)| (name.as_str(), places.clone())) {
        places.sort_by_key(|place| (std::cmp::Reverse(place.population), place.region));
        entries.push((hash::of(name.as_bytes()), name, places));
    }
    let names = entries.len();
    entries.sort_by_key(|(hash, name, _)| (super::table::bucket(*hash, names), *hash, *name));
    let keys: Vec<(u64, &str)> = entries.iter().map(|(hash, name, _)| (*hash, *name)).collect();
    super::table::write(out, "places", super::table::PLACE_WIDTH, &keys)?;

    let mut marks = vec![0u64; MARKS / 64];
    for first in by_name.keys().filter_map(|name| name.split_once(' ')).map(|(first, _)| first) {
        let mark = hash::mark(first.bytes().fold(hash::START, hash::step), MARKS);
        marks[mark / 64] |= 1 << (mark % 64);
    }

    // The largest place of each name stands at the name's number; what else
    // bears the name lies behind one another in `more`.
    let (mut region, mut size, mut more) = (Vec::new(), Vec::new(), Vec::new());
    let mut more_of: Vec<(usize, usize)> = Vec::new();
    for (number, (_, _, places)) in entries.iter().enumerate() {
        region.push(places[0].region_and_mark());
        size.push(places[0].size());
        if places.len() > 1 {
            more_of.push((number, more.len()));
            more.extend(places[1..].iter().cloned());
        }
    }
    more_of.push((usize::from(u16::MAX), more.len()));
    if names >= usize::from(u16::MAX) {
        return Err(format!("{names} names of places: {} fit", u16::MAX));
    }
    let names: String = regions.iter().map(|name| format!("{name:?},")).collect();
    super::write(
        out,
        "places.rs",
        format!(
            "const POPULATION_BASE: f64 = {POPULATION_BASE};\nstatic REGIONS: [&str; {}] = [{names}];\n{}{}{}{}{}{}{}",
            regions.len(),
            super::array_of("u64", "MARKS", &marks),
            super::array_of("u16", "REGION", &region),
            super::array_of("u8", "SIZE", &size),
            super::array_of("u16", "SEVERAL", &more_of.iter().map(|(number, _)| *number).collect::<Vec<_>>()),
            super::array_of("u16", "MORE_FROM", &more_of.iter().map(|(_, from)| *from).collect::<Vec<_>>()),
            super::array_of("u16", "MORE_REGION", &more.iter().map(Place::region_and_mark).collect::<Vec<_>>()),
            super::array_of("u8", "MORE_SIZE", &more.iter().map(Place::size).collect::<Vec<_>>()),
        ),
    )
}

impl Place {
    fn region_and_mark(&self) -> u16 {
        self.region << 1 | u16::from(self.ambiguous)
    }

    fn size(&self) -> u8 {
        f64::from(self.population.max(1)).log(POPULATION_BASE).round() as u8
    }
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
