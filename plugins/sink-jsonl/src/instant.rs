//! Times as RFC 3339.

use std::fmt::Write;

use crible_sdk::date;

const DAY: i64 = 86_400_000;

/// Append a time in ms since 1970 as RFC 3339 in UTC, with ms only where it has any. A time outside of
/// the years 0 to 9999, which cannot be written so, is appended as the number.
pub(crate) fn push_instant(out: &mut String, ms: i64) {
    let (year, month, day) = date(ms.div_euclid(DAY));
    if !(0..=9999).contains(&year) {
        // Writing to a string does not fail.
        let _ = write!(out, "{ms}");
        return;
    }
    let of_day = ms.rem_euclid(DAY);
    let mut number = |number: i64, digits: u32, behind: char| {
        for place in (0..digits).rev() {
            let digit = number / 10_i64.pow(place) % 10;
            out.push(char::from(b'0' + digit as u8));
        }
        out.push(behind);
    };
    let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1000 % 60);
    let of_second = of_day % 1000;
    number(year, 4, '-');
    number(month, 2, '-');
    number(day, 2, 'T');
    number(hour, 2, ':');
    number(minute, 2, ':');
    match of_second {
        0 => number(second, 2, 'Z'),
        _ => {
            number(second, 2, '.');
            number(of_second, 3, 'Z');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(ms: i64) -> String {
        let mut out = String::new();
        push_instant(&mut out, ms);
        out
    }

    #[test]
    fn ms_are_written_where_there_are_any() {
        assert_eq!(written(1_773_479_520_000), "2026-03-14T09:12:00Z");
        assert_eq!(written(1_773_479_520_007), "2026-03-14T09:12:00.007Z");
        assert_eq!(written(i64::MAX), i64::MAX.to_string());
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_library(ms in -62_167_219_200_000_i64..253_402_207_200_000) {
            let read: jiff::Timestamp = written(ms).parse().unwrap();
            prop_assert_eq!(read.as_millisecond(), ms);
        }
    }
}
