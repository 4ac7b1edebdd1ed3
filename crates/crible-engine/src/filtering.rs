//! A filter's thread: it judges what arrives, and the engine keeps what it holds.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use crible_core::{Batch, Held, Live, Occasion, Release, StageError, Verdict, Verdicts};
use crossbeam_channel::{Receiver, Sender};

use crate::Fate;
use crate::guarded::{Guarded, Part};
use crate::holding::{Holding, LetGo};
use crate::order::{Flows, Onward, Order};
use crate::pipeline::OnError;
use crate::quarantine::Ending;
use crate::shared::{Event, FilterState, RunError, Shared, fail};
use crate::trail::{self, Said};

/// Does one filter's part of every order, and hands the order on.
pub(crate) struct Filtering<'a> {
    pub(crate) filter: Guarded,
    pub(crate) holding: Holding,
    pub(crate) name: Arc<str>,
    /// Its place among the filters, of which there are so many, and among the tallies.
    pub(crate) place: usize,
    pub(crate) filters: usize,
    pub(crate) tally: usize,
    /// Whether a cut takes along what it must remember.
    pub(crate) remembers: bool,
    pub(crate) shared: &'a Shared,
    pub(crate) orders: Receiver<Order>,
    pub(crate) onward: Onward<'a>,
    pub(crate) events: Sender<Event>,
    /// The number of the next cut.
    pub(crate) cut: u64,
    pub(crate) scratch: Verdicts,
}

impl Filtering<'_> {
    pub(crate) fn run(mut self) {
        self.count_held();
        while let Ok(order) = self.orders.recv() {
            if self.shared.is_aborting() {
                break;
            }
            if let Err(error) = self.follow(order) {
                fail(self.shared, &self.events, RunError::stage(&self.name, error));
                break;
            }
        }
    }

    fn follow(&mut self, mut order: Order) -> Result<(), StageError> {
        match &mut order {
            Order::Rows { flows, .. } => {
                if let Some(live) = flows.met(&self.filter.stage().from) {
                    flows.leave(self.place, self.judge(&live)?);
                }
            }
            Order::Release { occasion, now } => self.release(*occasion, *now)?,
            Order::Cut(cut) => {
                if self.remembers {
                    cut.filters.push(self.state()?);
                }
                self.cut += 1;
            }
            Order::Finish => {}
        }
        self.onward.send(order);
        Ok(())
    }

    /// Ask for what is held. At the end whatever is not answered for is kept.
    fn release(&mut self, occasion: Occasion, now: i64) -> Result<(), StageError> {
        if occasion == Occasion::Tick && self.holding.is_empty() {
            return Ok(());
        }
        let mut out = std::mem::take(&mut self.scratch);
        self.filter.release(occasion, now, &mut out)?;
        self.released(std::mem::take(&mut out.release));
        self.scratch = out;
        if occasion == Occasion::End && !self.holding.is_empty() {
            let rest = self.holding.take_all();
            self.go_on(&rest, &[], Release::default());
        }
        self.count_held();
        Ok(())
    }

    /// What it must remember, with how what it holds differs from the last cut.
    fn state(&mut self) -> Result<FilterState, StageError> {
        let snapshot = self.filter.snapshot()?.map(<[u8]>::to_vec);
        Ok(FilterState { id: self.name.to_string(), snapshot, changes: self.holding.changes() })
    }

    /// Judge what arrives; what leaves.
    fn judge(&mut self, live: &Live) -> Result<Live, StageError> {
        let started = Instant::now();
        let scratch = std::mem::take(&mut self.scratch);
        let mut parts = self.filter.judge(live, scratch)?;
        self.count(live.len(), &parts, started);
        let mut kept: Vec<u32> = Vec::with_capacity(live.len());
        let mut releases = Vec::new();
        for part in &mut parts {
            let release = std::mem::take(&mut part.verdicts.release);
            self.record_refused(part);
            self.park(part, &release);
            if !release.seqs.is_empty() {
                releases.push(release);
            }
            self.keep(part, &mut kept)?;
        }
        let mut leaving = live.narrow(&kept);
        let trace = trail::record(&self.name, leaving.trace(), live, &parts);
        leaving = leaving.with_trace(trace);
        if let Some(batch) = trail::set_values(live, &parts) {
            leaving = leaving.with_batch(batch);
        }
        releases.into_iter().for_each(|release| self.released(release));
        self.count_held();
        // So that its buffers serve the next batch.
        self.scratch = parts.pop().map(|part| part.verdicts).unwrap_or_default();
        Ok(leaving)
    }

    /// Hold what is to be held, but what the same answer drops again.
    fn park(&mut self, part: &Part, release: &Release) {
        let dropped_at_once: HashMap<u64, usize> = release
            .seqs
            .iter()
            .enumerate()
            .filter(|&(at, _)| release.verdicts[at] == Verdict::Drop as u8)
            .map(|(at, &seq)| (seq, at))
            .collect();
        let mut dropped = Vec::new();
        for place in part.places(Verdict::Hold) {
            let seq = part.live.batch().seqs()[part.live.row(place)];
            let dropped_at = dropped_at_once.get(&seq);
            if let Some(&at) = dropped_at {
                self.count_dropped(release, at);
                if self.shared.quarantine.is_none() {
                    continue;
                }
            }
            let mut held = part.live.held(place);
            held.add(Said::of(&part.verdicts, place).why(&self.name));
            match dropped_at {
                Some(&at) => dropped.push((at, held)),
                None => self.holding.park(held),
            }
        }
        self.record_let_go(release, &dropped);
    }

    /// Record the rows of a part that go no further from here.
    fn record_refused(&self, part: &Part) {
        if self.shared.quarantine.is_none() || part.verdicts.verdicts.is_empty() {
            return;
        }
        self.record_rows(part, Verdict::Drop, Fate::Dropped);
        match self.filter.stage().on_error {
            OnError::Drop => self.record_rows(part, Verdict::Fail, Fate::Dropped),
            OnError::DeadLetter => self.record_rows(part, Verdict::Fail, Fate::Failed),
            OnError::Keep | OnError::Stop => {}
        }
    }

    /// Record the rows of a part that have a verdict.
    fn record_rows(&self, part: &Part, verdict: Verdict, fate: Fate) {
        let places: Vec<u32> = part.places(verdict).map(|place| place as u32).collect();
        let last: Vec<Said<'_>> =
            places.iter().map(|&place| Said::of(&part.verdicts, place as usize)).collect();
        let live = &part.live.narrow(&places);
        self.shared.record(self.cut, &Ending { fate, stage: &self.name, live, last: &last });
    }

    /// Record messages that were held and go no further, with the place of each in the answer.
    fn record_let_go(&self, release: &Release, dropped: &[(usize, Held)]) {
        if self.shared.quarantine.is_none() || dropped.is_empty() {
            return;
        }
        let last: Vec<Said<'_>> = dropped.iter().map(|&(at, _)| Said::at_last(release, at)).collect();
        let live = &Live::new(Batch::from_held(dropped.iter().map(|(_, held)| held)));
        self.shared.record(self.cut, &Ending { fate: Fate::Dropped, stage: &self.name, live, last: &last });
    }

    /// The places of the rows of a part that go on, those that failed among them where the stage's
    /// `on_error` says so.
    fn keep(&mut self, part: &Part, kept: &mut Vec<u32>) -> Result<(), StageError> {
        if part.verdicts.verdicts.is_empty() {
            kept.extend((0..part.live.len()).map(|place| (part.first + place) as u32));
            return Ok(());
        }
        for place in 0..part.live.len() {
            let goes_on = match part.verdicts.verdict(place) {
                Verdict::Keep => true,
                Verdict::Drop | Verdict::Hold => false,
                Verdict::Fail => self.fail(&part.live, place, part.verdicts.reasons.get(place))?,
            };
            if goes_on {
                kept.push((part.first + place) as u32);
            }
        }
        Ok(())
    }

    /// A row could not be judged. Whether it goes on.
    fn fail(&self, live: &Live, place: usize, reason: &str) -> Result<bool, StageError> {
        match self.filter.stage().on_error {
            OnError::Keep => return Ok(true),
            OnError::Drop => {}
            OnError::DeadLetter => self.shared.letters.send_row(self.cut, &self.name, reason, live, place),
            OnError::Stop => {
                let id = &live.batch().message(live.row(place)).id;
                let error = StageError::fatal(format!("message {id:?} could not be judged: {reason}"));
                return Err(error.hint("on_error = \"dead_letter\" would set such messages aside and go on"));
            }
        }
        Ok(false)
    }

    /// Let what is released go on, or go no further.
    fn released(&mut self, release: Release) {
        let LetGo { going, places, dropped } = self.holding.let_go(&release);
        dropped.iter().for_each(|(at, _)| self.count_dropped(&release, *at));
        self.record_let_go(&release, &dropped);
        self.go_on(&going, &places, release);
    }

    /// Rows that were held flow on from here, as a batch of their own.
    fn go_on(&self, going: &[Held], places: &[usize], said: Release) {
        if going.is_empty() {
            return;
        }
        self.shared.tallies.count(self.tally, |tally| tally.report.kept += going.len() as u64);
        let live = trail::let_go(&self.name, going, places, said);
        self.onward
            .send(Order::Rows { flows: Flows::from_filter(self.place, live, self.filters), page: None });
    }

    fn count(&self, rows: usize, parts: &[Part], started: Instant) {
        self.shared.tallies.count(self.tally, |tally| {
            tally.report.received += rows as u64;
            tally.report.time += started.elapsed();
            tally.report.faults = self.filter.faults;
            for part in parts {
                if part.verdicts.verdicts.is_empty() {
                    tally.report.kept += part.live.len() as u64;
                    continue;
                }
                tally.report.kept += part.places(Verdict::Keep).count() as u64;
                tally.report.failed += part.places(Verdict::Fail).count() as u64;
                tally.dropped_rows(part.places(Verdict::Drop), &part.verdicts.reasons, &part.verdicts.abouts);
            }
        });
    }

    fn count_dropped(&self, release: &Release, at: usize) {
        let (reason, about) = (release.reasons.get(at), release.abouts.get(at));
        self.shared.tallies.count(self.tally, |tally| tally.dropped(reason, about));
    }

    fn count_held(&self) {
        let held = self.holding.len() as u64;
        self.shared.tallies.count(self.tally, |tally| tally.report.held = held);
    }
}
