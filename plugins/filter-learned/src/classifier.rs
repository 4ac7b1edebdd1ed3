//! A model at work on a stream: judges, says why, and goes on learning.

use crate::features::Features;
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
    pub(crate) stream: Stream,
    pub(crate) feedback: Feedback,
    features: Features,
    /// What each token of the message gave to its log-odds.
    given: Vec<f32>,
    last: f64,
}

impl Classifier {
    /// A model at the start of a stream. What feedback teaches is worth half after `half_life` ms.
    pub fn new(model: Model, half_life: i64) -> Self {
        Self {
            model,
            stream: Stream::new(),
            feedback: Feedback::new(half_life.max(1)),
            features: Features::default(),
            given: Vec::new(),
            last: 0.0,
        }
    }

    /// The log-odds that a message is good where the stream is now, at a time in ms. The stream goes on: the
    /// next message is judged knowing this one.
    pub fn judge(&mut self, sample: &Sample<'_>, time: i64) -> f64 {
        let margin = self.weigh(sample, time);
        self.stream.observe(self.features.topics.iter(), margin);
        self.last
    }

    /// The probability that a message is good, by itself: without the stream and without feedback.
    pub fn probability_alone(&mut self, sample: &Sample<'_>) -> f64 {
        self.features.read(sample);
        let margin = self.model.linear.margin(&self.features, &mut []);
        probability(f64::from(self.model.alone.log_odds(&[margin, 0.0, 0.0, 0.0])))
    }

    /// Learn that a message is good, or that it is not, at a time in ms.
    pub fn teach(&mut self, sample: &Sample<'_>, good: bool, time: i64) {
        self.weigh(sample, time);
        self.feedback.teach(&self.features, probability(self.last), good, time);
    }

    /// The words that decided the last message that was judged, the weightiest first, with commas between;
    /// `sample` must be that message. Empty where no word spoke for what was decided.
    pub fn deciding(&self, sample: &Sample<'_>, out: &mut String) {
        out.clear();
        let sign = if self.last >= 0.0 { 1.0 } else { -1.0 };
        let mut best: [Option<(f32, usize)>; NAMED] = [None; NAMED];
        for (token, given) in self.given.iter().enumerate() {
            let mut next = (given * sign, token);
            let least = best[NAMED - 1].map_or(0.0, |(given, _)| given);
            let same =
                |of: &Option<(f32, usize)>| of.is_some_and(|(_, of)| self.features.same_token(of, token));
            if next.0 <= least || !next.0.is_finite() || best.iter().any(same) {
                continue;
            }
            for place in &mut best {
                match place {
                    Some(held) if held.0 >= next.0 => {}
                    Some(held) => std::mem::swap(held, &mut next),
                    None => {
                        *place = Some(next);
                        break;
                    }
                }
            }
        }
        for (_, token) in best.into_iter().flatten() {
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
        let Self { model, stream, feedback, features, given, last } = self;
        features.read(sample);
        given.clear();
        given.resize(features.tokens.all().len(), 0.0);
        let margin = model.linear.margin(features, given);
        let [of_margin, of_standing, of_company, ..] = model.within.0;
        let worth = of_margin + of_standing;
        given.iter_mut().for_each(|given| *given *= worth);
        let cues = stream.cues(&model.background, features.topics.iter(), margin, of_company, given);
        let log_odds = model.within.log_odds(&cues) + feedback.log_odds(features, time, given);
        *last = match log_odds.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS) {
            odds if odds.is_nan() => 0.0,
            odds => f64::from(odds),
        };
        if margin.is_finite() { margin } else { 0.0 }
    }
}
