//! How many people fit: population of the place, times the share of their age
//! and sex, times the rate of their occupation, times the rate of what happened,
//! times the time in which it happened, times how rarely one hears of what else
//! is told.
//!
//! Rates are national; they vary by place, and facts go together (an occupation
//! with sex and age). Each factor therefore carries a spread, the standard
//! deviation of the logarithm of its error; spreads add as squares, and the
//! answer is an interval.

use super::facts::{Description, Fact, What};
use super::statistics::{self, Kind as Rate, Row, Sex};
use crate::order;
use crate::text::Doc;

/// People in a place where everybody knows everybody.
const SMALL: f64 = 5_000.0;
/// People of 18 to 67 years in the US in July 2024 (NC-EST2024-AGESEX-RES).
const WORKING: f64 = 218_000_000.0;
/// Visits to emergency departments a year for each person: 155 million in 2022
/// (NCHS, NHAMCS).
const VISITS: f64 = 0.46;
/// Half of the interval holds 85 % of a normal distribution.
const Z: f64 = 1.44;
/// Whom a person with a role, a relative or an acquaintance can be taken for.
const ONE: f64 = 1.5;
/// Of those of whom such a story is told in the country, the share that lives
/// near the writer: readers know where the writer works.
const CATCHMENT: f64 = 0.02;
/// Of a trade that no table has: our own order of magnitude.
const TRADE: f64 = 3e-6;
/// A condition that more have is seen by nobody: it narrows nothing where the
/// draft tells no place.
const COMMON: f64 = 1e-5;

/// A condition that fewer have is told on in a state.
const RARE: f64 = 3e-6;

/// A factor: the share of people whom its fact leaves, and the spread of that.
#[derive(Debug, Clone, Copy)]
pub struct Factor {
    pub fact: Fact,
    pub rate: f64,
    pub spread: f64,
    /// The fact leaves this many people, whatever was told before.
    pub people: Option<f64>,
}

/// The answer: people, with the interval that likely holds them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// The estimate.
    pub people: f64,
    /// Lower end of the likely interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Size {
    /// The size where the people live in a share of the country.
    pub fn of_share(self, share: f64) -> Size {
        let part = |people: f64| (people * share).max(1.0);
        Size { people: part(self.people), low: part(self.low), high: part(self.high) }
    }
}

/// The factors of a description, in the order in which they are read out. The
/// strongest fact of each sort counts: what is told twice is one fact.
pub fn factors(description: &Description) -> Vec<Factor> {
    let sex = description.sex;
    let age = description.facts.iter().find(|fact| fact.what == What::Age);
    let child = age.is_some_and(|age| age.range.1 < 16.0);
    let mut all: Vec<Factor> = description
        .facts
        .iter()
        .filter(|fact| !(child && fact.what == What::Occupation))
        .filter_map(|fact| factor(fact, sex, age.is_some(), description))
        .collect();
    // Of two facts on the same words, and of two of one sort, the stronger counts.
    order::by(&mut all, |factor| order::of_float(weight(factor)));
    let mut kept: Vec<Factor> = Vec::new();
    for factor in all {
        let clash = |other: &Factor| {
            let (a, b) = (other.fact, factor.fact);
            a.what == b.what || a.what.is_story() && b.what.is_story() && a.from < b.to && b.from < a.to
        };
        if !kept.iter().any(clash) {
            kept.push(factor);
        }
    }
    order::by(&mut kept, |f| order::key([f.fact.what as u64, f.fact.from as u64]));
    kept
}

/// How far the fact narrows: the less, the more it should go.
pub fn weight(factor: &Factor) -> f64 {
    factor.people.map_or(factor.rate, |people| people / statistics::US)
}

fn factor(fact: &Fact, sex: Option<Sex>, aged: bool, description: &Description) -> Option<Factor> {
    let rate = |rate: f64, spread: f64| Some(Factor { fact: *fact, rate, spread, people: None });
    let people = |people: f64, spread: f64| {
        Some(Factor { fact: *fact, rate: people / statistics::US, spread, people: Some(people) })
    };
    // What no table counts: orders of magnitude of our own, per person.
    let near = if description.sure { CATCHMENT } else { 1.0 };
    let definite = |rate: f64| near * if fact.definite { rate * 0.05 } else { rate };
    match fact.what {
        What::Place => rate((fact.range.0 / statistics::US).min(1.0), 0.15),
        What::Small => rate(SMALL / statistics::US, 0.9),
        What::Age => rate(of_age(fact, sex), 0.2),
        What::Occupation => match fact.row {
            Some(row) => rate(of_occupation(row, sex, aged), of_spread(row)),
            None => rate(TRADE, 1.5),
        },
        What::Origin => rate(f64::from(fact.row?.rate), 1.0),
        What::Public => match fact.row {
            Some(row) => rate(definite(f64::from(row.rate) * 0.3), 1.2),
            None => rate(1e-6, 1.5),
        },
        What::Condition => {
            let (share, spread) = of_condition(fact.row?, days(description) / 365.0, sex, aged);
            rate(share, spread)
        }
        What::Time => rate(of_time(fact, description)?, 0.7),
        What::Occasion => rate(2e-2, 1.0),
        What::Known => rate(1e-2, 1.0),
        What::Family => rate(definite(4e-6), 1.5),
        What::Mark | What::Odd | What::Event | What::Fame => rate(definite(1.5e-6), 1.5),
        What::Birth => people(2.0, 0.7),
        What::Role if fact.definite => people(ONE, 0.4),
        What::Role => rate(f64::from(fact.row?.rate), 0.8),
        What::Kin => people(ONE, 0.5),
        What::Mine if !description.sure => None,
        What::Mine | What::Sole => people(ONE, 0.4),
    }
}

fn of_age(fact: &Fact, sex: Option<Sex>) -> f64 {
    statistics::share_of_ages(fact.range.0 as u8, fact.range.1 as u8, sex).max(1e-7)
}

/// What the states differ by, and what the official counts leave out: the
/// self-employed, titles that other offices use.
fn of_spread(row: &Row) -> f64 {
    let spread = if row.spread == 0 { 0.6 } else { f64::from(row.spread) / 100.0 };
    (spread + 0.2).max(0.6)
}

fn of_occupation(row: &Row, sex: Option<Sex>, aged: bool) -> f64 {
    let working = if aged { statistics::US / WORKING } else { 1.0 };
    (f64::from(row.rate) * working * of_sex(row, sex, aged)).clamp(1e-9, 1.0)
}

fn days(description: &Description) -> f64 {
    let times = description.facts.iter().filter(|fact| fact.what == What::Time);
    times.map(|time| time.range.0).fold(365.0, f64::min)
}

fn of_condition(row: &Row, years: f64, sex: Option<Sex>, aged: bool) -> (f64, f64) {
    let incidence = row.kind != Rate::Prevalence;
    let window = if incidence { years } else { 1.0 };
    let share = f64::from(row.rate) * window * of_sex(row, sex, aged);
    // Reported infections by state: a standard deviation of 1.5 fits.
    (share.clamp(1e-12, 1.0), if incidence { 1.5 } else { 0.9 })
}

/// What a sex does to the rate of a row; twice where the people counted are
/// already those of the sex.
fn of_sex(row: &Row, sex: Option<Sex>, aged: bool) -> f64 {
    let men = if row.men > 100 { 0.5 } else { f64::from(row.men) / 100.0 };
    let share = match sex {
        Some(Sex::Man) => men,
        Some(Sex::Woman) => 1.0 - men,
        None => return 1.0,
    };
    if aged { share * 2.0 } else { share }
}

/// The time counts with what happened in it; where that is not told, by the
/// visits that anybody makes.
fn of_time(fact: &Fact, description: &Description) -> Option<f64> {
    let told = description
        .facts
        .iter()
        .any(|f| f.what == What::Condition && f.row.is_some_and(|row| row.kind == Rate::Incidence));
    (!told).then(|| (VISITS * fact.range.0 / 365.0).min(1.0))
}

/// The size after the factors.
pub fn size(factors: &[Factor]) -> Size {
    let (mut people, mut square) = (statistics::US, 0.0);
    let mut pinned = f64::INFINITY;
    for factor in factors {
        match factor.people {
            Some(most) => pinned = pinned.min(most),
            None => {
                people *= factor.rate;
                square += factor.spread * factor.spread;
            }
        }
    }
    let Size { people, low, high } = interval(people, square);
    Size { people: people.min(pinned).max(1.0), low: low.min(pinned).max(1.0), high: high.min(pinned * 2.0).max(1.0) }
}

/// The interval around a product of rates. A count of few scatters by itself
/// too (Poisson: the variance of its logarithm is one over the count).
fn interval(people: f64, square: f64) -> Size {
    let reach = (Z * f64::sqrt(square + 1.0 / (people + 1.0))).exp();
    // Whoever is described exists.
    Size { people, low: (people / reach).max(1.0), high: (people * reach).max(1.0) }
}

/// A question to the statistics, without a draft.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    /// People of the place.
    pub people: f64,
    /// An occupation or a condition, in the words of the tables; empty: all people.
    pub words: &'a str,
    /// First and last year of age.
    pub ages: Option<(u8, u8)>,
    /// Their sex.
    pub sex: Option<Sex>,
    /// Years in which it happened.
    pub years: f64,
}

/// How many people of a place the statistics lead to expect. None where no
/// table has the words.
pub fn of(query: &Query) -> Option<Size> {
    let (mut rate, mut square) = (1.0, 0.0);
    if let Some((from, to)) = query.ages {
        rate *= statistics::share_of_ages(from, to, query.sex);
        // The share of a narrow band, and of the very old, differs by state.
        square += if from >= 85 { 0.4 } else { 0.04 };
    }
    if !query.words.is_empty() {
        let doc = Doc::new(query.words);
        let row = statistics::at(&doc, 0).filter(|term| term.to == doc.tokens.len())?.row;
        let aged = query.ages.is_some();
        let (share, spread) = match row.kind {
            Rate::Occupation => (of_occupation(row, query.sex, aged), of_spread(row)),
            _ => of_condition(row, query.years, query.sex, aged),
        };
        rate *= share;
        square += spread * spread;
    }
    Some(interval(query.people * rate, square))
}

/// Whether the factors are such as readers can know of somebody. Age, sex,
/// illness and time alone are what every case report tells.
pub fn is_telling(factors: &[Factor], sure: bool, placed: bool) -> bool {
    let strong = |f: &Factor| f.fact.what > What::Occasion && f.fact.what != What::Known;
    if factors.iter().any(strong) {
        return sure || factors.len() >= 2 || factors.iter().any(|f| f.people.is_some());
    }
    let has = |what: What| factors.iter().any(|f| f.fact.what == what);
    let rare = |what: What, most: f64| factors.iter().any(|f| f.fact.what == what && f.rate < most);
    // The hospital's own state is a place too, told or not.
    let local = has(What::Place) || has(What::Small) || placed;
    let told = factors.len() + usize::from(placed && !has(What::Place));
    let state = placed || factors.iter().any(|f| f.fact.what == What::Place && f.fact.row.is_some());
    has(What::Occupation) && local && told >= 3
        || rare(What::Occupation, COMMON) && told >= 3
        || has(What::Occupation) && has(What::Known)
        || has(What::Origin) && told >= 3
        || rare(What::Condition, 1e-6) && told >= 2
        || rare(What::Condition, RARE) && local && told >= 3
        || local && !state && told >= 4
        || factors.iter().any(|f| f.fact.what == What::Place && f.fact.definite) && told >= 2
}

/// The size in words.
pub fn words(size: &Size) -> String {
    let round = |value: f64| {
        let digit = 10f64.powf(value.max(1.0).log10().floor());
        ((value / digit).round() * digit) as u64
    };
    let middle = (size.low * size.high).sqrt();
    match size.high {
        high if high < 3.5 => "1-3".to_owned(),
        high if high < 11.0 => "fewer than 11".to_owned(),
        high if high < 1000.0 => format!("{}-{}", round(size.low), round(high)),
        _ if middle < 1000.0 => "hundreds".to_owned(),
        _ if middle < 1e4 => "thousands".to_owned(),
        _ if middle < 1e5 => "tens of thousands".to_owned(),
        _ if middle < 1e6 => "hundreds of thousands".to_owned(),
        _ => "millions".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_the_tables() {
        let query =
            Query { people: 413_066.0, words: "firefighter", ages: Some((47, 47)), sex: Some(Sex::Man), years: 1.0 };
        let size = of(&query).expect("the tables have firefighters");
        // 1,587 firefighters in a million of working age, twice that among men.
        assert!((3.0..30.0).contains(&size.people), "{size:?}");
        assert!(size.low < size.people && size.people < size.high);
        assert!(of(&Query { words: "qzx", ..query }).is_none());
    }

    #[test]
    fn says_the_size() {
        let said = |low: f64, high: f64| words(&Size { people: (low * high).sqrt(), low, high });
        assert_eq!(said(1.0, 3.0), "1-3");
        assert_eq!(said(1.0, 10.0), "fewer than 11");
        assert_eq!(said(14.0, 270.0), "10-300");
        assert_eq!(said(100.0, 2000.0), "hundreds");
        assert_eq!(said(1e6, 1e7), "millions");
    }

    #[test]
    fn an_interval_holds_its_middle_and_at_least_one() {
        for people in [0.001, 1.0, 40.0, 1e6] {
            let size = interval(people, 0.5);
            assert!(size.low >= 1.0 && size.high >= size.low && size.high >= people.min(size.high), "{size:?}");
        }
    }
}
