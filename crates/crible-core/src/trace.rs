//! Why a message is where it is: what each stage on its way said of it.

use std::fmt::Write;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Batch, Index, TextBuilder, TextColumn};

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
    /// Labels, by the rows of `label_rows`.
    pub labels: Index,
    /// The rows of `labels`.
    pub label_rows: Vec<u32>,
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
}

impl Step {
    fn score(&self, row: usize) -> f32 {
        self.scores.get(row).copied().unwrap_or(0.0)
    }

    fn labels(&self, row: usize) -> impl Iterator<Item = &str> + '_ {
        let of_row = move |&at: &usize| self.label_rows[at] as usize == row;
        (0..self.label_rows.len()).filter(of_row).map(|at| self.labels.get(at))
    }

    /// Whether it said anything at all of a row.
    fn speaks(&self, row: usize) -> bool {
        self.passed[row]
            && (self.score(row) != 0.0
                || !self.reasons.get(row).is_empty()
                || self.label_rows.iter().any(|&of| of as usize == row))
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
        first.chain(passed.flat_map(move |step| step.labels(row)))
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
            out.push_str("{\"stage\":");
            push_json(out, &step.stage);
            // Writing to a string does not fail.
            let _ = write!(out, ",\"score\":{}", step.score(row));
            let texts = [("reason", step.reasons.get(row)), ("about", step.abouts.get(row))];
            for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
                let _ = write!(out, ",\"{name}\":");
                push_json(out, text);
            }
            let mut open = ",\"labels\":[";
            for label in step.labels(row) {
                out.push_str(open);
                push_json(out, label);
                open = ",";
            }
            out.push_str(if open == "," { "]}" } else { "}" });
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
