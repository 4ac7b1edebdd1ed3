//! What is to be run: stages, how they hang together, and the settings of the whole.

use std::path::PathBuf;
use std::time::Duration;

use crible_core::{Filter, Sink, Source, StageError};

use crate::QuarantineSettings;

/// Makes a stage, given what it must remember: a source its cursor, a filter its snapshot, a sink its
/// state. It is called again when an instance is lost.
pub type Make<T> = Box<dyn Fn(Option<&[u8]>) -> Result<Box<T>, StageError> + Send>;

/// A pipeline.
pub struct Pipeline {
    /// What it is called.
    pub name: String,
    /// Where messages come from.
    pub sources: Vec<SourceStage>,
    /// What judges them, each behind what it takes from.
    pub filters: Vec<FilterStage>,
    /// Where they go.
    pub sinks: Vec<SinkStage>,
    /// The settings of the whole.
    pub settings: Settings,
}

/// A source in a pipeline.
pub struct SourceStage {
    /// Its name in the pipeline.
    pub id: String,
    /// Makes it.
    pub make: Make<dyn Source>,
}

/// A filter in a pipeline.
pub struct FilterStage {
    /// Its name in the pipeline.
    pub id: String,
    /// What it takes from: sources, and filters in front of it.
    pub from: Vec<Node>,
    /// What becomes of messages that it cannot judge.
    pub on_error: OnError,
    /// Whether it judges each message by itself, remembering nothing.
    pub stateless: bool,
    /// Makes it.
    pub make: Make<dyn Filter>,
}

/// A sink in a pipeline.
pub struct SinkStage {
    /// Its name in the pipeline.
    pub id: String,
    /// What it takes from.
    pub from: Vec<Node>,
    /// How often and when it is tried again.
    pub retry: Retry,
    /// Makes it.
    pub make: Make<dyn Sink>,
}

/// Something that messages come from: a place in the pipeline's list of sources or of filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A source.
    Source(usize),
    /// A filter.
    Filter(usize),
}

/// What becomes of messages that a filter cannot judge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnError {
    /// They go on.
    Keep,
    /// They are dropped.
    Drop,
    /// The run ends.
    Stop,
    /// They go to the dead letters.
    #[default]
    DeadLetter,
}

/// How often and when a sink is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How many times after the first; then the messages go to the dead letters.
    pub most: u32,
    /// How long to wait the first time; twice as long each time after.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self { most: 10, first: Duration::from_millis(100), longest: Duration::from_secs(30) }
    }
}

/// The settings of a pipeline as a whole.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder that remembers between runs; without it nothing is remembered.
    pub state: Option<PathBuf>,
    /// The file that receives what could be neither read, judged nor delivered; see
    /// [`Settings::dead_letters_file`].
    pub dead_letters: Option<PathBuf>,
    /// Where it is remembered what became of each message, and why; without it only counts are.
    pub quarantine: Option<QuarantineSettings>,
    /// What tells the time.
    pub clock: Clock,
    /// How often there is a checkpoint.
    pub checkpoint_every: Duration,
    /// What becomes of what is held when all sources have ended.
    pub at_end: AtEnd,
    /// How many messages a source is asked for at a time; 2,048 by default.
    pub batch: usize,
    /// How many messages may be under way at a time.
    pub in_flight: usize,
}

impl Settings {
    /// The file of dead letters: the one that is named, or else one beside the state.
    pub fn dead_letters_file(&self) -> Option<PathBuf> {
        let beside = self.state.as_ref().map(|folder| folder.join("dead_letters.jsonl"));
        self.dead_letters.clone().or(beside)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            state: None,
            dead_letters: None,
            quarantine: None,
            clock: Clock::Wall,
            checkpoint_every: Duration::from_secs(1),
            at_end: AtEnd::Release,
            batch: 2048,
            in_flight: 65_536,
        }
    }
}

/// What tells a pipeline's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The clock on the wall.
    #[default]
    Wall,
    /// The latest `created_at` so far, so that a recorded day replays as that day. A date of more than a
    /// day ahead counts once the next message is dated so far ahead too, and then the earlier of the two:
    /// one wrong date moves nothing.
    Messages,
}

/// What becomes of what is held when all sources have ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AtEnd {
    /// It is released: the stream is over.
    #[default]
    Release,
    /// It stays held: a later run goes on with the stream.
    Keep,
}
