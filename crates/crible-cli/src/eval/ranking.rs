//! How well a score tells the essential from the rest.

/// A score, and whether the message was to be kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) score: f32,
    pub(crate) positive: bool,
}

/// How well a score ranks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ranking {
    /// The mean of the precision over all steps of recall, messages of one score taken together: the sum of
    /// (Rₙ − Rₙ₋₁) Pₙ. 0 to 1; a score that knows nothing has the share of positives.
    pub(crate) average_precision: f64,
    /// The threshold with the greatest F1; of equal ones the highest.
    pub(crate) best: Threshold,
    /// Whether there are two scores that differ.
    pub(crate) ranks: bool,
}

/// What keeping all from this score on would give.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Threshold {
    pub(crate) score: f32,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
    pub(crate) accuracy: f64,
}

/// Messages whose scores lie near each other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bin {
    /// The lowest and the highest of their scores; of probabilities the bounds of the bin.
    pub(crate) from: f32,
    pub(crate) to: f32,
    pub(crate) messages: u64,
    pub(crate) positives: u64,
    pub(crate) mean_score: f64,
}

impl Bin {
    /// Which part of them was to be kept.
    pub(crate) fn share(&self) -> f64 {
        self.positives as f64 / self.messages as f64
    }
}

/// How many bins there are at most.
const BINS: usize = 10;

/// How well these scores rank; absent where none of the messages was to be kept.
pub(crate) fn ranking(scored: &[Scored]) -> Option<Ranking> {
    let sorted = by_score(scored);
    let all = sorted.len() as f64;
    let positives = sorted.iter().filter(|of| of.positive).count() as f64;
    if positives == 0.0 {
        return None;
    }
    let (mut kept, mut right, mut average_precision, mut recall_before) = (0.0, 0.0, 0.0, 0.0);
    let mut best: Option<Threshold> = None;
    let mut groups = 0;
    for group in sorted.chunk_by(|a, b| a.score == b.score).rev() {
        groups += 1;
        kept += group.len() as f64;
        right += group.iter().filter(|of| of.positive).count() as f64;
        let (precision, recall) = (right / kept, right / positives);
        average_precision += (recall - recall_before) * precision;
        recall_before = recall;
        let f1 = 2.0 * right / (kept + positives);
        if best.as_ref().is_none_or(|best| f1 > best.f1) {
            let wrong = (kept - right) + (positives - right);
            let accuracy = (all - wrong) / all;
            best = Some(Threshold { score: group[0].score, precision, recall, f1, accuracy });
        }
    }
    Some(Ranking { average_precision, best: best?, ranks: groups > 1 })
}

/// Whether all scores can be read as probabilities, and there is something to read.
pub(crate) fn are_probabilities(scored: &[Scored]) -> bool {
    scored.iter().all(|of| (0.0..=1.0).contains(&of.score))
        && scored.iter().any(|of| of.score > 0.0 && of.score < 1.0)
}

/// What part of the messages of each score was to be kept. Probabilities go into ten bins of one width;
/// other scores into ten bins of about as many messages each, equal scores into one. Empty bins are left
/// out.
pub(crate) fn reliability(scored: &[Scored]) -> Vec<Bin> {
    let sorted = by_score(scored);
    let probabilities = are_probabilities(scored);
    let mut bins: Vec<Vec<Scored>> = vec![Vec::new(); BINS];
    let mut before = 0;
    for group in sorted.chunk_by(|a, b| a.score == b.score) {
        let place = match probabilities {
            true => (group[0].score * BINS as f32) as usize,
            // The middle of the group says where it belongs.
            false => (2 * before + group.len()) * BINS / (2 * sorted.len()),
        };
        bins[place.min(BINS - 1)].extend(group);
        before += group.len();
    }
    let bin = |(at, of): (usize, &Vec<Scored>)| {
        let (first, last) = (of.first()?.score, of.last()?.score);
        let (from, to) = match probabilities {
            true => (at as f32 / BINS as f32, (at + 1) as f32 / BINS as f32),
            false => (first, last),
        };
        let sum: f64 = of.iter().map(|of| f64::from(of.score)).sum();
        let positives = of.iter().filter(|of| of.positive).count() as u64;
        Some(Bin { from, to, messages: of.len() as u64, positives, mean_score: sum / of.len() as f64 })
    };
    bins.iter().enumerate().filter_map(bin).collect()
}

/// How far probabilities are from what they promise: the mean over all messages of the distance between the
/// mean score and the share of positives in their bin (the expected calibration error).
pub(crate) fn calibration_error(bins: &[Bin]) -> f64 {
    let all: u64 = bins.iter().map(|bin| bin.messages).sum();
    let off = bins.iter().map(|bin| bin.messages as f64 * (bin.mean_score - bin.share()).abs());
    off.sum::<f64>() / (all.max(1)) as f64
}

/// From the lowest score to the highest.
fn by_score(scored: &[Scored]) -> Vec<Scored> {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| a.score.total_cmp(&b.score));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(of: &[(f32, bool)]) -> Vec<Scored> {
        of.iter().map(|&(score, positive)| Scored { score, positive }).collect()
    }

    #[test]
    fn average_precision_is_that_of_the_books() {
        // Ranked +, −, +, −: the precisions at the hits are 1 and 2/3.
        let ranked = ranking(&scored(&[(0.8, false), (0.9, true), (0.2, false), (0.3, true)])).unwrap();
        assert!((ranked.average_precision - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
        assert!(ranked.ranks);
        assert_eq!(ranked.best.score, 0.3);
        assert!((ranked.best.f1 - 0.8).abs() < 1e-12);
        assert!((ranked.best.accuracy - 0.75).abs() < 1e-12);
    }

    #[test]
    fn equal_scores_rank_nothing_and_have_the_share_of_positives() {
        let ranked = ranking(&scored(&[(1.0, true), (1.0, false), (1.0, false), (1.0, false)])).unwrap();
        assert_eq!((ranked.average_precision, ranked.ranks), (0.25, false));
        assert_eq!(ranking(&scored(&[(1.0, false)])), None);
    }

    #[test]
    fn probabilities_have_bins_of_one_width() {
        let bins =
            reliability(&scored(&[(0.05, false), (0.9, true), (1.0, true), (0.5, true), (0.6, false)]));
        let rows: Vec<_> = bins.iter().map(|bin| (bin.from, bin.messages, bin.positives)).collect();
        assert_eq!(rows, [(0.0, 1, 0), (0.5, 1, 1), (0.6, 1, 0), (0.9, 2, 2)]);
        assert!((calibration_error(&bins) - (0.05 + 0.5 + 0.6 + 2.0 * 0.05) / 5.0).abs() < 1e-6);
    }

    #[test]
    fn other_scores_have_bins_of_as_many_messages_and_no_score_in_two() {
        let many: Vec<_> = (0..100).map(|n| (n as f32, n >= 50)).collect();
        let bins = reliability(&scored(&many));
        assert!(bins.iter().all(|bin| bin.messages == 10), "{bins:?}");
        assert_eq!((bins[4].positives, bins[5].positives), (0, 10));
        let few = reliability(&scored(&[(0.0, false), (0.0, true), (0.0, false), (7.0, true)]));
        assert_eq!(few.iter().map(|bin| bin.messages).collect::<Vec<_>>(), [3, 1]);
    }
}
