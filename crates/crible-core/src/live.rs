//! A batch and the rows of it that are still alive.

use std::sync::{Arc, OnceLock};

use crate::{Batch, Held, ListColumn, ListField, NumberField, Numbers, TextColumn, TextField, Trace};

/// A batch and the rows of it that are still alive, with what the stages so far said of them.
///
/// Several flows share one batch; a row that is dropped costs nothing downstream. A column is compacted
/// to the live rows when the first stage asks for it, and stays so for the next ones while no row is
/// dropped.
#[derive(Clone, Debug)]
pub struct Live {
    batch: Arc<Batch>,
    /// Which rows live, increasing; all where it is absent.
    rows: Option<Arc<Vec<u32>>>,
    trace: Trace,
    compact: Arc<Compact>,
}

/// The columns that were asked for, compacted to the live rows.
#[derive(Debug, Default)]
struct Compact {
    seqs: OnceLock<Arc<Vec<u64>>>,
    times: OnceLock<Numbers>,
    texts: [OnceLock<TextColumn>; TextField::COUNT],
    numbers: [OnceLock<Numbers>; NumberField::COUNT],
    lists: [OnceLock<ListColumn>; ListField::COUNT],
}

impl Live {
    /// All rows of a batch.
    pub fn new(batch: Batch) -> Self {
        Self { batch: Arc::new(batch), rows: None, trace: Trace::default(), compact: Arc::default() }
    }

    /// The batch that the rows belong to.
    pub fn batch(&self) -> &Arc<Batch> {
        &self.batch
    }

    /// What the stages so far said.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// How many rows live.
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.batch.len(), |rows| rows.len())
    }

    /// Whether no row lives.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of the batch at a place among the live ones.
    #[inline]
    pub fn row(&self, place: usize) -> usize {
        self.rows.as_ref().map_or(place, |rows| rows[place] as usize)
    }

    /// The rows of the batch that live, in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).map(|place| self.row(place))
    }

    /// The same rows with another trace.
    #[must_use]
    pub fn with_trace(&self, trace: Trace) -> Self {
        Self { trace, ..self.clone() }
    }

    /// The same rows of a batch that differs in some values.
    #[must_use]
    pub fn with_batch(&self, batch: Batch) -> Self {
        Self { batch: Arc::new(batch), compact: Arc::default(), ..self.clone() }
    }

    /// Only the rows at these places among the live ones, increasing.
    #[must_use]
    pub fn narrow(&self, places: &[u32]) -> Self {
        if places.len() == self.len() {
            return self.clone();
        }
        let rows = places.iter().map(|&place| self.row(place as usize) as u32).collect();
        let (batch, trace) = (Arc::clone(&self.batch), self.trace.clone());
        Self { batch, rows: Some(Arc::new(rows)), trace, compact: Arc::default() }
    }

    /// The rows that live in either of two flows of one batch, with all that was said of them. Where
    /// both set values, those of `self` stay.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let trace = self.trace.joined(&other.trace);
        if self.rows.is_none() {
            return self.with_trace(trace);
        }
        let mut rows: Vec<u32> = self.rows().chain(other.rows()).map(|row| row as u32).collect();
        rows.sort_unstable();
        rows.dedup();
        Self { batch: Arc::clone(&self.batch), rows: Some(Arc::new(rows)), trace, compact: Arc::default() }
    }

    /// The same rows as a batch of their own, with what was said of them written out, so that the rows
    /// that were dropped need no memory any more.
    #[must_use]
    pub fn settled(&self) -> Self {
        let batch = Batch {
            len: self.len(),
            seqs: self.seqs(),
            times: self.times(),
            texts: std::array::from_fn(|at| {
                let field = TextField::ALL[at];
                self.batch.text(field).map(|_| self.text(field))
            }),
            numbers: std::array::from_fn(|at| {
                let field = NumberField::ALL[at];
                self.batch.number(field).map(|_| self.number(field))
            }),
            lists: std::array::from_fn(|at| {
                let field = ListField::ALL[at];
                self.batch.list(field).map(|_| self.list(field))
            }),
            attrs: self.attr_names().into_iter().map(|name| (name.clone(), self.attr(&name))).collect(),
            whys: Some(self.trace.inside(&self.batch, self.rows())),
            scores: Some(self.scores()),
            labels: Some(self.labels()),
        };
        Self::new(batch)
    }

    /// A row, copied out to be held.
    pub fn held(&self, place: usize) -> Held {
        let row = self.row(place);
        let mut whys = String::new();
        self.trace.write_whys(&self.batch, row, &mut whys);
        Held {
            seq: self.batch.seqs[row],
            time: self.batch.times[row],
            score: self.trace.score(&self.batch, row),
            whys,
            labels: self.trace.labels(&self.batch, row).map(str::to_owned).collect(),
            message: self.batch.message(row),
        }
    }

    /// The identity of each reading.
    pub fn seqs(&self) -> Arc<Vec<u64>> {
        let empty = |rows| Arc::new(vec![0; rows]);
        self.compacted(Some(&self.batch.seqs), &self.compact.seqs, empty, select)
    }

    /// The pipeline's clock at each row, in ms since 1970.
    pub fn times(&self) -> Numbers {
        self.compacted(Some(&self.batch.times), &self.compact.times, zeros, select)
    }

    /// A text column.
    pub fn text(&self, field: TextField) -> TextColumn {
        let kept = &self.compact.texts[field as usize];
        self.compacted(self.batch.text(field), kept, TextColumn::empty, TextColumn::select)
    }

    /// A number column.
    pub fn number(&self, field: NumberField) -> Numbers {
        let kept = &self.compact.numbers[field as usize];
        self.compacted(self.batch.number(field), kept, zeros, select)
    }

    /// A list column.
    pub fn list(&self, field: ListField) -> ListColumn {
        let kept = &self.compact.lists[field as usize];
        self.compacted(self.batch.list(field), kept, ListColumn::empty, ListColumn::select)
    }

    /// The names of the free attributes that any row of the batch has.
    pub fn attr_names(&self) -> Vec<String> {
        self.batch.attrs().keys().cloned().collect()
    }

    /// A free attribute; empty texts where no row has it.
    pub fn attr(&self, name: &str) -> TextColumn {
        match (self.batch.attrs().get(name), &self.rows) {
            (Some(column), None) => column.clone(),
            (Some(column), Some(rows)) => column.select(rows),
            (None, _) => TextColumn::empty(self.len()),
        }
    }

    /// The scores so far.
    pub fn scores(&self) -> Arc<Vec<f32>> {
        Arc::new(self.rows().map(|row| self.trace.score(&self.batch, row)).collect())
    }

    /// The labels so far.
    pub fn labels(&self) -> ListColumn {
        self.rows().map(|row| self.trace.labels(&self.batch, row)).collect()
    }

    /// Why each row is here: JSON arrays of [`Why`](crate::Why).
    pub fn whys(&self) -> TextColumn {
        self.trace.whys(&self.batch, self.rows())
    }

    /// A whole column, or the live rows of it.
    fn compacted<C: Clone>(
        &self,
        whole: Option<&C>,
        kept: &OnceLock<C>,
        empty: fn(usize) -> C,
        select: impl Fn(&C, &[u32]) -> C,
    ) -> C {
        match (whole, &self.rows) {
            (Some(whole), None) => whole.clone(),
            (Some(whole), Some(rows)) => kept.get_or_init(|| select(whole, rows)).clone(),
            (None, _) => kept.get_or_init(|| empty(self.len())).clone(),
        }
    }
}

fn select<T: Copy>(column: &Arc<Vec<T>>, rows: &[u32]) -> Arc<Vec<T>> {
    Arc::new(rows.iter().map(|&row| column[row as usize]).collect())
}

fn zeros(rows: usize) -> Numbers {
    Arc::new(vec![0; rows])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Index, Message, Step, Why};

    fn live() -> Live {
        let message = |id: &str| Message { id: id.into(), text: format!("text {id}"), ..Message::default() };
        Live::new(Batch::from_messages(&["a", "b", "c", "d"].map(message)))
    }

    fn ids(live: &Live) -> Vec<String> {
        live.text(TextField::Id).iter().map(str::to_owned).collect()
    }

    fn step(stage: &str, score: f32, passed: [bool; 4]) -> Step {
        let reasons = Index { table: [format!("by \"{stage}\"")].iter().collect(), of: vec![1; 4] };
        Step {
            stage: stage.into(),
            passed: passed.into(),
            scores: vec![score; 4],
            reasons,
            ..Step::default()
        }
    }

    #[test]
    fn dropped_rows_are_gone_from_every_column() {
        let live = live().narrow(&[1, 2, 3]).narrow(&[0, 2]);
        assert_eq!(ids(&live), ["b", "d"]);
        assert_eq!(live.seqs().as_slice(), [1, 3]);
        assert_eq!(live.times().len(), 2);
        assert_eq!(live.number(NumberField::Likes).len(), 2);
        assert_eq!(live.list(ListField::Tags).len(), 2);
    }

    #[test]
    fn flows_that_meet_again_count_what_they_share_once() {
        let all = [true; 4];
        let trunk = live();
        let trunk = trunk.with_trace(trunk.trace().with(step("trunk", 1.0, all)));
        let left = trunk.narrow(&[0, 1]).with_trace(trunk.trace().with(step(
            "left",
            2.0,
            [true, true, false, false],
        )));
        let right = trunk.narrow(&[1, 2]).with_trace(trunk.trace().with(step(
            "right",
            4.0,
            [false, true, true, false],
        )));
        let met = left.joined(&right);
        assert_eq!(ids(&met), ["a", "b", "c"]);
        assert_eq!(met.scores().as_slice(), [3.0, 7.0, 5.0]);
        let stages: Vec<String> =
            Why::all(met.whys().get(1)).unwrap().into_iter().map(|why| why.stage).collect();
        assert_eq!(stages, ["trunk", "left", "right"]);
    }

    #[test]
    fn settled_rows_say_the_same() {
        let live = live().with_trace(Trace::default().with(step("first", 1.5, [true; 4]))).narrow(&[1, 3]);
        let settled = live.settled();
        assert_eq!(ids(&settled), ids(&live));
        assert_eq!(settled.seqs(), live.seqs());
        assert_eq!(settled.scores(), live.scores());
        assert_eq!(settled.whys(), live.whys());
    }

    #[test]
    fn a_row_that_was_held_comes_back_with_its_history() {
        let live = live().with_trace(Trace::default().with(step("first", 1.5, [true; 4])));
        let held = [live.held(2), live.held(0)];
        let back = Live::new(Batch::from_held(&held));
        let back = back.with_trace(back.trace().with(step("second", 1.0, [true; 4])));
        assert_eq!(ids(&back), ["c", "a"]);
        assert_eq!(back.seqs().as_slice(), [2, 0]);
        assert_eq!(back.scores().as_slice(), [2.5, 2.5]);
        let whys = Why::all(back.whys().get(0)).unwrap();
        assert_eq!(
            whys.iter().map(|why| why.reason.as_str()).collect::<Vec<_>>(),
            ["by \"first\"", "by \"second\""]
        );
    }
}
