//! What a run says of itself, while it lasts and at its end.

use std::time::Duration;

use crible_core::Kind;

/// What a run has done so far.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How long it has run.
    pub elapsed: Duration,
    /// The stages, sources first, then filters, then sinks, in the pipeline's order.
    pub stages: Vec<StageReport>,
    /// How many messages have been read but are neither dropped, held, delivered nor a dead letter.
    pub in_flight: u64,
    /// How many could be neither read, judged nor delivered.
    pub dead_letters: u64,
    /// How many checkpoints are durable.
    pub checkpoints: u64,
    /// Whether the run has ended because it was asked to, with more to read.
    pub stopped: bool,
}

/// What a stage has done so far.
#[derive(Clone, Debug)]
pub struct StageReport {
    /// Its name in the pipeline.
    pub id: String,
    /// What it does.
    pub kind: Kind,
    /// How many messages came in; of a source, how many it read.
    pub received: u64,
    /// How many went on; of a sink, how many it delivered.
    pub kept: u64,
    /// How many it dropped.
    pub dropped: u64,
    /// How many it holds now.
    pub held: u64,
    /// How many it could not read, judge or deliver.
    pub failed: u64,
    /// How often a sink was tried again.
    pub retries: u64,
    /// How often an instance of it was lost.
    pub faults: u64,
    /// How long it has worked.
    pub time: Duration,
    /// Why it dropped what it dropped, most frequent first.
    pub reasons: Vec<ReasonReport>,
}

impl StageReport {
    /// Of a stage that has done nothing yet.
    pub(crate) fn new(id: &str, kind: Kind) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            received: 0,
            kept: 0,
            dropped: 0,
            held: 0,
            failed: 0,
            retries: 0,
            faults: 0,
            time: Duration::ZERO,
            reasons: Vec::new(),
        }
    }
}

/// How often a stage dropped something for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReasonReport {
    /// The reason.
    pub reason: String,
    /// How often.
    pub count: u64,
    /// Whom or what it was about most often, with how often (at least).
    pub abouts: Vec<(String, u64)>,
}
