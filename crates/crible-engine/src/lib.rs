//! The engine: it pumps messages from sources through filters to sinks and loses none.
//!
//! It knows no WASM, no TOML and no plugin by name: [`Pipeline`] says what is to be run, and each stage
//! comes as a function that makes it.
//!
//! Each stage has a thread of its own. What the sources read is numbered by the sequencer, and runs from
//! filter to filter and to the sinks as orders in one order; a cut is an order among them, so that it
//! lies between the same messages at every stage and the state of all of them is consistent.

mod amend;
mod checkpoint;
mod dead_letters;
mod delivering;
mod filtering;
mod guarded;
mod holding;
mod judge;
mod ledger;
mod order;
mod pipeline;
mod quarantine;
mod reading;
mod report;
mod run;
mod sequencing;
mod shared;
mod tally;
mod time;
mod trail;

pub use amend::amend;
pub use judge::{Fate, Judge, Judgement};
pub use pipeline::{
    AtEnd, Clock, FilterStage, Make, Node, OnError, Pipeline, Retry, Settings, SinkStage, SourceStage,
};
pub use quarantine::{QuarantineSettings, quarantine_files};
pub use report::{ReasonReport, Report, StageReport};
pub use run::{Running, start};
pub use shared::RunError;
