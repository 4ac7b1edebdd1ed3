//! When a message was written: the dates and numbers that people put into JSON, as ms since 1970.

/// A date as text; one of digits alone is taken as a number.
pub(crate) fn instant(text: &str) -> Option<i64> {
    crible_sdk::instant(text).or_else(|| {
        let digits = text.trim();
        // Four digits are rather a year than a second of the first hours of 1970.
        let is_number = digits.len() != 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { instant_of_number(digits) } else { None }
    })
}

/// A number as it is written, in seconds, ms, µs or ns since 1970: whichever makes it a time between
/// 1973 and 5138.
pub(crate) fn instant_of_number(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse::<i64>() {
        let (times, over) = scale(number.unsigned_abs() as f64);
        return Some((number * times).div_euclid(over));
    }
    let number: f64 = text.parse().ok()?;
    let (times, over) = scale(number.abs());
    (number.abs() < 1e19).then(|| (number * times as f64 / over as f64).round() as i64)
}

/// By what a number of this size is to be multiplied and divided to be ms.
fn scale(size: f64) -> (i64, i64) {
    match size {
        size if size < 1e11 => (1000, 1),
        size if size < 1e14 => (1, 1),
        size if size < 1e17 => (1, 1_000),
        _ => (1, 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_alone_are_a_number() {
        let morning = Some(1_773_479_520_000);
        for same in ["2026-03-14T09:12:00Z", "1773479520", "1773479520000", " 1773479520 "] {
            assert_eq!(instant(same), morning, "{same}");
        }
        for no in ["", "2026", "hier", "1773479520x"] {
            assert_eq!(instant(no), None, "{no}");
        }
    }

    #[test]
    fn numbers_by_their_size() {
        assert_eq!(instant_of_number("1175714200"), Some(1_175_714_200_000));
        assert_eq!(instant_of_number("1175714200.25"), Some(1_175_714_200_250));
        assert_eq!(instant_of_number("1783175888085"), Some(1_783_175_888_085));
        assert_eq!(instant_of_number("1783175888085434"), Some(1_783_175_888_085));
        assert_eq!(instant_of_number("1783175888085434123"), Some(1_783_175_888_085));
        assert_eq!(instant_of_number("1.7e9"), Some(1_700_000_000_000));
        assert_eq!(instant_of_number("1e300"), None);
        assert_eq!(instant_of_number("0"), Some(0));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[0-9TZ:+. é-]{0,32}") {
            let _ = (instant(&text), instant_of_number(&text));
        }
    }
}
