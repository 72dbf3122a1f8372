//! Public statistics by their words (`src/data/statistics`), read in place.

use crate::text::tokens::{Case, Class};
use crate::text::{Doc, hash};

/// What a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Share of people who have the job or role.
    Occupation,
    /// Share of people who live with it.
    Prevalence,
    /// New cases a year, as a share of all people.
    Incidence,
    /// Share of births.
    Birth,
    /// A state, region or country: its people.
    State,
    /// Share of people who come from there, believe or speak it.
    Origin,
}

/// How far a word names one person by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Scope {
    None,
    Place,
    County,
    District,
    State,
    Institution,
    Team,
    Market,
    Country,
    Diocese,
    /// Known to many, by face or by record.
    Public,
    /// A circumstance that identifies with a place or a date.
    Near,
    /// A circumstance that identifies.
    Yes,
    /// A circumstance that counts by its rate.
    No,
    /// Those who care: a patient only where an age stands before.
    Staff,
}

impl Scope {
    const ALL: [Scope; 15] = [
        Scope::None,
        Scope::Place,
        Scope::County,
        Scope::District,
        Scope::State,
        Scope::Institution,
        Scope::Team,
        Scope::Market,
        Scope::Country,
        Scope::Diocese,
        Scope::Public,
        Scope::Near,
        Scope::Yes,
        Scope::No,
        Scope::Staff,
    ];

    /// One or a handful in each place, house or team: the role with "our" is a person.
    pub fn one_each(self) -> bool {
        !matches!(
            self,
            Scope::None | Scope::Near | Scope::Yes | Scope::No | Scope::Public | Scope::Country | Scope::Staff
        )
    }

    /// Known far beyond one place.
    pub fn public(self) -> bool {
        matches!(self, Scope::Public | Scope::Country)
    }
}

/// One line of the statistics.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What it tells.
    pub kind: Kind,
    /// How far it names one person.
    pub scope: Scope,
    /// Men in per cent, 255 where unknown.
    pub men: u8,
    /// Spread over places in hundredths of a natural logarithm, 0 where unknown.
    pub spread: u8,
    /// Seen in its source; else from memory, never shown as a fact.
    pub seen: bool,
    /// Share of all people, or people for a state.
    pub rate: f32,
}

include!(concat!(env!("OUT_DIR"), "/statistics.rs"));

static TERMS: crate::text::table::Table = include!(concat!(env!("OUT_DIR"), "/terms_table.rs"));

/// Words of the longest term.
const LONGEST: usize = 5;

/// A term of the statistics found in a draft.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// First token.
    pub from: usize,
    /// Token after the last.
    pub to: usize,
    /// Its line.
    pub row: &'static Row,
}

/// The longest term that starts at a token.
pub fn at(doc: &Doc, from: usize) -> Option<Term> {
    let first = doc.tokens.get(from).filter(|token| matches!(token.class, Class::Word | Class::Number))?;
    let mut state = doc.letters(first);
    let mut found = None;
    if first.case == Case::Upper && first.end - first.start <= 5 {
        // "GSW": an abbreviation by its capitals.
        if let Some(entry) = TERMS.find(hash::of(doc.word(from).as_bytes())) {
            found = term(from, from + 1, entry);
        }
    }
    let mark = hash::mark(state, MARKS.len() * 64);
    if MARKS[mark / 64] >> (mark % 64) & 1 == 0 {
        return found;
    }
    let mut at = from + 1;
    for words in 1..=LONGEST {
        if let Some(entry) = TERMS.find(hash::finish(state)) {
            found = term(from, at, entry);
        }
        let Some(mut token) = doc.tokens.get(at).filter(|_| words < LONGEST) else { break };
        if token.class == Class::Punct && !token.spaced && doc.word(at) == "-" {
            at += 1;
            token = doc.tokens.get(at)?;
        }
        if !matches!(token.class, Class::Word | Class::Number) || token.line_start {
            break;
        }
        state = doc.letters_after(hash::step(state, b' '), token);
        at += 1;
    }
    found
}

fn term(from: usize, to: usize, entry: usize) -> Option<Term> {
    let row = ROWS.get(usize::from(*TERM_ROW.get(entry)?))?;
    Some(Term { from, to, row })
}

/// Residents of the US in July 2024 (Census Bureau, NC-EST2024-AGESEX-RES).
pub const US: f64 = 340_110_988.0;

/// The share of the country that lives in a state, by its two letters; 1 for
/// what is no state.
pub fn share_of_state(code: &str) -> f64 {
    let rows = include_str!("../data/statistics/states.tsv").lines();
    let mut people =
        rows.filter_map(|row| row.strip_prefix(code)?.strip_prefix('\t')?.split('\t').nth(1)?.parse().ok());
    people.next().map_or(1.0, |people: u32| f64::from(people) / US)
}

/// A person's sex, where the draft tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// A man or a boy.
    Man,
    /// A woman or a girl.
    Woman,
}

/// The share of US residents of these ages (inclusive) and this sex.
pub fn share_of_ages(from: u8, to: u8, sex: Option<Sex>) -> f64 {
    let people: f64 = AGES
        .iter()
        .enumerate()
        .filter(|(age, _)| (usize::from(from)..=usize::from(to.min(100))).contains(age))
        .map(|(_, [men, women])| match sex {
            Some(Sex::Man) => f64::from(*men),
            Some(Sex::Woman) => f64::from(*women),
            None => f64::from(*men) + f64::from(*women),
        })
        .sum();
    people / US
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Option<&'static Row> {
        at(&Doc::new(text), 0).map(|term| term.row)
    }

    #[test]
    fn finds_terms() {
        assert_eq!(row("fire chief of a town").map(|r| r.scope), Some(Scope::Place));
        assert_eq!(row("firefighter").map(|r| r.kind), Some(Kind::Occupation));
        assert_eq!(row("Oklahoma").map(|r| r.kind), Some(Kind::State));
        assert_eq!(row("GSW to the leg").map(|r| r.kind), Some(Kind::Incidence));
        assert!(row("gsw").is_none() && row("qzx").is_none());
    }

    #[test]
    fn shares_of_ages() {
        assert!((share_of_ages(0, 100, None) - 1.0).abs() < 0.001);
        let men = share_of_ages(47, 47, Some(Sex::Man));
        assert!((0.005..0.007).contains(&men), "{men}");
    }
}
