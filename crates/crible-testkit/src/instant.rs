//! Instants as messages write them: RFC 3339, in UTC.

const DAY_MS: i64 = 86_400_000;

/// Appends `ms` (milliseconds since 1970, from the year 0 to 9999) to `out`: `2026-03-14T07:30:00Z`,
/// with `.123` when the instant does not fall on a second.
pub(crate) fn push_rfc3339(out: &mut String, ms: i64) {
    let (year, month, day) = civil_date(ms.div_euclid(DAY_MS));
    let in_day = ms.rem_euclid(DAY_MS);
    push_digits(out, year, 4);
    for (mark, value) in [
        ('-', month),
        ('-', day),
        ('T', in_day / 3_600_000),
        (':', in_day / 60_000 % 60),
        (':', in_day / 1_000 % 60),
    ] {
        out.push(mark);
        push_digits(out, value, 2);
    }
    if in_day % 1_000 != 0 {
        out.push('.');
        push_digits(out, in_day % 1_000, 3);
    }
    out.push('Z');
}

/// The day of `ms` (milliseconds since 1970), in UTC: `2026-03-14`.
pub fn day(ms: i64) -> String {
    let mut out = String::new();
    push_rfc3339(&mut out, ms);
    out.truncate("2026-03-14".len());
    out
}

fn push_digits(out: &mut String, value: i64, width: u32) {
    for place in (0..width).rev() {
        out.push(char::from(b'0' + (value / 10_i64.pow(place) % 10) as u8));
    }
}

/// Year, month and day of a day counted from 1970-01-01, counted in eras of 400 years that start in
/// March, so that the leap day comes last.
fn civil_date(days: i64) -> (i64, i64, i64) {
    const ERA_DAYS: i64 = 146_097;
    let since_march_of_year_0 = days + 719_468;
    let era = since_march_of_year_0.div_euclid(ERA_DAYS);
    let day_of_era = since_march_of_year_0.rem_euclid(ERA_DAYS);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / (ERA_DAYS - 1)) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_rfc_3339() {
        for (ms, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_773_446_400_000, "2026-03-14T00:00:00Z"),
            (1_773_532_799_045, "2026-03-14T23:59:59.045Z"),
            (1_772_323_200_000, "2026-03-01T00:00:00Z"),
        ] {
            let mut out = String::new();
            push_rfc3339(&mut out, ms);
            assert_eq!(out, expected);
        }
    }
}
