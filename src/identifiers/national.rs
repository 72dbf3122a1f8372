//! Health and personal numbers of other countries, by their check digits.
//!
//! A checksum alone never alerts: one number in ten or in twenty passes by
//! chance. The draft must name the system ("nhs", "OHIP", "PESEL") somewhere;
//! then a number that passes is found wherever it stands, however it is
//! spaced. Health numbers are (I), personal numbers (R). The algorithms are
//! those of the issuers, as python-stdnum documents them.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::Doc;
use crate::text::patterns::group;
use crate::text::tokens::Class;

/// A country's number: what names it, how many characters it has, what it must
/// satisfy.
struct System {
    group: u16,
    kind: Kind,
    longest: usize,
    valid: fn(&str) -> bool,
}

const fn system(group: u16, kind: Kind, longest: usize, valid: fn(&str) -> bool) -> System {
    System { group, kind, longest, valid }
}

const SYSTEMS: &[System] = &[
    system(group::NATION_GB, Kind::HealthPlanId, 10, nhs),
    system(group::NATION_CA, Kind::HealthPlanId, 12, canadian),
    system(group::NATION_AU, Kind::HealthPlanId, 16, australian),
    system(group::NATION_NZ, Kind::HealthPlanId, 7, nhi),
    system(group::NATION_DE, Kind::HealthPlanId, 10, kvnr),
    system(group::NATION_FR, Kind::HealthPlanId, 15, nir),
    system(group::NATION_IE, Kind::OtherId, 9, pps),
    system(group::NATION_IN, Kind::OtherId, 12, indian),
    system(group::NATION_ES, Kind::OtherId, 9, dni),
    system(group::NATION_IT, Kind::OtherId, 16, codice_fiscale),
    system(group::NATION_NL, Kind::OtherId, 9, bsn),
    system(group::NATION_BE, Kind::OtherId, 11, belgian),
    system(group::NATION_PL, Kind::OtherId, 11, pesel),
    system(group::NATION_PT, Kind::OtherId, 9, nif),
    system(group::NATION_SE, Kind::OtherId, 12, personnummer),
    system(group::NATION_NO, Kind::OtherId, 11, fodselsnummer),
    system(group::NATION_FI, Kind::OtherId, 10, hetu),
    system(group::NATION_GR, Kind::OtherId, 11, luhn_11),
    system(group::NATION_RO, Kind::OtherId, 13, cnp),
    system(group::NATION_HR, Kind::OtherId, 11, oib),
    system(group::NATION_CZ, Kind::OtherId, 10, rodne_cislo),
    system(group::NATION_BG, Kind::OtherId, 10, egn),
];

/// Numbers of every system that the draft names.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    for system in SYSTEMS.iter().filter(|system| doc.found(system.group).next().is_some()) {
        let mut at = 0;
        while at < doc.tokens.len() {
            match number(doc, at, system) {
                Some(code) => {
                    let rule = if system.kind == Kind::HealthPlanId { "plan.number" } else { "other.number" };
                    let level = if reading.patient.away.teaching { Level::Notice } else { Level::Warn };
                    into.push(
                        Finding::new(system.kind, rule, level, doc.span(code.from, code.to))
                            .replaced_by("[number removed]"),
                    );
                    at = code.to;
                }
                None => at += 1,
            }
        }
    }
}

fn number(doc: &Doc, at: usize, system: &System) -> Option<code::Code> {
    let token = doc.tokens.get(at)?;
    let starts = token.spaced || at == 0 || doc.tokens[at - 1].class == Class::Punct;
    let glued_digit = token.class == Class::Word && doc.tokens.get(at + 1).is_some_and(|t| t.class == Class::Number);
    if !starts || !(token.class == Class::Number || glued_digit || token.end - token.start == 6) {
        return None;
    }
    code::grouped(doc, at, system.longest, system.valid)
}

/// The digits, if there is nothing else, and as many as wanted.
fn digits(text: &str, wanted: usize) -> Option<Vec<u32>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    digits.filter(|digits| digits.len() == wanted)
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Luhn, ISO/IEC 7812.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            1 => digit * 2 / 10 + digit * 2 % 10,
            _ => *digit,
        })
        .sum();
    sum % 10 == 0
}

fn letter(text: &str, at: usize) -> Option<char> {
    text.chars().nth(at).filter(char::is_ascii_uppercase)
}

/// NHS number, and the Scottish CHI, which takes the same check.
fn nhs(text: &str) -> bool {
    digits(text, 10).is_some_and(|d| {
        let check = 11 - weighted(&d, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        check != 10 && check % 11 == d[9]
    })
}

/// Ontario (Luhn, version letters), British Columbia (mod 11, first digit 9),
/// Quebec (four letters, birth date, sequence).
fn canadian(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let ontario = text.len() - number.len() <= 2 && digits(number, 10).is_some_and(|d| d[0] > 0 && luhn(&d));
    let columbia = digits(text, 10)
        .is_some_and(|d| d[0] == 9 && (11 - weighted(&d[1..], &[2, 4, 8, 5, 10, 9, 7, 3]) % 11) % 11 == d[9]);
    let quebec = text.len() == 12
        && (0..4).all(|at| letter(text, at).is_some())
        && text.get(4..).and_then(|rest| digits(rest, 8)).is_some_and(|d| {
            let month = d[2] * 10 + d[3];
            let day = d[4] * 10 + d[5];
            ((1..=12).contains(&month) || (51..=62).contains(&month)) && (1..=31).contains(&day)
        });
    ontario || columbia || quebec
}

/// Medicare card (with or without the person's digit), individual healthcare
/// identifier.
fn australian(text: &str) -> bool {
    let medicare = |d: &[u32]| (2..=6).contains(&d[0]) && weighted(d, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == d[8];
    digits(text, 10).or_else(|| digits(text, 11)).is_some_and(|d| medicare(&d))
        || text.starts_with("800360") && digits(text, 16).is_some_and(|d| luhn(&d))
}

/// National Health Index: three letters and four digits, or `AAA99AX`.
fn nhi(text: &str) -> bool {
    let letters = (0..3).all(|at| letter(text, at).is_some_and(|c| !matches!(c, 'I' | 'O')));
    let rest = text.get(3..).unwrap_or("");
    letters
        && (digits(rest, 4).is_some()
            || rest.len() == 4
                && rest.get(..2).is_some_and(|two| digits(two, 2).is_some())
                && rest.get(2..).is_some_and(|two| two.bytes().all(|b| b.is_ascii_uppercase())))
}

/// German Krankenversichertennummer: a letter as its ordinal, weights 1 and 2,
/// cross sums.
fn kvnr(text: &str) -> bool {
    let Some(first) = letter(text, 0) else { return false };
    let Some(rest) = text.get(1..).and_then(|rest| digits(rest, 9)) else { return false };
    let ordinal = first as u32 - 'A' as u32 + 1;
    let all: Vec<u32> = [ordinal / 10, ordinal % 10].into_iter().chain(rest[..8].iter().copied()).collect();
    let sum: u32 = all
        .iter()
        .enumerate()
        .map(|(at, digit)| {
            let product = digit * (1 + at as u32 % 2);
            product / 10 + product % 10
        })
        .sum();
    sum % 10 == rest[8]
}

/// French NIR: sex, birth, commune, order, and the key 97 - n mod 97.
fn nir(text: &str) -> bool {
    let Some(d) = digits(text, 15) else { return false };
    let rest = d[..13].iter().fold(0u64, |rest, digit| (rest * 10 + u64::from(*digit)) % 97);
    matches!(d[0], 1 | 2) && 97 - rest == u64::from(d[13] * 10 + d[14])
}

/// Irish Personal Public Service number, mod 23.
fn pps(text: &str) -> bool {
    let Some(d) = text.get(..7).and_then(|first| digits(first, 7)) else { return false };
    let Some(check) = letter(text, 7) else { return false };
    let second =
        letter(text, 8).map_or(0, |c| if matches!(c, 'T' | 'W' | 'X') { 0 } else { c as u32 - 'A' as u32 + 1 });
    let sum = (weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23;
    "WABCDEFGHIJKLMNOPQRSTUV".chars().nth(sum as usize) == Some(check)
}

/// Aadhaar (Verhoeff) and PAN (shape: the fourth letter is the kind of holder).
fn indian(text: &str) -> bool {
    let pan = text.len() == 10
        && (0..5).all(|at| letter(text, at).is_some())
        && text.get(5..9).is_some_and(|four| digits(four, 4).is_some())
        && letter(text, 9).is_some()
        && letter(text, 3).is_some_and(|kind| "PCHFATBLJG".contains(kind));
    pan || digits(text, 12).is_some_and(|d| d[0] > 1 && verhoeff(&d))
}

/// Verhoeff 1969: the dihedral group of order ten.
fn verhoeff(digits: &[u32]) -> bool {
    const PERMUTED: [[usize; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let product = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a - 5 + 5 - (b - 5)) % 5,
    };
    digits.iter().rev().enumerate().fold(0, |check, (at, digit)| product(check, PERMUTED[at % 8][*digit as usize])) == 0
}

/// Spanish DNI, and NIE with X, Y or Z in front.
fn dni(text: &str) -> bool {
    let plain = match text.chars().next() {
        Some('X') => format!("0{}", &text[1..]),
        Some('Y') => format!("1{}", &text[1..]),
        Some('Z') => format!("2{}", &text[1..]),
        _ => text.to_owned(),
    };
    let number: Option<usize> =
        plain.get(..8).filter(|n| n.bytes().all(|b| b.is_ascii_digit())).and_then(|n| n.parse().ok());
    plain.len() == 9 && number.is_some_and(|n| "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(n % 23) == plain.chars().nth(8))
}

/// Italian codice fiscale: the shape and its control letter.
fn codice_fiscale(text: &str) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    if shape != "AAAAAA99A99A999A" {
        return false;
    }
    let sum: u32 = text
        .bytes()
        .take(15)
        .enumerate()
        .map(|(at, byte)| {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
            if at % 2 == 0 { ODD[value as usize] } else { u32::from(value) }
        })
        .sum();
    text.as_bytes().get(15) == Some(&(b'A' + (sum % 26) as u8))
}

/// Dutch burgerservicenummer: the eleven proof.
fn bsn(text: &str) -> bool {
    digits(text, 9).is_some_and(|d| {
        let sum = weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]);
        sum > 0 && sum % 11 == d[8] % 11
    })
}

/// Belgian national number: 97 less the first nine, with a 2 before births
/// from 2000 on.
fn belgian(text: &str) -> bool {
    let Some(d) = digits(text, 11) else { return false };
    let number = d[..9].iter().fold(0u64, |n, digit| n * 10 + u64::from(*digit));
    let check = u64::from(d[9] * 10 + d[10]);
    97 - number % 97 == check || 97 - (2_000_000_000 + number) % 97 == check
}

fn pesel(text: &str) -> bool {
    digits(text, 11).is_some_and(|d| (10 - weighted(&d, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == d[10])
}

/// Portuguese tax and patient numbers.
fn nif(text: &str) -> bool {
    digits(text, 9).is_some_and(|d| {
        let rest = weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        d[8] == if rest < 2 { 0 } else { 11 - rest }
    })
}

fn personnummer(text: &str) -> bool {
    let short = if text.len() == 12 { text.get(2..).unwrap_or("") } else { text };
    digits(short, 10).is_some_and(|d| born(d[4] * 10 + d[5], d[2] * 10 + d[3]) && luhn(&d))
}

fn fodselsnummer(text: &str) -> bool {
    digits(text, 11).is_some_and(|d| {
        let first = (11 - weighted(&d, &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
        let second = (11 - weighted(&d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
        first == d[9] && second == d[10]
    })
}

/// Finnish henkilötunnus without its century sign.
fn hetu(text: &str) -> bool {
    let number: String = text.chars().take(9).collect();
    digits(&number, 9).is_some_and(|d| {
        let n = d.iter().fold(0u64, |n, digit| n * 10 + u64::from(*digit));
        born(d[0] * 10 + d[1], d[2] * 10 + d[3])
            && text.len() == 10
            && "0123456789ABCDEFHJKLMNPRSTUVWXY".chars().nth((n % 31) as usize) == text.chars().nth(9)
    })
}

/// Greek AMKA.
fn luhn_11(text: &str) -> bool {
    digits(text, 11).is_some_and(|d| born(d[0] * 10 + d[1], d[2] * 10 + d[3]) && luhn(&d))
}

fn cnp(text: &str) -> bool {
    digits(text, 13).is_some_and(|d| {
        let rest = weighted(&d, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
        d[12] == if rest == 10 { 1 } else { rest }
    })
}

/// Croatian OIB: ISO 7064, mod 11, 10.
fn oib(text: &str) -> bool {
    digits(text, 11).is_some_and(|d| {
        let rest = d[..10].iter().fold(10, |rest, digit| {
            let sum = (rest + digit) % 10;
            (if sum == 0 { 10 } else { sum }) * 2 % 11
        });
        (11 - rest) % 10 == d[10]
    })
}

/// Czech and Slovak birth number.
fn rodne_cislo(text: &str) -> bool {
    digits(text, 10).is_some_and(|d| {
        let month = (d[2] * 10 + d[3]) % 50 % 20;
        born(d[4] * 10 + d[5], month) && d.iter().fold(0u64, |n, digit| n * 10 + u64::from(*digit)) % 11 == 0
    })
}

fn egn(text: &str) -> bool {
    digits(text, 10).is_some_and(|d| weighted(&d, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == d[9])
}

fn born(day: u32, month: u32) -> bool {
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::testing::{clean, flags};

    type Check = fn(&str) -> bool;

    #[test]
    fn checks() {
        let table: &[(Check, &str, &str)] = &[
            (nhs, "9434765870", "9434765871"),
            (nhs, "6426212997", "6426212979"),
            (canadian, "9698658215", "9698658216"),
            (canadian, "9992605094", "9992605095"),
            (canadian, "5718392649RT", "5718392640RT"),
            (canadian, "TREM85610112", "TREM85990112"),
            (australian, "3501803151", "3501803251"),
            (australian, "8003608333429777", "8003608333429778"),
            (nhi, "ZAC5361", "ZOC5361"),
            (kvnr, "T220001291", "T220001292"),
            (nir, "120018312856701", "120018312856702"),
            (pps, "4652430A", "4652430B"),
            (pps, "5930436TT", "5930436TA"),
            (indian, "234123412346", "234123412347"),
            (indian, "983263667227", "983263667272"),
            (indian, "UTKPA4448N", "UTKXA4448N"),
            (dni, "98539719Z", "98539719X"),
            (dni, "X6819463D", "X6819463E"),
            (codice_fiscale, "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
            (bsn, "236849013", "236849014"),
            (belgian, "85017356804", "85017356805"),
            (pesel, "85010298762", "85010298763"),
            (nif, "250989921", "250989922"),
            (personnummer, "8501282043", "8501282044"),
            (fodselsnummer, "01018547755", "01018547756"),
            (hetu, "010185814M", "010185814N"),
            (luhn_11, "01018526820", "01018526821"),
            (cnp, "1850101486261", "1850101486262"),
            (oib, "15148372409", "15148372408"),
            (rodne_cislo, "8501011574", "8501011575"),
            (egn, "8501011532", "8501011533"),
        ];
        for (valid, good, bad) in table {
            assert!(valid(good), "{good} is valid");
            assert!(!valid(bad), "{bad} is not");
            assert!(!valid(""), "nothing is not");
        }
    }

    #[test]
    fn found() {
        flags("OHIP bounced again for the little one, 5718-392-649 version RT", Kind::HealthPlanId);
        flags("id;nhs;name\n88;9434765870;x", Kind::HealthPlanId);
        flags("the bulk billing portal spits out 3501 80315 1", Kind::HealthPlanId);
        flags("Aadhaar of the bypass uncle is somewhere here: 2341 2341 2346", Kind::OtherId);
        flags("PESEL dziadka to 850102 98762", Kind::OtherId);
        flags("her DNI on the wristband was 98539719-Z", Kind::OtherId);
    }

    #[test]
    fn left_alone() {
        clean("The NHS number has ten digits and a check, not 1234567890", Kind::HealthPlanId);
        clean("The NHS spent 943 476 5871 pounds on it", Kind::HealthPlanId);
        clean("lot 2341 2341 2346 is recalled", Kind::OtherId);
        clean("OHIP covers it since 2003, call 416 555 0100", Kind::HealthPlanId);
        clean("PESEL was introduced in 1979", Kind::OtherId);
        clean("My DNI expires in 2031", Kind::OtherId);
    }
}
