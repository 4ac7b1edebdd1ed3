//! Durations such as `"1h30m"` and sizes such as `"64MiB"`.

use std::fmt;
use std::time::Duration;

/// Why a duration or a size could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitError {
    /// What is wrong with it.
    pub message: String,
    /// How to write it.
    pub help: String,
}

impl fmt::Display for UnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.help)
    }
}

impl std::error::Error for UnitError {}

/// Milliseconds in each unit, the largest first.
const TIME: [(&str, u64); 6] =
    [("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

const SIZES: [(&str, u64); 9] = [
    ("B", 1),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
];

const TIME_HELP: &str =
    r#"a duration is a whole number and a unit, such as "500ms", "90s", "15m", "1h", "7d", "2w" or "1h30m""#;
const SIZE_HELP: &str = r#"a size is a whole number and a unit, such as "10KB", "64MiB" or "1GB""#;

/// Reads a duration: whole numbers with the units `ms`, `s`, `m`, `h`, `d` and `w`, the largest
/// first, each at most once: `"90s"`, `"1h30m"`.
///
/// # Errors
/// When it is empty, has no unit or an unknown one, or is longer than 2^63 milliseconds.
pub fn duration(text: &str) -> Result<Duration, UnitError> {
    let fail = |message: String| UnitError { message, help: TIME_HELP.to_owned() };
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(fail("the duration is empty".to_owned()));
    }
    let mut total = 0_u64;
    let mut smallest_so_far = u64::MAX;
    while !rest.is_empty() {
        let (number, unit, after) = number_and_unit(rest);
        let amount = whole(number, text, &fail)?;
        if unit.is_empty() {
            let whole = if number == text { String::new() } else { format!(" in `{text}`") };
            return Err(fail(format!("`{number}`{whole} has no unit of time")));
        }
        let Some((_, millis)) = TIME.iter().find(|(name, _)| *name == unit) else {
            return Err(fail(format!("`{unit}` is not a unit of time")));
        };
        if *millis >= smallest_so_far {
            return Err(fail(format!("in `{text}`, `{unit}` must come before the smaller units, and once")));
        }
        smallest_so_far = *millis;
        total = amount
            .checked_mul(*millis)
            .and_then(|part| total.checked_add(part))
            .filter(|sum| i64::try_from(*sum).is_ok())
            .ok_or_else(|| fail(format!("`{text}` is too long a time")))?;
        rest = after;
    }
    Ok(Duration::from_millis(total))
}

/// Reads a size in bytes: a whole number with one of the units `B`, `KB`, `MB`, `GB`, `TB`
/// (powers of a thousand) or `KiB`, `MiB`, `GiB`, `TiB` (powers of 1024), in any letter case.
///
/// # Errors
/// When it is empty, has no unit or an unknown one, or is 2^64 bytes or more.
pub fn size(text: &str) -> Result<u64, UnitError> {
    let fail = |message: String| UnitError { message, help: SIZE_HELP.to_owned() };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(fail("the size is empty".to_owned()));
    }
    let number = &trimmed[..digits(trimmed)];
    let unit = trimmed[number.len()..].trim_start();
    let amount = whole(number, text, &fail)?;
    if unit.is_empty() {
        return Err(fail(format!("`{text}` has no unit of size")));
    }
    let Some((_, bytes)) = SIZES.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)) else {
        return Err(fail(format!("`{unit}` is not a unit of size")));
    };
    amount.checked_mul(*bytes).ok_or_else(|| fail(format!("`{text}` is too large")))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The leading digits, the letters after them, and what is left.
fn number_and_unit(text: &str) -> (&str, &str, &str) {
    let (number, after) = text.split_at(digits(text));
    let after = after.trim_start();
    let unit_end = after.find(|c: char| c.is_ascii_digit() || c.is_whitespace()).unwrap_or(after.len());
    (number, &after[..unit_end], after[unit_end..].trim_start())
}

fn whole(number: &str, text: &str, fail: &dyn Fn(String) -> UnitError) -> Result<u64, UnitError> {
    if number.is_empty() {
        return Err(fail(format!("`{text}` does not begin with a whole number")));
    }
    number.parse().map_err(|_| fail(format!("`{number}` is too large a number")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn durations_add_up() {
        for (text, millis) in [
            ("500ms", 500),
            ("90s", 90_000),
            ("1h30m", 5_400_000),
            ("1h 30m", 5_400_000),
            ("7d", 604_800_000),
            ("2w", 1_209_600_000),
            ("0s", 0),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn wrong_durations_say_why() {
        for (text, part) in [
            ("", "empty"),
            ("90", "`90` has no unit"),
            ("1h30", "no unit"),
            ("h", "does not begin"),
            ("-5s", "does not begin"),
            ("1.5h", "`.` is not a unit"),
            ("3 jours", "`jours` is not a unit"),
            ("30m1h", "must come before"),
            ("1h1h", "once"),
            ("99999999999999999999s", "too large a number"),
            ("999999999999999w", "too long"),
        ] {
            let error = duration(text).expect_err(text);
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn sizes_in_both_systems() {
        for (text, bytes) in
            [("10KB", 10_000), ("64MiB", 67_108_864), ("1GB", 1_000_000_000), ("2 kib", 2_048), ("7B", 7)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn wrong_sizes_say_why() {
        for (text, part) in [
            ("", "empty"),
            ("64", "no unit"),
            ("MiB", "does not begin"),
            ("64 Mo", "`Mo` is not a unit"),
            ("99999999999TiB", "too large"),
        ] {
            let error = size(text).expect_err(text);
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = duration(&text);
            let _ = size(&text);
        }

        #[test]
        fn hours_and_minutes_are_their_sum(h in 0_u64..1000, m in 0_u64..1000) {
            let read = duration(&format!("{h}h{m}m"));
            prop_assert_eq!(read, Ok(Duration::from_secs(h * 3600 + m * 60)));
        }
    }
}
