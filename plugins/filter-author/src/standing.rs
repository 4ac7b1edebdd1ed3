//! From counts to a standing.

/// How many standard errors of doubt an author is given. Measured on a chat channel and on voted links, half of
/// one ranks nearly as well as none (area under the curve 0.73 and 0.63 against 0.74 and 0.63), and says less of
/// authors of whom little is known; a whole one costs more (0.71 and 0.63).
const DOUBT: f64 = 0.5;

/// A smaller standing is none: nobody would call it often or seldom.
const LEAST: f64 = 0.05;

/// What an author wrote, and how much of it was worth reading; faded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Counts {
    pub(crate) worth: f64,
    pub(crate) seen: f64,
}

/// Where an author stands, from -1 (nothing was ever worth reading) by 0 (as usual, or not known) to 1
/// (everything always was).
///
/// The author is thought to have written `prior` messages of the usual kind before. Of the share that is worth
/// reading, Wilson's score interval (1927) then tells how high and how low it may well be. Where even its lower
/// end is above the usual share, the standing is how far it is on the way from there to 1; where even its upper
/// end is below, how far on the way to 0.
pub(crate) fn standing(counts: Counts, usual: f64, prior: f64) -> f64 {
    let seen = counts.seen + prior;
    let share = ((counts.worth + prior * usual) / seen).min(1.0);
    let doubt = DOUBT * DOUBT;
    let middle = share * seen + doubt / 2.0;
    let reach = DOUBT * (share * (1.0 - share) * seen + doubt / 4.0).sqrt();
    let (low, high) = ((middle - reach) / (seen + doubt), (middle + reach) / (seen + doubt));
    let standing = if low > usual {
        (low - usual) / (1.0 - usual)
    } else if high < usual {
        (high - usual) / usual
    } else {
        0.0
    };
    if standing.abs() < LEAST { 0.0 } else { thousandths(standing) }
}

/// Rounded, so that it is short to read.
pub(crate) fn thousandths(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(worth: f64, seen: f64, usual: f64) -> f64 {
        standing(Counts { worth, seen }, usual, 5.0)
    }

    #[test]
    fn who_is_not_known_stands_at_nothing() {
        for usual in [0.0, 1e-9, 0.05, 0.5, 1.0 - 1e-9, 1.0] {
            for prior in [1e-6, 0.3, 5.0, 1e6] {
                let standing = standing(Counts { worth: 0.0, seen: 0.0 }, usual, prior);
                assert_eq!(standing, 0.0, "{usual}, {prior}");
            }
        }
    }

    #[test]
    fn who_writes_as_usual_stands_at_nothing() {
        for seen in [1.0, 20.0, 1000.0] {
            assert_eq!(of(seen / 5.0, seen, 0.2), 0.0, "{seen}");
        }
    }

    #[test]
    fn a_few_messages_say_little_and_many_say_much() {
        assert!(of(1.0, 1.0, 0.05) < 0.1);
        assert!(of(12.0, 15.0, 0.05) > 0.5);
        assert_eq!(of(0.0, 5.0, 0.05), 0.0);
        assert!(of(0.0, 100.0, 0.05) < -0.8);
    }

    #[test]
    fn it_rises_with_what_is_worth_reading_and_stays_within_its_ends() {
        for usual in [0.0, 0.01, 0.5, 0.99, 1.0] {
            let all: Vec<f64> = (0..=1000).map(|worth| of(f64::from(worth), 1000.0, usual)).collect();
            assert!(all.windows(2).all(|pair| pair[0] <= pair[1]), "{usual}");
            assert!(all.iter().all(|standing| standing.abs() <= 1.0), "{usual}");
        }
    }
}
