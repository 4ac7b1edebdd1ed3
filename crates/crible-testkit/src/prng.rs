//! Random numbers that are the same on every machine and in every version.

/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
/// (OOPSLA 2014), with the constants of Vigna's public-domain version. A crate could change its
/// sequence between two versions; the data made from this one must not change.
#[derive(Clone, Debug)]
pub(crate) struct Prng(u64);

impl Prng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The sequence that belongs to one purpose (`stream`) of one item (`index`), so that an item
    /// can be made again without those before it.
    pub(crate) fn of_item(seed: u64, index: u64, stream: u64) -> Self {
        Self(mix(mix(seed ^ mix(stream)).wrapping_add(index)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number in `0..bound`; 0 when `bound` is 0. (Lemire's multiply and shift, without its
    /// rejection step: for the small bounds used here the bias cannot be seen.)
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// True `percent` times out of a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `items`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// One of `words`, which must not be empty.
    pub(crate) fn pick_str<'a, S: AsRef<str>>(&mut self, words: &'a [S]) -> &'a str {
        self.pick(words).as_ref()
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_splitmix64() {
        // The first outputs for seed 1234567, as published with the reference implementation.
        let mut prng = Prng::new(1_234_567);
        let got: Vec<u64> = (0..3).map(|_| prng.next()).collect();
        assert_eq!(got, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn numbers_stay_below_their_bound() {
        let mut prng = Prng::new(1);
        assert!((0..10_000).all(|_| prng.below(7) < 7));
        assert!((0..10_000).all(|_| (0.0..1.0).contains(&prng.fraction())));
    }
}
