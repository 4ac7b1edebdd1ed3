//! The best of the window so far, for each key.

use std::collections::BinaryHeap;

use hashbrown::HashTable;

use crate::entry::Entry;
use crate::settings::Settings;

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
    /// How many keys are told apart.
    most_keys: usize,
    groups: Vec<Group>,
    /// Places in `groups`, by key.
    places: HashTable<u32>,
    /// The best of all keys beyond the first `most_keys`.
    others: Group,
}

impl Ranking {
    pub(crate) fn new(settings: &Settings) -> Self {
        let Settings { best, keys, .. } = *settings;
        Self { best, most_keys: keys, groups: Vec::new(), places: HashTable::new(), others: Group::default() }
    }

    /// The best of each key, and of those that are not told apart.
    pub(crate) fn groups(&self) -> (&[Group], &Group) {
        (&self.groups, &self.others)
    }

    /// A message arrives: find its place.
    pub(crate) fn place(&mut self, key: u64, entry: Entry) -> Placed {
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
