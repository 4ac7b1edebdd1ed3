//! What the reader's feedback taught since the examples, fading with time.

use crate::features::{Counts, Features, LETTERS, WORDS};
use crate::linear::shorten;

/// By how much a first lesson moves the log-odds of a message like it that was as likely good as bad.
const RATE: f32 = 2.0;
/// A weight moves half as fast when it has been taught so much (the sum of its squared gradients).
const PATIENCE: f32 = 0.02;
/// After so many half lives all weights are written anew, so that they keep their exactness.
const MOST_HALVINGS: f64 = 16.0;

/// A weight and the sum of the squares of its gradients.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Weight {
    pub(crate) of: f32,
    pub(crate) taught: f32,
}

/// Weights for words and runs of letters, learned one message at a time (AdaGrad; Duchi, Hazan and Singer,
/// 2011) and halved with each half life.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Feedback {
    /// In ms.
    half_life: i64,
    /// When the weights were worth what they say, in ms.
    pub(crate) since: i64,
    /// How many messages taught it.
    pub(crate) lessons: u32,
    /// Empty until the first lesson.
    pub(crate) words: Vec<Weight>,
    pub(crate) letters: Vec<Weight>,
}

impl Feedback {
    pub(crate) fn new(half_life: i64) -> Self {
        Self { half_life, since: 0, lessons: 0, words: Vec::new(), letters: Vec::new() }
    }

    /// Make room for the weights: 2.6 MB.
    pub(crate) fn open(&mut self) {
        self.words.resize(WORDS, Weight::default());
        self.letters.resize(LETTERS, Weight::default());
    }

    fn halvings(&self, time: i64) -> f64 {
        time.saturating_sub(self.since).max(0) as f64 / self.half_life as f64
    }

    /// What is added to the log-odds of a message. What each of its tokens gave is added to `given`.
    pub(crate) fn log_odds(&self, features: &Features, time: i64, given: &mut [f32]) -> f32 {
        if self.lessons == 0 {
            return 0.0;
        }
        let left = (-self.halvings(time)).exp2() as f32;
        let word_part = shorten(features.counts.words) * left;
        let letter_part = shorten(features.counts.letters) * left;
        let mut sum = weight_of(&self.words, &features.wholes) * word_part;
        for (places, given) in features.places().iter().zip(&mut *given) {
            let weight = weight_of(&self.words, &places.words) * word_part
                + weight_of(&self.letters, &places.letters.map(u32::from)) * letter_part;
            sum += weight;
            *given += weight;
        }
        for &(place, token) in &features.general {
            let weight = weight_of(&self.words, &[place]) * word_part;
            sum += weight;
            if let Some(given) = given.get_mut(token) {
                *given += weight;
            }
        }
        sum
    }

    /// Learn that a message, which was held to be good with probability `p`, is good or is not.
    pub(crate) fn teach(&mut self, features: &Features, p: f64, good: bool, time: i64) {
        if self.lessons == 0 {
            self.open();
            self.since = time;
        }
        if self.halvings(time) > MOST_HALVINGS {
            let left = (-self.halvings(time)).exp2() as f32;
            let fade = |weight: &mut Weight| weight.of *= left;
            self.words.iter_mut().chain(&mut self.letters).for_each(fade);
            self.since = time;
        }
        self.lessons = self.lessons.saturating_add(1);
        let error = f64::from(u8::from(good)) - p;
        // A weight taught now fades from now on, not from `since`.
        let worth = self.halvings(time).exp2() as f32;
        let Counts { words, letters, .. } = features.counts;
        step(&mut self.words, features.words(), error as f32 * shorten(words), worth);
        step(&mut self.letters, features.letters(), error as f32 * shorten(letters), worth);
    }
}

/// The sum of the weights of a few features.
#[inline]
fn weight_of(weights: &[Weight], places: &[u32]) -> f32 {
    places.iter().filter_map(|&place| weights.get(place as usize)).map(|weight| weight.of).sum()
}

fn step(weights: &mut [Weight], places: impl Iterator<Item = u32>, gradient: f32, worth: f32) {
    for place in places {
        if let Some(weight) = weights.get_mut(place as usize) {
            weight.taught += gradient * gradient;
            let slower = (PATIENCE / (PATIENCE + weight.taught)).sqrt();
            weight.of += 2.0 * RATE * gradient * slower * worth;
        }
    }
}
