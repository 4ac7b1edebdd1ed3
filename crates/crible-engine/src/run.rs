//! A run from its start to its end: the threads, and the coordinator that makes cuts durable.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};

use crible_core::Verdicts;
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::checkpoint::{Checkpoint, Position, Remembered, Store};
use crate::dead_letters::DeadLetters;
use crate::delivering::Delivering;
use crate::filtering::Filtering;
use crate::guarded::Guarded;
use crate::holding::Holding;
use crate::order::{Onward, Order, ToSinks};
use crate::quarantine::{Mark, Quarantine};
use crate::reading::Reading;
use crate::sequencing::Sequencing;
use crate::shared::{Cut, EndsAll, Event, FilterState, RunError, Shared, TellEnd};
use crate::tally::Tallies;
use crate::time::Timekeeper;
use crate::{Pipeline, Report};

/// How many batches may wait in front of the sequencer and of each sink.
const WAITING: usize = 8;
/// How many may wait in front of each filter: few, so that they are still in the cache.
const WAITING_IN_FILTERS: usize = 2;

/// A pipeline that runs.
#[derive(Debug)]
pub struct Running {
    shared: Arc<Shared>,
    coordinator: JoinHandle<Result<(), RunError>>,
}

impl Running {
    /// What it has done so far.
    pub fn report(&self) -> Report {
        report(&self.shared)
    }

    /// Ask it to stop: what was read is brought to its end first.
    pub fn stop(&self) {
        self.shared.stop.store(true, Ordering::Relaxed);
    }

    /// End it at once, as a crash would: what is under way is not brought to its end, and a later run
    /// resumes from the last checkpoint.
    pub fn abort(&self) {
        self.shared.abort.store(true, Ordering::Relaxed);
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.coordinator.is_finished()
    }

    /// Wait for its end.
    ///
    /// # Errors
    /// Where it failed.
    pub fn wait(self) -> Result<Report, RunError> {
        let ended = self.coordinator.join();
        ended.unwrap_or_else(|_| Err(RunError::whole("the engine panicked")))?;
        Ok(report(&self.shared))
    }
}

fn report(shared: &Shared) -> Report {
    Report {
        elapsed: shared.started.elapsed(),
        stages: shared.tallies.reports(),
        in_flight: shared.ledger().in_flight(),
        dead_letters: shared.letters.count(),
        checkpoints: shared.checkpoints.load(Ordering::Relaxed),
        stopped: shared.stop.load(Ordering::Relaxed),
    }
}

/// Start a pipeline.
///
/// # Errors
/// Where the state cannot be read, or a filter cannot be made.
pub fn start(pipeline: Pipeline) -> Result<Running, RunError> {
    let settings = pipeline.settings.clone();
    let store = settings.state.as_deref().map(Store::open).transpose()?;
    let mut remembered = store.as_ref().map(Store::load).transpose()?.unwrap_or_default();
    let letters_length = remembered.position.map(|position| position.dead_letters);
    let letters = DeadLetters::open(settings.dead_letters_file(), letters_length)
        .map_err(|error| RunError::whole(format!("the file of dead letters cannot be opened: {error}")))?;
    let letters = Arc::new(letters);
    let position = remembered.position.unwrap_or_default();
    let quarantine = settings.quarantine.map(|of| Quarantine::open(of, position.quarantine, store.is_some()));
    let tallies = Arc::new(Tallies::new(&pipeline));
    let shared = Arc::new(Shared::new(tallies, letters, quarantine.transpose()?, pipeline.sources.len()));
    let parts = Parts::make(pipeline, &mut remembered)?;
    let run = Run { store, parts, remembered, position, shared: Arc::clone(&shared) };
    let coordinator = thread::Builder::new().name("crible".into()).spawn(move || run.run());
    let coordinator =
        coordinator.map_err(|error| RunError::whole(format!("a thread could not be started: {error}")))?;
    Ok(Running { shared, coordinator })
}

/// A pipeline whose filters are made.
struct Parts {
    pipeline: Pipeline,
    filters: Vec<(Guarded, Holding)>,
}

impl Parts {
    fn make(mut pipeline: Pipeline, remembered: &mut Remembered) -> Result<Self, RunError> {
        let mut filters = Vec::new();
        for stage in std::mem::take(&mut pipeline.filters) {
            let id = stage.id.clone();
            let snapshot = remembered.filters.remove(&id);
            let guarded = Guarded::new(stage, snapshot).map_err(|error| RunError::stage(&id, error))?;
            filters.push((guarded, Holding::restored(remembered.held.remove(&id).unwrap_or_default())));
        }
        for (stage, held) in &remembered.held {
            let held = held.len();
            tracing::warn!(
                "the state has {held} messages that stage {stage:?} held, which is no longer there"
            );
        }
        Ok(Self { pipeline, filters })
    }
}

struct Run {
    store: Option<Store>,
    parts: Parts,
    remembered: Remembered,
    position: Position,
    shared: Arc<Shared>,
}

impl Run {
    fn run(self) -> Result<(), RunError> {
        let Self { store, parts, mut remembered, position, shared } = self;
        let Parts { pipeline, filters } = parts;
        let Pipeline { sources, sinks, settings, .. } = pipeline;
        let shared = &*shared;
        let (to_coordinator, events) = unbounded();
        let (to_sequencer, pages) = bounded(WAITING);
        let (passed, passed_to_sequencer) = unbounded();
        let source_ids: Vec<String> = sources.iter().map(|stage| stage.id.clone()).collect();
        let sink_ids = sinks.iter().map(|stage| stage.id.clone()).collect();
        thread::scope(|scope| {
            let mut commits = Vec::new();
            let first_sink = shared.tallies.reports().len() - sinks.len();
            let mut to_sinks = Vec::new();
            for (place, stage) in sinks.into_iter().enumerate() {
                let (to_sink, orders) = bounded(WAITING);
                to_sinks.push((stage.from.clone(), to_sink));
                let state = remembered.sinks.remove(&stage.id);
                let (tally, events) = (first_sink + place, to_coordinator.clone());
                let remembers = settings.state.is_some();
                let delivering = Delivering { stage, place, tally, state, remembers, shared, orders, events };
                scope.spawn(move || {
                    let _ends = EndsAll(shared);
                    delivering.run();
                });
            }
            for (place, stage) in sources.into_iter().enumerate() {
                let (to_source, commits_of) = unbounded();
                commits.push(to_source);
                let reading = Reading {
                    cursor: remembered.cursors.remove(&stage.id),
                    stage,
                    place,
                    batch: settings.batch,
                    in_flight: settings.in_flight,
                    shared,
                    sequencer: to_sequencer.clone(),
                    commits: commits_of,
                    events: to_coordinator.clone(),
                };
                scope.spawn(move || {
                    let _ends = EndsAll(shared);
                    reading.run();
                });
            }
            drop(to_sequencer);
            let sinks = ToSinks { sinks: to_sinks, shared, events: to_coordinator.clone() };
            let mut onward = Onward::Sinks(sinks);
            let filter_count = filters.len();
            for (place, (filter, holding)) in filters.into_iter().enumerate().rev() {
                let (to_filter, orders) = bounded::<Order>(WAITING_IN_FILTERS);
                let filtering = Filtering {
                    name: filter.stage().id.as_str().into(),
                    filter,
                    holding,
                    place,
                    filters: filter_count,
                    tally: source_ids.len() + place,
                    remembers: settings.state.is_some(),
                    shared,
                    orders,
                    onward: std::mem::replace(&mut onward, Onward::Filter(to_filter)),
                    events: to_coordinator.clone(),
                    cut: 0,
                    scratch: Verdicts::default(),
                };
                scope.spawn(move || {
                    let _ends = EndsAll(shared);
                    filtering.run();
                });
            }
            let sequencing = Sequencing {
                clock: Timekeeper::new(settings.clock, position.now, position.ahead),
                next_seq: position.next_seq,
                settings,
                sources: source_ids.clone(),
                filters: filter_count,
                shared,
                pages,
                onward,
                passed: passed_to_sequencer,
                cut: 0,
            };
            let told = TellEnd(to_coordinator.clone());
            scope.spawn(move || {
                let _ends = EndsAll(shared);
                let _told = told;
                sequencing.run();
            });
            drop(to_coordinator);
            let coordinator = Coordinator {
                store,
                sources: source_ids,
                sinks: sink_ids,
                shared,
                commits,
                passed,
                waiting: None,
                states: vec![],
            };
            let ended = coordinator.run(&events);
            if ended.is_err() {
                shared.abort.store(true, Ordering::Relaxed);
            }
            ended
        })
    }
}

/// Makes cuts durable: when every sink has flushed in front of one, it is written as a checkpoint, and
/// the sources are told.
struct Coordinator<'a> {
    store: Option<Store>,
    sources: Vec<String>,
    sinks: Vec<String>,
    shared: &'a Shared,
    commits: Vec<Sender<Vec<u8>>>,
    passed: Sender<u64>,
    /// The cut that waits for the sinks.
    waiting: Option<Cut>,
    /// The states of the sinks that have flushed in front of it.
    states: Vec<Option<Vec<u8>>>,
}

impl Coordinator<'_> {
    fn run(mut self, events: &Receiver<Event>) -> Result<(), RunError> {
        let mut failed = None;
        // Ends when the last thread that could say something has ended.
        while let Ok(event) = events.recv() {
            if failed.is_some() {
                continue;
            }
            let handled = match event {
                Event::Cut(cut) => {
                    self.waiting = Some(cut);
                    self.states = vec![None; self.sinks.len()];
                    self.pass()
                }
                Event::Flushed { sink, state, cut } => {
                    debug_assert_eq!(self.waiting.as_ref().map(|waiting| waiting.number), Some(cut));
                    self.states[sink] = Some(state);
                    self.pass()
                }
                Event::Ended => {
                    // The sources wait for this to end.
                    self.commits.clear();
                    Ok(())
                }
                Event::Failed(error) => Err(error),
            };
            if let Err(error) = handled {
                self.shared.abort.store(true, Ordering::Relaxed);
                self.commits.clear();
                failed = Some(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Write the cut that waits where all sinks have flushed in front of it.
    fn pass(&mut self) -> Result<(), RunError> {
        if self.shared.is_aborting() || self.states.iter().any(Option::is_none) {
            return Ok(());
        }
        let Some(cut) = self.waiting.take() else { return Ok(()) };
        let resolved = |source: usize| self.shared.ledger().resolved(source);
        if let Some(source) = (0..cut.sources.len()).find(|&source| resolved(source) < cut.sources[source].0)
        {
            let message =
                "its pages in front of a cut are not all resolved; this is a mistake in crible itself";
            return Err(RunError { stage: Some(self.sources[source].clone()), ..RunError::whole(message) });
        }
        let dead_letters = self.shared.letters.sync().map_err(RunError::whole)?;
        let quarantine = self.shared.quarantine.as_ref().map(Quarantine::sync).transpose()?;
        let number = cut.number;
        let cursors: Vec<Option<Vec<u8>>> = cut.sources.iter().map(|(_, cursor)| cursor.clone()).collect();
        let checkpoint = self.checkpoint(cut, dead_letters, quarantine);
        if let Some(store) = &self.store {
            store.save(&checkpoint)?;
        }
        self.shared.letters.passed(number);
        self.shared.quarantine.iter().for_each(|quarantine| quarantine.passed(number));
        self.shared.checkpoints.fetch_add(1, Ordering::Relaxed);
        for (cursor, commits) in cursors.into_iter().zip(&self.commits) {
            // A source that has failed hears nothing more.
            let _ = cursor.map(|cursor| commits.send(cursor));
        }
        let _ = self.passed.send(number);
        Ok(())
    }

    fn checkpoint(&mut self, cut: Cut, dead_letters: u64, quarantine: Option<Mark>) -> Checkpoint {
        let cursors = self.sources.iter().zip(cut.sources);
        let states = self.sinks.iter().zip(std::mem::take(&mut self.states));
        let mut checkpoint = Checkpoint {
            position: Position { dead_letters, quarantine, ..cut.position },
            cursors: cursors.filter_map(|(id, (_, cursor))| Some((id.clone(), cursor?))).collect(),
            sinks: states.filter_map(|(id, state)| Some((id.clone(), state?))).collect(),
            ..Checkpoint::default()
        };
        for FilterState { id, snapshot, changes } in cut.filters {
            checkpoint.filters.extend(snapshot.map(|snapshot| (id.clone(), snapshot)));
            checkpoint.held.push((id, changes));
        }
        checkpoint
    }
}
