//! The filters: how one batch, or what a filter releases, flows through them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use crible_core::{Batch, Held, Live, Occasion, Release, StageError, Step, Trace, Verdict, Verdicts};

use crate::dead_letters::DeadLetters;
use crate::guarded::{Guarded, Part};
use crate::holding::Holding;
use crate::pipeline::{Node, OnError};
use crate::shared::FilterState;
use crate::tally::Tallies;

/// The filters of a pipeline with what they hold.
pub(crate) struct Chain {
    filters: Vec<Guarded>,
    holdings: Vec<Holding>,
    names: Vec<Arc<str>>,
    /// What each sink takes from.
    sinks: Vec<Vec<Node>>,
    tallies: Arc<Tallies>,
    /// The place of the first filter among the tallies.
    first_tally: usize,
    letters: Arc<DeadLetters>,
    /// The number of the next cut.
    pub(crate) cut: u64,
    scratch: Verdicts,
}

/// What goes to a sink, by its place in the pipeline.
pub(crate) type Deliver<'a> = dyn FnMut(usize, Live) + 'a;

/// The stage that cannot go on, by its name, and why.
pub(crate) type Failed = (String, StageError);

/// The flows of one batch: what leaves each source and each filter.
struct Flows {
    source: Option<(usize, Live)>,
    filters: Vec<Option<Live>>,
}

impl Flows {
    fn of(&self, node: Node) -> Option<&Live> {
        match node {
            Node::Source(source) => {
                self.source.as_ref().filter(|(of, _)| *of == source).map(|(_, live)| live)
            }
            Node::Filter(filter) => self.filters[filter].as_ref(),
        }
    }

    /// What arrives where several nodes meet.
    fn met(&self, from: &[Node]) -> Option<Live> {
        let mut flows = from.iter().filter_map(|&node| self.of(node));
        let first = flows.next()?.clone();
        Some(flows.fold(first, |met, flow| met.joined(flow)))
    }
}

impl Chain {
    pub(crate) fn new(
        filters: Vec<Guarded>,
        holdings: Vec<Holding>,
        sinks: Vec<Vec<Node>>,
        first_tally: usize,
        tallies: Arc<Tallies>,
        letters: Arc<DeadLetters>,
    ) -> Self {
        let names = filters.iter().map(|filter| filter.stage().id.as_str().into()).collect();
        let scratch = Verdicts::default();
        let chain = Self { filters, holdings, names, sinks, tallies, first_tally, letters, cut: 0, scratch };
        (0..chain.filters.len()).for_each(|filter| chain.count_held(filter));
        chain
    }

    /// Judge a source's batch.
    pub(crate) fn push(
        &mut self,
        source: usize,
        live: Live,
        deliver: &mut Deliver<'_>,
    ) -> Result<(), Failed> {
        let flows = Flows { source: Some((source, live)), filters: vec![None; self.filters.len()] };
        self.flow(0, flows, deliver)
    }

    /// Ask every filter for what it holds, in order, so that what one releases reaches those behind it.
    /// At the end whatever is not answered for is kept.
    pub(crate) fn release(
        &mut self,
        occasion: Occasion,
        now: i64,
        deliver: &mut Deliver<'_>,
    ) -> Result<(), Failed> {
        for filter in 0..self.filters.len() {
            if occasion == Occasion::Tick && self.holdings[filter].is_empty() {
                continue;
            }
            let mut out = std::mem::take(&mut self.scratch);
            let released = self.filters[filter].release(occasion, now, &mut out);
            released.map_err(|error| self.failed(filter, error))?;
            self.released(filter, std::mem::take(&mut out.release), deliver)?;
            self.scratch = out;
            if occasion == Occasion::End && !self.holdings[filter].is_empty() {
                let rest = self.holdings[filter].take_all();
                self.go_on(filter, &rest, Release::default(), deliver)?;
            }
            self.count_held(filter);
        }
        Ok(())
    }

    /// What every filter must remember, with how what it holds differs from the last cut.
    pub(crate) fn snapshot(&mut self) -> Result<Vec<FilterState>, Failed> {
        (0..self.filters.len())
            .map(|filter| {
                let snapshot = self.filters[filter].snapshot().map(|bytes| bytes.map(<[u8]>::to_vec));
                let snapshot = snapshot.map_err(|error| self.failed(filter, error))?;
                let changes = self.holdings[filter].changes();
                Ok(FilterState { id: self.names[filter].to_string(), snapshot, changes })
            })
            .collect()
    }

    /// Whether any filter holds anything.
    pub(crate) fn holds(&self) -> bool {
        self.holdings.iter().any(|holding| !holding.is_empty())
    }

    fn failed(&self, filter: usize, error: StageError) -> Failed {
        (self.names[filter].to_string(), error)
    }

    /// Let flows run through the filters from this one on, and to the sinks.
    fn flow(&mut self, first: usize, mut flows: Flows, deliver: &mut Deliver<'_>) -> Result<(), Failed> {
        for filter in first..self.filters.len() {
            let arriving = flows.met(&self.filters[filter].stage().from);
            if let Some(live) = arriving.filter(|live| !live.is_empty()) {
                let leaving = self.judge(filter, &live, deliver)?;
                flows.filters[filter] = Some(leaving).filter(|live| !live.is_empty());
            }
        }
        for sink in 0..self.sinks.len() {
            if let Some(live) = flows.met(&self.sinks[sink]).filter(|live| !live.is_empty()) {
                deliver(sink, live);
            }
        }
        Ok(())
    }

    /// Have a filter judge what arrives; what leaves it.
    fn judge(&mut self, filter: usize, live: &Live, deliver: &mut Deliver<'_>) -> Result<Live, Failed> {
        let started = Instant::now();
        let scratch = std::mem::take(&mut self.scratch);
        let parts = self.filters[filter].judge(live, scratch);
        let mut parts = parts.map_err(|error| self.failed(filter, error))?;
        self.count(filter, live.len(), &parts, started);
        let mut kept: Vec<u32> = Vec::with_capacity(live.len());
        let mut releases = Vec::new();
        for part in &mut parts {
            let release = std::mem::take(&mut part.verdicts.release);
            self.park(filter, part, &release);
            if !release.seqs.is_empty() {
                releases.push(release);
            }
            self.keep(filter, part, &mut kept)?;
        }
        let mut leaving = live.narrow(&kept);
        let trace = record(&self.names[filter], leaving.trace(), live, &parts);
        leaving = leaving.with_trace(trace);
        if let Some(batch) = set_values(live, &parts) {
            leaving = leaving.with_batch(batch);
        }
        for release in releases {
            self.released(filter, release, deliver)?;
        }
        self.count_held(filter);
        // So that its buffers serve the next batch.
        self.scratch = parts.pop().map(|part| part.verdicts).unwrap_or_default();
        Ok(leaving)
    }

    /// Hold what is to be held, but what the same answer drops again.
    fn park(&mut self, filter: usize, part: &Part, release: &Release) {
        let dropped_at_once: HashMap<u64, usize> = release
            .seqs
            .iter()
            .enumerate()
            .filter(|&(at, _)| release.verdicts[at] == Verdict::Drop as u8)
            .map(|(at, &seq)| (seq, at))
            .collect();
        for place in part.places(Verdict::Hold) {
            let seq = part.live.batch().seqs()[part.live.row(place)];
            if let Some(&at) = dropped_at_once.get(&seq) {
                let (reason, about) = (release.reasons.get(at), release.abouts.get(at));
                self.tallies.count(self.first_tally + filter, |tally| tally.dropped(reason, about));
            } else {
                let mut held = part.live.held(place);
                held.score += part.verdicts.score(place);
                self.holdings[filter].park(held);
            }
        }
    }

    /// The places of the rows of a part that go on, those that failed among them where the stage's
    /// `on_error` says so.
    fn keep(&mut self, filter: usize, part: &Part, kept: &mut Vec<u32>) -> Result<(), Failed> {
        if part.verdicts.verdicts.is_empty() {
            kept.extend((0..part.live.len()).map(|place| (part.first + place) as u32));
            return Ok(());
        }
        let on_error = self.filters[filter].stage().on_error;
        for place in 0..part.live.len() {
            let goes_on = match part.verdicts.verdict(place) {
                Verdict::Keep => true,
                Verdict::Drop | Verdict::Hold => false,
                Verdict::Fail => {
                    let reason = part.verdicts.reasons.get(place);
                    self.fail(filter, on_error, &part.live, place, reason)?
                }
            };
            if goes_on {
                kept.push((part.first + place) as u32);
            }
        }
        Ok(())
    }

    /// A row could not be judged. Whether it goes on.
    fn fail(
        &self,
        filter: usize,
        on_error: OnError,
        live: &Live,
        place: usize,
        reason: &str,
    ) -> Result<bool, Failed> {
        match on_error {
            OnError::Keep => return Ok(true),
            OnError::Drop => {}
            OnError::DeadLetter => self.letters.send_row(self.cut, &self.names[filter], reason, live, place),
            OnError::Stop => {
                let id = &live.batch().message(live.row(place)).id;
                let error = StageError::fatal(format!("message {id:?} could not be judged: {reason}"))
                    .hint("on_error = \"dead_letter\" would set such messages aside and go on");
                return Err(self.failed(filter, error));
            }
        }
        Ok(false)
    }

    /// Let what a filter releases go on, or go no further.
    fn released(&mut self, filter: usize, release: Release, deliver: &mut Deliver<'_>) -> Result<(), Failed> {
        let mut going = Vec::new();
        let mut going_at = Vec::new();
        for (at, &seq) in release.seqs.iter().enumerate() {
            // What was dropped in the call that held it was never parked; what is unknown was answered
            // for before a crash.
            let Some(held) = self.holdings[filter].take(seq) else { continue };
            if release.verdicts[at] == Verdict::Drop as u8 {
                let (reason, about) = (release.reasons.get(at), release.abouts.get(at));
                self.tallies.count(self.first_tally + filter, |tally| tally.dropped(reason, about));
            } else {
                going.push(held);
                going_at.push(at);
            }
        }
        let pick = |of: &Vec<u16>| going_at.iter().filter_map(|&at| of.get(at).copied()).collect();
        let mut release = release;
        release.scores = going_at.iter().map(|&at| release.scores[at]).collect();
        release.reasons.of = pick(&release.reasons.of);
        release.abouts.of = pick(&release.abouts.of);
        self.go_on(filter, &going, release, deliver)
    }

    /// Rows that a filter held flow on from it, as a batch of their own.
    fn go_on(
        &mut self,
        filter: usize,
        held: &[Held],
        said: Release,
        deliver: &mut Deliver<'_>,
    ) -> Result<(), Failed> {
        if held.is_empty() {
            return Ok(());
        }
        self.tallies.count(self.first_tally + filter, |tally| tally.report.kept += held.len() as u64);
        let live = Live::new(Batch::from_held(held));
        let step = Step {
            stage: Arc::clone(&self.names[filter]),
            passed: vec![true; held.len()],
            scores: said.scores,
            reasons: said.reasons,
            abouts: said.abouts,
            ..Step::default()
        };
        let live = live.with_trace(live.trace().with(step));
        let mut flows = Flows { source: None, filters: vec![None; self.filters.len()] };
        flows.filters[filter] = Some(live);
        self.flow(filter + 1, flows, deliver)
    }

    fn count(&self, filter: usize, rows: usize, parts: &[Part], started: Instant) {
        let faults = self.filters[filter].faults;
        self.tallies.count(self.first_tally + filter, |tally| {
            tally.report.received += rows as u64;
            tally.report.time += started.elapsed();
            tally.report.faults = faults;
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

    fn count_held(&self, filter: usize) {
        let held = self.holdings[filter].len() as u64;
        self.tallies.count(self.first_tally + filter, |tally| tally.report.held = held);
    }
}

/// The trace of what a filter lets pass.
fn record(stage: &Arc<str>, before: &Trace, live: &Live, parts: &[Part]) -> Trace {
    parts.iter().fold(before.clone(), |trace, part| {
        let said = &part.verdicts;
        let passes = |place| matches!(said.verdict(place), Verdict::Keep | Verdict::Fail);
        let speaks = |place| said.score(place) != 0.0 || !said.reasons.get(place).is_empty();
        let labelled = !said.label_rows.is_empty();
        if !labelled && !(0..part.live.len()).any(|place| passes(place) && speaks(place)) {
            return trace;
        }
        // By the rows of the batch, so that flows which meet again agree on what a row is.
        let rows = live.batch().len();
        let mut step = Step { stage: Arc::clone(stage), passed: vec![false; rows], ..Step::default() };
        step.reasons.table = said.reasons.table.clone();
        step.abouts.table = said.abouts.table.clone();
        step.labels = said.labels.clone();
        step.label_rows = said.label_rows.iter().map(|&place| part.live.row(place as usize) as u32).collect();
        if !said.scores.is_empty() {
            step.scores = vec![0.0; rows];
        }
        for place in (0..part.live.len()).filter(|&place| passes(place)) {
            let row = part.live.row(place);
            step.passed[row] = true;
            if !said.scores.is_empty() {
                step.scores[row] = said.score(place);
            }
            for (to, from) in [(&mut step.reasons, &said.reasons), (&mut step.abouts, &said.abouts)] {
                if let Some(&index) = from.of.get(place) {
                    to.set(rows, row, index);
                }
            }
        }
        trace.with(step)
    })
}

/// The batch with the values that the filter set; absent where it set none.
fn set_values(live: &Live, parts: &[Part]) -> Option<Batch> {
    let mut batch = None;
    for part in parts {
        for &field in crible_core::TextField::ALL {
            let sets = part.verdicts.sets.iter().filter(|(of, ..)| *of == field);
            let rows: Vec<(u32, &str)> = sets
                .map(|(_, place, value)| (part.live.row(*place as usize) as u32, value.as_str()))
                .collect();
            if !rows.is_empty() {
                let before: &Batch = batch.as_ref().unwrap_or(live.batch());
                batch = Some(before.with_text(field, &rows));
            }
        }
    }
    batch
}
