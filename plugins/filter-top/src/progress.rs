//! How far the stream has come.

/// The clock, the window that it is in, and the number of messages so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    window: i64,
    clock: i64,
    /// The last ms of the window.
    last: i64,
    /// How many messages have arrived.
    pub(crate) arrived: u64,
}

impl Progress {
    /// As it was, with windows of so many ms.
    pub(crate) fn at(clock: i64, arrived: u64, window: i64) -> Self {
        Self { window, clock, last: last(clock, window), arrived }
    }

    /// The latest time, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// Time has come so far: whether the window is over.
    #[inline]
    pub(crate) fn advance(&mut self, time: i64) -> bool {
        self.clock = self.clock.max(time);
        let over = self.clock > self.last;
        if over {
            self.last = last(self.clock, self.window);
        }
        over
    }
}

/// The last ms of the window that a time is in.
fn last(time: i64, window: i64) -> i64 {
    time.saturating_add(window - 1 - time.rem_euclid(window))
}
