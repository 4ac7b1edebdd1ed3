//! When a mute ends, as TOML and people write it.

/// A date or a date with a time as RFC 3339 has it, in ms since 1970: `2026-12-01` is the day's beginning; a time
/// may be without seconds and without an offset (then it is UTC), and a space may stand for the `T`.
pub(crate) fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, time) = match text.split_at_checked(10)? {
        (date, "") => (date, None),
        (date, time) => (date, Some(time.strip_prefix(['T', 't', ' '])?)),
    };
    let mut parts = date.split('-');
    let (year, month, day) =
        (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let days = days_since_1970(year, month, day)?;
    let ms = match time {
        Some(time) => time_of_day(time)?,
        None => 0,
    };
    parts.next().is_none().then_some(days * 86_400_000 + ms)
}

/// A time of day in ms, moved to UTC.
fn time_of_day(text: &str) -> Option<i64> {
    let (clock, ahead) = match text.find(['Z', 'z', '+', '-']) {
        None => (text, 0),
        Some(at) => match text.split_at(at) {
            (clock, "Z" | "z") => (clock, 0),
            (clock, offset) => {
                let (hours, minutes) = offset[1..].split_once(':')?;
                let ahead = number(hours, 2)? * 60 + number(minutes, 2)?;
                (clock, if offset.starts_with('-') { -ahead } else { ahead })
            }
        },
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |second| number(second, 2))?;
    let sound = hour < 24 && minute < 60 && second <= 60 && parts.next().is_none();
    let ms: i64 =
        fraction.bytes().chain(*b"00").take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'));
    sound.then_some(((hour * 60 + minute - ahead) * 60 + second) * 1000 + ms)
}

fn number(digits: &str, len: usize) -> Option<i64> {
    (digits.len() == len && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// The day of a date; none of a date that there is not.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    // Counted from March, so that the leap day is the last of its year.
    let (years, months) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let days = years * 365 + leap_days + (months * 306 + 5) / 10 + day - 719_469;
    (crible_sdk::date(days) == (year, month, day)).then_some(days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_and_times_as_toml_has_them() {
        let morning = Some(1_773_479_520_000);
        for same in [
            "2026-03-14T09:12:00Z",
            "2026-03-14 09:12:00",
            "2026-03-14T09:12",
            "2026-03-14T10:12:00+01:00",
            "2026-03-14t05:12:00.000-04:00",
        ] {
            assert_eq!(instant(same), morning, "{same}");
        }
        assert_eq!(instant("2026-03-14"), Some(1_773_446_400_000));
        assert_eq!(instant("2026-03-14T09:12:00.0459Z"), Some(1_773_479_520_045));
        for no in [
            "",
            "demain",
            "2026-3-14",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-03-14T",
            "07:30:00",
            "2026-03-14T24:00:00Z",
            "2026-03-14T09:12:00.Z",
            "2026-03-14T09:12:00+1",
            "2026-03-14é",
            "2026-03-1é",
        ] {
            assert_eq!(instant(no), None, "{no}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_its_date(day in -700_000i64..2_900_000) {
            let (year, month, of_month) = crible_sdk::date(day);
            prop_assert_eq!(days_since_1970(year, month, of_month), Some(day));
        }

        #[test]
        fn nothing_makes_it_panic(text in "[0-9TZ:+. é-]{0,32}") {
            let _ = instant(&text);
        }
    }
}
