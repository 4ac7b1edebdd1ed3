//! Recorded messages through a pipeline's filters: what becomes of each, and what each filter cost.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crible_core::Message;
use crible_engine::{Clock, Fate, FilterStage, Judge, Judgement, Node, OnError, Pipeline, RunError};

use crate::watched::{Arrivals, Spent, Watched};

/// The filters of a pipeline, judging recorded messages. They remember from call to call and begin with
/// nothing; no file is read or written.
///
/// The time is that of the messages, unless the config says `clock = "wall"`: yesterday's messages get
/// yesterday's verdicts.
pub struct Replay {
    judge: Judge,
    /// Of each filter its id and what it spent.
    watches: Vec<(String, Arc<Mutex<Spent>>)>,
    arrived: Arc<Mutex<Vec<u64>>>,
}

/// What a filter cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The filter.
    pub stage: String,
    /// How many messages it judged.
    pub judged: u64,
    /// The time that it took for all of them.
    pub time: Duration,
}

impl Replay {
    pub(crate) fn new(mut pipeline: Pipeline, clock: Clock) -> Result<Self, RunError> {
        pipeline.settings.clock = clock;
        let mut watches = Vec::with_capacity(pipeline.filters.len());
        pipeline.filters = pipeline
            .filters
            .into_iter()
            .map(|stage| {
                let spent = Arc::<Mutex<Spent>>::default();
                watches.push((stage.id.clone(), Arc::clone(&spent)));
                let make = stage.make;
                let make = Box::new(move |state: Option<&[u8]>| Watched::boxed(make(state)?, &spent));
                FilterStage { make, ..stage }
            })
            .collect();
        let arrived = Arc::<Mutex<Vec<u64>>>::default();
        for sink in &mut pipeline.sinks {
            // The engine's judge has no sinks: a last filter sees what they would get, in its order.
            let arrived = Arc::clone(&arrived);
            let place = pipeline.filters.len();
            pipeline.filters.push(FilterStage {
                id: sink.id.clone(),
                from: std::mem::replace(&mut sink.from, vec![Node::Filter(place)]),
                on_error: OnError::Keep,
                stateless: true,
                make: Box::new(move |_| Ok(Arrivals::boxed(&arrived))),
            });
        }
        Ok(Self { judge: Judge::new(pipeline)?, watches, arrived })
    }

    /// Judge messages. The answers are those that are final by now, of this call and of earlier ones: what a
    /// filter holds is answered for later. Each message is answered for once.
    ///
    /// # Errors
    /// Where a filter cannot go on. Make another replay then.
    pub fn judge(&mut self, messages: &[Message]) -> Result<Vec<Judgement>, RunError> {
        let judged = self.judge.judge(messages)?;
        let mut decided = self.judge.decided();
        decided.extend(judged.into_iter().filter(|judgement| judgement.fate != Fate::Held));
        Ok(decided)
    }

    /// There will be no more messages: the answers for all that was held.
    ///
    /// # Errors
    /// Where a filter cannot go on.
    pub fn end(&mut self) -> Result<Vec<Judgement>, RunError> {
        self.judge.end()
    }

    /// The numbers of the messages that were kept, in the order in which they would have reached the sinks.
    pub fn arrived(&self) -> Vec<u64> {
        let mut arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut seen = std::collections::HashSet::new();
        // Several sinks may get the same one.
        arrived.retain(|number| seen.insert(*number));
        arrived
    }

    /// What the filters cost so far, in the order of the pipeline.
    pub fn costs(&self) -> Vec<Cost> {
        let cost = |(stage, spent): &(String, Arc<Mutex<Spent>>)| {
            let spent = spent.lock().unwrap_or_else(PoisonError::into_inner);
            Cost { stage: stage.clone(), judged: spent.judged, time: spent.time }
        };
        self.watches.iter().map(cost).collect()
    }
}
