//! The filters of a pipeline without its sources and sinks: they judge what the program gives them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crible_core::{
    Batch, Filter, Held, Live, Message, Occasion, Rows, StageError, Step, Verdict, Verdicts, Why,
};
use crible_engine::{Clock, Node, OnError, Pipeline, RunError};

/// The filters of a pipeline, judging the messages that the program gives them. It remembers from call to
/// call: what comes first is kept, what repeats it is dropped.
///
/// A message counts as having come from every source of the config at once, and as kept where it would
/// reach any sink.
pub struct Judge {
    filters: Vec<Judging>,
    /// What the sinks take from.
    sinks: Vec<Vec<Node>>,
    clock: Clock,
    now: i64,
    /// The number of the next message.
    next: u64,
    /// What became of messages that had been held, until it is asked for.
    decided: Vec<Judgement>,
}

struct Judging {
    id: Arc<str>,
    from: Vec<Node>,
    on_error: OnError,
    filter: Box<dyn Filter>,
    holds: HashMap<u64, Held>,
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
}

/// What becomes of the messages of one batch, by number.
type Fates = HashMap<u64, Judgement>;

impl Judge {
    pub(crate) fn new(pipeline: Pipeline) -> Result<Self, RunError> {
        let mut filters = Vec::with_capacity(pipeline.filters.len());
        for stage in pipeline.filters {
            let filter = (stage.make)(None).map_err(|error| failed(&stage.id, error))?;
            let (id, holds) = (stage.id.into(), HashMap::new());
            filters.push(Judging { id, from: stage.from, on_error: stage.on_error, filter, holds });
        }
        let sinks = pipeline.sinks.into_iter().map(|sink| sink.from).collect();
        let clock = pipeline.settings.clock;
        Ok(Self { filters, sinks, clock, now: 0, next: 0, decided: Vec::new() })
    }

    /// Judge messages; the answers are in their order.
    ///
    /// # Errors
    /// Where a filter cannot go on. Make another judge then.
    pub fn judge(&mut self, messages: &[Message]) -> Result<Vec<Judgement>, RunError> {
        let mut batch = Batch::from_messages(messages);
        let times = messages.iter().map(|message| self.time_of(message)).collect();
        let first = self.next;
        batch.stamp(first, times);
        self.next += messages.len() as u64;
        let mut fates = Fates::new();
        self.walk(None, Live::new(batch), &mut fates)?;
        // What reached no sink and no filter's refusal went nowhere.
        let answer = |number| fates.remove(&number).unwrap_or_else(|| nowhere(number));
        let answers = (first..self.next).map(answer).collect();
        Ok(answers)
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
        for at in 0..self.filters.len() {
            let mut out = Verdicts::default();
            out.start(0);
            let judging = &mut self.filters[at];
            let released = judging.filter.release(Occasion::End, self.now, &mut out);
            released.and_then(|()| out.check()).map_err(|error| failed(&judging.id, error))?;
            self.released(at, &out)?;
            let rest: Vec<u64> = self.filters[at].holds.keys().copied().collect();
            let mut keep_rest = Verdicts::default();
            keep_rest.start(0);
            rest.into_iter().for_each(|seq| keep_rest.release(seq, Verdict::Keep, 0.0, "", ""));
            self.released(at, &keep_rest)?;
        }
        Ok(self.decided())
    }

    fn time_of(&mut self, message: &Message) -> i64 {
        let time = match self.clock {
            Clock::Messages => message.created_at,
            Clock::Wall => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            }
        };
        self.now = self.now.max(time);
        self.now
    }

    /// Let rows flow from the sources, or from behind a filter, to the sinks.
    fn walk(&mut self, behind: Option<usize>, live: Live, fates: &mut Fates) -> Result<(), RunError> {
        let mut flows: Vec<Option<Live>> = vec![None; self.filters.len()];
        let entering = match behind {
            None => Some(live),
            Some(filter) => {
                flows[filter] = Some(live);
                None
            }
        };
        for at in behind.map_or(0, |filter| filter + 1)..self.filters.len() {
            if let Some(arriving) = met(&self.filters[at].from, entering.as_ref(), &flows) {
                flows[at] = Some(self.pass(at, &arriving, fates)?);
            }
        }
        for from in &self.sinks {
            let Some(arrived) = met(from, entering.as_ref(), &flows) else { continue };
            for place in 0..arrived.len() {
                let judgement = judgement(arrived.held(place), Fate::Kept, None);
                fates.insert(judgement.number, judgement);
            }
        }
        Ok(())
    }

    /// Have a filter judge what arrives; what leaves it.
    fn pass(&mut self, at: usize, arriving: &Live, fates: &mut Fates) -> Result<Live, RunError> {
        let mut out = Verdicts::default();
        out.start(arriving.len());
        let judging = &mut self.filters[at];
        let judged = judging.filter.judge(&Rows::new(arriving), &mut out);
        judged.and_then(|()| out.check()).map_err(|error| failed(&judging.id, error))?;
        let mut passing = Vec::with_capacity(arriving.len());
        for place in 0..arriving.len() {
            let verdict = out.verdict(place);
            let fate = match (verdict, judging.on_error) {
                (Verdict::Keep, _) | (Verdict::Fail, OnError::Keep) => {
                    passing.push(place as u32);
                    continue;
                }
                (Verdict::Fail, OnError::Stop) => {
                    return Err(failed(&judging.id, StageError::fatal(out.reasons.get(place))));
                }
                (Verdict::Fail, OnError::DeadLetter) => Fate::Failed,
                (Verdict::Drop, _) | (Verdict::Fail, OnError::Drop) => Fate::Dropped,
                (Verdict::Hold, _) => Fate::Held,
            };
            let mut held = arriving.held(place);
            held.score += out.score(place);
            let why = Why {
                stage: judging.id.to_string(),
                score: out.score(place),
                reason: out.reasons.get(place).to_owned(),
                about: out.abouts.get(place).to_owned(),
                labels: Vec::new(),
            };
            if fate == Fate::Held {
                judging.holds.insert(held.seq, held.clone());
            }
            // Waiting in one branch counts for more than a refusal in another.
            let judgement = judgement(held, fate, Some(why).filter(|_| fate != Fate::Held));
            if fate == Fate::Held {
                fates.insert(judgement.number, judgement);
            } else {
                fates.entry(judgement.number).or_insert(judgement);
            }
        }
        let mut leaving = arriving.narrow(&passing);
        leaving = leaving.with_trace(leaving.trace().with(step(&judging.id, arriving, &passing, &out)));
        for (field, place, value) in &out.sets {
            let row = arriving.row(*place as usize) as u32;
            leaving = leaving.with_batch(leaving.batch().with_text(*field, &[(row, value.as_str())]));
        }
        self.released(at, &out)?;
        Ok(leaving)
    }

    /// Let what a filter releases go on, or go no further.
    fn released(&mut self, at: usize, out: &Verdicts) -> Result<(), RunError> {
        let mut going = Vec::new();
        for (place, seq) in out.release.seqs.iter().enumerate() {
            let Some(mut held) = self.filters[at].holds.remove(seq) else { continue };
            let why = Why {
                stage: self.filters[at].id.to_string(),
                score: out.release.scores[place],
                reason: out.release.reasons.get(place).to_owned(),
                about: out.release.abouts.get(place).to_owned(),
                labels: Vec::new(),
            };
            held.score += why.score;
            if out.release.verdicts[place] == Verdict::Drop as u8 {
                self.decided.push(judgement(held, Fate::Dropped, Some(why)));
            } else {
                add_why(&mut held, &why);
                going.push(held);
            }
        }
        if going.is_empty() {
            return Ok(());
        }
        going.sort_by_key(|held| held.seq);
        let mut fates = Fates::new();
        self.walk(Some(at), Live::new(Batch::from_held(&going)), &mut fates)?;
        let decided = going.iter().map(|held| fates.remove(&held.seq).unwrap_or_else(|| nowhere(held.seq)));
        self.decided.extend(decided.filter(|judgement| judgement.fate != Fate::Held));
        Ok(())
    }
}

/// What arrives where several flows meet; absent where that is nothing.
fn met(from: &[Node], entering: Option<&Live>, flows: &[Option<Live>]) -> Option<Live> {
    let mut arriving = from.iter().filter_map(|node| match *node {
        Node::Source(_) => entering,
        Node::Filter(filter) => flows[filter].as_ref(),
    });
    let first = arriving.next()?.clone();
    Some(arriving.fold(first, |met, flow| met.joined(flow))).filter(|live| !live.is_empty())
}

/// What a filter said of the rows that it let pass, by row of the batch.
fn step(stage: &Arc<str>, arriving: &Live, passing: &[u32], out: &Verdicts) -> Step {
    let rows = arriving.batch().len();
    let mut step = Step { stage: Arc::clone(stage), passed: vec![false; rows], ..Step::default() };
    step.scores = vec![0.0; rows];
    step.reasons.table = out.reasons.table.clone();
    step.abouts.table = out.abouts.table.clone();
    for &place in passing {
        let place = place as usize;
        let row = arriving.row(place);
        step.passed[row] = true;
        step.scores[row] = out.score(place);
        step.reasons.set(rows, row, out.reasons.of.get(place).copied().unwrap_or(0));
        step.abouts.set(rows, row, out.abouts.of.get(place).copied().unwrap_or(0));
    }
    step.labels = out.labels.clone();
    step.label_rows = out.label_rows.iter().map(|&place| arriving.row(place as usize) as u32).collect();
    step
}

/// What became of a row that was copied out, and what the filter that ended its way said of it.
fn judgement(held: Held, fate: Fate, last: Option<Why>) -> Judgement {
    let mut whys = Why::all(&format!("[{}]", held.whys)).unwrap_or_default();
    whys.extend(last);
    Judgement { number: held.seq, fate, score: held.score, whys }
}

fn add_why(held: &mut Held, why: &Why) {
    if why.score == 0.0 && why.reason.is_empty() {
        return;
    }
    if let Ok(json) = serde_json::to_string(why) {
        if !held.whys.is_empty() {
            held.whys.push(',');
        }
        held.whys.push_str(&json);
    }
}

/// A message that no sink takes, though no filter refused it.
fn nowhere(number: u64) -> Judgement {
    Judgement { number, fate: Fate::Dropped, score: 0.0, whys: Vec::new() }
}

fn failed(stage: &str, error: StageError) -> RunError {
    RunError { stage: Some(stage.to_owned()), message: error.message, hint: error.hint }
}
