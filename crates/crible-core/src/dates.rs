//! Dates as text and as numbers.

/// A date as RFC 3339 has it, such as `2026-03-14T09:12:00.5+01:00`, in ms since 1970; also without seconds,
/// without an offset (then it is UTC), with a space for the `T`, or the day alone.
///
/// ```
/// assert_eq!(crible_core::instant("2026-03-14T09:12:00+01:00"), Some(1_773_475_920_000));
/// assert_eq!(crible_core::instant("demain"), None);
/// ```
pub fn instant(text: &str) -> Option<i64> {
    usual(text.as_bytes()).or_else(|| unusual(text.trim()))
}

/// The year, month and day of a day since 1970. Years are counted from March, so that the leap day is the
/// last; 400 years have 146,097 days.
///
/// ```
/// assert_eq!(crible_core::date(19_782), (2024, 2, 29));
/// ```
pub fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, of_month)
}

/// The form that programs write: `2026-03-14T09:12:00Z`, or with ms; every digit has its place.
#[inline]
fn usual(text: &[u8]) -> Option<i64> {
    let (text, ms) = match text {
        [text @ .., b'.', a, b, c, b'Z'] => (text, number(&[*a, *b, *c])?),
        [text @ .., b'Z'] => (text, 0),
        _ => return None,
    };
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2] = text else {
        return None;
    };
    let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[n1, n2])?, number(&[s1, s2])?);
    Some(day_of(year, month, day)? + of_day(hour, minute, second)? + ms)
}

/// What a few digits say.
#[inline]
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// When a day begins, in ms.
fn day_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_day = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    is_day.then(|| days_since_1970(year, month, day) * 86_400_000)
}

/// How long after midnight a time is, in ms.
fn of_day(hour: i64, minute: i64, second: i64) -> Option<i64> {
    // 60 is a leap second.
    (hour <= 23 && minute <= 59 && second <= 60).then(|| (hour * 3600 + minute * 60 + second) * 1000)
}

fn unusual(text: &str) -> Option<i64> {
    let mut at = Digits(text.as_bytes());
    let (year, month, day) = (at.number(4)?, at.after(b"-", 2)?, at.after(b"-", 2)?);
    let midnight = day_of(year, month, day)?;
    if at.0.is_empty() {
        return Some(midnight);
    }
    let (hour, minute) = (at.after(b"Tt ", 2)?, at.after(b":", 2)?);
    let second = if at.0.first() == Some(&b':') { at.after(b":", 2)? } else { 0 };
    let of_day = of_day(hour, minute, second)?;
    let of_second = at.fraction()?;
    let ahead = at.offset()? * 1000;
    at.0.is_empty().then_some(midnight + of_day + of_second - ahead)
}

struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number(digits)
    }

    /// A number behind one of these separators.
    fn after(&mut self, separators: &[u8], digits: usize) -> Option<i64> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        separators.contains(first).then(|| self.number(digits))?
    }

    /// The part of a second, in ms.
    fn fraction(&mut self) -> Option<i64> {
        let Some((b'.' | b',', rest)) = self.0.split_first() else { return Some(0) };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = rest.split_at(digits);
        self.0 = rest;
        if digits.is_empty() {
            return None;
        }
        let ms = digits.iter().chain(b"00").take(3);
        Some(ms.fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0')))
    }

    /// How far the clock that was used is ahead of UTC, in seconds.
    fn offset(&mut self) -> Option<i64> {
        let Some((&sign, rest)) = self.0.split_first() else { return Some(0) };
        self.0 = rest;
        let sign = match sign {
            b'Z' | b'z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.number(2)?;
        let minutes = match self.0.first() {
            None => 0,
            Some(b':') => self.after(b":", 2)?,
            Some(_) => self.number(2)?,
        };
        (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    }
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Years are counted from March, so that the leap day is the last; 400 years have 146,097 days.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (month * 306 + 5) / 10
        + day
        - 1
        - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_dates_that_people_write() {
        let morning = Some(1_773_479_520_000);
        for same in [
            "2026-03-14T09:12:00Z",
            "2026-03-14t09:12:00z",
            "2026-03-14 09:12:00",
            "2026-03-14T09:12",
            "2026-03-14T10:12:00+01:00",
            "2026-03-14T10:12:00+0100",
            "2026-03-14T05:12:00.000-04",
            " 2026-03-14T09:12:00Z ",
        ] {
            assert_eq!(instant(same), morning, "{same}");
        }
        assert_eq!(instant("2026-03-14T09:12:00.0459Z"), Some(1_773_479_520_045));
        assert_eq!(instant("2024-02-29 12:30:00.250"), Some(1_709_209_800_250));
        assert_eq!(instant("2026-03-14"), Some(1_773_446_400_000));
        assert_eq!(instant("1969-12-31T23:59:59Z"), Some(-1000));
        for no in [
            "",
            "hier",
            "2026",
            "1773479520",
            "12:30:00",
            "2026-3-14",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-03-14T",
            "2026-03-14T24:00:00Z",
            "2026-03-14T09:12:00.Z",
            "2026-03-14T09:12:00Zx",
            "2026-03-14T09:12:00+1",
            "2026-03-1é",
            "é026-03-14",
        ] {
            assert_eq!(instant(no), None, "{no}");
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_library(ms in -62_135_596_800_000_i64..253_402_214_400_000, offset in -23_i32..=23) {
            let timestamp = jiff::Timestamp::from_millisecond(ms).unwrap();
            let text = timestamp.display_with_offset(jiff::tz::offset(offset as i8)).to_string();
            // The years outside of 0 to 9999 are written otherwise.
            prop_assume!(text.len() < 40 && !text.starts_with('-'));
            prop_assert_eq!(instant(&text), Some(ms), "{}", text);
        }

        #[test]
        fn every_day_is_its_date(day in -700_000_i64..2_900_000) {
            let (year, month, of_month) = date(day);
            prop_assert_eq!(days_since_1970(year, month, of_month), day);
        }

        #[test]
        fn nothing_makes_it_panic(text in "[0-9TZ:+. é-]{0,32}") {
            let _ = instant(&text);
        }
    }
}
