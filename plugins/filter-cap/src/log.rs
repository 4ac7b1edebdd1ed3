//! When each key's messages passed: a sliding log for each, in the order in which the keys were last seen.

use hashbrown::HashTable;

use crate::settings::Limits;

/// No place: the end of a list.
const NONE: u32 = u32::MAX;

/// A key and the times at which its messages passed.
struct Key {
    hash: u64,
    /// When it was last seen, passed or not.
    seen: i64,
    /// The keys that were last seen just before and just after this one.
    older: u32,
    newer: u32,
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
    /// Places in `keys`, by hash.
    table: HashTable<u32>,
    keys: Vec<Key>,
    free_keys: Vec<u32>,
    oldest: u32,
    newest: u32,
    times: Vec<Time>,
    free_time: u32,
}

impl Log {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            clock: i64::MIN,
            table: HashTable::new(),
            keys: Vec::new(),
            free_keys: Vec::new(),
            oldest: NONE,
            newest: NONE,
            times: Vec::new(),
            free_time: NONE,
        }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// How many keys are remembered.
    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    /// The keys, the one that has been silent for longest first: hash, when it was last seen, and the times at
    /// which its messages passed.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u64, i64, u32, impl Iterator<Item = i64>)> {
        let key = |place: u32| self.keys.get(place as usize);
        let time = |place: u32| self.times.get(place as usize);
        std::iter::successors(key(self.oldest), move |of| key(of.newer)).map(move |of| {
            let times = std::iter::successors(time(of.first), move |at| time(at.next));
            (of.hash, of.seen, of.times, times.take(of.times as usize).map(|time| time.at))
        })
    }

    /// Time has come so far: forget the keys that were last seen before the window.
    pub(crate) fn advance(&mut self, time: i64) {
        self.clock = self.clock.max(time);
        while let Some(key) = self.keys.get(self.oldest as usize)
            && self.clock.saturating_sub(key.seen) >= self.limits.window
        {
            self.forget_oldest();
        }
    }

    /// Whether one more message of a key may pass now. If so, it counts.
    pub(crate) fn admit(&mut self, hash: u64) -> bool {
        let place = self.touch(hash, self.clock);
        while let key = &self.keys[place as usize]
            && key.times > 0
            && self.clock.saturating_sub(self.times[key.first as usize].at) >= self.limits.window
        {
            self.pop_time(place);
        }
        let passes = self.keys[place as usize].times < self.limits.most;
        if passes {
            self.push_time(place, self.clock);
        }
        passes
    }

    /// The clock as it was when a snapshot was made.
    pub(crate) fn set_clock(&mut self, clock: i64) {
        self.clock = clock;
    }

    /// The place of a key, which becomes the newest, added where it is new.
    pub(crate) fn touch(&mut self, hash: u64, seen: i64) -> u32 {
        if let Some(&place) = self.table.find(hash, |&place| self.keys[place as usize].hash == hash) {
            self.keys[place as usize].seen = seen;
            if place != self.newest {
                self.unlink(place);
                self.link_newest(place);
            }
            return place;
        }
        while self.table.len() >= self.limits.keys as usize {
            self.forget_oldest();
        }
        let key = Key { hash, seen, older: NONE, newer: NONE, first: NONE, last: NONE, times: 0 };
        let place = match self.free_keys.pop() {
            Some(place) => {
                self.keys[place as usize] = key;
                place
            }
            None => {
                self.keys.push(key);
                self.keys.len() as u32 - 1
            }
        };
        self.link_newest(place);
        self.table.insert_unique(hash, place, |&place| self.keys[place as usize].hash);
        place
    }

    /// Add a time to a key, not before its last one.
    pub(crate) fn push_time(&mut self, place: u32, at: i64) {
        let time = Time { at, next: NONE };
        let added = match self.times.get(self.free_time as usize) {
            Some(free) => {
                let added = self.free_time;
                self.free_time = free.next;
                self.times[added as usize] = time;
                added
            }
            None => {
                self.times.push(time);
                self.times.len() as u32 - 1
            }
        };
        let key = &mut self.keys[place as usize];
        let before = std::mem::replace(&mut key.last, added);
        key.times += 1;
        match key.times {
            1 => key.first = added,
            _ => self.times[before as usize].next = added,
        }
    }

    fn pop_time(&mut self, place: u32) {
        let key = &mut self.keys[place as usize];
        let popped = key.first;
        let time = &mut self.times[popped as usize];
        key.first = std::mem::replace(&mut time.next, self.free_time);
        key.times -= 1;
        self.free_time = popped;
    }

    fn forget_oldest(&mut self) {
        let place = self.oldest;
        while self.keys[place as usize].times > 0 {
            self.pop_time(place);
        }
        let hash = self.keys[place as usize].hash;
        if let Ok(entry) = self.table.find_entry(hash, |&of| of == place) {
            entry.remove();
        }
        self.unlink(place);
        self.free_keys.push(place);
    }

    fn unlink(&mut self, place: u32) {
        let Key { older, newer, .. } = self.keys[place as usize];
        match self.keys.get_mut(older as usize) {
            Some(key) => key.newer = newer,
            None => self.oldest = newer,
        }
        match self.keys.get_mut(newer as usize) {
            Some(key) => key.older = older,
            None => self.newest = older,
        }
    }

    fn link_newest(&mut self, place: u32) {
        let before = std::mem::replace(&mut self.newest, place);
        let key = &mut self.keys[place as usize];
        (key.older, key.newer) = (before, NONE);
        match self.keys.get_mut(before as usize) {
            Some(key) => key.newer = place,
            None => self.oldest = place,
        }
    }
}
