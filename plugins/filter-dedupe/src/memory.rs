//! What was let pass: a queue of messages, the oldest first, and a table for each kind of key.

use std::collections::VecDeque;

use crate::places::Places;
use crate::settings::Kind;

/// A hash for each [`Kind`]; 0 where the message has nothing to compare.
pub(crate) type Hashes = [u64; Kind::ALL.len()];

/// Ids are kept up to so many bytes: they only name the first message to readers.
pub(crate) const LONGEST_ID: usize = 40;

/// So few messages lie in the processor's cache anyway.
const FIT_THE_CACHE: usize = 4096;

/// A message that was let pass.
pub(crate) struct Seen {
    pub(crate) time: i64,
    pub(crate) hashes: Hashes,
    /// Where its id starts among all ids ever kept, as far as that fits.
    id_start: u32,
    pub(crate) id_len: u8,
}

/// The messages that were let pass and are still within the window.
pub(crate) struct Memory {
    window: i64,
    most: usize,
    clock: i64,
    seen: VecDeque<Seen>,
    /// How many were forgotten: the number of the front of `seen`. It wraps, as do the numbers.
    forgotten: u32,
    ids: VecDeque<u8>,
    ids_forgotten: u32,
    /// Numbers of messages, by the hash of their key.
    tables: [Places; Kind::ALL.len()],
}

impl Memory {
    pub(crate) fn new(window: i64, most: usize) -> Self {
        Self {
            window,
            most,
            clock: i64::MIN,
            seen: VecDeque::new(),
            forgotten: 0,
            ids: VecDeque::new(),
            ids_forgotten: 0,
            tables: Default::default(),
        }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// What is remembered, the oldest first, and their ids, one after the other.
    pub(crate) fn contents(&mut self) -> (&VecDeque<Seen>, &[u8]) {
        (&self.seen, self.ids.make_contiguous())
    }

    /// Time has come so far: forget what has left the window.
    pub(crate) fn advance(&mut self, time: i64) {
        self.clock = self.clock.max(time);
        while self.seen.front().is_some_and(|first| self.clock.saturating_sub(first.time) >= self.window) {
            self.forget_first();
        }
    }

    /// Look up what a batch with these keys is going to ask for, and leave the answers: the processor waits
    /// for many places of the tables at once, where judging would wait for one after the other.
    pub(crate) fn fetch(&self, keys: &[Hashes]) {
        if self.seen.len() < FIT_THE_CACHE {
            return;
        }
        let given_up = (self.seen.len() + keys.len()).saturating_sub(self.most);
        let leaving = self.seen.iter().take(given_up).map(|seen| &seen.hashes);
        let mut read = 0u32;
        for (table, kind) in self.tables.iter().zip(0..) {
            for hashes in keys.iter().chain(leaving.clone()) {
                read = read.wrapping_add(table.fetch(hashes[kind]));
            }
        }
        std::hint::black_box(read);
    }

    /// The place of the message that has the same key of this kind.
    pub(crate) fn find(&self, kind: Kind, key: Hashes) -> Option<usize> {
        let hash = key[kind as usize];
        if hash == 0 {
            return None;
        }
        let place = |number: u32| number.wrapping_sub(self.forgotten) as usize;
        let table = &self.tables[kind as usize];
        table.find(hash, |number| self.seen[place(number)].hashes[kind as usize] == hash).map(place)
    }

    /// The id of the message at a place, as far as it was kept.
    pub(crate) fn id(&mut self, place: usize) -> &str {
        let seen = &self.seen[place];
        let start = seen.id_start.wrapping_sub(self.ids_forgotten) as usize;
        let id = start..start + usize::from(seen.id_len);
        let front = self.ids.as_slices().0.len();
        if id.start < front && front < id.end {
            self.ids.make_contiguous();
        }
        let (front, back) = self.ids.as_slices();
        let bytes = match front.get(id.clone()) {
            Some(bytes) => bytes,
            None => &back[id.start - front.len()..id.end - front.len()],
        };
        // Ids are cut between characters.
        str::from_utf8(bytes).unwrap_or_default()
    }

    /// Remember a message that has none of the keys of those remembered.
    pub(crate) fn remember(&mut self, hashes: Hashes, id: &str) {
        if id.len() <= LONGEST_ID {
            self.restore(self.clock, hashes, id.as_bytes());
        } else {
            let cut = id.floor_char_boundary(LONGEST_ID - "…".len());
            self.restore(self.clock, hashes, format!("{}…", &id[..cut]).as_bytes());
        }
    }

    /// Remember a message as of another time, which must not lie before the last one's. An id of more
    /// than [`LONGEST_ID`] bytes is cut.
    pub(crate) fn restore(&mut self, time: i64, hashes: Hashes, id: &[u8]) {
        while self.seen.len() >= self.most {
            self.forget_first();
        }
        let id = &id[..id.len().min(LONGEST_ID)];
        let number = self.forgotten.wrapping_add(self.seen.len() as u32);
        let id_start = self.ids_forgotten.wrapping_add(self.ids.len() as u32);
        self.ids.extend(id);
        self.seen.push_back(Seen { time, hashes, id_start, id_len: id.len() as u8 });
        for (table, hash) in self.tables.iter_mut().zip(hashes).filter(|(_, hash)| *hash != 0) {
            table.insert(hash, number);
        }
    }

    /// The clock as it was when a snapshot was made.
    pub(crate) fn set_clock(&mut self, clock: i64) {
        self.clock = clock;
    }

    fn forget_first(&mut self) {
        let Some(first) = self.seen.pop_front() else { return };
        for (table, hash) in self.tables.iter_mut().zip(first.hashes).filter(|(_, hash)| *hash != 0) {
            table.remove(hash, self.forgotten);
        }
        self.forgotten = self.forgotten.wrapping_add(1);
        self.ids.drain(..usize::from(first.id_len));
        self.ids_forgotten = self.ids_forgotten.wrapping_add(u32::from(first.id_len));
    }
}
