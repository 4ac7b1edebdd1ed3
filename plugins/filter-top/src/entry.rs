//! A message that may be among the best, and which of two is better.

use std::cmp::Ordering;

/// A message that may be among the best of its window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// Its score when it arrived; a number, if an infinite one.
    pub(crate) score: f32,
    /// How many arrived before it: of equal scores the earlier is better.
    pub(crate) arrival: u64,
    /// The identity of its reading.
    pub(crate) seq: u64,
}

impl Entry {
    pub(crate) fn new(score: f32, arrival: u64, seq: u64) -> Self {
        // Scores that are added up may become infinite, and two of those no number: that is the worst.
        let score = if score.is_nan() { f32::NEG_INFINITY } else { score };
        Self { score, arrival, seq }
    }
}

/// The worse is the greater, so that the worst is at the top of a heap and the best first in order.
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        // 0.0 and -0.0 are equal here, which they are not for `total_cmp`.
        let scores = other.score.partial_cmp(&self.score).unwrap_or(Ordering::Equal);
        scores.then(self.arrival.cmp(&other.arrival))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}
