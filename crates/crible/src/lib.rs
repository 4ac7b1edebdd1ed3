//! Crible for embedders: load a config, check it, run it, or judge messages directly.
//!
//! ```
//! use std::path::Path;
//! use crible::{Crible, Kind, Message};
//!
//! # mod quiet {
//! #     use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, Verdicts};
//! #     pub(crate) struct Quiet;
//! #     impl Plugin for Quiet {
//! #         const SPEC: &'static str = r#"{"name": "quiet", "about": {"en": "Drops what shouts.",
//! #             "fr": "Écarte ce qui crie."}, "stateless": true, "config": {"type": "object"}}"#;
//! #     }
//! #     impl FilterPlugin for Quiet {
//! #         fn configure(_: &str, _: Option<&[u8]>) -> Result<Self, ConfigError> { Ok(Self) }
//! #     }
//! #     impl Filter for Quiet {
//! #         fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
//! #             for message in rows.iter().filter(|message| message.text().ends_with("!!!")) {
//! #                 out.drop(message.row(), "it shouts");
//! #             }
//! #             Ok(())
//! #         }
//! #     }
//! #     crible_sdk::export!(filter: Quiet);
//! # }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The components that come with crible; a plugin of the program's own is linked in.
//! let mut crible = Crible::builder();
//! for plugin in crible_bundle::bundled() {
//!     crible = crible.with_bundled(plugin.kind, plugin.name, plugin.component);
//! }
//! let crible = crible.with_linked(Kind::Filter, "quiet", quiet::linked()).build();
//!
//! let config = "
//!     [[source]]
//!     plugin = 'jsonl'
//!     config.path = '-'
//!     [[filter]]
//!     id = 'calm'
//!     plugin = 'quiet'
//!     [[sink]]
//!     plugin = 'console'
//! ";
//! let loaded = crible.load_text("calm.toml", config, Path::new("."))?;
//! let mut judge = loaded.judge()?;
//! let loud = Message { text: "READ THIS!!!".into(), ..Message::default() };
//! let judgements = judge.judge(&[loud])?;
//! assert!(!judgements[0].kept());
//! assert_eq!(judgements[0].whys[0].reason, "it shouts");
//! # Ok(())
//! # }
//! ```
//!
//! [`Loaded::start`] runs the whole pipeline on threads of its own; [`Running`] says how far it is, stops
//! it and waits for its end.

mod builder;
mod check;
mod contents;
mod crible;
mod error;
mod feedback;
mod files;
mod graph;
mod joins;
mod lessons;
mod live;
mod loaded;
mod near_file;
mod plugin;
mod pupil;
mod record;
mod recording;
mod replay;
mod shared_files;
mod shelf;
mod stage;
mod watched;

pub use builder::Builder;
pub use crible::Crible;
pub use crible_config::{Expectation, ExpectedFate, Plan, Problem, Problems, Severity, TestPlan};
pub use crible_core::{Kind, Linked, Localised, Malformed, Message, Spec, Teaching, Why, date};
pub use crible_engine::{
    Fate, Judge, Judgement, Pipeline, ReasonReport, Report, RunError, Running, StageReport,
};
pub use crible_grants::Console;
pub use crible_host_wasm::Inspection;
pub use error::{LoadError, PluginError, Refused};
pub use graph::{Graph, GraphStage};
pub use lessons::Lessons;
pub use loaded::Loaded;
pub use plugin::Plugin;
pub use pupil::Pupil;
pub use record::{Account, Ending, Extent, Record};
pub use recording::Recording;
pub use replay::{Cost, Replay};
