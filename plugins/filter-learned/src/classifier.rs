//! A model at work on a stream: judges, says why, and goes on learning.

use crate::features::{Features, STEP};
use crate::feedback::Feedback;
use crate::logistic::probability;
use crate::model::Model;
use crate::sample::Sample;
use crate::stream::Stream;

/// How many words are named as those that decided.
const NAMED: usize = 3;
/// Behind how many bytes a word is cut where it is named.
const MOST_NAMED_BYTES: usize = 40;
/// Log-odds beyond these are not believed.
const MOST_LOG_ODDS: f32 = 12.0;

/// A model at work on a stream: judges, says why, and goes on learning. It takes about 4 MB, 2.6 MB of
/// them after the first feedback.
pub struct Classifier {
    pub(crate) model: Model,
    /// Whether the model says anything; without it the stream need not be followed.
    has_model: bool,
    pub(crate) stream: Stream,
    pub(crate) feedback: Feedback,
    features: Features,
    /// What each token of the message gave to its log-odds.
    given: Vec<f32>,
    /// The same, to find the greatest.
    keys: Vec<i64>,
    last: f64,
}

impl Classifier {
    /// A model at the start of a stream. What feedback teaches is worth half after `half_life` ms.
    pub fn new(model: Model, half_life: i64) -> Self {
        Self {
            has_model: model != Model::empty(),
            model,
            stream: Stream::new(),
            feedback: Feedback::new(half_life.max(1)),
            features: Features::default(),
            given: Vec::new(),
            keys: Vec::new(),
            last: 0.0,
        }
    }

    /// The log-odds that a message is good where the stream is now, at a time in ms. The stream goes on: the
    /// next message is judged knowing this one.
    pub fn judge(&mut self, sample: &Sample<'_>, time: i64) -> f64 {
        if !self.has_model && self.feedback.lessons == 0 {
            // It was taught nothing yet, so there is nothing to read the message for.
            self.given.clear();
            self.last = 0.0;
            return self.last;
        }
        let margin = self.weigh(sample, time);
        if self.has_model {
            self.stream.observe(self.features.topic_steps(), margin);
        }
        self.last
    }

    /// The probability that a message is good, by itself: without the stream and without feedback.
    pub fn probability_alone(&mut self, sample: &Sample<'_>) -> f64 {
        self.features.read(sample);
        self.given.resize(self.features.tokens.len(), 0.0);
        let margin = self.model.linear.margin(&self.features, &mut self.given);
        probability(f64::from(self.model.alone.log_odds(&[margin, 0.0, 0.0, 0.0])))
    }

    /// Learn that a message is good, or that it is not, at a time in ms.
    pub fn teach(&mut self, sample: &Sample<'_>, good: bool, time: i64) {
        self.weigh(sample, time);
        self.feedback.teach(&self.features, probability(self.last), good, time);
    }

    /// The words that decided the last message that was judged, the weightiest first, with commas between;
    /// `sample` must be that message. Empty where no word spoke for what was decided.
    pub fn deciding(&mut self, sample: &Sample<'_>, out: &mut String) {
        out.clear();
        let Self { features, given, keys, last, .. } = self;
        let sign = if *last >= 0.0 { 1.0 } else { -1.0 };
        keys.clear();
        keys.extend(given.iter().zip(0..).map(|(given, token)| key(given * sign, token)));
        let (mut named, mut count) = ([None; NAMED], 0);
        // The same word may come again, from where it weighs less.
        for _ in 0..2 * NAMED {
            let best = greatest(keys);
            let (given, token) = parts(best);
            if count == NAMED || given <= 0.0 || !given.is_finite() {
                break;
            }
            keys[token] = 0;
            let name = Some(features.name(token));
            if named.contains(&name) {
                continue;
            }
            named[count] = name;
            count += 1;
            if !out.is_empty() {
                out.push_str(", ");
            }
            let word = features.written(token, sample);
            let end = word.floor_char_boundary(MOST_NAMED_BYTES);
            out.push_str(&word[..end]);
            out.push_str(if end < word.len() { "…" } else { "" });
        }
    }

    /// Read a message and weigh it; the margin of the linear part.
    fn weigh(&mut self, sample: &Sample<'_>, time: i64) -> f32 {
        let Self { has_model, model, stream, feedback, features, given, last, .. } = self;
        features.read(sample);
        given.clear();
        given.resize(features.tokens.len(), 0.0);
        let (mut margin, mut log_odds) = (0.0, 0.0);
        if *has_model {
            margin = model.linear.margin(features, given);
            let [of_margin, of_standing, of_company, ..] = model.within.0;
            let topics = features.topic_steps();
            let weights = [of_margin + of_standing, of_company];
            let count = features.counts.topics;
            let cues = stream.cues(&model.background, topics, count, margin, weights, given);
            log_odds = model.within.log_odds(&cues);
        }
        log_odds += feedback.log_odds(features, time, given);
        *last = match log_odds.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS) {
            odds if odds.is_nan() => 0.0,
            odds => f64::from(odds),
        };
        if margin.is_finite() { margin } else { 0.0 }
    }
}

/// A number that is the greater the more a token gave, and of two that gave the same is greater for the first one.
/// It is below 0 where the token gave less than nothing.
#[inline]
fn key(given: f32, token: u32) -> i64 {
    // Of numbers above 0 the bits are ordered as they are.
    i64::from(given.to_bits().cast_signed()) << u32::BITS | i64::from(!token)
}

/// What a token gave, and which it is.
fn parts(key: i64) -> (f32, usize) {
    (f32::from_bits((key >> u32::BITS) as u32), !(key as u32) as usize)
}

/// The greatest of the keys, or 0. Without a branch: which it is cannot be predicted.
fn greatest(keys: &[i64]) -> i64 {
    let mut most = [0; STEP];
    for step in keys.as_chunks::<STEP>().0 {
        for (most, &key) in most.iter_mut().zip(step) {
            *most = if key > *most { key } else { *most };
        }
    }
    most.into_iter().fold(0, i64::max)
}
