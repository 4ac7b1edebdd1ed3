//! Which stories have a word: for each word the latest few, in a table of a fixed size.
//!
//! The postings of a word lie in one line of the processor's cache, so that to look a word up and to add a
//! story to it waits for memory once. A common word knows its latest stories only; the rare ones, by which
//! stories are found, know all of theirs.

/// How many postings a bucket holds: as many as a line of the cache.
const POSTINGS: usize = 8;

/// A word of a story.
#[derive(Clone, Copy, Debug, Default)]
struct Posting {
    word: u32,
    story: u32,
}

/// The latest stories of each word.
pub(crate) struct Index {
    /// As many as a power of two.
    buckets: Vec<[Posting; POSTINGS]>,
}

impl Index {
    /// An index for so many postings: there is room for twice as many, since buckets fill unevenly.
    pub(crate) fn new(postings: usize) -> Self {
        let buckets = (2 * postings / POSTINGS).next_power_of_two().max(16);
        Self { buckets: vec![Default::default(); buckets] }
    }

    /// The stories that have a word, the latest first, as far as they are still known.
    pub(crate) fn stories(&self, word: u32) -> impl Iterator<Item = u32> {
        let bucket = &self.buckets[self.place(word)];
        bucket.iter().filter(move |posting| posting.word == word).map(|posting| posting.story)
    }

    /// A story has a word.
    pub(crate) fn insert(&mut self, word: u32, story: u32) {
        let place = self.place(word);
        let bucket = &mut self.buckets[place];
        bucket.copy_within(..POSTINGS - 1, 1);
        bucket[0] = Posting { word, story };
    }

    /// Have the processor fetch what is going to be asked for. What is answered means nothing.
    pub(crate) fn fetch(&self, word: u32) -> u32 {
        self.buckets[self.place(word)][0].word
    }

    fn place(&self, word: u32) -> usize {
        // The upper bits of the hash choose its count; these mix all of them.
        (word.wrapping_mul(0x9E37_79B1) >> 7) as usize & (self.buckets.len() - 1)
    }
}
