//! What a stage may use.

use std::time::Duration;

/// What a stage may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory; 64 MiB by default.
    pub memory: u64,
    /// The longest that a call may take; 2 s by default. It is watched in steps of 10 ms, and time that
    /// the host spends on the stage's files does not count.
    pub time: Duration,
    /// Bytes that a call may answer with; 16 MiB by default.
    pub answer: u64,
    /// Log lines a second; 10 by default. Those above are counted.
    pub log_per_second: u32,
    /// Whether a call that takes too long is interrupted; `true` by default. Tight loops run about a third
    /// slower for it; without it an endless loop hangs the pipeline.
    pub interrupt: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 64 << 20,
            time: Duration::from_secs(2),
            answer: 16 << 20,
            log_per_second: 10,
            interrupt: true,
        }
    }
}

/// How a stage is made.
#[derive(Clone, Debug)]
pub struct StageOptions {
    /// Its name in the pipeline, under which its log appears.
    pub id: String,
    /// What it may use.
    pub limits: Limits,
}

impl StageOptions {
    /// A stage of this name, with the default limits.
    pub fn named(id: impl Into<String>) -> Self {
        Self { id: id.into(), limits: Limits::default() }
    }
}

/// A number of bytes for people.
pub(crate) fn bytes(count: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match UNITS.iter().find(|(unit, _)| count >= *unit && count.is_multiple_of(*unit)) {
        Some((unit, name)) => format!("{} {name}", count / unit),
        None => format!("{count} bytes"),
    }
}
