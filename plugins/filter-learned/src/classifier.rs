//! A model at work on a stream: judges, says why, and goes on learning.

use crate::features::{Features, MOST_TOKENS, STEP};
use crate::feedback::Feedback;
use crate::logistic::probability;
use crate::model::Model;
use crate::sample::Sample;
use crate::stream::Stream;
use crate::weightiest::{NAMED, Weightiest};

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
    /// What each token of the message gave to its log-odds, and what those of longer ones before gave.
    given: Box<[f32; MOST_TOKENS]>,
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
            given: Box::new([0.0; MOST_TOKENS]),
            last: 0.0,
        }
    }

    /// The log-odds that a message is good where the stream is now, at a time in ms. The stream goes on: the
    /// next message is judged knowing this one.
    pub fn judge(&mut self, sample: &Sample<'_>, time: i64) -> f64 {
        if !self.has_model && self.feedback.lessons == 0 {
            // It was taught nothing yet, so there is nothing to read the message for.
            self.features.clear();
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
        let margin = self.model.linear.margin(&self.features, &mut self.given[..]);
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
        let sign = if self.last >= 0.0 { 1.0 } else { -1.0 };
        let mut weightiest = Weightiest::of(&self.given[..self.features.steps().len() * STEP], sign);
        let (mut named, mut count) = ([None; NAMED], 0);
        // The same word may come again, from where it weighs less.
        while count < NAMED
            && let Some(token) = weightiest.take()
        {
            let name = Some(self.features.name(token));
            if named.contains(&name) {
                continue;
            }
            named[count] = name;
            count += 1;
            if !out.is_empty() {
                out.push_str(", ");
            }
            let word = self.features.written(token, sample);
            let end = word.floor_char_boundary(MOST_NAMED_BYTES);
            out.push_str(&word[..end]);
            out.push_str(if end < word.len() { "…" } else { "" });
        }
    }

    /// Read a message and weigh it; the margin of the linear part.
    fn weigh(&mut self, sample: &Sample<'_>, time: i64) -> f32 {
        let Self { has_model, model, stream, feedback, features, given, last, .. } = self;
        features.read(sample);
        let given = &mut given[..features.steps().len() * STEP];
        let (mut margin, mut log_odds) = (0.0, 0.0);
        if *has_model {
            margin = model.linear.margin(features, given);
            let [of_margin, of_standing, of_company, ..] = model.within.0;
            let topics = features.topic_steps();
            let weights = [of_margin + of_standing, of_company];
            let count = features.counts.topics;
            let cues = stream.cues(&model.background, topics, count, margin, weights, given);
            log_odds = model.within.log_odds(&cues);
        } else {
            given.fill(0.0);
        }
        log_odds += feedback.log_odds(features, time, given);
        *last = match log_odds.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS) {
            odds if odds.is_nan() => 0.0,
            odds => f64::from(odds),
        };
        if margin.is_finite() { margin } else { 0.0 }
    }
}
