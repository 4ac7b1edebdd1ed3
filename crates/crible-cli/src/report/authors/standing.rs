//! Who is a specialist of a theme.

use crate::report::authors::account::Tally;
use crate::report::authors::persons::Person;
use crate::report::authors::writers::{NO_THEME, Theme};

/// Who has fewer messages kept on a theme is a newcomer to it.
pub(crate) const NEWCOMER: u64 = 3;
/// How many standard deviations the lower bound is away: it is exceeded in 97.5 of 100 cases.
const Z: f64 = 1.96;

/// A person whose messages on a theme are often kept.
#[derive(Clone, Debug)]
pub(crate) struct Specialist<'a> {
    pub(crate) person: &'a Person,
    /// What they wrote on the theme.
    pub(crate) tally: Tally,
    /// How they rank; see [`standing`].
    pub(crate) standing: f64,
}

/// A theme and who is worth following for it.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    /// The theme's place.
    pub(crate) place: usize,
    pub(crate) theme: &'a Theme,
    /// The best first.
    pub(crate) specialists: Vec<Specialist<'a>>,
    /// How many others there are of whom something was kept.
    pub(crate) others: u64,
}

/// The bounds of the share of a person's messages that is kept in the long run, by those seen: E. B. Wilson,
/// "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). The lower one is 0.44
/// for 3 of 3, and 0.89 for 30 of 30.
pub(crate) fn bounds(kept: u64, written: u64) -> [f64; 2] {
    if written == 0 {
        return [0.0, 1.0];
    }
    let (n, share, zz) = (written as f64, kept as f64 / written as f64, Z * Z);
    let spread = Z * (share * (1.0 - share) / n + zz / (4.0 * n * n)).sqrt();
    let bound = |spread: f64| ((share + zz / (2.0 * n) + spread) / (1.0 + zz / n)).clamp(0.0, 1.0);
    [bound(-spread), bound(spread)]
}

/// How one ranks who wrote so many messages, so many of them on the theme, of which so many were kept:
///
/// lower [bound](bounds) × log2(1 + kept) × √(on the theme / all)
///
/// so that being kept surely counts most, twice as much of it a little more, and a flood of other things costs.
pub(crate) fn standing(kept: u64, on_theme: u64, written: u64) -> f64 {
    let focus = on_theme as f64 / written.max(1) as f64;
    bounds(kept, on_theme)[0] * (1.0 + kept as f64).log2() * focus.sqrt()
}

/// The themes with their specialists: by the number of messages kept, what is about no theme last.
pub(crate) fn fields<'a>(themes: &'a [Theme], persons: &'a [Person]) -> Vec<Field<'a>> {
    let field = |(place, theme)| Field { place, theme, specialists: Vec::new(), others: 0 };
    let mut fields: Vec<Field<'a>> = themes.iter().enumerate().map(field).collect();
    let usual = usual_shares(themes.len(), persons);
    for person in persons {
        for (place, tally) in person.tallies() {
            let field = &mut fields[place];
            if tally.kept >= NEWCOMER && bounds(tally.kept, tally.written)[1] >= usual[place] {
                let standing = standing(tally.kept, tally.written, person.written());
                field.specialists.push(Specialist { person, tally, standing });
            } else if tally.kept > 0 {
                field.others += 1;
            }
        }
    }
    for field in &mut fields {
        // Stable, so that of equals the one who writes more stays first.
        field.specialists.sort_by(|a, b| b.standing.total_cmp(&a.standing));
    }
    fields.sort_by(|a, b| {
        let rank = |of: &Field<'_>| (of.place == NO_THEME, std::cmp::Reverse(of.theme.kept));
        rank(a).cmp(&rank(b)).then_with(|| a.theme.name.cmp(&b.theme.name))
    });
    fields
}

/// For each theme which share of an author's messages on it is usually kept: each author counts once, so that
/// one who floods does not make it usual to be dropped.
fn usual_shares(themes: usize, persons: &[Person]) -> Vec<f64> {
    let mut sums = vec![(0.0, 0_u64); themes];
    for (place, tally) in persons.iter().flat_map(Person::tallies) {
        sums[place].0 += tally.kept as f64 / tally.written.max(1) as f64;
        sums[place].1 += 1;
    }
    sums.into_iter().map(|(sum, authors)| sum / authors.max(1) as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::report::authors::account::Account;
    use crate::report::authors::persons::persons;

    #[test]
    fn the_bounds_are_those_of_the_books() {
        for (kept, written, expected) in
            [(3, 3, 0.4385), (30, 30, 0.8865), (1, 10, 0.0179), (0, 9, 0.0), (0, 0, 0.0)]
        {
            let [bound, _] = bounds(kept, written);
            assert!((bound - expected).abs() < 1e-4, "{kept} of {written}: {bound}");
            let [_, upper] = bounds(written - kept, written);
            assert!(written == 0 || (upper - (1.0 - expected)).abs() < 1e-4, "{kept} of {written}: {upper}");
        }
    }

    #[test]
    fn being_kept_counts_and_floods_cost() {
        assert!(standing(10, 10, 10) > standing(5, 5, 5), "more of it");
        assert!(standing(5, 5, 5) > standing(5, 20, 20), "kept more often");
        assert!(standing(5, 5, 5) > standing(5, 5, 100), "writes of little else");
        assert!(standing(5, 5, 10) > standing(6, 60, 60));
    }

    fn writer(handle: &str, kept: u64, on_theme: u64, written: u64) -> Account {
        let tally = Tally { theme: 1, written: on_theme, kept, ..Tally::default() };
        Account { handle: handle.into(), written, kept, tallies: vec![tally], ..Account::default() }
    }

    #[test]
    fn specialists_are_kept_often_and_newcomers_are_not_yet_judged() {
        let accounts = vec![
            writer("mairie", 9, 10, 12),
            writer("flood", 9, 10, 400),
            writer("new", 2, 2, 2),
            writer("rarely", 3, 30, 30),
            writer("never", 0, 5, 5),
        ];
        let themes = [Theme::default(), Theme { name: "eau".into(), written: 57, kept: 23 }];
        let persons = persons(accounts);
        let fields = fields(&themes, &persons);
        assert_eq!(fields.iter().map(|field| field.theme.name.as_str()).collect::<Vec<_>>(), ["eau", ""]);
        let names: Vec<&str> =
            fields[0].specialists.iter().map(|of| of.person.main().handle.as_str()).collect();
        assert_eq!(names, ["mairie", "flood"]);
        assert_eq!(fields[0].others, 2);
    }
}
