//! Days as dates.

/// The year, month and day of a day since 1970. Years are counted from March, so that the leap day is the
/// last; 400 years have 146,097 days.
///
/// ```
/// assert_eq!(crible_sdk::date(19_782), (2024, 2, 29));
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
