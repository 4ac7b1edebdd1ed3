//! Medians of repeated measurements.

use std::time::Duration;

use anyhow::Result;
use rustix::time::{ClockId, clock_gettime};

/// The times of one thing, measured more than once.
#[derive(Clone, Debug, Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    /// Measure once more: how long this thread computes, so that what else the machine does counts little.
    pub(super) fn measure<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let started = computed(ClockId::ThreadCPUTime);
        let done = work()?;
        self.0.push(computed(ClockId::ThreadCPUTime).saturating_sub(started));
        Ok(done)
    }

    pub(super) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(super) fn median(&self) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    pub(super) fn best(&self) -> Duration {
        self.0.iter().min().copied().unwrap_or_default()
    }

    /// ns for each of so many, median and best.
    pub(super) fn each(&self, of: u64) -> String {
        let ns = |time: Duration| time.as_nanos() as f64 / of.max(1) as f64;
        format!("{:>8.1} [{:>7.1}]", ns(self.median()), ns(self.best()))
    }

    /// How many times as long the other takes, by medians.
    pub(super) fn ratio(&self, other: &Self) -> f64 {
        other.median().as_secs_f64() / self.median().as_secs_f64()
    }
}

/// How long this thread, or this process, has computed.
pub(super) fn computed(of: ClockId) -> Duration {
    Duration::try_from(clock_gettime(of)).unwrap_or_default()
}
