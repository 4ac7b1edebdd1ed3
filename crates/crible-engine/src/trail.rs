//! What filters said of rows, as they carry it on.

use std::sync::Arc;

use crible_core::{Batch, Held, Live, Release, Step, Trace, Verdict, Verdicts, Why};

use crate::guarded::Part;

/// The trace of what a filter lets pass.
pub(crate) fn record(stage: &Arc<str>, before: &Trace, live: &Live, parts: &[Part]) -> Trace {
    parts.iter().fold(before.clone(), |trace, part| {
        let said = &part.verdicts;
        let passes = |place| matches!(said.verdict(place), Verdict::Keep | Verdict::Fail);
        let speaks = |place| said.score(place) != 0.0 || !said.reasons.get(place).is_empty();
        let labelled = !said.labels.is_empty();
        if !labelled && !(0..part.live.len()).any(|place| passes(place) && speaks(place)) {
            return trace;
        }
        // By the rows of the batch, so that flows which meet again agree on what a row is.
        let rows = live.batch().len();
        let mut step = Step { stage: Arc::clone(stage), passed: vec![false; rows], ..Step::default() };
        step.reasons.table = said.reasons.table.clone();
        step.abouts.table = said.abouts.table.clone();
        step.labels = said.labels.clone();
        // The places of a part ascend as its rows do, so they stay sorted.
        step.labels.rows.iter_mut().for_each(|place| *place = part.live.row(*place as usize) as u32);
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

/// What a stage said of a message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said<'a> {
    pub(crate) score: f32,
    pub(crate) reason: &'a str,
    pub(crate) about: &'a str,
    pub(crate) labels: Vec<&'a str>,
}

impl<'a> Said<'a> {
    /// What a filter said of a row.
    pub(crate) fn of(said: &'a Verdicts, place: usize) -> Self {
        let (reason, about) = (said.reasons.get(place), said.abouts.get(place));
        Self { score: said.score(place), reason, about, labels: said.labels.get(place).collect() }
    }

    /// What a filter says of a row that it held, at its place in the answer.
    pub(crate) fn at_last(said: &'a Release, place: usize) -> Self {
        let (reason, about) = (said.reasons.get(place), said.abouts.get(place));
        Self { score: said.scores[place], reason, about, labels: vec![] }
    }

    /// The same on its own, under the stage's name.
    pub(crate) fn why(self, stage: &str) -> Why {
        Why {
            stage: stage.to_owned(),
            score: self.score,
            reason: self.reason.to_owned(),
            about: self.about.to_owned(),
            labels: self.labels.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// Rows that a filter held and lets go, as a batch of their own; what it says of each stands at its place in
/// the answer.
pub(crate) fn let_go(stage: &Arc<str>, going: &[Held], places: &[usize], said: Release) -> Live {
    let Release { scores, mut reasons, mut abouts, .. } = said;
    let pick = |of: &[u16]| places.iter().filter_map(|&at| of.get(at).copied()).collect();
    (reasons.of, abouts.of) = (pick(&reasons.of), pick(&abouts.of));
    let step = Step {
        stage: Arc::clone(stage),
        passed: vec![true; going.len()],
        scores: places.iter().map(|&at| scores[at]).collect(),
        reasons,
        abouts,
        ..Step::default()
    };
    let live = Live::new(Batch::from_held(going));
    live.with_trace(live.trace().with(step))
}

/// The batch with the values that the filter set; absent where it set none.
pub(crate) fn set_values(live: &Live, parts: &[Part]) -> Option<Batch> {
    let mut batch = None;
    for part in parts {
        for (field, values) in part.verdicts.sets.iter().filter(|(_, values)| !values.is_empty()) {
            let rows: Vec<(u32, &str)> =
                values.iter().map(|(place, value)| (part.live.row(place as usize) as u32, value)).collect();
            let before: &Batch = batch.as_ref().unwrap_or(live.batch());
            batch = Some(before.with_text(*field, &rows));
        }
    }
    batch
}
