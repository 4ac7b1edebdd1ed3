//! The pipeline's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crible_core::{Batch, NumberField};

use crate::Clock;

/// Tells the pipeline's time, which never runs backwards.
#[derive(Debug)]
pub(crate) struct Timekeeper {
    clock: Clock,
    now: i64,
}

impl Timekeeper {
    /// A clock that goes on from `now`, in ms since 1970.
    pub(crate) fn new(clock: Clock, now: i64) -> Self {
        Self { clock, now }
    }

    /// The time, in ms since 1970.
    pub(crate) fn now(&mut self) -> i64 {
        if self.clock == Clock::Wall {
            self.now = self.now.max(wall());
        }
        self.now
    }

    /// The time at each message of a batch. By the messages' clock it is the latest `created_at` up to
    /// and with the message, so that it does not depend on how messages are cut into batches.
    pub(crate) fn times(&mut self, batch: &Batch) -> Vec<i64> {
        if self.clock == Clock::Wall {
            return vec![self.now(); batch.len()];
        }
        (0..batch.len())
            .map(|row| {
                self.now = self.now.max(batch.number_at(NumberField::CreatedAt, row));
                self.now
            })
            .collect()
    }
}

fn wall() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
