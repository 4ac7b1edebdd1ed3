//! A sink's thread: delivery with retries, behind the filters.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crible_core::{Deliveries, ErrorKind, Live, Outcome, Rows, Sink, StageError};
use crossbeam_channel::{Receiver, Sender};

use crate::pipeline::SinkStage;
use crate::shared::{Event, RunError, Shared, ToSink, fail};

/// What a sink must be given again after a fault is bounded: beyond this a cut is asked for.
const JOURNAL_BYTES: usize = 24 << 20;
/// So many calls in a row may lose the instance.
const FAULTS: u32 = 8;

/// Delivers to one sink until the run ends.
pub(crate) struct Delivering<'a> {
    pub(crate) stage: SinkStage,
    /// Its place among the sinks, and among the tallies.
    pub(crate) place: usize,
    pub(crate) tally: usize,
    pub(crate) state: Option<Vec<u8>>,
    pub(crate) shared: &'a Shared,
    pub(crate) orders: Receiver<ToSink>,
    pub(crate) events: Sender<Event>,
}

/// The sink's instance and what it has taken since its last flush.
struct Instance {
    sink: Box<dyn Sink>,
    journal: Vec<Live>,
    journal_bytes: usize,
    faults_in_a_row: u32,
    /// The number of the next cut.
    cut: u64,
}

impl Delivering<'_> {
    pub(crate) fn run(mut self) {
        let span = tracing::error_span!("sink", stage = %self.stage.id);
        let _entered = span.enter();
        if let Err(error) = self.deliver_to_end() {
            fail(self.shared, &self.events, RunError::stage(&self.stage.id, error));
        }
    }

    fn deliver_to_end(&mut self) -> Result<(), StageError> {
        let sink = (self.stage.make)(self.state.as_deref())?;
        let mut instance = Instance { sink, journal: vec![], journal_bytes: 0, faults_in_a_row: 0, cut: 0 };
        while let Ok(order) = self.orders.recv() {
            if self.shared.is_aborting() {
                break;
            }
            match order {
                ToSink::Deliver { live, page } => {
                    self.deliver(&mut instance, &live.settled())?;
                    page.into_iter().for_each(|page| self.shared.settle(page));
                }
                ToSink::Cut(cut) => self.flush(&mut instance, cut)?,
                ToSink::Finish => instance.sink.finish()?,
            }
        }
        Ok(())
    }

    /// Deliver rows, again and again where need be, until each is where it belongs or a dead letter.
    fn deliver(&mut self, instance: &mut Instance, live: &Live) -> Result<(), StageError> {
        self.shared.tallies.count(self.tally, |tally| tally.report.received += live.len() as u64);
        let mut rest = live.clone();
        let mut out = Deliveries::default();
        let mut tries = 0;
        while !rest.is_empty() && !self.shared.is_aborting() {
            let started = Instant::now();
            out.start(rest.len());
            let written = instance.sink.write(&Rows::new(&rest), &mut out).and_then(|()| out.check());
            self.shared.tallies.count(self.tally, |tally| tally.report.time += started.elapsed());
            let wait = match written {
                Ok(()) => {
                    instance.faults_in_a_row = 0;
                    rest = self.sort_out(instance, &rest, &out);
                    out.retry_after.map(|ms| Duration::from_millis(ms.into()))
                }
                Err(error) if error.kind == ErrorKind::Fatal => return Err(error),
                Err(error) => {
                    if error.kind == ErrorKind::Fault {
                        self.revive(instance, &error)?;
                    }
                    out.start(rest.len());
                    (0..rest.len()).for_each(|row| out.errored(row, &error.message));
                    None
                }
            };
            if rest.is_empty() {
                break;
            }
            if tries >= self.stage.retry.most {
                self.give_up(instance.cut, &rest, &out);
                break;
            }
            tries += 1;
            let wait = wait.unwrap_or_else(|| self.wait(tries)).min(self.stage.retry.longest);
            tracing::warn!(
                "{} of {} messages were not taken, they are tried again in {wait:?}: {}",
                rest.len(),
                live.len(),
                out.reasons.get(0)
            );
            self.shared.tallies.count(self.tally, |tally| tally.report.retries += 1);
            self.shared.rest(wait);
        }
        if instance.journal_bytes > JOURNAL_BYTES {
            self.shared.cut_wanted.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn wait(&self, tries: u32) -> Duration {
        self.stage.retry.first.saturating_mul(1 << (tries - 1).min(20)).min(self.stage.retry.longest)
    }

    /// By what a sink answered: what was delivered is remembered until the next flush, what was rejected
    /// is a dead letter, what errored is left.
    fn sort_out(&self, instance: &mut Instance, live: &Live, out: &Deliveries) -> Live {
        let with = |outcome| {
            let places = (0..live.len()).filter(move |&place| out.outcome(place) == outcome);
            places.map(|place| place as u32).collect::<Vec<u32>>()
        };
        let (delivered, rejected) = (with(Outcome::Delivered), with(Outcome::Rejected));
        for &place in &rejected {
            let reason = out.reasons.get(place as usize);
            self.shared.letters.send_row(instance.cut, &self.stage.id, reason, live, place as usize);
        }
        self.shared.tallies.count(self.tally, |tally| {
            tally.report.kept += delivered.len() as u64;
            tally.report.failed += rejected.len() as u64;
        });
        if !delivered.is_empty() {
            let taken = live.narrow(&delivered);
            instance.journal_bytes += taken.batch().size();
            instance.journal.push(taken);
        }
        live.narrow(&with(Outcome::Errored))
    }

    fn give_up(&self, cut: u64, live: &Live, out: &Deliveries) {
        for place in 0..live.len() {
            let reason = Some(out.reasons.get(place)).filter(|reason| !reason.is_empty());
            let reason = reason.unwrap_or("it could not be delivered");
            self.shared.letters.send_row(cut, &self.stage.id, reason, live, place);
        }
        self.shared.tallies.count(self.tally, |tally| tally.report.failed += live.len() as u64);
    }

    /// Bring back the instance that was lost: from its state at the last flush, given again what it has
    /// taken since.
    fn revive(&self, instance: &mut Instance, lost_by: &StageError) -> Result<(), StageError> {
        let mut lost_by = lost_by.clone();
        loop {
            self.shared.tallies.count(self.tally, |tally| tally.report.faults += 1);
            instance.faults_in_a_row += 1;
            if instance.faults_in_a_row > FAULTS {
                let message = format!("it failed {FAULTS} times in a row: {}", lost_by.message);
                return Err(StageError { message, ..lost_by });
            }
            instance.sink = (self.stage.make)(self.state.as_deref())?;
            let mut ignored = Deliveries::default();
            let given = instance.journal.iter().try_for_each(|live| {
                ignored.start(live.len());
                instance.sink.write(&Rows::new(live), &mut ignored)
            });
            match given {
                Ok(()) => return Ok(()),
                Err(error) => lost_by = error,
            }
            self.shared.rest(self.wait(instance.faults_in_a_row));
        }
    }

    /// Have everything in front of a cut durable.
    fn flush(&mut self, instance: &mut Instance, cut: u64) -> Result<(), StageError> {
        let mut tries = 0;
        let state = loop {
            match instance.sink.flush() {
                Ok(state) => break state,
                Err(error) if error.kind == ErrorKind::Fatal || tries >= self.stage.retry.most => {
                    return Err(error);
                }
                Err(error) => {
                    if error.kind == ErrorKind::Fault {
                        self.revive(instance, &error)?;
                    }
                    tries += 1;
                    let wait = self.wait(tries);
                    tracing::warn!(
                        "what was written is not durable yet, that is tried again in {wait:?}: {error}"
                    );
                    self.shared.rest(wait);
                    if self.shared.is_aborting() {
                        return Ok(());
                    }
                }
            }
        };
        instance.journal.clear();
        instance.journal_bytes = 0;
        instance.cut = cut + 1;
        self.state = Some(state.clone());
        // Nobody listens any more where the run has failed.
        let _ = self.events.send(Event::Flushed { sink: self.place, cut, state });
        Ok(())
    }
}
