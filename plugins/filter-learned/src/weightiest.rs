//! Which tokens of a message weighed most.

use crate::features::{MOST_TOKENS, STEP};

/// How many words are named as those that decided.
pub(crate) const NAMED: usize = 3;

/// The bits of a key that say which token it is of.
const TOKEN: i32 = MOST_TOKENS.next_power_of_two() as i32 - 1;

/// The tokens that weighed most: of each that stand so many from each other the first few, as keys in order.
pub(crate) struct Weightiest([[i32; STEP]; NAMED]);

impl Weightiest {
    /// By what each token gave, times a sign.
    #[inline]
    pub(crate) fn of(given: &[f32], sign: f32) -> Self {
        let mut most = [[0; STEP]; NAMED];
        let mut token = TOKEN;
        for given in given.as_chunks::<STEP>().0 {
            let mut keys: [i32; STEP] = std::array::from_fn(|at| key(given[at] * sign, token - at as i32));
            token -= STEP as i32;
            // Without a branch: which is the greater cannot be predicted.
            for most in &mut most {
                for at in 0..STEP {
                    let (key, known) = (keys[at], most[at]);
                    most[at] = if key > known { key } else { known };
                    keys[at] = if key > known { known } else { key };
                }
            }
        }
        Self(most)
    }

    /// The one that weighed most; none where no other weighed anything.
    pub(crate) fn take(&mut self) -> Option<usize> {
        let [first, ..] = &self.0;
        let best = first.iter().fold(0, |best, &key| if key > best { key } else { best });
        for at in 0..STEP {
            // Those behind it move up.
            let is_it = self.0[0][at] == best;
            for next in 1..=NAMED {
                let behind = self.0.get(next).map_or(0, |keys| keys[at]);
                let of = &mut self.0[next - 1][at];
                *of = if is_it { behind } else { *of };
            }
        }
        (best > TOKEN).then_some((TOKEN - (best & TOKEN)) as usize)
    }
}

/// A number that is the greater the more a token gave, and of two that gave about the same is greater for the first
/// one, whose number is counted from above. It is not above [`TOKEN`] where the token gave nothing or less.
#[inline]
fn key(given: f32, token: i32) -> i32 {
    // Of numbers above 0 the bits are ordered as they are.
    given.to_bits().cast_signed() & !TOKEN | token
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(given: &[f32], sign: f32) -> Vec<usize> {
        let mut weightiest = Weightiest::of(given, sign);
        std::iter::from_fn(|| weightiest.take()).collect()
    }

    #[test]
    fn the_weightiest_come_first_and_those_that_gave_nothing_never() {
        assert_eq!(taken(&[0.0, 2.0, -1.0, 0.5, 2.0, 0.0, -3.0, 7.0], 1.0), [7, 1, 4, 3]);
        assert_eq!(taken(&[0.0, 2.0, -1.0, 0.5, 2.0, 0.0, -3.0, 7.0], -1.0), [6, 2]);
        assert_eq!(taken(&[0.0; 8], -1.0), [0; 0]);
        let rising: Vec<f32> = (0..MOST_TOKENS).map(|token| token as f32 + 1.0).collect();
        assert_eq!(taken(&rising, 1.0)[..NAMED], [MOST_TOKENS - 1, MOST_TOKENS - 2, MOST_TOKENS - 3]);
    }
}
