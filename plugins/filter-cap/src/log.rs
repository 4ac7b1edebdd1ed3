//! When each key's messages passed: a sliding log for each, in the order in which the keys were last seen.

use crible_sdk::recency::Recency;

use crate::settings::Limits;

/// No place: the end of a list.
const NONE: u32 = u32::MAX;

/// A key and the times at which its messages passed.
struct Key {
    /// When it was last seen, passed or not.
    seen: i64,
    /// The first and the last of its times; where it has none, neither counts.
    first: u32,
    last: u32,
    times: u32,
}

/// A time at which a message passed.
struct Time {
    at: i64,
    /// The next one of the same key, or the next free place.
    next: u32,
}

/// The keys that were seen within the window, and their times within it.
pub(crate) struct Log {
    limits: Limits,
    clock: i64,
    /// By hash.
    keys: Recency<Key>,
    times: Times,
}

/// The times of all keys, in lists that share their memory.
struct Times {
    all: Vec<Time>,
    /// The first free place.
    free: u32,
}

impl Log {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            clock: i64::MIN,
            keys: Recency::default(),
            times: Times { all: Vec::new(), free: NONE },
        }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// How many keys are remembered.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The keys, the one that has been silent for longest first: hash, when it was last seen, and the times at
    /// which its messages passed.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u64, i64, u32, impl Iterator<Item = i64>)> {
        let time = |place: u32| self.times.all.get(place as usize);
        self.keys.iter().map(move |(hash, of)| {
            let times = std::iter::successors(time(of.first), move |at| time(at.next));
            (hash, of.seen, of.times, times.take(of.times as usize).map(|time| time.at))
        })
    }

    /// Time has come so far: forget the keys that were last seen before the window.
    pub(crate) fn advance(&mut self, time: i64) {
        self.clock = self.clock.max(time);
        while let Some((_, key)) = self.keys.oldest()
            && self.clock.saturating_sub(key.seen) >= self.limits.window
        {
            self.forget_oldest();
        }
    }

    /// Whether one more message of a key may pass now. If so, it counts.
    pub(crate) fn admit(&mut self, hash: u64) -> bool {
        let (clock, Limits { window, most, .. }) = (self.clock, self.limits);
        let (key, times) = self.touch(hash, clock);
        while key.times > 0 && clock.saturating_sub(times.first(key)) >= window {
            times.pop(key);
        }
        let passes = key.times < most;
        if passes {
            times.push(key, clock);
        }
        passes
    }

    /// The clock as it was when a snapshot was made.
    pub(crate) fn set_clock(&mut self, clock: i64) {
        self.clock = clock;
    }

    /// A key that is seen again, as it was when a snapshot was made, and the times at which its messages passed.
    pub(crate) fn restore(&mut self, hash: u64, seen: i64, passed: impl IntoIterator<Item = i64>) {
        let (key, times) = self.touch(hash, seen);
        passed.into_iter().for_each(|at| times.push(key, at));
    }

    /// A key, which becomes the newest, added where it is new.
    fn touch(&mut self, hash: u64, seen: i64) -> (&mut Key, &mut Times) {
        while self.keys.len() >= self.limits.keys as usize && !self.keys.contains(hash) {
            self.forget_oldest();
        }
        let key = self.keys.touch(hash, || Key { seen, first: NONE, last: NONE, times: 0 });
        key.seen = seen;
        (key, &mut self.times)
    }

    fn forget_oldest(&mut self) {
        if let Some((_, key)) = self.keys.forget_oldest() {
            while key.times > 0 {
                self.times.pop(key);
            }
        }
    }
}

impl Times {
    /// The first time of a key that has one.
    fn first(&self, key: &Key) -> i64 {
        self.all[key.first as usize].at
    }

    /// Add a time to a key, not before its last one.
    fn push(&mut self, key: &mut Key, at: i64) {
        let time = Time { at, next: NONE };
        let added = match self.all.get(self.free as usize) {
            Some(free) => {
                let added = self.free;
                self.free = free.next;
                self.all[added as usize] = time;
                added
            }
            None => {
                self.all.push(time);
                self.all.len() as u32 - 1
            }
        };
        let before = std::mem::replace(&mut key.last, added);
        key.times += 1;
        match key.times {
            1 => key.first = added,
            _ => self.all[before as usize].next = added,
        }
    }

    /// Forget the first time of a key that has one.
    fn pop(&mut self, key: &mut Key) {
        let popped = key.first;
        let time = &mut self.all[popped as usize];
        key.first = std::mem::replace(&mut time.next, self.free);
        key.times -= 1;
        self.free = popped;
    }
}
