//! The sequencer's thread: the one order of messages, and of the cuts between them.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crible_core::{Batch, Live, Malformed, Occasion};
use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::checkpoint::Position;
use crate::dead_letters::Letter;
use crate::ledger::PageId;
use crate::order::{Flows, Onward, Order};
use crate::pipeline::{AtEnd, Settings};
use crate::quarantine::Quarantine;
use crate::shared::{Cut, FromSource, Shared};
use crate::time::Timekeeper;

/// How often filters are asked for what they hold.
const TICK: Duration = Duration::from_millis(250);

/// Numbers what the sources read, and sends it through the filters with the cuts between.
pub(crate) struct Sequencing<'a> {
    pub(crate) clock: Timekeeper,
    pub(crate) next_seq: u64,
    pub(crate) settings: Settings,
    /// The names of the sources.
    pub(crate) sources: Vec<String>,
    /// How many filters there are.
    pub(crate) filters: usize,
    pub(crate) shared: &'a Shared,
    pub(crate) pages: Receiver<(usize, FromSource)>,
    pub(crate) onward: Onward<'a>,
    /// Told when a cut's checkpoint is durable.
    pub(crate) passed: Receiver<u64>,
    /// The number of the next cut.
    pub(crate) cut: u64,
}

/// What is remembered between two cuts.
struct Progress {
    /// For each source how many pages have come, and the last cursor.
    sources: Vec<(u64, Option<Vec<u8>>)>,
    /// A cut whose checkpoint is not durable yet.
    pending: bool,
    last_cut: Instant,
    last_tick: Instant,
    /// Whether anything has come since the last cut.
    fresh: bool,
}

impl Sequencing<'_> {
    pub(crate) fn run(mut self) {
        let now = Instant::now();
        let sources = vec![(0, None); self.sources.len()];
        let mut progress = Progress { sources, pending: false, last_cut: now, last_tick: now, fresh: false };
        if self.settings.state.is_some() {
            // Before anything is delivered the state must know how to take it back.
            self.cut(&mut progress);
            self.wait_until_passed(&mut progress);
        }
        let mut reading = self.sources.len();
        while reading > 0 && !self.shared.is_aborting() {
            match self.pages.recv_timeout(self.patience(&progress)) {
                Ok((source, FromSource::Page { id, batch, malformed, cursor })) => {
                    progress.fresh = true;
                    progress.sources[source].0 += 1;
                    if cursor.is_some() {
                        progress.sources[source].1 = cursor;
                    }
                    self.page(id, *batch, &malformed);
                }
                Ok((_, FromSource::Ended)) => reading -= 1,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.tick(&mut progress);
            self.cut_if_due(&mut progress);
        }
        if !self.shared.is_aborting() {
            self.end(&mut progress);
        }
    }

    /// How long to wait for a page before looking after time and cuts.
    fn patience(&self, progress: &Progress) -> Duration {
        if progress.fresh || progress.pending {
            self.settings.checkpoint_every.min(TICK).min(Duration::from_millis(20))
        } else {
            TICK
        }
    }

    fn page(&mut self, id: PageId, mut batch: Batch, malformed: &[Malformed]) {
        let stage = &self.sources[id.source];
        for Malformed { place, raw, why } in malformed {
            let letter = Letter { stage, reason: why, place, raw, message: None };
            self.shared.letters.send(self.cut, &letter);
        }
        let times = self.clock.times(&batch);
        batch.stamp(self.next_seq, times);
        self.next_seq += batch.len() as u64;
        let flows = Flows::from_source(id.source, Live::new(batch), self.filters);
        self.onward.send(Order::Rows { flows, page: Some(id) });
    }

    fn release(&mut self, occasion: Occasion) {
        let now = self.clock.now();
        self.onward.send(Order::Release { occasion, now });
    }

    fn tick(&mut self, progress: &mut Progress) {
        if progress.last_tick.elapsed() >= TICK {
            progress.last_tick = Instant::now();
            self.shared.quarantine.iter().for_each(Quarantine::forget_old);
            if self.shared.tallies.holds() {
                self.release(Occasion::Tick);
                progress.fresh = true;
            }
        }
    }

    fn cut_if_due(&mut self, progress: &mut Progress) {
        if self.passed.try_iter().last().is_some() {
            progress.pending = false;
        }
        let wanted = self.shared.cut_wanted.load(Ordering::Relaxed);
        let due = progress.fresh && progress.last_cut.elapsed() >= self.settings.checkpoint_every;
        if !progress.pending && (wanted || due) {
            self.cut(progress);
        }
    }

    fn cut(&mut self, progress: &mut Progress) {
        self.shared.cut_wanted.store(false, Ordering::Relaxed);
        let (now, ahead) = (self.clock.now(), self.clock.ahead());
        let position = Position { next_seq: self.next_seq, now, ahead, ..Position::default() };
        let sources = progress.sources.clone();
        self.onward.send(Order::Cut(Cut { number: self.cut, position, sources, filters: vec![] }));
        self.cut += 1;
        (progress.pending, progress.fresh, progress.last_cut) = (true, false, Instant::now());
    }

    fn wait_until_passed(&self, progress: &mut Progress) {
        while progress.pending && !self.shared.is_aborting() {
            if self.passed.recv_timeout(Duration::from_millis(100)).is_ok() {
                progress.pending = false;
            }
        }
    }

    /// All sources have ended: a last cut, with what is held released where the stream is over.
    fn end(&mut self, progress: &mut Progress) {
        let stopped = self.shared.stop.load(Ordering::Relaxed);
        let resumed = self.settings.state.is_some() && (stopped || self.settings.at_end == AtEnd::Keep);
        if !resumed {
            self.release(Occasion::End);
        }
        self.wait_until_passed(progress);
        self.cut(progress);
        self.wait_until_passed(progress);
        if !resumed && !self.shared.is_aborting() {
            self.onward.send(Order::Finish);
        }
    }
}
