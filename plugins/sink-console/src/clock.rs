//! Times for people.

use crible_sdk::date;

/// `2026-03-14 09:12`, in UTC; nothing for 0, which is no time.
pub(crate) fn minute(ms: i64) -> Option<String> {
    if ms == 0 {
        return None;
    }
    let minutes = ms.div_euclid(60_000);
    let (year, month, day) = date(minutes.div_euclid(1440));
    let of_day = minutes.rem_euclid(1440);
    Some(format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", of_day / 60, of_day % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_of_all_times() {
        assert_eq!(minute(1_773_479_579_999).as_deref(), Some("2026-03-14 09:12"));
        assert_eq!(minute(-1).as_deref(), Some("1969-12-31 23:59"));
        assert_eq!(minute(1_709_164_800_000).as_deref(), Some("2024-02-29 00:00"));
        assert_eq!(minute(0), None);
        assert!(minute(i64::MIN).is_some() && minute(i64::MAX).is_some());
    }
}
