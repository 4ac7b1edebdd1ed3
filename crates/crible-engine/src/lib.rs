//! The engine: it pumps messages from sources through filters to sinks and loses none.
//!
//! It knows no WASM, no TOML and no plugin by name: [`Pipeline`] says what is to be run, and each stage
//! comes as a function that makes it.
//!
//! Each source and each sink has a thread of its own; the filters share one, so that there is one order
//! of messages and one place where a consistent cut through all state is taken.

mod chain;
mod checkpoint;
mod dead_letters;
mod delivering;
mod guarded;
mod holding;
mod judging;
mod ledger;
mod pipeline;
mod reading;
mod report;
mod run;
mod shared;
mod tally;
mod time;

pub use pipeline::{
    AtEnd, Clock, FilterStage, Make, Node, OnError, Pipeline, Retry, Settings, SinkStage, SourceStage,
};
pub use report::{ReasonReport, Report, StageKind, StageReport};
pub use run::{Running, start};
pub use shared::RunError;
