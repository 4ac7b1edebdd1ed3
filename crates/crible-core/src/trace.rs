//! Why a message is where it is: what each stage on its way said of it.

use std::fmt::Write;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Batch, Index, Notes, TextBuilder, TextColumn};

/// What one stage said of the rows of a batch that it let pass, by row of the batch.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The stage.
    pub stage: Arc<str>,
    /// Which rows it let pass.
    pub passed: Vec<bool>,
    /// What it added to their scores; empty: nothing.
    pub scores: Vec<f32>,
    /// Why.
    pub reasons: Index,
    /// Whom or what the reason is about.
    pub abouts: Index,
    /// Labels of rows, sorted.
    pub labels: Notes,
}

/// What one stage said of a message, for readers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Why {
    /// The stage.
    pub stage: String,
    /// What it added to the score.
    pub score: f32,
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Whom or what the reason is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What it labelled the message with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

impl Why {
    /// Read a row of the column of whys.
    ///
    /// # Errors
    /// Where it is not the JSON that the host writes.
    pub fn all(json: &str) -> Result<Vec<Self>, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// Whether it says nothing.
    pub(crate) fn is_silent(&self) -> bool {
        self.score == 0.0 && self.reason.is_empty() && self.labels.is_empty()
    }

    /// Append it as JSON.
    pub(crate) fn write_to(&self, out: &mut String) {
        let Self { stage, score, reason, about, labels } = self;
        write_why(out, stage, *score, reason, about, labels.iter().map(String::as_str));
    }
}

fn write_why<'a>(
    out: &mut String,
    stage: &str,
    score: f32,
    reason: &str,
    about: &str,
    labels: impl Iterator<Item = &'a str>,
) {
    out.push_str("{\"stage\":");
    push_json(out, stage);
    // Writing to a string does not fail.
    let _ = write!(out, ",\"score\":{score}");
    for (name, text) in
        [("reason", reason), ("about", about)].into_iter().filter(|(_, text)| !text.is_empty())
    {
        let _ = write!(out, ",\"{name}\":");
        push_json(out, text);
    }
    let mut open = ",\"labels\":[";
    for label in labels {
        out.push_str(open);
        push_json(out, label);
        open = ",";
    }
    out.push_str(if open == "," { "]}" } else { "}" });
}

impl Step {
    fn score(&self, row: usize) -> f32 {
        self.scores.get(row).copied().unwrap_or(0.0)
    }

    /// Whether it said anything at all of a row.
    fn speaks(&self, row: usize) -> bool {
        self.passed[row]
            && (self.score(row) != 0.0
                || !self.reasons.get(row).is_empty()
                || self.labels.get(row).next().is_some())
    }
}

/// What the stages that a flow came through said of its rows. Cloning one shares the steps; two flows
/// that meet again share what they had in common.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    steps: Vec<Arc<Step>>,
}

impl Trace {
    /// The same trace with one step more.
    #[must_use]
    pub fn with(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(Arc::new(step));
        Self { steps }
    }

    /// What two flows of the same batch passed through, each step once.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let mut steps = self.steps.clone();
        for step in &other.steps {
            if !steps.iter().any(|known| Arc::ptr_eq(known, step)) {
                steps.push(Arc::clone(step));
            }
        }
        Self { steps }
    }

    /// A row's score: what it came with and what was added.
    pub fn score(&self, batch: &Batch, row: usize) -> f32 {
        let first = batch.scores.as_ref().map_or(0.0, |scores| scores[row]);
        let passed = self.steps.iter().filter(|step| step.passed[row]);
        passed.fold(first, |sum, step| sum + step.score(row))
    }

    /// A row's labels.
    pub fn labels<'a>(&'a self, batch: &'a Batch, row: usize) -> impl Iterator<Item = &'a str> + 'a {
        let first = batch.labels.iter().flat_map(move |labels| labels.get(row));
        let passed = self.steps.iter().filter(move |step| step.passed[row]);
        first.chain(passed.flat_map(move |step| step.labels.get(row)))
    }

    /// Write the inside of the row's JSON array of [`Why`].
    pub(crate) fn write_whys(&self, batch: &Batch, row: usize, out: &mut String) {
        let start = out.len();
        if let Some(whys) = &batch.whys {
            out.push_str(whys.get(row));
        }
        for step in self.steps.iter().filter(|step| step.speaks(row)) {
            if out.len() > start {
                out.push(',');
            }
            let (reason, about) = (step.reasons.get(row), step.abouts.get(row));
            write_why(out, &step.stage, step.score(row), reason, about, step.labels.get(row));
        }
    }

    /// The column of the insides of these rows' arrays of [`Why`].
    pub(crate) fn inside(&self, batch: &Batch, rows: impl Iterator<Item = usize>) -> TextColumn {
        let mut json = String::new();
        rows.map(|row| {
            json.clear();
            self.write_whys(batch, row, &mut json);
            json.clone()
        })
        .collect()
    }

    /// The column of whys of these rows.
    pub(crate) fn whys(&self, batch: &Batch, rows: impl Iterator<Item = usize>) -> TextColumn {
        let mut out = TextBuilder::default();
        let mut json = String::new();
        for row in rows {
            json.clear();
            json.push('[');
            self.write_whys(batch, row, &mut json);
            json.push(']');
            out.push(&json);
        }
        out.finish()
    }
}

/// Append a text as a JSON string.
fn push_json(out: &mut String, text: &str) {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}
