//! How many people fit: population of the place, times the share of their age
//! and sex, times the rate of their occupation, times the rate of what happened,
//! times the time in which it happened.
//!
//! Rates are national; they vary by place, and facts go together (an occupation
//! with sex and age). Each factor therefore carries a spread, the standard
//! deviation of the logarithm of its error; spreads add as squares, and the
//! answer is an interval.

use super::facts::{Description, Fact, What};
use super::statistics::{self, Kind as Rate, Sex};
use crate::assess::Reading;
use crate::finding::{GroupSize, GroupStep};

/// The answer.
pub struct Estimate<'a> {
    /// The fact that narrows the group most.
    pub rarest: &'a Fact,
    pub size: GroupSize,
}

/// People in a place where everybody knows everybody.
const SMALL: f64 = 5_000.0;
/// People of 18 to 67 years in the US in July 2024 (NC-EST2024-AGESEX-RES).
const WORKING: f64 = 218_000_000.0;
/// Visits to emergency departments a year for each person: 155 million in 2022
/// (NCHS, NHAMCS).
const VISITS: f64 = 0.46;
/// Half of the interval holds 85 % of a normal distribution.
const Z: f64 = 1.44;

/// A factor and its spread.
struct Factor<'a> {
    fact: &'a Fact,
    rate: f64,
    spread: f64,
}

/// Multiplies what is known. None where nothing but age, sex, illness and time
/// is told: that is what every case report tells, and what readers cannot know.
pub fn of<'a>(reading: &Reading, description: &'a Description) -> Option<Estimate<'a>> {
    let facts = &description.facts;
    let first = |what: What| facts.iter().find(|f| f.what == what);
    let place = facts.iter().filter(|f| f.what == What::Place).min_by(|a, b| a.range.0.total_cmp(&b.range.0));
    let occupation = facts
        .iter()
        .filter(|f| matches!(f.what, What::Occupation | What::Role | What::Public) && f.row.is_some())
        .min_by(|a, b| rate(a).total_cmp(&rate(b)));
    let local = place.is_some_and(|place| place.row.is_none());
    let age = first(What::Age);
    let time = first(What::Time);
    let small = first(What::Small).filter(|_| !local);
    let condition = facts.iter().filter(|f| f.what == What::Condition).min_by(|a, b| rate(a).total_cmp(&rate(b)));
    let child = age.is_some_and(|age| age.range.1 < 16.0);
    let occupation = occupation.filter(|_| !child);
    if occupation.is_none() && !local {
        return None;
    }
    let told = [age, time, condition, occupation, place, small].into_iter().flatten().count();
    if told < 3 {
        return None;
    }
    let mut factors: Vec<Factor> = Vec::new();
    let mut people = statistics::US;
    if let Some(place) = place {
        factors.push(Factor { fact: place, rate: place.range.0 / people, spread: 0.15 });
    } else if let Some(small) = small {
        factors.push(Factor { fact: small, rate: SMALL / people, spread: 0.9 });
    }
    let sex = description.sex;
    if let Some(age) = age {
        let share = statistics::share_of_ages(age.range.0 as u8, age.range.1 as u8, sex);
        factors.push(Factor { fact: age, rate: share.max(1e-7), spread: 0.2 });
    }
    if let Some(occupation) = occupation
        && let Some(row) = occupation.row
    {
        let mut rate = f64::from(row.rate);
        if age.is_some() {
            rate *= statistics::US / WORKING;
        }
        let men = if row.men > 100 { 0.5 } else { f64::from(row.men) / 100.0 };
        match sex {
            Some(Sex::Man) => rate *= if age.is_some() { men * 2.0 } else { men },
            Some(Sex::Woman) => rate *= if age.is_some() { (1.0 - men) * 2.0 } else { 1.0 - men },
            None => {}
        }
        let spread = if row.spread == 0 { 0.6 } else { f64::from(row.spread) / 100.0 };
        factors.push(Factor { fact: occupation, rate: rate.clamp(1e-9, 1.0), spread: spread.max(0.5) });
    }
    let days = time.map_or(365.0, |time| time.range.0);
    if let Some(condition) = condition
        && let Some(row) = condition.row
    {
        let incidence = row.kind == Rate::Incidence;
        let window = if incidence { days / 365.0 } else { 1.0 };
        factors.push(Factor {
            fact: condition,
            rate: (f64::from(row.rate) * window).clamp(1e-12, 1.0),
            spread: if incidence { 1.2 } else { 0.9 },
        });
    }
    if let Some(time) = time
        && !condition.and_then(|c| c.row).is_some_and(|row| row.kind == Rate::Incidence)
    {
        factors.push(Factor { fact: time, rate: (VISITS * days / 365.0).min(1.0), spread: 0.7 });
    }
    let mut square = 0.0;
    let mut steps = Vec::new();
    for factor in &factors {
        people *= factor.rate;
        square += factor.spread * factor.spread;
        let (low, high) = interval(people, square);
        steps.push(GroupStep {
            fact: reading.doc.words(factor.fact.from, factor.fact.to).to_owned(),
            span: reading.doc.span(factor.fact.from, factor.fact.to),
            people: words(low, high),
        });
    }
    let (low, high) = interval(people, square);
    let rarest = factors.iter().min_by(|a, b| a.rate.total_cmp(&b.rate))?.fact;
    Some(Estimate { rarest, size: GroupSize { low, high, text: words(low, high), steps } })
}

fn rate(fact: &Fact) -> f64 {
    fact.row.map_or(1.0, |row| f64::from(row.rate))
}

fn interval(people: f64, square: f64) -> (f64, f64) {
    let reach = (Z * square.sqrt()).exp();
    let (low, high) = (people / reach, people * reach);
    // Whoever is described exists.
    (low.max(1.0), high.max(1.0))
}

/// The size in words.
fn words(low: f64, high: f64) -> String {
    let round = |value: f64| {
        let digit = 10f64.powf(value.max(1.0).log10().floor());
        (value / digit).round() * digit
    };
    let middle = (low * high).sqrt();
    match high {
        _ if high < 3.5 => "1-3".to_owned(),
        _ if high < 11.0 => "fewer than 11".to_owned(),
        _ if high < 1000.0 => format!("{}-{}", round(low), round(high)),
        _ if middle < 1000.0 => "hundreds".to_owned(),
        _ if middle < 1e4 => "thousands".to_owned(),
        _ if middle < 1e5 => "tens of thousands".to_owned(),
        _ if middle < 1e6 => "hundreds of thousands".to_owned(),
        _ => "millions".to_owned(),
    }
}
