//! The authors, in the order in which they last wrote.

use crible_sdk::recency::Recency;

use crate::author::Author;

/// The authors who are remembered.
pub(crate) struct Authors {
    /// How many, at most; at least 1.
    most: u32,
    /// By the hash of the handle.
    known: Recency<Author>,
}

impl Authors {
    pub(crate) fn new(most: u32) -> Self {
        Self { most, known: Recency::default() }
    }

    /// How many are remembered.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// Those who are remembered and the hashes of their handles, the one who has been silent for longest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Author)> {
        self.known.iter()
    }

    /// The author with a handle of this hash, who writes now; one of whom nothing is known where they are new.
    pub(crate) fn writing(&mut self, hash: u64, now: i64) -> &mut Author {
        self.entry(hash, || Author::new(now))
    }

    /// Add an author who is not known, and who wrote last of all.
    pub(crate) fn add(&mut self, hash: u64, author: Author) {
        self.entry(hash, || author);
    }

    fn entry(&mut self, hash: u64, make: impl FnOnce() -> Author) -> &mut Author {
        if self.known.len() >= self.most as usize && !self.known.contains(hash) {
            self.known.forget_oldest();
        }
        self.known.touch(hash, make)
    }
}
