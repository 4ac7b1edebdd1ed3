//! The checked plan: plain data, all defaults filled in.

use std::fmt;
use std::time::Duration;

use crible_core::Kind;
use serde_json::Value;

use crate::problem::{Problems, Span};
use crate::test_plan::TestPlan;

/// A pipeline that may be built: every reference is resolved, every option checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The settings of the whole.
    pub pipeline: PipelineSettings,
    /// Sources first, then filters, then sinks, each in the order of the file; so every stage
    /// stands after those that it reads from.
    pub stages: Vec<StagePlan>,
    /// What its filters must do with a few messages.
    pub tests: Vec<TestPlan>,
    /// What does not refuse the config but is worth knowing.
    pub warnings: Problems,
}

/// The table `[pipeline]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PipelineSettings {
    /// The pipeline's name; `crible` by default.
    pub name: String,
    /// The folder of the checkpoints. Without it nothing is remembered between runs.
    pub state: Option<String>,
    /// What the filters take for the present.
    pub clock: Clock,
    /// Whether the author of the file chose the clock. Where they did not, recorded messages are judged by
    /// their own dates.
    pub clock_chosen: bool,
    /// The time between two checkpoints, at least 10 ms; 1 s by default.
    pub checkpoint_every: Duration,
    /// The file that rejected messages are written to.
    pub dead_letters: Option<String>,
    /// Where it is remembered what became of each message, and why.
    pub quarantine: Option<QuarantineSettings>,
    /// What becomes of held messages when all sources have ended.
    pub at_end: AtEnd,
    /// Messages in a batch at most, 1 to 8192; 2048 by default.
    pub batch: usize,
    /// Messages read and not yet resolved at most, at least `batch`; 65536 by default.
    pub in_flight: usize,
    /// Whether `native:PATH` plugins may be named.
    pub allow_native: bool,
}

/// Where it is remembered what became of each message, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineSettings {
    /// The folder.
    pub path: String,
    /// Bytes that its files may have together, at least 1 MB; 100 MB by default.
    pub size: u64,
    /// How long a message may stay there, at least a minute; 30 days by default.
    pub age: Duration,
}

impl QuarantineSettings {
    /// A folder, with the usual bounds.
    pub(crate) fn at(path: &str) -> QuarantineSettings {
        let age = Duration::from_secs(30 * 24 * 60 * 60);
        QuarantineSettings { path: path.to_owned(), size: 100_000_000, age }
    }
}

/// What the filters take for the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The clock of the machine.
    #[default]
    Wall,
    /// The latest time that a message carries: a recorded day replays as that day. A date of more than a
    /// day ahead counts once the next message is dated so far ahead too.
    Messages,
}

/// What becomes of held messages when all sources have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AtEnd {
    /// They are let go, as if their time had come.
    #[default]
    Release,
    /// They stay in the state for the next run.
    Keep,
}

/// Which plugin a stage runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PluginRef {
    /// A plugin that comes with the program, by its name.
    Bundled(String),
    /// The path to a component, as written.
    Wasm(String),
}

impl fmt::Display for PluginRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PluginRef::Bundled(name) => f.write_str(name),
            PluginRef::Wasm(path) => f.write_str(path),
        }
    }
}

/// A stage before its options are checked: enough to fetch its plugin's description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name, unique in the pipeline once the plan is made.
    pub id: String,
    /// What it does.
    pub kind: Kind,
    /// The plugin that it runs.
    pub plugin: PluginRef,
    /// The value of `plugin` in the file, to underline when it cannot be loaded.
    pub plugin_span: Span,
}

/// A stage, ready to be built.
#[derive(Debug, Clone, PartialEq)]
pub struct StagePlan {
    /// Its name, unique in the pipeline.
    pub id: String,
    /// What it does.
    pub kind: Kind,
    /// The plugin that it runs.
    pub plugin: PluginRef,
    /// The plugin's options, an object that its schema accepts.
    pub config: Value,
    /// The stages that it reads from: positions in [`Plan::stages`], each before its own. Empty
    /// for a source.
    pub from: Vec<usize>,
    /// What becomes of a message that the stage fails on. Only filters use it.
    pub on_error: OnError,
    /// How often a delivery is tried. Only sinks use it.
    pub retry: Retry,
    /// What the plugin may use up.
    pub limits: Limits,
    /// The resources that its options name.
    pub grants: Vec<Grant>,
    /// The resources that `allow` names.
    pub allow: Vec<Allow>,
    /// Its table's header in the file.
    pub span: Span,
    /// The value of `plugin` in the file.
    pub plugin_span: Span,
    /// The value of `from` in the file, or the header without one.
    pub from_span: Span,
}

/// What becomes of a message that a filter fails on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnError {
    /// It goes on as if the filter had kept it.
    Keep,
    /// It is dropped.
    Drop,
    /// The pipeline stops.
    Stop,
    /// It goes to the dead letters.
    #[default]
    DeadLetter,
}

/// How often a sink's delivery is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// Tries after the first one at most; 10 by default.
    pub most: u32,
    /// The wait before the first of them; 100 ms by default.
    pub first: Duration,
    /// The longest wait between two, not less than `first`; 30 s by default.
    pub longest: Duration,
}

impl Default for Retry {
    fn default() -> Retry {
        Retry { most: 10, first: Duration::from_millis(100), longest: Duration::from_secs(30) }
    }
}

/// What a plugin may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory, at least 64 KiB; 64 MiB by default.
    pub memory: u64,
    /// The longest that a call may take, at least 1 ms; 2 s by default.
    pub time: Duration,
    /// Bytes that a call may answer with, at least 1 KiB; 16 MiB by default.
    pub answer: u64,
    /// Log lines a second; 10 by default.
    pub log_per_second: u32,
    /// Whether an endless loop is interrupted, which costs some speed; `true` by default.
    pub interrupt: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            memory: 64 << 20,
            time: Duration::from_secs(2),
            answer: 16 << 20,
            log_per_second: 10,
            interrupt: true,
        }
    }
}

/// What may be done with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// It may be read.
    Read,
    /// It may be written.
    Write,
    /// The host reads it and gives the stage its content, as base64, in place of the path.
    Content,
}

/// A resource that a stage may use because its author wrote it in an option which the plugin's
/// schema marks so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What may be done with it.
    pub access: Access,
    /// The path, as written.
    pub value: String,
    /// The option: a JSON pointer into the stage's config.
    pub pointer: String,
    /// The value in the file.
    pub span: Span,
}

/// A resource that a stage may use because its `allow` says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// What may be done with it.
    pub access: Access,
    /// The path, as written after `read:` or `write:`.
    pub value: String,
    /// The entry in the file.
    pub span: Span,
}
