//! The quarantine: what became of every message and why, so that what was hidden can be found again.

mod files;
mod lines;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use files::Files;
pub(crate) use files::Mark;
pub use files::quarantine_files;
pub(crate) use lines::Ending;

/// How many bytes wait for a checkpoint before those who bring more wait too.
const WAITING_BYTES: usize = 16 << 20;
/// How often one who waits looks whether the run has ended.
const LOOK: Duration = Duration::from_millis(100);

/// Where a pipeline remembers what became of its messages, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineSettings {
    /// The folder.
    pub folder: PathBuf,
    /// How many bytes its files may have together. The oldest are removed for new ones.
    pub size: u64,
    /// How long a message stays there at most, by the wall clock, while the pipeline runs.
    pub age: Duration,
}

/// Why the quarantine cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuarantineError {
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl QuarantineError {
    fn cannot(be: &str, folder: &Path, error: &io::Error) -> Self {
        Self {
            message: format!("the quarantine in {} cannot be {be}: {error}", folder.display()),
            hint: None,
        }
    }

    fn unwritten(folder: &Path, error: &io::Error) -> Self {
        let hint = "is the disk full? `size` below `[pipeline.quarantine]` bounds what it may take";
        Self { hint: Some(hint.into()), ..Self::cannot("written", folder, error) }
    }
}

/// Writes what became of messages. What belongs behind a cut whose checkpoint is not durable yet waits, so
/// that after a crash the quarantine can be cut back and tells of each message once.
#[derive(Debug)]
pub(crate) struct Quarantine {
    folder: PathBuf,
    stream: u64,
    inner: Mutex<Inner>,
    /// Told when what had waited is written.
    room: Condvar,
}

#[derive(Debug)]
struct Inner {
    files: Files,
    /// Lines of cuts up to this one may be written.
    open: u64,
    waiting: Vec<(u64, Vec<u8>)>,
    waiting_bytes: usize,
    failed: Option<QuarantineError>,
}

impl Quarantine {
    /// Open the quarantine, cut back to a mark where there is one. Where no later run resumes this one,
    /// nothing needs to wait for a checkpoint.
    pub(crate) fn open(
        settings: QuarantineSettings,
        mark: Option<Mark>,
        resumed: bool,
    ) -> Result<Self, QuarantineError> {
        let folder = settings.folder.clone();
        // No two begin in one folder within a µs: it is locked.
        let stream = mark.map_or(since_1970().as_micros() as u64, |mark| mark.stream);
        let files = Files::open(settings, mark, now())?;
        let open = if resumed { 0 } else { u64::MAX };
        let inner = Inner { files, open, waiting: vec![], waiting_bytes: 0, failed: None };
        Ok(Self { folder, stream, inner: Mutex::new(inner), room: Condvar::new() })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Record how the way of some messages ended, in front of the cut of this number. Where too much waits
    /// already this waits for the checkpoint, or until `given_up`. False where nothing can be written.
    pub(crate) fn record(&self, cut: u64, ending: &Ending<'_>, given_up: impl Fn() -> bool) -> bool {
        let now = now();
        let mut lines = Vec::new();
        lines::push_lines(&mut lines, ending, self.stream, now);
        let mut inner = self.lock();
        // The cut that is waited for lies in front of these messages: it does not wait for whoever brings
        // them.
        while cut > inner.open && inner.waiting_bytes > WAITING_BYTES && !given_up() {
            inner = self.room.wait_timeout(inner, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        if cut > inner.open {
            inner.waiting_bytes += lines.len();
            inner.waiting.push((cut, lines));
        } else {
            self.write(&mut inner, &lines, now);
        }
        inner.failed.is_none()
    }

    /// Have all that is in front of a cut on the disk; where the quarantine stands then.
    pub(crate) fn sync(&self) -> Result<Mark, QuarantineError> {
        let failed = |error: io::Error| QuarantineError::unwritten(&self.folder, &error);
        // The disk is waited for without the lock, or the filters would wait too.
        let (unsynced, mark) = {
            let mut inner = self.lock();
            if let Some(failed) = inner.failed.clone() {
                return Err(failed);
            }
            (inner.files.take_unsynced().map_err(failed)?, inner.files.mark(self.stream))
        };
        unsynced.iter().try_for_each(|file| file.sync_data()).map_err(failed)?;
        Ok(mark)
    }

    /// The checkpoint of a cut is durable: what lies behind it may be written.
    pub(crate) fn passed(&self, cut: u64) {
        let now = now();
        let mut inner = self.lock();
        inner.open = inner.open.max(cut + 1);
        inner.waiting_bytes = 0;
        // There is only one cut under way at a time, so that nothing waits for a later one.
        for (_, lines) in std::mem::take(&mut inner.waiting) {
            self.write(&mut inner, &lines, now);
        }
        self.room.notify_all();
    }

    /// Remove what is too old.
    pub(crate) fn forget_old(&self) {
        let mut inner = self.lock();
        if let Err(error) = inner.files.forget_old(now()) {
            self.fail(&mut inner, &error);
        }
    }

    fn write(&self, inner: &mut Inner, lines: &[u8], now: i64) {
        // Behind half a line nothing can be read any more.
        if inner.failed.is_none()
            && let Err(error) = inner.files.write(lines, now)
        {
            self.fail(inner, &error);
        }
    }

    fn fail(&self, inner: &mut Inner, error: &io::Error) {
        inner.failed.get_or_insert_with(|| QuarantineError::unwritten(&self.folder, error));
    }
}

/// The wall clock, in ms since 1970.
fn now() -> i64 {
    since_1970().as_millis() as i64
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use crible_core::{Batch, Live, Message};

    use super::*;
    use crate::Fate;

    #[test]
    fn what_waits_for_a_checkpoint_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let settings = QuarantineSettings {
            folder: folder.path().to_owned(),
            size: 1 << 30,
            age: Duration::from_secs(60),
        };
        let quarantine = Quarantine::open(settings, None, true).unwrap();
        let message = Message { id: "m".into(), text: "é".repeat(500_000), ..Message::default() };
        let live = Live::new(Batch::from_messages([&message]));
        let ending = Ending { fate: Fate::Dropped, stage: "s", live: &live, last: &[] };
        let written = || {
            let length = |path: PathBuf| path.metadata().unwrap().len() as usize;
            quarantine_files(folder.path()).unwrap().into_iter().map(length).sum::<usize>()
        };
        let given_up = AtomicBool::new(false);
        thread::scope(|scope| {
            let writer = scope.spawn(|| {
                (0..40).all(|_| quarantine.record(1, &ending, || given_up.load(Ordering::Relaxed)))
            });
            // What lies in front of the cut never waits.
            assert!((0..40).all(|_| quarantine.record(0, &ending, || false)));
            thread::sleep(LOOK * 3);
            assert!(!writer.is_finished());
            assert!(quarantine.lock().waiting_bytes < WAITING_BYTES + 2_000_000);
            assert!((40_000_000..41_000_000).contains(&written()));
            quarantine.sync().unwrap();
            quarantine.passed(0);
            assert!(writer.join().unwrap());
        });
        quarantine.sync().unwrap();
        assert!((80_000_000..81_000_000).contains(&written()));
        // Where everything is to end nobody waits.
        assert!((0..40).all(|_| quarantine.record(2, &ending, || true)));
    }
}
