//! Runs the filter as the engine would, and notes what becomes of each message.

use std::collections::{BTreeMap, HashMap};

use crible_sdk::{
    Batch, Filter, FilterPlugin, Held, Live, Message, Occasion, Rows, StageError, Verdict, Verdicts,
};
use filter_top::Top;

pub(crate) fn top(config: &str) -> Top {
    Top::configure(config, None).unwrap()
}

/// A message with the score that earlier stages gave it.
pub(crate) fn scored(seq: u64, author: &str, score: f32, time: i64) -> Held {
    let message = Message { author: author.into(), ..Message::default() };
    Held { seq, time, score, message, ..Held::default() }
}

/// What became of each message, and of those that were held in which order, and why.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) kept: Vec<(u64, String, String)>,
    pub(crate) dropped: BTreeMap<u64, String>,
}

#[derive(Default)]
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    pub(crate) held: HashMap<u64, ()>,
    pub(crate) out: Verdicts,
}

impl Run {
    pub(crate) fn batch(&mut self, filter: &mut Top, messages: &[Held]) -> Result<(), StageError> {
        let live = Live::new(Batch::from_held(messages));
        self.out.start(live.len());
        filter.judge(&Rows::new(&live), &mut self.out)?;
        for (row, message) in messages.iter().enumerate() {
            match self.out.verdict(row) {
                Verdict::Hold => _ = self.held.insert(message.seq, ()),
                Verdict::Drop => {
                    _ = self.outcome.dropped.insert(message.seq, self.out.reasons.get(row).into());
                }
                other => panic!("{other:?}"),
            }
        }
        self.released();
        Ok(())
    }

    pub(crate) fn release(&mut self, filter: &mut Top, occasion: Occasion, now: i64) {
        self.out.start(0);
        filter.release(occasion, now, &mut self.out).unwrap();
        self.released();
    }

    fn released(&mut self) {
        self.out.check().unwrap();
        let release = &self.out.release;
        for (at, seq) in release.seqs.iter().enumerate() {
            assert!(self.held.remove(seq).is_some(), "{seq} was not held");
            let reason = release.reasons.get(at).to_owned();
            if release.verdicts[at] == Verdict::Keep as u8 {
                self.outcome.kept.push((*seq, reason, release.abouts.get(at).into()));
            } else {
                self.outcome.dropped.insert(*seq, reason);
            }
        }
    }

    pub(crate) fn end(mut self, filter: &mut Top) -> Outcome {
        self.release(filter, Occasion::End, i64::MIN);
        assert!(self.held.is_empty(), "{:?} were never let go", self.held);
        self.outcome
    }
}

pub(crate) fn run(config: &str, messages: &[Held], batch: usize) -> Outcome {
    let mut filter = top(config);
    let mut run = Run::default();
    messages.chunks(batch).for_each(|messages| run.batch(&mut filter, messages).unwrap());
    run.end(&mut filter)
}

pub(crate) fn kept(outcome: &Outcome) -> Vec<u64> {
    outcome.kept.iter().map(|(seq, ..)| *seq).collect()
}
