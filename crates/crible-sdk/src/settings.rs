//! A stage's config as a type.

use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::ConfigError;

/// Read a stage's config into a type of the plugin's own.
///
/// The host has checked the config against the plugin's schema already, so this rarely fails.
///
/// # Errors
/// What does not fit the type.
pub fn settings<T: DeserializeOwned>(config: &str) -> Result<T, ConfigError> {
    serde_json::from_str(config)
        .map_err(|error| ConfigError::new(format!("the config cannot be read: {error}")))
}

/// Read the length of a window, in ms and at least 1: the option `window` of a stage.
///
/// # Errors
/// What is no duration, or one of nothing.
pub fn window(text: &str) -> Result<i64, ConfigError> {
    let ms = duration(text).and_then(|window| i64::try_from(window.as_millis()).ok());
    ms.filter(|&ms| ms > 0).ok_or_else(|| {
        ConfigError::new(format!("`{text}` is not the length of a window"))
            .at("/window")
            .hint("Write a number and a unit, such as 90s, 1h or 7d.")
    })
}

const DURATIONS: &[(&str, u64)] =
    &[("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000)];

const SIZES: &[(&str, u64)] = &[
    ("B", 1),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// Read a duration, such as `90s`, `1h30m` or `7d`.
///
/// ```
/// assert_eq!(crible_sdk::duration("1h30m").map(|time| time.as_secs()), Some(5400));
/// assert_eq!(crible_sdk::duration("soon"), None);
/// ```
pub fn duration(text: &str) -> Option<Duration> {
    sum(text, DURATIONS).map(Duration::from_millis)
}

/// Read a size in bytes, such as `64MiB` or `10KB`.
///
/// ```
/// assert_eq!(crible_sdk::size("64MiB"), Some(64 << 20));
/// ```
pub fn size(text: &str) -> Option<u64> {
    sum(text, SIZES)
}

/// The sum of numbers with their units, none of which may be missing.
fn sum(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, tail) = rest.split_at(digits);
        let letters = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(*factor)?)?;
        rest = tail.trim_start();
    }
    Some(total)
}
