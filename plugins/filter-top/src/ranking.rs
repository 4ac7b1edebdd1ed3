//! The best of the window so far, for each key.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use hashbrown::HashTable;

use crate::settings::Settings;

/// A message among the best of its window so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// Its score when it arrived; a number, if an infinite one.
    pub(crate) score: f32,
    /// How many arrived before it: of equal scores the earlier is better.
    pub(crate) arrival: u64,
    /// The identity of its reading.
    pub(crate) seq: u64,
}

/// The worse is the greater, so that the worst is at the top of a heap and the best first in order.
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        // 0.0 and -0.0 are equal here, which they are not for `total_cmp`.
        let scores = other.score.partial_cmp(&self.score).unwrap_or(Ordering::Equal);
        scores.then(self.arrival.cmp(&other.arrival))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

/// The best of one key.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub(crate) key: u64,
    pub(crate) entries: BinaryHeap<Entry>,
}

/// What became of a message that arrived.
pub(crate) enum Placed {
    /// It is among the best.
    Among,
    /// It is among the best, and this one is no more.
    Instead(Entry),
    /// It is not among the best.
    Below,
}

/// The best of the window so far, for each key in the order of their first message.
pub(crate) struct Ranking {
    best: usize,
    window: i64,
    /// How many keys are told apart.
    most_keys: usize,
    clock: i64,
    arrived: u64,
    groups: Vec<Group>,
    /// Places in `groups`, by key.
    places: HashTable<u32>,
    /// The best of all keys beyond the first `most_keys`.
    others: Group,
}

impl Ranking {
    pub(crate) fn new(settings: &Settings) -> Self {
        let Settings { best, window, keys, .. } = *settings;
        Self {
            best,
            window,
            most_keys: keys,
            clock: i64::MIN,
            arrived: 0,
            groups: Vec::new(),
            places: HashTable::new(),
            others: Group::default(),
        }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// How many have arrived.
    pub(crate) fn arrived(&self) -> u64 {
        self.arrived
    }

    /// The best of each key, and of those that are not told apart.
    pub(crate) fn groups(&self) -> (&[Group], &Group) {
        (&self.groups, &self.others)
    }

    /// Time has come so far: whether the window is over, so that it has to be finished first.
    pub(crate) fn advance(&mut self, time: i64) -> bool {
        let before = self.clock.div_euclid(self.window);
        self.clock = self.clock.max(time);
        self.clock.div_euclid(self.window) != before && !(self.groups.is_empty() && self.is_alone())
    }

    fn is_alone(&self) -> bool {
        self.others.entries.is_empty()
    }

    /// A message arrives: find its place.
    pub(crate) fn place(&mut self, key: u64, seq: u64, score: f32) -> Placed {
        // Scores that are added up may become infinite, and two of those no number: that is the worst.
        let score = if score.is_nan() { f32::NEG_INFINITY } else { score };
        let entry = Entry { score, arrival: self.arrived, seq };
        self.arrived += 1;
        let best = self.best;
        let entries = &mut self.group(key).entries;
        if entries.len() < best {
            entries.push(entry);
            return Placed::Among;
        }
        match entries.peek_mut() {
            Some(mut worst) if entry < *worst => Placed::Instead(std::mem::replace(&mut *worst, entry)),
            _ => Placed::Below,
        }
    }

    /// The window is over: give each entry with its rank, best first, and begin anew. An entry has no rank
    /// where fewer are to be kept than when it arrived.
    pub(crate) fn finish(&mut self, mut each: impl FnMut(Option<usize>, Entry)) {
        self.places.clear();
        let groups = self.groups.drain(..).chain([std::mem::take(&mut self.others)]);
        for (at, entry) in groups.flat_map(|group| group.entries.into_sorted_vec().into_iter().enumerate()) {
            each((at < self.best).then_some(at + 1), entry);
        }
    }

    /// The clock and the number of arrivals as they were when a snapshot was made.
    pub(crate) fn restore(&mut self, clock: i64, arrived: u64) {
        (self.clock, self.arrived) = (clock, arrived);
    }

    /// Put an entry back where it was.
    pub(crate) fn restore_entry(&mut self, key: u64, entry: Entry) {
        self.group(key).entries.push(entry);
    }

    /// Put an entry back among those whose keys are not told apart.
    pub(crate) fn restore_other(&mut self, entry: Entry) {
        self.others.entries.push(entry);
    }

    fn group(&mut self, key: u64) -> &mut Group {
        let found = self.places.find(key, |&place| self.groups[place as usize].key == key);
        let place = match found {
            Some(&place) => place as usize,
            None if self.groups.len() >= self.most_keys => return &mut self.others,
            None => {
                let place = self.groups.len();
                self.groups.push(Group { key, entries: BinaryHeap::new() });
                self.places.insert_unique(key, place as u32, |&place| self.groups[place as usize].key);
                place
            }
        };
        &mut self.groups[place]
    }
}
