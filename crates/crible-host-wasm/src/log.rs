//! What a guest says, on its way to the host's log.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes of a line that are worth reading.
const LONGEST: usize = 4096;

/// The log of a stage, shared by its log import and its standard streams.
#[derive(Clone)]
pub(crate) struct Log(Arc<Mutex<Lines>>);

struct Lines {
    stage: String,
    per_second: u32,
    second: Instant,
    said: u32,
    unsaid: u64,
    last_error: Option<String>,
}

impl Log {
    pub(crate) fn new(stage: &str, per_second: u32) -> Self {
        Self(Arc::new(Mutex::new(Lines {
            stage: stage.to_owned(),
            per_second,
            second: Instant::now(),
            said: 0,
            unsaid: 0,
            last_error: None,
        })))
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Say a line: level 1 error, 2 warning, 3 information, 4 debugging.
    pub(crate) fn say(&self, level: u8, message: &str) {
        let message = &message[..message.floor_char_boundary(LONGEST)];
        let mut lines = self.lines();
        if level <= 1 {
            lines.last_error = Some(message.to_owned());
        }
        lines.say(level, message);
    }

    /// Say a line that tells what went wrong only if nothing else does.
    pub(crate) fn complain(&self, message: &str) {
        let message = &message[..message.floor_char_boundary(LONGEST)];
        let mut lines = self.lines();
        let last = lines.last_error.get_or_insert_default();
        if last.len() + message.len() < LONGEST {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(message);
        }
        lines.say(2, message);
    }

    /// Forget the last error: another call begins.
    pub(crate) fn begin(&self) {
        self.lines().last_error = None;
    }

    /// The last error of this call, on one line.
    pub(crate) fn last_error(&self) -> Option<String> {
        let lines = self.lines();
        let words = lines.last_error.as_deref()?.split_whitespace();
        Some(words.collect::<Vec<_>>().join(" "))
    }
}

impl Lines {
    fn say(&mut self, level: u8, message: &str) {
        if self.second.elapsed() >= Duration::from_secs(1) {
            self.tell_unsaid();
            self.second = Instant::now();
            self.said = 0;
        }
        if self.said == self.per_second {
            self.unsaid += 1;
            return;
        }
        self.said += 1;
        let stage = self.stage.as_str();
        match level {
            0 | 1 => tracing::error!(target: "crible::plugin", stage, "{message}"),
            2 => tracing::warn!(target: "crible::plugin", stage, "{message}"),
            3 => tracing::info!(target: "crible::plugin", stage, "{message}"),
            _ => tracing::debug!(target: "crible::plugin", stage, "{message}"),
        }
    }

    fn tell_unsaid(&mut self) {
        let (stage, unsaid) = (self.stage.as_str(), std::mem::take(&mut self.unsaid));
        if unsaid > 0 {
            tracing::warn!(target: "crible::plugin", stage, "and {unsaid} more");
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.tell_unsaid();
    }
}
