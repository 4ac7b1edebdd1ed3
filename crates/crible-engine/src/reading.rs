//! A source's thread.

use std::time::{Duration, Instant};

use crible_core::{ErrorKind, Next, Page, Source, StageError};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use crate::pipeline::SourceStage;
use crate::shared::{Event, FromSource, RunError, Shared, fail};

/// So many calls in a row may lose the instance.
const FAULTS: u32 = 8;
/// How long to wait after the first call that failed, and the longest wait after the next ones.
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// The longest after a call that lost the instance: what is out of order is not somewhere else, where it
/// might be mended meanwhile.
const LONGEST_WAIT_AFTER_FAULT: Duration = Duration::from_millis(500);

/// Reads one source until it ends, then passes on what is durable until the run ends.
pub(crate) struct Reading<'a> {
    pub(crate) stage: SourceStage,
    /// Its place in the pipeline.
    pub(crate) place: usize,
    pub(crate) cursor: Option<Vec<u8>>,
    pub(crate) batch: usize,
    pub(crate) in_flight: usize,
    pub(crate) shared: &'a Shared,
    pub(crate) sequencer: Sender<(usize, FromSource)>,
    /// Cursors up to which everything is durable.
    pub(crate) commits: Receiver<Vec<u8>>,
    pub(crate) events: Sender<Event>,
}

impl Reading<'_> {
    pub(crate) fn run(mut self) {
        let span = tracing::error_span!("source", stage = %self.stage.id);
        let _entered = span.enter();
        match self.read_to_end() {
            Ok(mut source) => {
                // Nobody listens any more where the run has failed.
                let _ = self.sequencer.send((self.place, FromSource::Ended));
                while let Ok(cursor) = self.commits.recv() {
                    self.commit(source.as_mut(), &cursor);
                }
            }
            Err(error) => fail(self.shared, &self.events, RunError::stage(&self.stage.id, error)),
        }
    }

    fn read_to_end(&mut self) -> Result<Box<dyn Source>, StageError> {
        let mut source = (self.stage.make)(self.cursor.as_deref())?;
        let most = self.in_flight.saturating_sub(self.batch) as u64;
        let mut failures = 0;
        while self.shared.wait_for_room(most) {
            if let Some(cursor) = self.commits.try_iter().last() {
                self.commit(source.as_mut(), &cursor);
            }
            let mut page = Page::default();
            let started = Instant::now();
            match source.read(self.batch, &mut page) {
                Ok(()) => failures = 0,
                Err(error) => {
                    failures += 1;
                    source = self.recover(source, error, failures)?;
                    continue;
                }
            }
            let next = page.next;
            if !self.send(page, started.elapsed()) {
                break;
            }
            match next {
                Next::More => {}
                Next::End => break,
                Next::Idle(ms) => self.idle(source.as_mut(), Duration::from_millis(ms.into())),
            }
        }
        Ok(source)
    }

    /// Hand a page to the sequencer; false where nobody takes it any more.
    fn send(&mut self, mut page: Page, time: Duration) -> bool {
        let batch = page.take_batch();
        let (rows, malformed) = (batch.len() as u64, page.malformed.len() as u64);
        self.shared.tallies.count(self.place, |tally| {
            tally.report.received += rows + malformed;
            tally.report.kept += rows;
            tally.report.failed += malformed;
            tally.report.time += time;
        });
        if page.cursor.is_some() {
            self.cursor.clone_from(&page.cursor);
        }
        if rows == 0 && malformed == 0 && page.cursor.is_none() {
            return true;
        }
        let id = self.shared.ledger().enter(self.place, rows);
        let Page { malformed, cursor, .. } = page;
        let page = FromSource::Page { id, batch: Box::new(batch), malformed, cursor };
        self.sequencer.send((self.place, page)).is_ok()
    }

    /// Wait while there is nothing to read, passing on what becomes durable.
    fn idle(&self, source: &mut dyn Source, time: Duration) {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.shared.is_stopping() {
                return;
            }
            match self.commits.recv_timeout(left.min(Duration::from_millis(50))) {
                Ok(cursor) => self.commit(source, &cursor),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn commit(&self, source: &mut dyn Source, cursor: &[u8]) {
        if let Err(error) = source.commit(cursor) {
            tracing::warn!("it could not be told what is durable: {error}");
        }
    }

    /// A call failed: wait and go on, with a new instance where this one is lost.
    fn recover(
        &self,
        source: Box<dyn Source>,
        error: StageError,
        failures: u32,
    ) -> Result<Box<dyn Source>, StageError> {
        match error.kind {
            ErrorKind::Fatal => return Err(error),
            ErrorKind::Fault if failures > FAULTS => {
                let message = format!("it failed {FAULTS} times in a row: {}", error.message);
                return Err(StageError { message, ..error });
            }
            _ => {}
        }
        let longest = if error.kind == ErrorKind::Fault { LONGEST_WAIT_AFTER_FAULT } else { LONGEST_WAIT };
        let wait = FIRST_WAIT.saturating_mul(1 << (failures - 1).min(16)).min(longest);
        tracing::warn!("reading failed, it is tried again in {wait:?}: {}", error.message);
        let until = Instant::now() + wait;
        while Instant::now() < until && !self.shared.is_stopping() {
            std::thread::sleep(Duration::from_millis(20));
        }
        if error.kind == ErrorKind::Fault {
            self.shared.tallies.count(self.place, |tally| tally.report.faults += 1);
            return (self.stage.make)(self.cursor.as_deref());
        }
        Ok(source)
    }
}
