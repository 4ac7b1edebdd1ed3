//! TOML to a checked plan, with a place in the file for every mistake.
//!
//! Text goes in and a [`Plan`] comes out; nothing is built, run or read from a disk. What the
//! text alone cannot say is passed in: the names of the bundled plugins, a look-up for the
//! environment's variables, and for each stage the JSON Schema of its plugin's options.
//!
//! ```
//! use crible_config::{Config, Kind};
//!
//! let text = "[[source]]\nplugin = 'jsonl'\n[[sink]]\nplugin = 'consle'\n";
//! let bundled = [(Kind::Source, "jsonl"), (Kind::Sink, "console")];
//! let config = Config::parse(text, &bundled, &|_| None).expect("it is TOML");
//! let problems = config.review(&|_| None).plan().expect_err("there is no plugin `consle`");
//! assert!(problems.render("config.toml", text, false).contains("did you mean `console`?"));
//! ```

mod config;
mod document;
mod drafts;
mod expected;
mod explain;
mod grants;
mod literal;
mod nearest;
mod options;
mod pipeline;
mod plan;
mod plugin;
mod problem;
mod review;
mod schema;
mod structure;
mod syntax;
mod test_plan;
mod test_schema;
mod test_tables;
mod units;
mod variables;
mod wiring;

pub use config::Config;
pub use crible_core::Kind;
pub use plan::{
    Access, Allow, AtEnd, Clock, Grant, Limits, OnError, PipelineSettings, Plan, PluginRef,
    QuarantineSettings, Retry, Stage, StagePlan,
};
pub use problem::{Problem, Problems, Severity, Span};
pub use review::{Review, ReviewedStage};
pub use schema::{BundledPlugin, schema};
pub use test_plan::{Expectation, ExpectedFate, TestPlan};
pub use units::{UnitError, duration, size};
