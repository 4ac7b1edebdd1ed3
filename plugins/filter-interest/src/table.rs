//! Which interests look for a word.

use hashbrown::HashTable;

use crate::letters::{GROUPS, beginning, group_of, spread};
use crate::ranked::Hit;
use crate::words::{Form, Word};

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

/// Bits for all groups of words.
const GROUP_BITS: usize = GROUPS as usize / 64;
/// The filter has so many times 64 bits.
const FILTER: usize = 256;

/// The terms of all interests, by hash.
pub(crate) struct Table {
    /// A bit for each group of words of which one is looked for: most words are found missing by it.
    groups: [u64; GROUP_BITS],
    /// A bit for each of 16,384 parts of the hashes: most others are found missing by it.
    filter: [u64; FILTER],
    stretches: HashTable<Stretch>,
    sought: Vec<Sought>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self { groups: [0; GROUP_BITS], filter: [0; FILTER], stretches: HashTable::new(), sought: Vec::new() }
    }

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
        self.groups.fill(0);
        self.filter.fill(0);
        self.stretches.clear();
        let mut first = 0;
        for same in self.sought.chunk_by(|a, b| a.hash == b.hash) {
            let (hash, len) = (same[0].hash, same.len() as u32);
            let (group, (part, bit)) = (group_of(hash) as usize, place(hash));
            self.groups[group / 64] |= 1 << (group % 64);
            self.filter[part] |= 1 << bit;
            self.stretches.insert_unique(spread(hash), Stretch { hash, first, len }, |of| spread(of.hash));
            first += len;
        }
    }

    /// Whether a word of a group is looked for.
    #[inline]
    pub(crate) fn has_group(&self, group: u64) -> bool {
        self.groups[group as usize / 64 % GROUP_BITS] >> (group % 64) & 1 != 0
    }

    /// Add the terms that a word is, and before them those that it begins like.
    #[inline]
    pub(crate) fn find(&self, word: &Word, hits: &mut Vec<Hit>) {
        // What a word begins like is of its group.
        if self.has_group(group_of(word.hash)) {
            self.find_all(*word, hits);
        }
    }

    #[inline(never)]
    fn find_all(&self, word: Word, hits: &mut Vec<Hit>) {
        let begun = if word.form == Form::Affix { &[] } else { self.get(beginning(word.letters)) };
        for (all, whole) in [(begun, false), (self.get(word.hash), true)] {
            let hit = |of: &Sought| Hit { interest: of.interest, term: of.term, whole, word };
            hits.extend(all.iter().map(hit));
        }
    }

    #[inline]
    fn get(&self, hash: u64) -> &[Sought] {
        let (part, bit) = place(hash);
        if self.filter[part] >> bit & 1 == 0 {
            return &[];
        }
        let found = self.stretches.find(spread(hash), |of| of.hash == hash);
        found.map_or(&[], |of| &self.sought[of.first as usize..(of.first + of.len) as usize])
    }
}

/// Where the bit of a part of the hashes is.
#[inline]
fn place(hash: u64) -> (usize, u64) {
    ((hash >> 18) as usize % FILTER, hash >> 12 & 63)
}
