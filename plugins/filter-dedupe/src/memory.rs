//! What was let pass: a queue of messages, the oldest first, and a table for each kind of key.

use std::collections::VecDeque;

use hashbrown::HashTable;

use crate::settings::Kind;

/// A hash for each [`Kind`]; 0 where the message has nothing to compare.
pub(crate) type Hashes = [u64; Kind::ALL.len()];

/// Ids are kept up to so many bytes: they only name the first message to readers.
pub(crate) const LONGEST_ID: usize = 40;

/// A message that was let pass.
pub(crate) struct Seen {
    pub(crate) time: i64,
    pub(crate) hashes: Hashes,
    /// Where its id starts among all ids ever kept, as far as that fits.
    id_start: u32,
    id_len: u8,
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
    tables: [HashTable<u32>; Kind::ALL.len()],
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

    /// What is remembered, the oldest first.
    pub(crate) fn seen(&self) -> &VecDeque<Seen> {
        &self.seen
    }

    /// How many bytes all ids take.
    pub(crate) fn id_bytes(&self) -> usize {
        self.ids.len()
    }

    /// Time has come so far: forget what has left the window.
    pub(crate) fn advance(&mut self, time: i64) {
        self.clock = self.clock.max(time);
        while self.seen.front().is_some_and(|first| self.clock.saturating_sub(first.time) >= self.window) {
            self.forget_first();
        }
    }

    /// The place of the message that has this key.
    pub(crate) fn find(&self, kind: Kind, hash: u64) -> Option<usize> {
        if hash == 0 {
            return None;
        }
        let place = |number: u32| number.wrapping_sub(self.forgotten) as usize;
        let table = &self.tables[kind as usize];
        let number = table.find(hash, |&number| self.seen[place(number)].hashes[kind as usize] == hash)?;
        Some(place(*number))
    }

    /// The id of the message at a place, as far as it was kept.
    pub(crate) fn id(&self, place: usize) -> String {
        let (bytes, len) = self.id_bytes_of(&self.seen[place]);
        String::from_utf8_lossy(&bytes[..len]).into_owned()
    }

    pub(crate) fn id_bytes_of(&self, seen: &Seen) -> ([u8; LONGEST_ID], usize) {
        let start = seen.id_start.wrapping_sub(self.ids_forgotten) as usize;
        let len = usize::from(seen.id_len);
        let mut bytes = [0; LONGEST_ID];
        for (to, from) in bytes.iter_mut().zip(self.ids.range(start..start + len)) {
            *to = *from;
        }
        (bytes, len)
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
        let (seen, forgotten) = (&self.seen, self.forgotten);
        for (kind, table) in self.tables.iter_mut().enumerate().filter(|(kind, _)| hashes[*kind] != 0) {
            let hash_of = |&number: &u32| seen[number.wrapping_sub(forgotten) as usize].hashes[kind];
            table.insert_unique(hashes[kind], number, hash_of);
        }
    }

    /// The clock as it was when a snapshot was made.
    pub(crate) fn set_clock(&mut self, clock: i64) {
        self.clock = clock;
    }

    fn forget_first(&mut self) {
        let Some(first) = self.seen.pop_front() else { return };
        for (kind, table) in self.tables.iter_mut().enumerate().filter(|(kind, _)| first.hashes[*kind] != 0) {
            if let Ok(entry) = table.find_entry(first.hashes[kind], |&number| number == self.forgotten) {
                entry.remove();
            }
        }
        self.forgotten = self.forgotten.wrapping_add(1);
        self.ids.drain(..usize::from(first.id_len));
        self.ids_forgotten = self.ids_forgotten.wrapping_add(u32::from(first.id_len));
    }
}
