//! Hours of duty: spans of a week, by the device's own clock.

/// Minutes of a day.
const DAY: u32 = 24 * 60;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A moment of the week: minutes since Monday, 00:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(u32);

impl Moment {
    /// Reads `Tue 22:30`.
    pub fn read(text: &str) -> Option<Moment> {
        let (day, time) = text.trim().split_once(' ')?;
        Some(Moment(day_of(day)? * DAY + minute_of(time.trim())?))
    }
}

/// Days of a week and a time of the day, which may run into the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    first: u32,
    days: u32,
    from: u32,
    minutes: u32,
}

impl Span {
    /// Reads `Mon-Fri 07:00-19:00`, `Sat 22:00-06:00`, `Daily 00:00-24:00`.
    ///
    /// # Errors
    /// The text has another form.
    pub fn read(text: &str) -> Result<Span, String> {
        Span::parse(text).ok_or_else(|| format!("`{text}` is no span such as Mon-Fri 07:00-19:00 or Sat 22:00-06:00."))
    }

    fn parse(text: &str) -> Option<Span> {
        let (days, times) = text.trim().split_once(' ')?;
        let (first, days) = if days.eq_ignore_ascii_case("daily") {
            (0, 7)
        } else {
            let (first, last) = days.split_once('-').unwrap_or((days, days));
            let (first, last) = (day_of(first)?, day_of(last)?);
            (first, (last + 7 - first) % 7 + 1)
        };
        let (from, to) = times.trim().split_once('-')?;
        let (from, to) = (minute_of(from)?, minute_of(to)?);
        let minutes = if to > from { to - from } else { to + DAY - from };
        Some(Span { first, days, from, minutes })
    }

    /// Whether the moment lies within.
    pub fn holds(self, moment: Moment) -> bool {
        (0..self.days).any(|day| {
            let start = (self.first + day) % 7 * DAY + self.from;
            (moment.0 + 7 * DAY - start) % (7 * DAY) < self.minutes
        })
    }
}

fn day_of(text: &str) -> Option<u32> {
    let at = DAYS.iter().position(|day| day.eq_ignore_ascii_case(text))?;
    Some(at as u32)
}

/// `07:05`, and `24:00` for the end of the day.
fn minute_of(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    if !text.trim().bytes().all(|b| b.is_ascii_digit() || b == b':') || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let at = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && at <= DAY).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(span: &str, moment: &str) -> bool {
        Span::read(span).expect("a span").holds(Moment::read(moment).expect("a moment"))
    }

    #[test]
    fn within() {
        for (span, moment) in [
            ("Mon-Fri 07:00-19:00", "Mon 07:00"),
            ("Mon-Fri 07:00-19:00", "fri 18:59"),
            ("Sat 22:00-06:00", "Sun 05:59"),
            ("Sun 22:00-06:00", "Mon 01:00"),
            ("Fri-Mon 08:00-10:00", "Sun 09:00"),
            ("Daily 00:00-24:00", "Wed 23:59"),
            ("Daily 00:00-00:00", "Wed 12:00"),
        ] {
            assert!(holds(span, moment), "{span} {moment}");
        }
    }

    #[test]
    fn outside() {
        for (span, moment) in [
            ("Mon-Fri 07:00-19:00", "Mon 06:59"),
            ("Mon-Fri 07:00-19:00", "Mon 19:00"),
            ("Mon-Fri 07:00-19:00", "Sat 12:00"),
            ("Sat 22:00-06:00", "Sat 21:59"),
            ("Sat 22:00-06:00", "Sun 06:00"),
            ("Fri-Mon 08:00-10:00", "Tue 09:00"),
        ] {
            assert!(!holds(span, moment), "{span} {moment}");
        }
    }

    #[test]
    fn what_is_no_span() {
        for text in [
            "",
            "Mon",
            "Mon 7-19",
            "Mon 07:00",
            "Mon 07:00-25:00",
            "Moon 07:00-19:00",
            "Mon 7:0-19:00",
            "Mon -1:00-2:00",
            "Mon 99999999999:00-2:00",
        ] {
            assert!(Span::read(text).is_err(), "{text}");
        }
    }
}
