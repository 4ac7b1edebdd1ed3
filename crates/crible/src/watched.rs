//! Filters around filters: one that takes the time, and one that stands where a sink would.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crible_core::{Filter, Occasion, Rows, StageError, Verdicts};

/// What a filter spent.
#[derive(Default)]
pub(crate) struct Spent {
    pub(crate) judged: u64,
    pub(crate) time: Duration,
}

/// A filter whose time is taken.
pub(crate) struct Watched {
    inner: Box<dyn Filter>,
    spent: Arc<Mutex<Spent>>,
}

impl Watched {
    pub(crate) fn boxed(
        inner: Box<dyn Filter>,
        spent: &Arc<Mutex<Spent>>,
    ) -> Result<Box<dyn Filter>, StageError> {
        Ok(Box::new(Self { inner, spent: Arc::clone(spent) }))
    }
}

impl Filter for Watched {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let started = Instant::now();
        let judged = self.inner.judge(rows, out);
        let mut spent = open(&self.spent);
        spent.time += started.elapsed();
        spent.judged += rows.len() as u64;
        judged
    }

    fn release(&mut self, occasion: Occasion, now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        let started = Instant::now();
        let released = self.inner.release(occasion, now, out);
        open(&self.spent).time += started.elapsed();
        released
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        self.inner.snapshot()
    }
}

/// Stands where a sink would, and keeps the numbers of what comes.
pub(crate) struct Arrivals {
    numbers: Arc<Mutex<Vec<u64>>>,
}

impl Arrivals {
    pub(crate) fn boxed(numbers: &Arc<Mutex<Vec<u64>>>) -> Box<dyn Filter> {
        Box::new(Self { numbers: Arc::clone(numbers) })
    }
}

impl Filter for Arrivals {
    fn judge(&mut self, rows: &Rows<'_>, _: &mut Verdicts) -> Result<(), StageError> {
        open(&self.numbers).extend(rows.seqs().iter());
        Ok(())
    }
}

/// What a thread that panicked left behind is whole: each change is one call.
fn open<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
