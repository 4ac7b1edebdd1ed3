//! Which interests look for a word.

use hashbrown::HashTable;

/// A term of an interest, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sought {
    pub(crate) hash: u64,
    pub(crate) interest: u16,
    pub(crate) term: u16,
}

/// Those who look for one word: a stretch of `Table::sought`.
struct Stretch {
    hash: u64,
    first: u32,
    len: u32,
}

/// Words of the filter, of 64 bits each.
const FILTER: usize = 256;

/// The terms of all interests, by hash.
#[derive(Default)]
pub(crate) struct Table {
    /// A bit for each of 16,384 groups of hashes: most words are found missing by it.
    filter: Vec<u64>,
    stretches: HashTable<Stretch>,
    sought: Vec<Sought>,
}

impl Table {
    /// Forget all, and be filled with [`Self::add`].
    pub(crate) fn clear(&mut self) {
        self.sought.clear();
    }

    pub(crate) fn add(&mut self, hash: u64, interest: usize, term: usize) {
        self.sought.push(Sought { hash, interest: interest as u16, term: term as u16 });
    }

    /// Make ready to be asked.
    pub(crate) fn build(&mut self) {
        self.sought.sort_unstable();
        self.sought.dedup();
        self.filter.clear();
        self.filter.resize(FILTER, 0);
        self.stretches.clear();
        let mut first = 0;
        for same in self.sought.chunk_by(|a, b| a.hash == b.hash) {
            let (hash, len) = (same[0].hash, same.len() as u32);
            let (group, bit) = place(hash);
            self.filter[group] |= bit;
            self.stretches.insert_unique(hash, Stretch { hash, first, len }, |of| of.hash);
            first += len;
        }
    }

    /// The terms that a word is.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> &[Sought] {
        let (group, bit) = place(hash);
        if self.filter[group] & bit == 0 {
            return &[];
        }
        let found = self.stretches.find(hash, |of| of.hash == hash);
        found.map_or(&[], |of| &self.sought[of.first as usize..(of.first + of.len) as usize])
    }
}

#[inline]
fn place(hash: u64) -> (usize, u64) {
    ((hash >> 6) as usize % FILTER, 1 << (hash & 63))
}
