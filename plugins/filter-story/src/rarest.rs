//! By which of its words a text is found: those that weigh most.

use crate::words::MOST_WORDS;

/// By how many of its words, the rarest, a story is found.
pub(crate) const SINGLES: usize = 3;
/// By how many pairs of neighbouring words, the rarest, it is found.
pub(crate) const PAIRS: usize = 9;

/// The weights of the words of a text; 0 behind the last one, and where a word does not count.
pub(crate) type Weights = [u16; MOST_WORDS];

/// The places of the words that weigh most, and of those that do so together with the next one. `counted` are
/// the places that have a weight.
#[inline(never)]
pub(crate) fn rarest(weights: &Weights, counted: u64) -> (u64, u64) {
    let pairs = counted & counted >> 1;
    let few = pairs.count_ones() <= PAIRS as u32;
    (
        heaviest_three(weights, counted),
        if few { pairs } else { Lanes::of(weights).pairs().heaviest(PAIRS as u32) },
    )
}

/// The places with the three greatest weights; of equal weights the first.
fn heaviest_three(weights: &Weights, counted: u64) -> u64 {
    let end = u64::BITS - counted.leading_zeros();
    let (mut first, mut second, mut third) = (0, 0, 0);
    for (&weight, place) in weights.iter().zip(0..end) {
        // What is left behind the place comes behind the weight, so that the first is the greatest.
        let next = u32::from(weight) << 16 | (MOST_WORDS as u32 - place);
        let less = next.min(first);
        first = first.max(next);
        let least = less.min(second);
        second = second.max(less);
        third = third.max(least);
    }
    [first, second, third].into_iter().fold(0, |places, one| {
        let place = MOST_WORDS as u32 - one % (1 << 16);
        places | u64::from(one >> 16 != 0) << place
    })
}

const EACH: u64 = 0x0001_0001_0001_0001;
const HIGH: u64 = 0x8000 * EACH;
/// All weights, also of two words, are below two to the power of this.
const WEIGHT_BITS: u32 = 9;

/// The weights, four in a number, the first the lowest, so that four are compared at once.
#[derive(Clone, Copy)]
struct Lanes([u64; MOST_WORDS / 4]);

impl Lanes {
    fn of(weights: &Weights) -> Self {
        let (fours, _) = weights.as_chunks::<4>();
        let mut lanes = [0; MOST_WORDS / 4];
        for (lane, four) in lanes.iter_mut().zip(fours) {
            *lane = four.iter().rev().fold(0, |lane, &weight| lane << 16 | u64::from(weight));
        }
        Self(lanes)
    }

    /// The weights of each word together with the next one, where both have one.
    #[inline]
    fn pairs(self) -> Self {
        let mut pairs = [0; MOST_WORDS / 4];
        for (at, pair) in pairs.iter_mut().enumerate() {
            let here = self.0[at];
            let next = here >> 16 | self.0.get(at + 1).map_or(0, |after| after << 48);
            let both = at_least(here, 1) & at_least(next, 1);
            *pair = (here + next) & ((both >> 15) * 0xFFFF);
        }
        Self(pairs)
    }

    /// The places with the greatest weights, so many of more; of equal weights the first.
    fn heaviest(self, most: u32) -> u64 {
        // The greatest weight that enough places have at least, bit by bit.
        let mut least = 0;
        for bit in (0..WEIGHT_BITS).rev() {
            let greater = least | 1 << bit;
            let count = self.count(greater);
            if count == most {
                return self.places(greater);
            }
            least = if count > most { greater } else { least };
        }
        let mut heavier = self.places(least + 1);
        let mut equal = self.places(least) & !heavier;
        while heavier.count_ones() < most {
            heavier |= equal & equal.wrapping_neg();
            equal &= equal - 1;
        }
        heavier
    }

    /// How many places have such a weight or more.
    #[inline]
    fn count(self, least: u64) -> u32 {
        let counts = self.0.iter().fold(0, |counts, &lane| counts + (at_least(lane, least) >> 15));
        (counts.wrapping_mul(EACH) >> 48) as u32
    }

    /// These places.
    #[inline]
    fn places(self, least: u64) -> u64 {
        self.0.iter().rev().fold(0, |places, &lane| {
            // Gathered by a multiplication into the highest bits.
            let bits = (at_least(lane, least) >> 15).wrapping_mul(0x0001_0002_0004_0008);
            places << 4 | bits >> 48 & 0xF
        })
    }
}

/// The highest bit of each of four weights that is so much or more.
#[inline]
fn at_least(lane: u64, least: u64) -> u64 {
    ((lane | HIGH) - least * EACH) & HIGH
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::*;

    /// The same by sorting.
    fn sorted(weights: impl Iterator<Item = u16>, most: usize) -> u64 {
        let mut places: Vec<(Reverse<u16>, usize)> = weights.map(Reverse).zip(0..).collect();
        places.retain(|(weight, _)| weight.0 > 0);
        places.sort();
        places.iter().take(most).fold(0, |mask, (_, at)| mask | 1 << at)
    }

    proptest! {
        #[test]
        fn the_rarest_are_the_first_of_the_sorted(
            weights in any::<[u8; MOST_WORDS]>(), below in prop::sample::select(vec![3, 20, 145]),
        ) {
            let weights = weights.map(|weight| u16::from(weight) % below);
            let pairs = weights.windows(2).map(|pair| if pair.contains(&0) { 0 } else { pair[0] + pair[1] });
            let expected = (sorted(weights.into_iter(), SINGLES), sorted(pairs, PAIRS));
            let counted = (0..MOST_WORDS).filter(|&at| weights[at] > 0).fold(0, |mask, at| mask | 1 << at);
            prop_assert_eq!(rarest(&weights, counted), expected);
        }
    }
}
