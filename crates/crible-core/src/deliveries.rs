//! A sink's answers.

use crate::answers::{check_indexes, check_len};
use crate::{Index, StageError};

/// What became of a row that a sink was to deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// It is where it belongs, or will be when the sink is flushed.
    Delivered = 0,
    /// It is tried again.
    Errored = 1,
    /// It never will be; it goes to the dead letters.
    Rejected = 2,
}

/// What a sink says of the rows of one call.
#[derive(Clone, Debug, Default)]
pub struct Deliveries {
    rows: usize,
    /// [`Outcome`] numbers; empty: all delivered.
    pub outcomes: Vec<u8>,
    /// Why not.
    pub reasons: Index,
    /// How long to wait before the errored rows are tried again, in ms, where the sink knows.
    pub retry_after: Option<u32>,
}

impl Deliveries {
    /// Forget all and make ready for so many rows.
    pub fn start(&mut self, rows: usize) {
        self.rows = rows;
        self.outcomes.clear();
        self.reasons.clear();
        self.retry_after = None;
    }

    /// What became of a row.
    pub fn outcome(&self, row: usize) -> Outcome {
        match self.outcomes.get(row) {
            None | Some(0) => Outcome::Delivered,
            Some(1) => Outcome::Errored,
            Some(_) => Outcome::Rejected,
        }
    }

    /// Have a row tried again.
    pub fn errored(&mut self, row: usize, reason: &str) {
        self.answer(row, Outcome::Errored, reason);
    }

    /// Refuse a row for good.
    pub fn rejected(&mut self, row: usize, reason: &str) {
        self.answer(row, Outcome::Rejected, reason);
    }

    fn answer(&mut self, row: usize, outcome: Outcome, reason: &str) {
        if self.outcomes.is_empty() {
            self.outcomes.resize(self.rows, Outcome::Delivered as u8);
        }
        self.outcomes[row] = outcome as u8;
        let index = self.reasons.table.intern(reason);
        self.reasons.set(self.rows, row, index);
    }

    /// Check what came from outside.
    ///
    /// # Errors
    /// A fault that says what does not fit.
    pub fn check(&self) -> Result<(), StageError> {
        check_len("outcomes", self.outcomes.len(), self.rows)?;
        if let Some(of) = self.outcomes.iter().find(|&&of| of > Outcome::Rejected as u8) {
            return Err(StageError::fault(format!("it answered with outcome {of}; 2 is the last")));
        }
        check_indexes("reasons", &self.reasons, self.rows)
    }
}
