//! The filters of a pipeline without its sources and sinks: they judge what the program gives them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crible_core::{Batch, Held, Live, Message, Occasion, Release, StageError, Verdict, Verdicts, Why};

use crate::guarded::{Guarded, Part};
use crate::holding::{Holding, LetGo};
use crate::order::Flows;
use crate::pipeline::{FilterStage, Node, OnError, Pipeline};
use crate::shared::RunError;
use crate::time::Timekeeper;
use crate::trail::{self, Said};

/// The filters of a pipeline, judging the messages that the program gives them. It remembers from call to
/// call: what comes first is kept, what repeats it is dropped.
///
/// A message counts as having come from every source of the pipeline at once, and as kept where it would
/// reach any sink.
pub struct Judge {
    filters: Vec<Sieve>,
    /// What the sinks take from.
    sinks: Vec<Vec<Node>>,
    clock: Timekeeper,
    /// The number of the next message.
    next: u64,
    /// Of what is held, what is kept already: another branch let it pass.
    kept: HashSet<u64>,
    /// What became of messages that had been held, until it is asked for.
    decided: Vec<Judgement>,
}

/// A filter and what it holds.
struct Sieve {
    name: Arc<str>,
    filter: Guarded,
    holding: Holding,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Which message: the first that a judge was given has number 0.
    pub number: u64,
    /// What became of it.
    pub fate: Fate,
    /// Its score.
    pub score: f32,
    /// What the filters said of it, one entry for each that had something to say; the last is the one that
    /// did not let it pass.
    pub whys: Vec<Why>,
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is essential.
    Kept,
    /// It is not.
    Dropped,
    /// A filter waits for what else comes; see [`Judge::decided`].
    Held,
    /// A filter could not judge it.
    Failed,
}

impl Judgement {
    /// Whether the message is essential.
    pub fn kept(&self) -> bool {
        self.fate == Fate::Kept
    }

    /// What became of a row that was copied out, and what the filter that ended its way said of it.
    fn of(held: &Held, fate: Fate, last: Option<Why>) -> Self {
        let mut whys = Why::all(&format!("[{}]", held.whys)).unwrap_or_default();
        let score = held.score + last.as_ref().map_or(0.0, |why| why.score);
        whys.extend(last);
        Self { number: held.seq, fate, score, whys }
    }
}

/// What becomes of messages in one call, by number. What is kept anywhere is kept; else the first refusal
/// counts.
#[derive(Default)]
struct Fates(BTreeMap<u64, Judgement>);

impl Fates {
    fn keep(&mut self, live: &Live) {
        let judgements = (0..live.len()).map(|place| Judgement::of(&live.held(place), Fate::Kept, None));
        self.0.extend(judgements.map(|judgement| (judgement.number, judgement)));
    }

    fn refuse(&mut self, judgement: Judgement) {
        self.0.entry(judgement.number).or_insert(judgement);
    }
}

impl Judge {
    /// The filters of this pipeline. Its sources and sinks are not made, its files not touched.
    ///
    /// # Errors
    /// Where a filter cannot be made.
    pub fn new(pipeline: Pipeline) -> Result<Self, RunError> {
        let filters = pipeline.filters.into_iter().map(Sieve::new).collect::<Result<_, _>>()?;
        let sinks = pipeline.sinks.into_iter().map(|sink| from_one_source(sink.from)).collect();
        let clock = Timekeeper::new(pipeline.settings.clock, 0, None);
        Ok(Self { filters, sinks, clock, next: 0, kept: HashSet::new(), decided: Vec::new() })
    }

    /// Judge messages; the answers are in their order.
    ///
    /// # Errors
    /// Where a filter cannot go on. Make another judge then.
    pub fn judge(&mut self, messages: &[Message]) -> Result<Vec<Judgement>, RunError> {
        let mut batch = Batch::from_messages(messages);
        let times = self.clock.times(&batch);
        let first = self.next;
        batch.stamp(first, times);
        self.next += messages.len() as u64;
        let mut fates = Fates::default();
        let flows = Flows::from_source(0, Live::new(batch), self.filters.len());
        self.flow(0, flows, &mut fates)?;
        let here = fates.0.split_off(&first);
        self.decide(fates);
        Ok((first..self.next).map(|number| self.answer(number, here.get(&number))).collect())
    }

    /// What has become, since this was last asked, of messages that had been held.
    pub fn decided(&mut self) -> Vec<Judgement> {
        std::mem::take(&mut self.decided)
    }

    /// There will be no more messages: have the filters answer for all that they hold.
    ///
    /// # Errors
    /// Where a filter cannot go on.
    pub fn end(&mut self) -> Result<Vec<Judgement>, RunError> {
        let now = self.clock.now();
        let mut fates = Fates::default();
        for at in 0..self.filters.len() {
            let Sieve { name, filter, holding } = &mut self.filters[at];
            let mut out = Verdicts::default();
            let released = filter.release(Occasion::End, now, &mut out);
            released.map_err(|error| RunError::stage(name, error))?;
            let let_go = holding.let_go(&out.release);
            let rest = holding.take_all();
            self.released(at, let_go, out.release, &mut fates)?;
            let rest = LetGo { going: rest, ..LetGo::default() };
            self.released(at, rest, Release::default(), &mut fates)?;
        }
        self.decide(fates);
        Ok(self.decided())
    }

    /// The answer for a message of this call.
    fn answer(&mut self, number: u64, fate: Option<&Judgement>) -> Judgement {
        let held = self.filters.iter().find_map(|sieve| sieve.holding.get(number));
        match (fate, held) {
            (Some(judgement), held) if judgement.kept() => {
                if held.is_some() {
                    self.kept.insert(number);
                }
                judgement.clone()
            }
            // Waiting in one branch counts for more than a refusal in another.
            (_, Some(held)) => Judgement::of(held, Fate::Held, None),
            (Some(judgement), None) => judgement.clone(),
            // It reached no sink, though no filter refused it.
            (None, None) => Judgement { number, fate: Fate::Dropped, score: 0.0, whys: Vec::new() },
        }
    }

    /// What has become of messages of earlier calls.
    fn decide(&mut self, fates: Fates) {
        for (number, judgement) in fates.0 {
            let held = self.filters.iter().any(|sieve| sieve.holding.get(number).is_some());
            let told = if held { self.kept.contains(&number) } else { self.kept.remove(&number) };
            if !told && judgement.kept() && held {
                self.kept.insert(number);
            }
            if !told && (judgement.kept() || !held) {
                self.decided.push(judgement);
            }
        }
    }

    /// Let flows run through the filters from this one on, and to the sinks.
    fn flow(&mut self, first: usize, mut flows: Flows, fates: &mut Fates) -> Result<(), RunError> {
        for at in first..self.filters.len() {
            if let Some(live) = flows.met(&self.filters[at].filter.stage().from) {
                flows.leave(at, self.pass(at, &live, fates)?);
            }
        }
        self.sinks.iter().filter_map(|from| flows.met(from)).for_each(|live| fates.keep(&live));
        Ok(())
    }

    /// Have a filter judge what arrives; what leaves it.
    fn pass(&mut self, at: usize, live: &Live, fates: &mut Fates) -> Result<Live, RunError> {
        let sieve = &mut self.filters[at];
        let judged = sieve.filter.judge(live, Verdicts::default());
        let mut parts = judged.map_err(|error| RunError::stage(&sieve.name, error))?;
        let mut kept = Vec::with_capacity(live.len());
        for part in &parts {
            sieve.sort_out(part, &mut kept, fates).map_err(|error| RunError::stage(&sieve.name, error))?;
        }
        let mut leaving = live.narrow(&kept);
        leaving = leaving.with_trace(trail::record(&sieve.name, leaving.trace(), live, &parts));
        if let Some(batch) = trail::set_values(live, &parts) {
            leaving = leaving.with_batch(batch);
        }
        for part in &mut parts {
            let release = std::mem::take(&mut part.verdicts.release);
            let let_go = self.filters[at].holding.let_go(&release);
            self.released(at, let_go, release, fates)?;
        }
        Ok(leaving)
    }

    /// Let what a filter lets go go on, or go no further.
    fn released(
        &mut self,
        at: usize,
        let_go: LetGo,
        said: Release,
        fates: &mut Fates,
    ) -> Result<(), RunError> {
        let name = &self.filters[at].name;
        for (place, held) in &let_go.dropped {
            let why = Said::at_last(&said, *place).why(name);
            fates.refuse(Judgement::of(held, Fate::Dropped, Some(why)));
        }
        if let_go.going.is_empty() {
            return Ok(());
        }
        let live = trail::let_go(name, &let_go.going, &let_go.places, said);
        self.flow(at + 1, Flows::from_filter(at, live, self.filters.len()), fates)
    }
}

impl Sieve {
    fn new(stage: FilterStage) -> Result<Self, RunError> {
        let name: Arc<str> = stage.id.as_str().into();
        let stage = FilterStage { from: from_one_source(stage.from), ..stage };
        let filter = Guarded::new(stage, None).map_err(|error| RunError::stage(&name, error))?;
        Ok(Self { name, filter, holding: Holding::default() })
    }

    /// Which rows of a part go on; what becomes of the others.
    fn sort_out(&mut self, part: &Part, kept: &mut Vec<u32>, fates: &mut Fates) -> Result<(), StageError> {
        let said = &part.verdicts;
        for place in 0..part.live.len() {
            let fate = match (said.verdict(place), self.filter.stage().on_error) {
                (Verdict::Keep, _) | (Verdict::Fail, OnError::Keep) => {
                    kept.push((part.first + place) as u32);
                    continue;
                }
                (Verdict::Fail, OnError::Stop) => return Err(StageError::fatal(said.reasons.get(place))),
                (Verdict::Fail, OnError::DeadLetter) => Fate::Failed,
                (Verdict::Drop, _) | (Verdict::Fail, OnError::Drop) => Fate::Dropped,
                (Verdict::Hold, _) => Fate::Held,
            };
            let mut held = part.live.held(place);
            let why = Said::of(said, place).why(&self.name);
            if fate == Fate::Held {
                held.add(why);
                self.holding.park(held);
                continue;
            }
            fates.refuse(Judgement::of(&held, fate, Some(why)));
        }
        Ok(())
    }
}

/// The same, where all sources are one.
fn from_one_source(from: Vec<Node>) -> Vec<Node> {
    let (sources, mut from): (Vec<Node>, Vec<Node>) =
        from.into_iter().partition(|node| matches!(node, Node::Source(_)));
    from.extend(sources.first().map(|_| Node::Source(0)));
    from
}
