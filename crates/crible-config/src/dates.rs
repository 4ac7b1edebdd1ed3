//! A date as text, as ms since 1970.

use toml::value::{Datetime, Offset};

/// Reads RFC 3339; without an offset it is UTC, without a time it is midnight. Absent where it is no date.
pub(crate) fn milliseconds(text: &str) -> Option<i64> {
    let when: Datetime = text.trim().parse().ok()?;
    let date = when.date?;
    let minutes_east = match when.offset {
        Some(Offset::Custom { minutes }) => i64::from(minutes),
        Some(Offset::Z) | None => 0,
    };
    let days = days_since_1970(i64::from(date.year), i64::from(date.month), i64::from(date.day));
    let clock = when.time.map_or(0, |time| {
        let whole = i64::from(time.hour) * 3600 + i64::from(time.minute) * 60;
        let seconds = whole + i64::from(time.second.unwrap_or(0));
        seconds * 1000 + i64::from(time.nanosecond.unwrap_or(0)) / 1_000_000
    });
    Some(days * 86_400_000 + clock - minutes_east * 60_000)
}

/// Days of the Gregorian calendar. Years begin in March here, so that the day that is sometimes missing is
/// the last one.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // March to July have 31, 30, 31, 30 and 31 days, and so again from August on.
    let before_month = (153 * month + 2) / 5;
    year * 365 + leap_days + before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        assert_eq!(milliseconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(milliseconds("2026-01-01T00:00:00Z"), Some(1_767_225_600_000));
        assert_eq!(milliseconds("2024-02-29 12:30:00.250"), Some(1_709_209_800_250));
        assert_eq!(milliseconds("2026-03-14T09:12:00+01:00"), milliseconds("2026-03-14T08:12:00Z"));
        assert_eq!(milliseconds("2026-03-14"), milliseconds("2026-03-14T00:00:00Z"));
        assert_eq!(milliseconds("1969-12-31T23:59:59Z"), Some(-1000));
        assert_eq!(milliseconds("demain"), None);
        assert_eq!(milliseconds("12:30:00"), None);
    }
}
