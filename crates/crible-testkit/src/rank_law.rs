//! Drawing a rank when low ranks are frequent and high ones rare (Zipf's law).

use crate::prng::Prng;

/// Draws rank `r` with a probability proportional to `1 / (r + 0.5 + offset)`: Zipf's law with
/// Mandelbrot's offset.
#[derive(Clone, Debug)]
pub(crate) struct RankLaw {
    /// Sum of the weights up to and with each rank. Whole numbers, so that no machine rounds
    /// differently.
    sums: Vec<u64>,
    /// For each slice of the total, the first rank that can be drawn there.
    first_ranks: Vec<u32>,
    slice_bits: u32,
}

impl RankLaw {
    /// `ranks` is at least one (zero is taken for one).
    pub(crate) fn new(ranks: u32, offset: f64) -> Self {
        const ONE: f64 = (1_u64 << 40) as f64;
        const SLICES_LOG2: u32 = 16;

        let mut total = 0;
        let sums: Vec<u64> = (0..ranks.max(1))
            .map(|rank| {
                total += (ONE / (f64::from(rank) + 0.5 + offset)) as u64 + 1;
                total
            })
            .collect();
        let slice_bits = (u64::BITS - total.leading_zeros()).saturating_sub(SLICES_LOG2);
        let mut rank = 0;
        let first_ranks = (0..=total >> slice_bits)
            .map(|slice| {
                while rank + 1 < sums.len() && sums[rank] <= slice << slice_bits {
                    rank += 1;
                }
                rank as u32
            })
            .collect();
        Self { sums, first_ranks, slice_bits }
    }

    /// How the messages of `authors` people are shared out: the first fifth writes four fifths,
    /// whatever their number (from a few hundred on).
    ///
    /// With an offset of `authors / 3124` the first fifth holds `ln 625 / ln 3125 = 4 / 5` of the
    /// weight, since `3125 = 5^5` and `625 = 5^4`.
    pub(crate) fn eighty_twenty(authors: u32) -> Self {
        Self::new(authors, f64::from(authors) / 3124.0)
    }

    pub(crate) fn draw(&self, prng: &mut Prng) -> usize {
        self.rank_at(prng.below(self.total()))
    }

    /// The ranks at 65,536 even steps through the law: what is drawn from these, in one step, keeps
    /// the law but for the last ranks of a long tail.
    pub(crate) fn quantiles(&self) -> Box<[u32; 65_536]> {
        let mut ranks = Box::new([0; 65_536]);
        for (step, rank) in (0_u128..).zip(ranks.iter_mut()) {
            let point = (u128::from(self.total()) * (2 * step + 1)) >> 17;
            *rank = self.rank_at(point as u64) as u32;
        }
        ranks
    }

    fn total(&self) -> u64 {
        self.sums[self.sums.len() - 1]
    }

    fn rank_at(&self, point: u64) -> usize {
        let mut rank = self.first_ranks[(point >> self.slice_bits) as usize] as usize;
        while self.sums[rank] <= point {
            rank += 1;
        }
        rank
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_of_the_ranks_gets_four_fifths_of_the_draws() {
        for ranks in [500, 1_000, 20_000, 300_000] {
            let law = RankLaw::eighty_twenty(ranks);
            let mut prng = Prng::new(7);
            let draws = 200_000;
            let first = (0..draws).filter(|_| law.draw(&mut prng) < ranks as usize / 5).count();
            let share = first as f64 / f64::from(draws);
            assert!((0.77..0.83).contains(&share), "{ranks} ranks: {share}");
        }
    }

    #[test]
    fn every_rank_can_be_drawn() {
        let law = RankLaw::new(50, 2.7);
        let mut prng = Prng::new(3);
        let mut seen = [false; 50];
        (0..20_000).for_each(|_| seen[law.draw(&mut prng)] = true);
        assert!(seen.iter().all(|&seen| seen));
        assert_eq!(RankLaw::new(0, 1.0).draw(&mut prng), 0);
    }
}
