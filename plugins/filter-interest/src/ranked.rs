//! An interest with what was learned for it, and how close a message is to it.

use crate::background::Background;
use crate::feedback::{BEST, Feedback};
use crate::interest::{Interest, Term};
use crate::recipe::Recipe;
use crate::words::Word;

/// How rare a word is taken to be as far as rarity does not matter, in bits.
const USUAL_RARITY: f32 = 8.0;
/// A message that has so many of the weightiest terms has the whole interest.
const WHOLE: usize = 4;
/// How much the sum of a pair's mean weight is raised where its words stand side by side.
const PAIR: f32 = 0.15;
/// How far apart the words of a pair may stand.
const NEAR: u32 = 2;
/// As how much of a word one counts that begins like it.
const BEGUN: f32 = 0.3;
/// How much of the closeness depends on how much of the interest is met.
const COORDINATION: f32 = 0.4;
/// The weight of all words that were added, as a part of that of the whole interest.
const ADDED: f32 = 0.75;
/// No word that was added weighs more than this part of the weightiest of the interest's own.
const MOST_ADDED: f32 = 0.5;
/// How much of a term's weight depends on whether the best messages have it.
const TESTED: f32 = 0.4;
/// So many terms of one message are looked at.
const MOST_HITS: usize = 128;

/// A word of a message that is a term of an interest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) interest: u16,
    pub(crate) term: u16,
    /// Whether it is the term, and does not only begin like it.
    pub(crate) whole: bool,
    pub(crate) word: Word,
}

/// How often a message has a term.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// A part of one where only a beginning was met.
    times: f32,
    /// The place behind the word that was counted last.
    behind: u32,
}

/// An interest, what was learned for it, and the weights that follow from it.
pub(crate) struct Ranked {
    pub(crate) interest: Interest,
    pub(crate) feedback: Feedback,
    /// The weights of the terms, and behind them those of the words that were added.
    pub(crate) weights: Vec<f32>,
    /// The words that were added.
    pub(crate) added: Vec<Term>,
    /// The weight at which a message has the whole interest; above 0.
    pub(crate) whole: f32,
    counts: Vec<Count>,
}

/// How close a message is to an interest, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judged {
    /// With the words that were added.
    pub(crate) relevance: f32,
    /// By the interest's own words alone: what was learned from the best does not choose the best.
    pub(crate) own: f32,
}

impl Ranked {
    pub(crate) fn new(interest: Interest) -> Self {
        let feedback = Feedback::default();
        Self { interest, feedback, weights: Vec::new(), added: Vec::new(), whole: 1.0, counts: Vec::new() }
    }

    /// Take over what was remembered; there is a weight for each term and each word that was added.
    pub(crate) fn restore(&mut self, weights: Vec<f32>, added: Vec<Term>, whole: f32, feedback: Feedback) {
        self.counts = vec![Count::default(); weights.len()];
        (self.weights, self.added, self.whole, self.feedback) = (weights, added, whole, feedback);
    }

    /// Work out the weights anew.
    pub(crate) fn weigh(&mut self, background: &Background, recipe: &Recipe) {
        let Self { interest, feedback, weights, added, .. } = self;
        weights.clear();
        for term in &interest.terms {
            let rarity = recipe.rarity * background.rarity(term.hash) + (1.0 - recipe.rarity) * USUAL_RARITY;
            weights.push(term.share * rarity);
        }
        if recipe.tested_words && feedback.weight() > 0.0 {
            let most = interest.terms.iter().map(|term| feedback.share(term.hash)).fold(0.05, f32::max);
            let tested = TESTED * feedback.trust();
            for (term, weight) in
                interest.terms.iter().zip(weights.iter_mut()).filter(|(term, _)| term.share > 0.0)
            {
                *weight *= 1.0 - tested + 2.0 * tested * (feedback.share(term.hash) / most).sqrt();
            }
        }
        let mut weightiest = [0.0; WHOLE];
        for &weight in weights.iter() {
            let mut weight = weight;
            for of in &mut weightiest {
                if weight > *of {
                    std::mem::swap(&mut weight, of);
                }
            }
        }
        self.whole = weightiest.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        added.clear();
        if recipe.added_words && feedback.weight() > 0.0 {
            feedback.telling(background, interest, added);
            let all: f32 = added.iter().map(|term| term.share).sum();
            let scale = ADDED * feedback.trust() * self.whole / all.max(f32::MIN_POSITIVE);
            weights.extend(added.iter().map(|term| (term.share * scale).min(weightiest[0] * MOST_ADDED)));
        }
        self.counts.clear();
        self.counts.resize(weights.len(), Count::default());
    }

    /// Judge a message by the words of it that are terms, in their order. `stretch` is 1 for a message of middle
    /// length and more for a longer one.
    pub(crate) fn judge(&mut self, hits: &[Hit], stretch: f32, recipe: &Recipe) -> Judged {
        let hits = hits.get(..MOST_HITS).unwrap_or(hits);
        for hit in hits {
            let count = &mut self.counts[usize::from(hit.term)];
            if !hit.whole {
                count.times = count.times.max(BEGUN);
            } else if hit.word.position >= count.behind {
                // A tag and its end are at one place.
                count.times = if count.times < 1.0 { 1.0 } else { count.times + 1.0 };
                count.behind = hit.word.position + 1;
            }
        }
        let (mut own, mut met, mut added) = (0.0, 0.0, 0.0);
        let own_terms = self.interest.terms.len();
        for hit in hits {
            // Each term once, where it is met first.
            let term = usize::from(hit.term);
            let Count { times, .. } = std::mem::take(&mut self.counts[term]);
            if times == 0.0 {
                continue;
            }
            let weight = self.weights[term];
            let says = weight * times * (recipe.saturation + 1.0) / (times + recipe.saturation * stretch);
            if term < own_terms {
                own += says;
                met += weight.max(0.0);
            } else {
                added += says;
            }
        }
        own += self.pairs(hits);
        if recipe.coordination {
            own *= 1.0 - COORDINATION + COORDINATION * (met / self.whole).min(1.0);
        }
        Judged { relevance: self.relevance(own + added), own: self.relevance(own) }
    }

    /// What the pairs of the interest add that a message has, each once.
    fn pairs(&self, hits: &[Hit]) -> f32 {
        if self.interest.pairs.is_empty() {
            return 0.0;
        }
        let mut seen = [0u64; 8];
        let mut sum = 0.0;
        for (at, second) in hits.iter().enumerate() {
            for first in hits[..at].iter().rev() {
                if second.word.position - first.word.position > NEAR {
                    break;
                }
                let Ok(place) = self.interest.pairs.binary_search(&(first.term, second.term)) else {
                    continue;
                };
                let (of, bit) = (place / 64 % seen.len(), 1 << (place % 64));
                if seen[of] & bit == 0 {
                    seen[of] |= bit;
                    let weight = |hit: &Hit| self.weights[usize::from(hit.term)];
                    sum += PAIR * 0.5 * (weight(first) + weight(second));
                }
            }
        }
        sum
    }

    /// Half the interest is a relevance of one half, the whole of it four fifths.
    fn relevance(&self, sum: f32) -> f32 {
        let part = (sum / self.whole).clamp(0.0, 1e3);
        part * part / (part * part + 0.25)
    }

    /// Whether a message is one of the best.
    pub(crate) fn is_best(judged: Judged) -> bool {
        judged.own >= BEST
    }
}
