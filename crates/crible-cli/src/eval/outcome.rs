//! What came of a labelled file: who was kept and dropped, rightly and wrongly.

use std::collections::BTreeMap;
use std::time::Duration;

use crible::{Cost, Judgement, Message};

use crate::eval::ranking::Scored;
use crate::labels::Labelled;

/// Examples that are shown of each sort.
const EXAMPLES: usize = 3;

/// A message that stands for others of its sort.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) message: Message,
    pub(crate) label: String,
    pub(crate) judgement: Judgement,
}

/// So many messages, and some of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sort {
    pub(crate) messages: u64,
    pub(crate) examples: Vec<Example>,
}

impl Sort {
    fn add(&mut self, example: impl FnOnce() -> Example) {
        self.messages += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(example());
        }
    }
}

/// What a stage did not let pass, or the sinks got.
#[derive(Clone, Debug, Default)]
pub(crate) struct Share {
    pub(crate) rightly: Sort,
    pub(crate) wrongly: Sort,
}

impl Share {
    fn add(&mut self, other: Self) {
        for (sort, other) in [(&mut self.rightly, other.rightly), (&mut self.wrongly, other.wrongly)] {
            sort.messages += other.messages;
            let room = EXAMPLES.saturating_sub(sort.examples.len());
            sort.examples.extend(other.examples.into_iter().take(room));
        }
    }
}

/// A stage and what it did not let pass.
#[derive(Clone, Debug)]
pub(crate) struct StageShare {
    pub(crate) stage: String,
    /// How many messages it judged, those without a label too.
    pub(crate) judged: u64,
    pub(crate) time: Duration,
    pub(crate) stopped: Share,
}

/// What came of a labelled file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// How many messages each label had.
    pub(crate) labels: BTreeMap<String, u64>,
    pub(crate) unlabelled: u64,
    pub(crate) malformed: u64,
    pub(crate) kept: Share,
    /// In the order of the pipeline.
    pub(crate) stages: Vec<StageShare>,
    /// What no filter refused, and yet reached no sink.
    pub(crate) lost: Share,
    pub(crate) scored: Vec<Scored>,
}

impl Outcome {
    pub(crate) fn new(stages: impl IntoIterator<Item = String>) -> Self {
        let share = |stage| StageShare { stage, judged: 0, time: Duration::ZERO, stopped: Share::default() };
        Self { stages: stages.into_iter().map(share).collect(), ..Self::default() }
    }

    /// Count a message whose judgement is final.
    pub(crate) fn count(&mut self, labelled: Labelled, judgement: Judgement) {
        let Labelled { message, label, positive } = labelled;
        let Some(label) = label else {
            self.unlabelled += 1;
            return;
        };
        *self.labels.entry(label.clone()).or_default() += 1;
        self.scored.push(Scored { score: judgement.score, positive });
        let kept = judgement.kept();
        let share = match (kept, judgement.whys.last()) {
            (true, _) => &mut self.kept,
            (false, Some(last)) => {
                let stage = self.stages.iter_mut().find(|stage| stage.stage == last.stage);
                stage.map_or(&mut self.lost, |stage| &mut stage.stopped)
            }
            (false, None) => &mut self.lost,
        };
        let sort = if kept == positive { &mut share.rightly } else { &mut share.wrongly };
        sort.add(|| Example { message, label, judgement });
    }

    /// Note what the filters cost.
    pub(crate) fn cost(&mut self, costs: &[Cost]) {
        for (share, cost) in self.stages.iter_mut().zip(costs) {
            (share.judged, share.time) = (cost.judged, cost.time);
        }
    }

    /// Count what came of other messages, judged by the same stages, too.
    pub(crate) fn add(&mut self, other: Self) {
        for (label, messages) in other.labels {
            *self.labels.entry(label).or_default() += messages;
        }
        self.unlabelled += other.unlabelled;
        self.malformed += other.malformed;
        self.kept.add(other.kept);
        self.lost.add(other.lost);
        self.scored.extend(other.scored);
        for (stage, other) in self.stages.iter_mut().zip(other.stages) {
            stage.judged += other.judged;
            stage.time += other.time;
            stage.stopped.add(other.stopped);
        }
    }

    /// The labelled messages.
    pub(crate) fn labelled(&self) -> u64 {
        self.scored.len() as u64
    }

    /// How many were to be kept.
    pub(crate) fn positives(&self) -> u64 {
        self.scored.iter().filter(|of| of.positive).count() as u64
    }

    /// What was kept against what was to be kept.
    pub(crate) fn confusion(&self) -> Confusion {
        let (all, positives) = (self.labelled(), self.positives());
        let (right, wrong) = (self.kept.rightly.messages, self.kept.wrongly.messages);
        let missed = positives - right;
        Confusion {
            kept_rightly: right,
            kept_wrongly: wrong,
            missed,
            dropped_rightly: all - right - wrong - missed,
        }
    }
}

/// The four cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Confusion {
    pub(crate) kept_rightly: u64,
    pub(crate) kept_wrongly: u64,
    /// To be kept, and not kept.
    pub(crate) missed: u64,
    pub(crate) dropped_rightly: u64,
}

impl Confusion {
    /// Which part of what was kept was to be kept; absent where nothing was kept.
    pub(crate) fn precision(&self) -> Option<f64> {
        part(self.kept_rightly, self.kept_rightly + self.kept_wrongly)
    }

    /// Which part of what was to be kept was kept.
    pub(crate) fn recall(&self) -> Option<f64> {
        part(self.kept_rightly, self.kept_rightly + self.missed)
    }

    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(&self) -> Option<f64> {
        part(2 * self.kept_rightly, 2 * self.kept_rightly + self.kept_wrongly + self.missed)
    }

    /// Which part of all was rightly kept or rightly dropped.
    pub(crate) fn accuracy(&self) -> Option<f64> {
        let right = self.kept_rightly + self.dropped_rightly;
        part(right, right + self.kept_wrongly + self.missed)
    }
}

fn part(some: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| some as f64 / all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_measures_are_those_of_the_books() {
        let of = Confusion { kept_rightly: 2, kept_wrongly: 1, missed: 2, dropped_rightly: 5 };
        assert_eq!((of.precision(), of.recall()), (Some(2.0 / 3.0), Some(0.5)));
        assert_eq!((of.f1(), of.accuracy()), (Some(4.0 / 7.0), Some(0.7)));
        let nothing = Confusion { kept_rightly: 0, kept_wrongly: 0, missed: 0, dropped_rightly: 0 };
        assert_eq!([nothing.precision(), nothing.recall(), nothing.f1(), nothing.accuracy()], [None; 4]);
    }
}
