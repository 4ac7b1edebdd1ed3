//! What a stage does.

use std::fmt;

/// What a stage does, and so which world its plugin is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// It reads messages.
    Source,
    /// It judges them.
    Filter,
    /// It delivers them.
    Sink,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Source, Self::Filter, Self::Sink];

    /// `source`, `filter` or `sink`: the name of its world, and of its table in a config.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Filter => "filter",
            Self::Sink => "sink",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
