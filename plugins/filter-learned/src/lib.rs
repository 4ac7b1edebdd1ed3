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
mod marks;
mod model;
mod runs;
mod sample;
mod seen;
mod settings;
mod site;
mod snapshot;
mod stream;
mod tokens;
mod trainer;
mod weightiest;

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, ListField, Plugin, Rows, StageError, TextColumn, TextField, Verdicts,
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

/// Where the reasons stand that nearly every row of a batch has, so that they are looked for once; 0 before.
#[derive(Default)]
struct Said {
    good: u16,
    bad: u16,
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
        let (mut said, columns) = (Said::default(), Columns::of(rows));
        for (row, &time) in rows.times().iter().enumerate() {
            let sample = columns.sample(row);
            match feedback.as_ref().map_or("", |marks| marks.get(row)) {
                "" => self.judge_row(&sample, time, row, &mut said, out),
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
    fn judge_row(&mut self, sample: &Sample<'_>, time: i64, row: usize, said: &mut Said, out: &mut Verdicts) {
        let log_odds = self.classifier.judge(sample, time);
        let Settings { weight, score_by, drop_below, keep_above, .. } = self.settings;
        let share = match score_by {
            ScoreBy::Evidence => logistic::evidence(log_odds),
            ScoreBy::Probability => logistic::probability(log_odds),
        };
        // What is dropped has a score too: so it can be measured how well the score ranks.
        out.add_score(row, weight * share as f32);
        if log_odds < drop_below || log_odds < keep_above {
            out.drop(row, if log_odds < drop_below || log_odds < 0.0 { BAD } else { NOT_ENOUGH });
        } else if log_odds != 0.0 {
            let (index, reason) = if log_odds < 0.0 { (&mut said.bad, BAD) } else { (&mut said.good, GOOD) };
            if *index == 0 {
                *index = out.reasons.table.intern(reason);
            }
            out.reasons.set(out.rows(), row, *index);
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

/// The columns that are looked at, so that they are asked for once.
struct Columns<'a, 'r> {
    rows: &'a Rows<'r>,
    author: &'a TextColumn,
    title: &'a TextColumn,
    text: &'a TextColumn,
    url: &'a TextColumn,
    repost_of: &'a TextColumn,
}

impl<'a, 'r> Columns<'a, 'r> {
    fn of(rows: &'a Rows<'r>) -> Self {
        Self {
            rows,
            author: rows.texts(TextField::Author),
            title: rows.texts(TextField::Title),
            text: rows.texts(TextField::Text),
            url: rows.texts(TextField::Url),
            repost_of: rows.texts(TextField::RepostOf),
        }
    }

    #[inline]
    fn sample(&self, row: usize) -> Sample<'a> {
        let address = match self.url.get(row) {
            "" => self.rows.lists(ListField::Links).get(row).next().unwrap_or_default(),
            url => url,
        };
        Sample {
            author: self.author.get(row),
            title: self.title.get(row),
            text: self.text.get(row),
            site: if address.is_empty() { "" } else { site::site(address) },
            repost: !self.repost_of.get(row).is_empty(),
        }
    }
}

crible_sdk::export!(filter: Learned);
