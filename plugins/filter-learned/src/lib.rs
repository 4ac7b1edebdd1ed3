//! Judges messages by what it was taught: by examples beforehand, by feedback as it goes. See `plugin.json`.
//!
//! The stage is [`Learned`]. A program that trains and measures uses [`Trainer`], which makes a [`Model`] of
//! examples, and [`Classifier`], which puts a model to work on a stream.
//!
//! ```
//! use filter_learned::{Classifier, Model, Sample, Trainer};
//!
//! let mut trainer = Trainer::default();
//! for number in 0..20 {
//!     let text = format!("the bridge is closed since {number} o'clock");
//!     trainer.add(&Sample { text: &text, ..Sample::default() }, true, "");
//!     let text = format!("my lunch number {number} was great");
//!     trainer.add(&Sample { text: &text, ..Sample::default() }, false, "");
//! }
//! let model = trainer.train()?;
//! assert_eq!(Model::from_bytes(&model.to_bytes()).as_ref(), Some(&model));
//! let mut classifier = Classifier::new(model, 1);
//! let sample = Sample { text: "is the bridge closed?", ..Sample::default() };
//! assert!(classifier.probability_alone(&sample) > 0.5);
//! # Ok::<(), filter_learned::TooFew>(())
//! ```

mod classifier;
mod corpus;
mod features;
mod feedback;
mod form;
mod learn;
mod letters;
mod linear;
mod logistic;
mod model;
mod sample;
mod settings;
mod snapshot;
mod stream;
mod tokens;
mod trainer;

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextColumn, TextField, Verdicts, site_of,
};
use xxhash_rust::xxh3::xxh3_64;

pub use classifier::Classifier;
pub use model::Model;
pub use sample::Sample;
use settings::{ScoreBy, Settings};
pub use trainer::{Recipe, TooFew, Trainer};

const GOOD: &str = "looks like what you marked as good";
const BAD: &str = "looks like what you marked as bad";
const NOT_ENOUGH: &str = "does not look enough like what you marked as good";
const TAKEN: &str = "taken as feedback";
const EXAMPLE: &str = "taken as an example";

/// The log-odds from which on the whole weight is added: 0.98.
const MOST_LOG_ODDS: f64 = 4.0;

/// Scores and drops messages by how much they look like those that were marked as good.
pub struct Learned {
    settings: Settings,
    /// Of the model's bytes.
    fingerprint: u64,
    classifier: Classifier,
    /// Takes the examples while the stage is in training.
    trainer: Option<Trainer>,
    about: String,
}

impl Plugin for Learned {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Learned {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let mut settings = Settings::read(config)?;
        let bytes = std::mem::take(&mut settings.model);
        let model = match bytes.as_slice() {
            [] => Model::empty(),
            bytes => Model::from_bytes(bytes).ok_or_else(settings::unreadable_model)?,
        };
        let fingerprint = xxh3_64(&bytes);
        let mut classifier = Classifier::new(model, settings.half_life);
        if let Some(state) = state {
            snapshot::read(state, fingerprint, &mut classifier)?;
        }
        let trainer = settings.training.then(Trainer::default);
        Ok(Self { settings, fingerprint, classifier, trainer, about: String::new() })
    }
}

impl Filter for Learned {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let feedback = self.feedback(rows);
        for (row, &time) in rows.times().iter().enumerate() {
            let sample = sample(rows, row);
            match feedback.as_ref().map_or("", |marks| marks.get(row)) {
                "" => self.judge_row(&sample, time, row, out),
                mark @ ("good" | "bad") => match &mut self.trainer {
                    Some(trainer) => {
                        trainer.add(&sample, mark == "good", rows.texts(TextField::Channel).get(row));
                        out.drop(row, EXAMPLE);
                    }
                    None => {
                        self.classifier.teach(&sample, mark == "good", time);
                        out.drop(row, TAKEN);
                    }
                },
                mark => {
                    out.fail(row, "its feedback is neither `good` nor `bad`");
                    out.about(row, mark);
                }
            }
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        match &self.trainer {
            Some(trainer) => match trainer.train() {
                Ok(model) => Ok(model.to_bytes()),
                Err(few) => Err(StageError::fatal(few.to_string())),
            },
            None => Ok(snapshot::write(&self.classifier, self.fingerprint)),
        }
    }
}

impl Learned {
    fn judge_row(&mut self, sample: &Sample<'_>, time: i64, row: usize, out: &mut Verdicts) {
        let log_odds = self.classifier.judge(sample, time);
        let p = logistic::probability(log_odds);
        let Settings { drop_below, keep_above, weight, score_by, .. } = self.settings;
        let share = match score_by {
            ScoreBy::Evidence => (log_odds / MOST_LOG_ODDS).clamp(-1.0, 1.0),
            ScoreBy::Probability => p,
        };
        // What is dropped has a score too: so it can be measured how well the score ranks.
        out.add_score(row, weight * share as f32);
        if p < drop_below || p < keep_above {
            out.drop(row, if p < drop_below || p < 0.5 { BAD } else { NOT_ENOUGH });
        } else if log_odds != 0.0 {
            out.reason(row, if p < 0.5 { BAD } else { GOOD });
        } else {
            return;
        }
        self.classifier.deciding(sample, &mut self.about);
        if !self.about.is_empty() {
            out.about(row, &self.about);
        }
    }

    /// The marks of the rows, where there are any.
    fn feedback(&self, rows: &Rows<'_>) -> Option<TextColumn> {
        let name = &self.settings.feedback_attr;
        let is_there = !name.is_empty() && rows.attr_names().iter().any(|attr| attr == name);
        is_there.then(|| rows.attr(name))
    }
}

fn sample<'a>(rows: &'a Rows<'_>, row: usize) -> Sample<'a> {
    Sample {
        author: rows.texts(TextField::Author).get(row),
        title: rows.texts(TextField::Title).get(row),
        text: rows.texts(TextField::Text).get(row),
        site: site_of(rows, row),
        repost: !rows.texts(TextField::RepostOf).get(row).is_empty(),
    }
}

crible_sdk::export!(filter: Learned);
