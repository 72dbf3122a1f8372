//! Moments in UTC, as text and as numbers.

/// A moment to the second: `2026-03-01T14:05:09.123Z` is `2026-03-01T14:05:09Z`.
/// What is no moment becomes an empty text.
pub fn to_the_second(text: &str) -> String {
    match seconds(text) {
        Some(_) => format!("{}Z", &text[..19]),
        None => String::new(),
    }
}

/// Seconds since 1970 of `2026-03-01T14:05:09Z`, with or without a fraction.
pub fn seconds(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !text.is_ascii()
        || bytes.len() < 20
        || !text.ends_with('Z')
        || marks.iter().any(|(at, mark)| bytes[*at] != *mark)
    {
        return None;
    }
    let number = |from: usize, to: usize, least: i64, most: i64| {
        let digits = text.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse::<i64>().ok().filter(|n| (least..=most).contains(n))
    };
    let (year, month, day) = (number(0, 4, 1970, 9999)?, number(5, 7, 1, 12)?, number(8, 10, 1, 31)?);
    let (hour, minute, second) = (number(11, 13, 0, 23)?, number(14, 16, 0, 59)?, number(17, 19, 0, 59)?);
    Some(((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

/// Days since 1970 of a date (Howard Hinnant, days_from_civil).
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of days since 1970: `2026-03-01` (Howard Hinnant, civil_from_days).
pub fn date(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The Monday of the week, in days since 1970. 1 January 1970 was a Thursday.
pub fn monday(days: i64) -> i64 {
    days - (days + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2026-03-01T14:05:09.123Z"), Some(1_772_373_909));
        assert_eq!(to_the_second("2026-03-01T14:05:09.123Z"), "2026-03-01T14:05:09Z");
        for wrong in [
            "",
            "yesterday",
            "2026-03-01",
            "2026-13-01T00:00:00Z",
            "2026-03-01T25:00:00Z",
            "2026-03-01T14:05:09",
            "２026-03-01T14:05:0Z",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong}");
            assert_eq!(to_the_second(wrong), "");
        }
    }

    #[test]
    fn days_and_dates_are_each_others_way_back() {
        for day in (0..40_000).step_by(17) {
            let text = date(day);
            assert_eq!(seconds(&format!("{text}T00:00:00Z")), Some(day * 86_400), "{text}");
        }
        assert_eq!(date(monday(days(2026, 3, 1))), "2026-02-23");
        assert_eq!(monday(days(2026, 2, 23)), days(2026, 2, 23));
    }
}
