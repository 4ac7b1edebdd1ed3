//! A sink's thread: delivery with retries, behind the filters.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crible_core::{Deliveries, ErrorKind, Live, Outcome, Rows, Sink, StageError};
use crossbeam_channel::{Receiver, Sender};

use crate::Fate;
use crate::pipeline::SinkStage;
use crate::quarantine::Ending;
use crate::shared::{Event, RunError, Shared, ToSink, fail};
use crate::trail::Said;

/// What a sink must be given again after a fault is bounded: beyond this a cut is asked for.
const JOURNAL_BYTES: usize = 24 << 20;
/// So many instances may be lost without a whole call going well in between.
const FAULTS: u32 = 64;
/// The longest wait before another try once the run is asked to stop.
const LAST_WAIT: Duration = Duration::from_millis(200);

/// Delivers to one sink until the run ends.
pub(crate) struct Delivering<'a> {
    pub(crate) stage: SinkStage,
    /// Its place among the sinks, and among the tallies.
    pub(crate) place: usize,
    pub(crate) tally: usize,
    pub(crate) state: Option<Vec<u8>>,
    /// Whether a later run goes on where this one ends.
    pub(crate) remembers: bool,
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
    /// Whether any call went well in this run.
    works: bool,
    /// The run was asked to stop, and the last try for some messages was of no use.
    gave_up: bool,
}

/// What is still to be delivered of one order.
struct Open {
    /// What faults have halved, the first rows last.
    parts: Vec<Live>,
    /// Single rows over which the instance was lost, and why.
    suspects: Vec<(Live, String)>,
    /// Whether the log has told of a lost instance.
    told: bool,
}

/// What is to be done where not all was taken.
enum Next {
    /// Try again after this.
    Wait(Duration),
    /// It was tried often enough.
    GiveUp,
    /// The run ends before it was tried as often as the config says.
    Leave,
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
        let mut instance = Instance {
            sink,
            journal: vec![],
            journal_bytes: 0,
            faults_in_a_row: 0,
            cut: 0,
            works: false,
            gave_up: false,
        };
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

    /// Deliver rows, until each is where it belongs or a dead letter.
    fn deliver(&mut self, instance: &mut Instance, live: &Live) -> Result<(), StageError> {
        self.shared.tallies.count(self.tally, |tally| tally.report.received += live.len() as u64);
        let mut open = Open { parts: vec![live.clone()], suspects: vec![], told: false };
        while let Some(part) = open.parts.pop() {
            self.deliver_part(instance, part, &mut open)?;
            if open.parts.is_empty() && !open.suspects.is_empty() && !self.shared.is_aborting() {
                self.judge_suspects(instance, &mut open);
            }
        }
        if instance.journal_bytes > JOURNAL_BYTES {
            self.shared.cut_wanted.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Deliver rows, again and again where need be. Where the instance is lost over them, their halves are
    /// parts of their own, until the guilty row is found.
    fn deliver_part(
        &mut self,
        instance: &mut Instance,
        mut rest: Live,
        open: &mut Open,
    ) -> Result<(), StageError> {
        let mut out = Deliveries::default();
        let (mut tries, mut faults) = (0, 0);
        let mut last = instance.gave_up;
        while !rest.is_empty() && !self.shared.is_aborting() {
            let started = Instant::now();
            out.start(rest.len());
            let written = instance.sink.write(&Rows::new(&rest), &mut out).and_then(|()| out.check());
            self.shared.tallies.count(self.tally, |tally| tally.report.time += started.elapsed());
            let (errored, wait) = match written {
                Ok(()) => {
                    (instance.faults_in_a_row, instance.works) = (0, true);
                    let wait = out.retry_after.map(|ms| Duration::from_millis(ms.into()));
                    (self.sort_out(instance, &rest, &out), wait)
                }
                Err(error) if error.kind == ErrorKind::Fatal => return Err(error),
                Err(error) => {
                    if error.kind == ErrorKind::Fault {
                        self.revive(instance, &error)?;
                        self.flush_early(instance);
                        if !std::mem::replace(&mut open.told, true) {
                            let rows = rest.len();
                            tracing::warn!(
                                "lost over {rows} messages, they are delivered in parts: {}",
                                error.message
                            );
                        }
                        if rest.len() > 1 {
                            let places: Vec<u32> = (0..rest.len() as u32).collect();
                            let (left, right) = places.split_at(rest.len() / 2);
                            open.parts.extend([rest.narrow(right), rest.narrow(left)]);
                            return Ok(());
                        }
                        faults += 1;
                        if faults > 1 {
                            open.suspects.push((rest, error.message));
                            return Ok(());
                        }
                        self.shared.rest(self.wait(1));
                        continue;
                    }
                    out.start(rest.len());
                    (0..rest.len()).for_each(|row| out.errored(row, &error.message));
                    ((0..rest.len() as u32).collect(), None)
                }
            };
            let Some(&first) = errored.first() else { break };
            tries += 1;
            let wait = match self.next(tries, wait, &mut last) {
                Next::Wait(wait) => wait,
                Next::GiveUp => {
                    self.give_up(instance.cut, &rest, &errored, &out);
                    break;
                }
                Next::Leave => {
                    instance.gave_up = true;
                    self.leave(instance.cut, &rest, &errored, &out)?;
                    break;
                }
            };
            tracing::warn!(
                "not taken yet ({} of {}), tried again in {wait:?}: {}",
                errored.len(),
                rest.len(),
                out.reasons.get(first as usize)
            );
            rest = rest.narrow(&errored);
            self.shared.tallies.count(self.tally, |tally| tally.report.retries += 1);
            self.shared.rest(wait);
        }
        Ok(())
    }

    /// The instance was lost over each of these rows. Where it works on others, they are guilty and go to
    /// the dead letters; where it never worked, they are tried again, until the stage cannot go on.
    fn judge_suspects(&self, instance: &Instance, open: &mut Open) {
        let suspects = std::mem::take(&mut open.suspects);
        if !instance.works {
            open.parts.extend(suspects.into_iter().rev().map(|(row, _)| row));
            self.shared.rest(self.wait(1));
            return;
        }
        let mut out = Deliveries::default();
        for (row, why) in suspects {
            out.start(1);
            out.errored(0, &why);
            self.give_up(instance.cut, &row, &[0], &out);
        }
    }

    /// What to do after so many tries, where the sink may have said how long to wait. Once the run is asked
    /// to stop there is one last try: who stops it does not wait for an hour of growing waits.
    fn next(&self, tries: u32, wait: Option<Duration>, last: &mut bool) -> Next {
        if tries > self.stage.retry.most {
            return Next::GiveUp;
        }
        let wait = wait.unwrap_or_else(|| self.wait(tries)).min(self.stage.retry.longest);
        if !self.shared.is_stopping() {
            return Next::Wait(wait);
        }
        if std::mem::replace(last, true) {
            return Next::Leave;
        }
        Next::Wait(wait.min(LAST_WAIT))
    }

    fn wait(&self, tries: u32) -> Duration {
        self.stage.retry.first.saturating_mul(1 << (tries - 1).min(20)).min(self.stage.retry.longest)
    }

    /// By what a sink answered: what was delivered is remembered until the next flush, what was rejected
    /// is a dead letter. The places of what errored.
    fn sort_out(&self, instance: &mut Instance, live: &Live, out: &Deliveries) -> Vec<u32> {
        let with = |outcome| {
            let places = (0..live.len()).filter(move |&place| out.outcome(place) == outcome);
            places.map(|place| place as u32).collect::<Vec<u32>>()
        };
        let (delivered, rejected) = (with(Outcome::Delivered), with(Outcome::Rejected));
        for &place in &rejected {
            let reason = out.reasons.get(place as usize);
            self.shared.letters.send_row(instance.cut, &self.stage.id, reason, live, place as usize);
        }
        self.record_failed(instance.cut, live, &rejected, |place| out.reasons.get(place));
        self.shared.tallies.count(self.tally, |tally| {
            tally.report.kept += delivered.len() as u64;
            tally.report.failed += rejected.len() as u64;
        });
        if !delivered.is_empty() {
            let taken = live.narrow(&delivered);
            let ending = Ending { fate: Fate::Kept, stage: &self.stage.id, live: &taken, last: &[] };
            self.shared.record(instance.cut, &ending);
            instance.journal_bytes += taken.batch().size();
            instance.journal.push(taken);
        }
        with(Outcome::Errored)
    }

    /// The run ends and the rows at these places were not taken. Where a later run goes on from a checkpoint
    /// in front of them, this one ends there; else they are dead letters.
    fn leave(&self, cut: u64, live: &Live, places: &[u32], out: &Deliveries) -> Result<(), StageError> {
        let why = places.first().map_or("", |&place| out.reasons.get(place as usize));
        let undelivered = match places.len() {
            1 => "1 message".to_owned(),
            rows => format!("{rows} messages"),
        };
        if self.remembers {
            let message = format!("{undelivered} could not be delivered before the end of the run: {why}");
            return Err(self.ended(StageError::failed(message)));
        }
        tracing::warn!("{undelivered} could not be delivered before the end of the run: {why}");
        self.give_up(cut, live, places, out);
        Ok(())
    }

    /// The error that ends the run, saying what becomes of what was not delivered.
    fn ended(&self, mut error: StageError) -> StageError {
        if self.remembers && error.hint.is_none() {
            let way_back =
                "nothing is lost: the next run goes on from the last checkpoint, in front of it all";
            error.hint = Some(way_back.to_owned());
        }
        error
    }

    fn give_up(&self, cut: u64, live: &Live, places: &[u32], out: &Deliveries) {
        let reason = |place| match out.reasons.get(place) {
            "" => "it could not be delivered",
            reason => reason,
        };
        for &place in places {
            let place = place as usize;
            self.shared.letters.send_row(cut, &self.stage.id, reason(place), live, place);
        }
        self.record_failed(cut, live, places, reason);
        self.shared.tallies.count(self.tally, |tally| tally.report.failed += places.len() as u64);
    }

    /// Record that the rows at these places are not delivered.
    fn record_failed<'a>(&self, cut: u64, live: &Live, places: &[u32], reason: impl Fn(usize) -> &'a str) {
        if self.shared.quarantine.is_some() && !places.is_empty() {
            let last = places.iter().map(|&place| Said { reason: reason(place as usize), ..Said::default() });
            let last: Vec<Said<'_>> = last.collect();
            let live = &live.narrow(places);
            self.shared.record(cut, &Ending { fate: Fate::Failed, stage: &self.stage.id, live, last: &last });
        }
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
            let wait = self.wait(instance.faults_in_a_row);
            self.shared.rest(if self.shared.is_stopping() { wait.min(LAST_WAIT) } else { wait });
        }
    }

    /// Have what a new instance was given again durable, so that the next one need not be given it too: a
    /// sink that cannot go back would get it once more each time.
    fn flush_early(&mut self, instance: &mut Instance) {
        if !instance.journal.is_empty()
            && let Ok(state) = instance.sink.flush()
        {
            instance.journal.clear();
            instance.journal_bytes = 0;
            self.state = Some(state);
        }
    }

    /// Have everything in front of a cut durable.
    fn flush(&mut self, instance: &mut Instance, cut: u64) -> Result<(), StageError> {
        let mut tries = 0;
        let mut last = instance.gave_up;
        let state = loop {
            match instance.sink.flush() {
                Ok(state) => break state,
                Err(error) if error.kind == ErrorKind::Fatal => return Err(error),
                Err(error) => {
                    tries += 1;
                    let Next::Wait(wait) = self.next(tries, None, &mut last) else {
                        return Err(self.ended(error));
                    };
                    if error.kind == ErrorKind::Fault {
                        self.revive(instance, &error)?;
                    }
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
