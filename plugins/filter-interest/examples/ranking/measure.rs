//! How good a ranking is.

/// Average precision, precision of the first thirty, and normalised discounted cumulative gain of the first thirty.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quality {
    pub(crate) ap: f64,
    pub(crate) p30: f64,
    pub(crate) ndcg30: f64,
}

const FIRST: usize = 30;

impl Quality {
    /// Of messages with their scores, and whether each is relevant. Of equal scores the irrelevant come first;
    /// what has no score is not found.
    pub(crate) fn of(scored: &mut [(f32, bool)]) -> Self {
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let relevant = scored.iter().filter(|(_, relevant)| *relevant).count();
        let gain = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let (mut found, mut quality) = (0.0, Self::default());
        for (rank, _) in scored.iter().enumerate().filter(|(_, (score, relevant))| *relevant && *score > 0.0)
        {
            found += 1.0;
            quality.ap += found / (rank as f64 + 1.0);
            if rank < FIRST {
                quality.p30 += 1.0 / FIRST as f64;
                quality.ndcg30 += gain(rank);
            }
        }
        quality.ap /= relevant.max(1) as f64;
        quality.ndcg30 /= (0..FIRST.min(relevant)).map(gain).sum::<f64>().max(f64::MIN_POSITIVE);
        quality
    }

    pub(crate) fn mean(all: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / all.len().max(1) as f64;
        Self { ap: mean(|of| of.ap), p30: mean(|of| of.p30), ndcg30: mean(|of| of.ndcg30) }
    }
}
