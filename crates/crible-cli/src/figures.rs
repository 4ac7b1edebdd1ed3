//! Numbers as people read them.

use std::time::Duration;

use crate::language::Language;

/// A count with its thousands apart.
pub(crate) fn count(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            // In French a narrow space that no line breaks at.
            out.push(language.pick(',', '\u{202f}'));
        }
        out.push(digit);
    }
    out
}

/// How many a second.
pub(crate) fn rate(number: u64, time: Duration, language: Language) -> String {
    let seconds = time.as_secs_f64();
    let rate = if seconds > 0.0 { number as f64 / seconds } else { 0.0 };
    // Three digits are all that a measurement is worth.
    let unit = 10f64.powf((rate.max(1.0).log10().floor() - 2.0).max(0.0));
    count(((rate / unit).round() * unit) as u64, language)
}

/// A time such as `740 ms`, `3.2 s` or `5 min 12 s`.
pub(crate) fn elapsed(time: Duration, language: Language) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 if time.as_millis() < 1000 => format!("{} ms", time.as_millis()),
        0..60 => format!("{} s", decimal(time.as_secs_f64(), language)),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", count(seconds / 3600, language), seconds / 60 % 60),
    }
}

/// The time that one of so many took.
pub(crate) fn time_each(time: Duration, number: u64, language: Language) -> String {
    if number == 0 {
        return "–".to_owned();
    }
    let nanoseconds = time.as_nanos() as f64 / number as f64;
    // What would be rounded up to a thousand is one of the next unit.
    let (value, unit) = match nanoseconds {
        ..999.5 => (nanoseconds, "ns"),
        999.5..999.5e3 => (nanoseconds / 1e3, "µs"),
        999.5e3..999.5e6 => (nanoseconds / 1e6, "ms"),
        _ => (nanoseconds / 1e9, "s"),
    };
    match value {
        ..9.95 if unit != "ns" => format!("{} {unit}", decimal(value, language)),
        _ => format!("{value:.0} {unit}"),
    }
}

/// A size such as `157 KB`.
pub(crate) fn size(bytes: usize, language: Language) -> String {
    let bytes = bytes as f64;
    match bytes {
        ..1e3 => format!("{bytes} {}", language.pick("B", "o")),
        1e3..999.5e3 => format!("{:.0} {}", bytes / 1e3, language.pick("KB", "Ko")),
        _ => format!("{} {}", decimal(bytes / 1e6, language), language.pick("MB", "Mo")),
    }
}

/// A time in ms since 1970 as `2026-03-14 09:12:00 UTC`.
pub(crate) fn moment(ms: i64) -> String {
    let (year, month, day) = crible::date(ms.div_euclid(86_400_000));
    let second = ms.rem_euclid(86_400_000) / 1000;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

fn decimal(number: f64, language: Language) -> String {
    let text = format!("{number:.1}");
    language.pick(text.clone(), text.replace('.', ","))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Language = Language::English;
    const FR: Language = Language::French;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            ["7", "999", "1,000", "12,345", "1,234,567"],
            [7, 999, 1000, 12_345, 1_234_567].map(|n| count(n, EN))
        );
        assert_eq!(count(18_000, FR), "18\u{202f}000");
    }

    #[test]
    fn rates_pretend_no_more_than_was_measured() {
        assert_eq!(rate(1_234_567, Duration::from_secs(1), EN), "1,230,000");
        assert_eq!(rate(7, Duration::from_secs(2), EN), "4");
        assert_eq!(rate(7, Duration::ZERO, EN), "0");
    }

    #[test]
    fn times_have_the_unit_that_fits() {
        let ms = Duration::from_millis;
        assert_eq!([elapsed(ms(740), EN), elapsed(ms(3_210), FR)], ["740 ms", "3,2 s"]);
        assert_eq!([elapsed(ms(312_000), EN), elapsed(ms(7_380_000), EN)], ["5 min 12 s", "2 h 3 min"]);
        assert_eq!([time_each(ms(1), 0, EN), time_each(ms(1), 1_000_000, EN)], ["–", "1 ns"]);
        assert_eq!([time_each(ms(10), 4_000, EN), time_each(ms(900), 30, FR)], ["2.5 µs", "30 ms"]);
        let ns = Duration::from_nanos;
        assert_eq!([time_each(ns(1_999), 2, EN), time_each(ns(1_998), 2, EN)], ["1.0 µs", "999 ns"]);
        assert_eq!([time_each(ns(999_499), 1, EN), time_each(ns(999_500), 1, FR)], ["999 µs", "1,0 ms"]);
        assert_eq!([time_each(ns(9_949), 1, EN), time_each(ns(9_950), 1, EN)], ["9.9 µs", "10 µs"]);
    }

    #[test]
    fn moments_are_told_to_the_second() {
        assert_eq!(moment(1_773_479_520_999), "2026-03-14 09:12:00 UTC");
        assert_eq!(moment(-1), "1969-12-31 23:59:59 UTC");
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        assert_eq!([size(420, EN), size(157_300, EN), size(1_940_000, FR)], ["420 B", "157 KB", "1,9 Mo"]);
        assert_eq!([size(999_499, EN), size(999_500, EN)], ["999 KB", "1.0 MB"]);
    }
}
