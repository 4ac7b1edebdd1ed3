//! How counts fade: by half in each half-life, in 64 steps that are the same on every machine.

/// So many steps make a half-life.
const STEPS: usize = 64;

/// How fast counts fade.
pub(crate) struct Fading {
    /// The length of a step in ms; at least 1.
    step: i64,
    /// What is left after so many steps.
    left: [f64; STEPS],
}

impl Fading {
    /// Half is left after so many ms.
    pub(crate) fn new(half_life: i64) -> Self {
        // The 64th root, by square roots: these are exact everywhere, which powers are not.
        let root = (0..STEPS.ilog2()).fold(0.5f64, |root, _| root.sqrt());
        let mut left = [1.0; STEPS];
        for at in 1..STEPS {
            left[at] = left[at - 1] * root;
        }
        Self { step: (half_life / STEPS as i64).max(1), left }
    }

    /// What is left at a time of what was counted at an earlier one, from 0 to 1. Steps begin at the same
    /// times for everyone, so that it makes no difference how often one looks.
    pub(crate) fn left(&self, from: i64, to: i64) -> f64 {
        let steps = to.div_euclid(self.step).saturating_sub(from.div_euclid(self.step)).max(0) as u64;
        let halves = steps / STEPS as u64;
        if halves >= 64 {
            return 0.0;
        }
        self.left[steps as usize % STEPS] / (1u64 << halves) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn half_is_left_after_a_half_life() {
        let fading = Fading::new(30 * DAY);
        for (days, expected) in [(0, 1.0), (15, 0.5f64.sqrt()), (30, 0.5), (60, 0.25), (3000, 0.0)] {
            let left = fading.left(7 * DAY, (7 + days) * DAY);
            assert!((left - expected).abs() < 1e-9, "{days} days: {left}");
        }
    }

    #[test]
    fn it_makes_no_difference_how_often_one_looks() {
        let fading = Fading::new(DAY);
        let often = (0..3 * 1440)
            .fold(1.0, |left, minute| left * fading.left(minute * 60_000, (minute + 1) * 60_000));
        assert!((often - 0.125).abs() < 1e-9, "{often}");
    }

    #[test]
    fn no_time_is_too_far_away() {
        let fading = Fading::new(60_000);
        assert_eq!(fading.left(i64::MIN, i64::MAX), 0.0);
        assert_eq!(fading.left(i64::MAX, i64::MIN), 1.0);
    }
}
