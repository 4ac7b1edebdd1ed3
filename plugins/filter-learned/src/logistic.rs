//! Log-odds from a few cues: logistic regression. With the margin alone it is Platt's calibration.

use crate::stream::{CUES, Cues};

/// The cues and the constant.
pub(crate) const TERMS: usize = CUES + 1;
/// How much large weights cost.
const RIDGE: f64 = 1.0;
const MOST_STEPS: usize = 25;

/// Weights of the cues, the last of them constant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Logistic(pub(crate) [f32; TERMS]);

impl Logistic {
    /// The log-odds of good.
    pub(crate) fn log_odds(&self, cues: &Cues) -> f32 {
        self.0.iter().zip(cues).map(|(weight, cue)| weight * cue).sum::<f32>() + self.0[CUES]
    }

    /// Fit to held-out examples by Newton's method. Only the first so many cues are used.
    pub(crate) fn fit(examples: &[(Cues, bool)], used: usize) -> Self {
        let mut weights = [0.0f64; TERMS];
        for _ in 0..MOST_STEPS {
            let mut gradient = weights.map(|weight| RIDGE * weight);
            let mut curvature = [[0.0f64; TERMS]; TERMS];
            (0..TERMS).for_each(|term| curvature[term][term] = RIDGE);
            for (cues, good) in examples {
                let terms = terms(cues, used);
                let log_odds: f64 = terms.iter().zip(&weights).map(|(term, weight)| term * weight).sum();
                let p = probability(log_odds);
                let error = p - f64::from(u8::from(*good));
                let steep = (p * (1.0 - p)).max(1e-6);
                for (at, term) in terms.iter().enumerate() {
                    gradient[at] += error * term;
                    (0..TERMS).for_each(|other| curvature[at][other] += steep * term * terms[other]);
                }
            }
            let step = solve(curvature, gradient);
            weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
            if step.iter().all(|step| step.abs() < 1e-6) {
                break;
            }
        }
        Self(weights.map(|weight| weight as f32))
    }
}

/// How slowly the evidence comes near 1: with it log-odds of 1 are a quarter.
const SLOWLY: f64 = 15.0;

/// Log-odds as a number from -1 to 1. Larger ones give a larger number however large they are: among messages that are
/// all surely good the best is still the best.
pub(crate) fn evidence(log_odds: f64) -> f64 {
    log_odds / (log_odds * log_odds + SLOWLY).sqrt()
}

/// The probability of these log-odds.
pub(crate) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn terms(cues: &Cues, used: usize) -> [f64; TERMS] {
    let mut terms = [0.0; TERMS];
    terms.iter_mut().zip(&cues[..used.min(CUES)]).for_each(|(term, cue)| *term = f64::from(*cue));
    terms[CUES] = 1.0;
    terms
}

/// Gaussian elimination; the ridge keeps the diagonal away from 0.
fn solve(mut rows: [[f64; TERMS]; TERMS], mut right: [f64; TERMS]) -> [f64; TERMS] {
    for at in 0..TERMS {
        for below in at + 1..TERMS {
            let factor = rows[below][at] / rows[at][at];
            let above = rows[at];
            rows[below].iter_mut().zip(above).for_each(|(of, above)| *of -= factor * above);
            right[below] -= factor * right[at];
        }
    }
    for at in (0..TERMS).rev() {
        let known: f64 = (at + 1..TERMS).map(|other| rows[at][other] * right[other]).sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_evidence_is_always_a_greater_score() {
        assert_eq!([-1.0, 0.0, 1.0].map(evidence), [-0.25, 0.0, 0.25]);
        let scores: Vec<f32> =
            (-1200..=1200).map(|hundredths| evidence(f64::from(hundredths) / 100.0) as f32).collect();
        assert!(
            scores.is_sorted_by(|one, other| one < other) && scores.iter().all(|score| score.abs() < 1.0)
        );
    }
}
