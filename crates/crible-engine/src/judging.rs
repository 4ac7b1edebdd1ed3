//! The chain's thread: the one order of messages, and the place where cuts are taken.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crible_core::{Batch, Live, Malformed, Occasion};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use crate::chain::{Chain, Failed};
use crate::checkpoint::Position;
use crate::dead_letters::Letter;
use crate::ledger::PageId;
use crate::pipeline::{AtEnd, Settings};
use crate::shared::{Cut, Event, FromSource, RunError, Shared, ToSink, fail};
use crate::time::Timekeeper;

/// How often filters are asked for what they hold.
const TICK: Duration = Duration::from_millis(250);

/// Judges what the sources read, hands it to the sinks, and takes the cuts.
pub(crate) struct Judging<'a> {
    pub(crate) chain: Chain,
    pub(crate) clock: Timekeeper,
    pub(crate) next_seq: u64,
    pub(crate) settings: Settings,
    /// The names of the sources.
    pub(crate) sources: Vec<String>,
    pub(crate) shared: &'a Shared,
    pub(crate) pages: Receiver<(usize, FromSource)>,
    pub(crate) sinks: Vec<Sender<ToSink>>,
    pub(crate) events: Sender<Event>,
    /// Told when a cut's checkpoint is durable.
    pub(crate) passed: Receiver<u64>,
}

/// What the chain remembers between two cuts.
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

impl Judging<'_> {
    pub(crate) fn run(mut self) {
        if let Err((stage, error)) = self.judge_to_end() {
            fail(self.shared, &self.events, RunError::stage(&stage, error));
        }
    }

    fn judge_to_end(&mut self) -> Result<(), Failed> {
        let now = Instant::now();
        let sources = vec![(0, None); self.sources.len()];
        let mut progress = Progress { sources, pending: false, last_cut: now, last_tick: now, fresh: false };
        if self.settings.state.is_some() {
            // Before anything is delivered the state must know how to take it back.
            self.cut(&mut progress)?;
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
                    self.page(id, *batch, &malformed)?;
                }
                Ok((_, FromSource::Ended)) => reading -= 1,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.tick(&mut progress)?;
            self.cut_if_due(&mut progress)?;
        }
        if self.shared.is_aborting() {
            return Ok(());
        }
        self.end(&mut progress)
    }

    /// How long to wait for a page before looking after time and cuts.
    fn patience(&self, progress: &Progress) -> Duration {
        if progress.fresh || progress.pending {
            self.settings.checkpoint_every.min(TICK).min(Duration::from_millis(20))
        } else {
            TICK
        }
    }

    fn page(&mut self, id: PageId, mut batch: Batch, malformed: &[Malformed]) -> Result<(), Failed> {
        let stage = &self.sources[id.source];
        for Malformed { place, raw, why } in malformed {
            let letter = Letter { stage, reason: why, place, raw, message: None };
            self.shared.letters.send(self.chain.cut, &letter);
        }
        if !batch.is_empty() {
            let times = self.clock.times(&batch);
            batch.stamp(self.next_seq, times);
            self.next_seq += batch.len() as u64;
            let (shared, sinks) = (self.shared, &self.sinks);
            let mut deliver = |sink: usize, live: Live| {
                shared.ledger().share(id, 1);
                // A sink that takes nothing more has failed, and the run with it.
                let _ = sinks[sink].send(ToSink::Deliver { live, page: Some(id) });
            };
            self.chain.push(id.source, Live::new(batch), &mut deliver)?;
        }
        self.shared.settle(id);
        Ok(())
    }

    fn release(&mut self, occasion: Occasion) -> Result<(), Failed> {
        let now = self.clock.now();
        let sinks = &self.sinks;
        let mut deliver = |sink: usize, live: Live| {
            let _ = sinks[sink].send(ToSink::Deliver { live, page: None });
        };
        self.chain.release(occasion, now, &mut deliver)
    }

    fn tick(&mut self, progress: &mut Progress) -> Result<(), Failed> {
        if progress.last_tick.elapsed() >= TICK {
            progress.last_tick = Instant::now();
            if self.chain.holds() {
                self.release(Occasion::Tick)?;
                progress.fresh = true;
            }
        }
        Ok(())
    }

    fn cut_if_due(&mut self, progress: &mut Progress) -> Result<(), Failed> {
        if self.passed.try_iter().last().is_some() {
            progress.pending = false;
        }
        let wanted = self.shared.cut_wanted.load(Ordering::Relaxed);
        let due = progress.fresh && progress.last_cut.elapsed() >= self.settings.checkpoint_every;
        if !progress.pending && (wanted || due) {
            self.cut(progress)?;
        }
        Ok(())
    }

    fn cut(&mut self, progress: &mut Progress) -> Result<(), Failed> {
        self.shared.cut_wanted.store(false, Ordering::Relaxed);
        // Without a state nothing is remembered, and a cut only makes what was read durable.
        let filters = if self.settings.state.is_some() { self.chain.snapshot()? } else { vec![] };
        let number = self.chain.cut;
        let position = Position { next_seq: self.next_seq, now: self.clock.now(), ..Position::default() };
        let cut = Cut { number, position, sources: progress.sources.clone(), filters };
        // Nobody listens any more where the run has failed.
        let _ = self.events.send(Event::Cut(cut));
        for sink in &self.sinks {
            let _ = sink.send(ToSink::Cut(number));
        }
        self.chain.cut += 1;
        (progress.pending, progress.fresh, progress.last_cut) = (true, false, Instant::now());
        Ok(())
    }

    fn wait_until_passed(&self, progress: &mut Progress) {
        while progress.pending && !self.shared.is_aborting() {
            if self.passed.recv_timeout(Duration::from_millis(100)).is_ok() {
                progress.pending = false;
            }
        }
    }

    /// All sources have ended: a last cut, with what is held released where the stream is over.
    fn end(&mut self, progress: &mut Progress) -> Result<(), Failed> {
        let stopped = self.shared.stop.load(Ordering::Relaxed);
        let resumed = self.settings.state.is_some() && (stopped || self.settings.at_end == AtEnd::Keep);
        if !resumed {
            self.release(Occasion::End)?;
        }
        self.wait_until_passed(progress);
        self.cut(progress)?;
        self.wait_until_passed(progress);
        if !resumed && !self.shared.is_aborting() {
            self.sinks.iter().for_each(|sink| {
                let _ = sink.send(ToSink::Finish);
            });
        }
        Ok(())
    }
}
