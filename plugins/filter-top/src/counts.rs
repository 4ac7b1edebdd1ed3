//! How often each of many things was counted, by hash.

use hashbrown::HashTable;

struct Count {
    hash: u64,
    count: usize,
}

/// Counts by hash, which all its bits should be mixed in.
#[derive(Default)]
pub(crate) struct Counts {
    table: HashTable<Count>,
}

impl Counts {
    /// Count a thing once more, and say how often it was counted by now.
    pub(crate) fn add(&mut self, hash: u64) -> usize {
        let new = || Count { hash, count: 0 };
        let of = self.table.entry(hash, |of| of.hash == hash, |of| of.hash).or_insert_with(new);
        let of = of.into_mut();
        of.count += 1;
        of.count
    }

    /// How often a thing was counted.
    pub(crate) fn get(&self, hash: u64) -> usize {
        self.table.find(hash, |of| of.hash == hash).map_or(0, |of| of.count)
    }

    pub(crate) fn clear(&mut self) {
        self.table.clear();
    }
}

/// Mix a number, so that every bit of it has its part in every bit of the hash.
pub(crate) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    number ^ (number >> 32)
}
