//! What the best messages speak of.

use std::collections::HashSet;

use hashbrown::HashTable;

use crate::background::{Background, log2};
use crate::interest::{Interest, Term};
use crate::letters::spread;

/// How close to the interest the best messages are, by its own words alone.
pub(crate) const BEST: f32 = 0.6;
/// How many words are counted for an interest; when there are more, the rarer half is forgotten.
const MOST: usize = 512;
/// How many words of one message are counted.
pub(crate) const MOST_OF_ONE: usize = 100;
/// When the best messages weigh so much together, all counts are halved, so that the old fades.
const MOST_WEIGHT: f32 = 400.0;
/// What so many of the best messages say is believed by half.
const DOUBT: f32 = 5.0;
/// A word is added once the best messages that have it weigh so much together: two or more of them.
const HEARD: f32 = 1.0;
/// How many words are added to an interest.
const ADDED: usize = 16;
/// So many of the last of the best are remembered, so that one that is passed on counts once.
const RECENT: usize = 64;

/// A word and how much the best messages that had it weigh.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) hash: u64,
    pub(crate) weight: f32,
}

/// The words of the best messages for one interest.
#[derive(Default)]
pub(crate) struct Feedback {
    candidates: HashTable<Candidate>,
    /// How much the best messages weigh together.
    weight: f32,
    /// Fingerprints of the last of them; the next one takes the place `next`.
    recent: Vec<u64>,
    next: usize,
}

impl Feedback {
    /// What was remembered, as [`Self::candidates`] and the others gave it.
    pub(crate) fn from_parts(candidates: &[Candidate], weight: f32, recent: Vec<u64>, next: usize) -> Self {
        let mut feedback = Self { weight, next: next % RECENT, ..Self::default() };
        candidates.iter().take(MOST).for_each(|of| feedback.insert(*of));
        feedback.recent = recent;
        feedback.recent.truncate(RECENT);
        feedback.next = feedback.next.min(feedback.recent.len());
        feedback
    }

    /// The words, in the order of their hashes.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let mut all: Vec<Candidate> = self.candidates.iter().copied().collect();
        all.sort_unstable_by_key(|of| of.hash);
        all
    }

    /// How much the best messages weigh together.
    pub(crate) fn weight(&self) -> f32 {
        self.weight
    }

    /// The fingerprints, and where the next one goes.
    pub(crate) fn recent(&self) -> (&[u64], usize) {
        (&self.recent, self.next)
    }

    /// How far what the best messages say is believed, 0 to 1.
    pub(crate) fn trust(&self) -> f32 {
        self.weight / (self.weight + DOUBT)
    }

    /// The share of the best messages that have a word, 0 to 1.
    pub(crate) fn share(&self, hash: u64) -> f32 {
        let weight = self.candidates.find(spread(hash), |of| of.hash == hash).map_or(0.0, |of| of.weight);
        weight / (self.weight + 1.0)
    }

    /// Count the words of one of the best messages: the hashes of the first [`MOST_OF_ONE`].
    pub(crate) fn learn(&mut self, words: &[u64], relevance: f32, stop: &HashSet<u64>) {
        if !self.is_new(words) {
            return;
        }
        for (at, &hash) in words.iter().enumerate() {
            if words[..at].contains(&hash) || stop.contains(&hash) {
                continue;
            }
            match self.candidates.find_mut(spread(hash), |of| of.hash == hash) {
                Some(of) => of.weight += relevance,
                None => {
                    if self.candidates.len() >= MOST {
                        self.forget_half();
                    }
                    self.insert(Candidate { hash, weight: relevance });
                }
            }
        }
        self.weight += relevance;
        if self.weight >= MOST_WEIGHT {
            self.weight *= 0.5;
            self.candidates.iter_mut().for_each(|of| of.weight *= 0.5);
        }
    }

    fn insert(&mut self, of: Candidate) {
        self.candidates.insert_unique(spread(of.hash), of, |of| spread(of.hash));
    }

    /// Whether it is not one of the last again, whatever stands in front of it ("RT @zoé: ") or behind it.
    fn is_new(&mut self, words: &[u64]) -> bool {
        let middle = words.iter().skip(2).take(12);
        let print = middle.fold(0u64, |print, hash| print.wrapping_add(hash | 1));
        if self.recent.contains(&print) {
            return false;
        }
        match self.recent.get_mut(self.next) {
            Some(oldest) => *oldest = print,
            None => self.recent.push(print),
        }
        self.next = (self.next + 1) % RECENT;
        true
    }

    fn forget_half(&mut self) {
        let mut all: Vec<Candidate> = self.candidates.drain().collect();
        all.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.hash.cmp(&b.hash)));
        all.iter().take(MOST / 2).for_each(|of| self.insert(*of));
    }

    /// The words that tell the best messages from all others and are none of the interest's own, weightiest
    /// first, each with its part in the divergence of the best messages from the stream (Carpineto, de Mori,
    /// Romano and Bigi, "An information-theoretic approach to automatic query expansion", 2001).
    pub(crate) fn telling(&self, background: &Background, own: &Interest, out: &mut Vec<Term>) {
        out.clear();
        for of in &self.candidates {
            if of.weight < HEARD || own.has(of.hash) {
                continue;
            }
            let (best, all) = (of.weight / (self.weight + 1.0), background.share(of.hash));
            if best > 2.0 * all {
                out.push(Term { hash: of.hash, share: best * log2(best / all) });
            }
        }
        out.sort_unstable_by(|a, b| b.share.total_cmp(&a.share).then(a.hash.cmp(&b.hash)));
        out.truncate(ADDED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{hash_of, words_of};

    fn learn(feedback: &mut Feedback, text: &str) {
        let hashes: Vec<u64> = words_of(text, true).iter().map(|word| word.hash).collect();
        feedback.learn(&hashes, 0.8, &HashSet::new());
    }

    #[test]
    fn what_is_passed_on_counts_once() {
        let mut feedback = Feedback::default();
        learn(&mut feedback, "RT @zoe: the tram stands still at the town hall");
        learn(&mut feedback, "RT @max: the tram stands still at the town hall");
        assert_eq!(feedback.weight(), 0.8);
    }

    #[test]
    fn memory_is_bounded() {
        let mut feedback = Feedback::default();
        for message in 0..1_000 {
            let text: String = (0..50).map(|word| format!("w{} ", message * 50 + word)).collect();
            learn(&mut feedback, &format!("tram {text}"));
        }
        assert!(feedback.candidates().len() <= MOST && feedback.recent().0.len() <= RECENT);
        assert!(feedback.weight() < MOST_WEIGHT);
        assert!(feedback.share(hash_of("tram")) > 0.9, "what all have stays");
    }
}
