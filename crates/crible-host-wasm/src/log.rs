//! What a guest says, on its way to the host's log.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use crate::limits::StageOptions;

/// Bytes of a line that are worth reading.
const LONGEST: usize = 4096;

/// The log of an instance, shared by its log import and its standard streams.
#[derive(Clone)]
pub(crate) struct Log {
    lines: Arc<Mutex<Lines>>,
    last_error: Arc<Mutex<Option<String>>>,
}

/// The lines of a stage: an instance that takes the place of a lost one may not begin to count anew.
struct Lines {
    stage: String,
    per_second: u32,
    second: Instant,
    said: u32,
    unsaid: u64,
}

/// The logs of a plugin's stages, as long as any instance of theirs lives.
#[derive(Default)]
pub(crate) struct Logs(Mutex<HashMap<String, Weak<Mutex<Lines>>>>);

impl Logs {
    /// The log of another instance of this stage.
    pub(crate) fn of(&self, stage: &StageOptions) -> Log {
        let mut all = locked(&self.0);
        let kept = all.get(&stage.id).and_then(Weak::upgrade);
        let lines = kept.unwrap_or_else(|| Arc::new(Mutex::new(Lines::new(stage))));
        all.insert(stage.id.clone(), Arc::downgrade(&lines));
        Log { lines, last_error: Arc::default() }
    }
}

/// A thread that panicked while it held a lock leaves what is whole.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log {
    /// Say a line: level 1 error, 2 warning, 3 information, 4 debugging.
    pub(crate) fn say(&self, level: u8, message: &str) {
        let message = &message[..message.floor_char_boundary(LONGEST)];
        if level <= 1 {
            *locked(&self.last_error) = Some(message.to_owned());
        }
        locked(&self.lines).say(level, message);
    }

    /// Say a line that tells what went wrong only if nothing else does.
    pub(crate) fn complain(&self, message: &str) {
        let message = &message[..message.floor_char_boundary(LONGEST)];
        let mut last = locked(&self.last_error);
        let last = last.get_or_insert_default();
        if last.len() + message.len() < LONGEST {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(message);
        }
        locked(&self.lines).say(2, message);
    }

    /// Forget the last error: another call begins.
    pub(crate) fn begin(&self) {
        *locked(&self.last_error) = None;
    }

    /// The last error of this call, on one line.
    pub(crate) fn last_error(&self) -> Option<String> {
        let last = locked(&self.last_error);
        let words = last.as_deref()?.split_whitespace();
        Some(words.collect::<Vec<_>>().join(" "))
    }
}

impl Lines {
    fn new(stage: &StageOptions) -> Self {
        let (id, per_second) = (stage.id.clone(), stage.limits.log_per_second);
        Self { stage: id, per_second, second: Instant::now(), said: 0, unsaid: 0 }
    }

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
