//! What the threads of a run share.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crible_core::{Batch, Live, Malformed, StageError};
use crossbeam_channel::Sender;

use crate::checkpoint::{Position, StateError};
use crate::dead_letters::DeadLetters;
use crate::holding::Changes;
use crate::ledger::{Ledger, PageId};
use crate::quarantine::{Ending, Quarantine, QuarantineError};
use crate::tally::Tallies;

/// What the threads of a run share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) started: Instant,
    pub(crate) tallies: Arc<Tallies>,
    pub(crate) letters: Arc<DeadLetters>,
    pub(crate) quarantine: Option<Quarantine>,
    /// Sources are to read no more; what was read is brought to its end.
    pub(crate) stop: AtomicBool,
    /// Everything is to end at once; nothing further becomes durable.
    pub(crate) abort: AtomicBool,
    /// A sink would like a checkpoint, to have to remember less.
    pub(crate) cut_wanted: AtomicBool,
    pub(crate) checkpoints: AtomicU64,
    ledger: Mutex<Ledger>,
    /// Told when messages are resolved.
    room: Condvar,
}

/// What a source's thread sends to the sequencer.
pub(crate) enum FromSource {
    Page { id: PageId, batch: Box<Batch>, malformed: Vec<Malformed>, cursor: Option<Vec<u8>> },
    Ended,
}

/// What a sink's thread is sent.
pub(crate) enum ToSink {
    Deliver {
        live: Live,
        page: Option<PageId>,
    },
    /// Everything in front of this is to be durable.
    Cut(u64),
    /// The run has ended and will not be resumed.
    Finish,
}

/// A cut through the pipeline, between two orders; each stage that it passes adds its part.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub(crate) number: u64,
    pub(crate) position: Position,
    /// For each source how many pages lie in front of the cut, and the last cursor among them.
    pub(crate) sources: Vec<(u64, Option<Vec<u8>>)>,
    pub(crate) filters: Vec<FilterState>,
}

/// What a filter must remember at a cut.
#[derive(Debug)]
pub(crate) struct FilterState {
    /// Its name.
    pub(crate) id: String,
    /// Absent where it remembers nothing.
    pub(crate) snapshot: Option<Vec<u8>>,
    /// How what it holds differs from the last cut.
    pub(crate) changes: Changes,
}

/// What the coordinator hears of.
pub(crate) enum Event {
    Cut(Cut),
    /// A sink has everything in front of a cut durable, and this is its state then.
    Flushed {
        sink: usize,
        cut: u64,
        state: Vec<u8>,
    },
    /// There are no more cuts.
    Ended,
    Failed(RunError),
}

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunError {
    /// The stage that it failed in, where it was one.
    pub stage: Option<String>,
    /// What happened, in a sentence for people.
    pub message: String,
    /// What to do about it, where that is known.
    pub hint: Option<String>,
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(stage) = &self.stage {
            write!(f, "stage \"{stage}\": ")?;
        }
        f.write_str(&self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, "\n  {hint}"))
    }
}

impl std::error::Error for RunError {}

impl RunError {
    pub(crate) fn stage(stage: &str, error: StageError) -> Self {
        Self { stage: Some(stage.to_owned()), message: error.message, hint: error.hint }
    }

    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self { stage: None, message: message.into(), hint: None }
    }
}

impl From<StateError> for RunError {
    fn from(error: StateError) -> Self {
        Self { stage: None, message: error.message, hint: error.hint }
    }
}

impl From<QuarantineError> for RunError {
    fn from(error: QuarantineError) -> Self {
        Self { stage: None, message: error.message, hint: error.hint }
    }
}

impl Shared {
    pub(crate) fn new(
        tallies: Arc<Tallies>,
        letters: Arc<DeadLetters>,
        quarantine: Option<Quarantine>,
        sources: usize,
    ) -> Self {
        Self {
            started: Instant::now(),
            tallies,
            letters,
            quarantine,
            stop: AtomicBool::new(false),
            abort: AtomicBool::new(false),
            cut_wanted: AtomicBool::new(false),
            checkpoints: AtomicU64::new(0),
            ledger: Mutex::new(Ledger::new(sources)),
            room: Condvar::new(),
        }
    }

    /// Record how the way of some messages ended, in front of the cut of this number.
    pub(crate) fn record(&self, cut: u64, ending: &Ending<'_>) {
        if let Some(quarantine) = self.quarantine.as_ref().filter(|_| !ending.live.is_empty())
            && !quarantine.record(cut, ending, || self.is_aborting())
        {
            // At the next cut the run learns that it cannot go on.
            self.cut_wanted.store(true, Ordering::Relaxed);
        }
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A hand is done with a page.
    pub(crate) fn settle(&self, page: PageId) {
        self.ledger().settle(page);
        self.room.notify_all();
    }

    /// Wait until no more than `most` messages are under way; false where the run is to stop instead.
    pub(crate) fn wait_for_room(&self, most: u64) -> bool {
        let mut ledger = self.ledger();
        while !self.is_stopping() {
            if ledger.in_flight() <= most {
                return true;
            }
            let waited = self.room.wait_timeout(ledger, Duration::from_millis(100));
            ledger = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        false
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.is_aborting()
    }

    pub(crate) fn is_aborting(&self) -> bool {
        self.abort.load(Ordering::Relaxed)
    }

    /// Wait so long; less where the run is asked to stop meanwhile, or everything is to end.
    pub(crate) fn rest(&self, time: Duration) {
        let until = Instant::now() + time;
        let stopping = self.is_stopping();
        while !self.is_aborting() && self.is_stopping() == stopping {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(Duration::from_millis(50)));
        }
    }
}

/// Ends everything where the thread that owns it panics, so that no other waits for it.
pub(crate) struct EndsAll<'a>(pub(crate) &'a Shared);

impl Drop for EndsAll<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.abort.store(true, Ordering::Relaxed);
        }
    }
}

/// Tells the coordinator, when it is dropped, that there are no more cuts: in a panic as well.
pub(crate) struct TellEnd(pub(crate) Sender<Event>);

impl Drop for TellEnd {
    fn drop(&mut self) {
        // Nobody listens any more where the run has failed.
        let _ = self.0.send(Event::Ended);
    }
}

/// A stage cannot go on: everything ends.
pub(crate) fn fail(shared: &Shared, events: &Sender<Event>, error: RunError) {
    shared.abort.store(true, Ordering::Relaxed);
    // Nobody listens any more where the run has failed already.
    let _ = events.send(Event::Failed(error));
}
