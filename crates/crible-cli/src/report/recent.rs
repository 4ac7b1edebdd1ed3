//! A table of bounded size.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a table finds its entries by: a hash of texts, in so many parts. Two of 100,000 entries share one once
/// in about four billion files.
pub(crate) fn key<const N: usize>(parts: [&str; N]) -> u64 {
    // Keyed with zeros: the same file gives the same report.
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// A table of at most so many entries. Where it is full, the half goes that is worth least; of what is worth
/// the same, what was not looked up for longest.
#[derive(Debug)]
pub(crate) struct Recent<V> {
    entries: HashMap<u64, (u64, V)>,
    most: usize,
    /// How often something was looked up.
    clock: u64,
    worth: fn(&V) -> u64,
}

impl<V> Recent<V> {
    pub(crate) fn new(most: usize, worth: fn(&V) -> u64) -> Self {
        Self { entries: HashMap::new(), most: most.max(2), clock: 0, worth }
    }

    /// The entry of a key.
    pub(crate) fn get(&mut self, key: u64) -> Option<&mut V> {
        self.clock += 1;
        let (seen, value) = self.entries.get_mut(&key)?;
        *seen = self.clock;
        Some(value)
    }

    /// The entry of a key, made where there is none.
    pub(crate) fn entry(&mut self, key: u64, make: impl FnOnce() -> V) -> &mut V {
        self.clock += 1;
        let (seen, value) = self.entries.entry(key).or_insert_with(|| (0, make()));
        *seen = self.clock;
        value
    }

    /// Take out an entry.
    pub(crate) fn take(&mut self, key: u64) -> Option<V> {
        self.entries.remove(&key).map(|(_, value)| value)
    }

    /// Make room where there is none; what is given up for it, what was looked up longest ago first.
    pub(crate) fn give_up(&mut self) -> Vec<V> {
        if self.entries.len() < self.most {
            return Vec::new();
        }
        let rank = |(key, (seen, value)): (&u64, &(u64, V))| ((self.worth)(value), *seen, *key);
        let mut ranks: Vec<(u64, u64, u64)> = self.entries.iter().map(rank).collect();
        let half = ranks.len() / 2;
        ranks.select_nth_unstable(half);
        ranks.truncate(half);
        ranks.sort_unstable_by_key(|&(_, seen, _)| seen);
        ranks.into_iter().filter_map(|(.., key)| self.take(key)).collect()
    }

    /// All entries, what was looked up longest ago first.
    pub(crate) fn into_values(self) -> Vec<V> {
        let mut entries: Vec<(u64, V)> = self.entries.into_values().collect();
        entries.sort_unstable_by_key(|(seen, _)| *seen);
        entries.into_iter().map(|(_, value)| value).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worth_least_and_was_not_seen_for_longest_goes() {
        let mut table = Recent::new(4, |worth: &u64| worth % 10);
        for (key, value) in [(1, 11), (2, 20), (3, 30), (4, 40)] {
            table.entry(key, || value);
        }
        assert_eq!(table.get(2), Some(&mut 20));
        assert_eq!(table.give_up(), [30, 40]);
        assert_eq!(table.give_up(), [0; 0], "there is room");
        assert_eq!(table.get(3), None);
        assert_eq!(table.into_values(), [11, 20]);
    }

    #[test]
    fn parts_are_not_run_together() {
        assert_ne!(key(["ab", "c"]), key(["a", "bc"]));
        assert_eq!(key(["ab", "c"]), key(["ab", "c"]));
    }
}
