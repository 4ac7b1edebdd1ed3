//! Which stories have a word: for each word the latest few, in a table of a fixed size.
//!
//! The postings of a word lie in half a line of the processor's cache, so that to look a word up and to add a
//! story to it waits for memory once. A common word knows its latest stories only; the rare ones, by which
//! stories are found, know all of theirs.
//!
//! A posting has four bytes: the lower bits of a story's number, and those of the word that its bucket does not
//! say.

/// How many postings a bucket holds.
const POSTINGS: usize = 8;

/// The postings of the words that share a bucket, the latest first; zeros where there is none.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Bucket([u32; POSTINGS]);

/// The latest stories of each word.
pub(crate) struct Index {
    /// As many as two to the power of `bucket_bits`.
    buckets: Vec<Bucket>,
    bucket_bits: u32,
    /// How many bits of a story's number are kept.
    number_bits: u32,
}

impl Index {
    /// An index for so many stories, each with so many postings: there is room for twice as many, since buckets
    /// fill unevenly.
    pub(crate) fn new(stories: usize, postings: usize) -> Self {
        let buckets = (2 * stories * postings / POSTINGS).next_power_of_two().max(16);
        let (bucket_bits, number_bits) = (buckets.ilog2(), (2 * stories).next_power_of_two().ilog2().min(28));
        Self { buckets: vec![Default::default(); buckets], bucket_bits, number_bits }
    }

    /// The stories that have a word, the latest first: how far each lies behind the first one that is
    /// remembered, as far as it is.
    #[inline]
    pub(crate) fn stories(&self, word: u32, first: u32, remembered: usize) -> impl Iterator<Item = usize> {
        let Bucket(postings) = &self.buckets[self.place(word)];
        let numbers = (1 << self.number_bits) - 1;
        let mut known = at_most(postings, self.of_word(word), numbers);
        std::iter::from_fn(move || {
            let posting = postings.get(known.trailing_zeros() as usize)?;
            known &= known - 1;
            let behind = (posting.wrapping_sub(first) & numbers) as usize;
            (behind < remembered).then_some(behind)
        })
    }

    /// A story has a word.
    #[inline]
    pub(crate) fn insert(&mut self, word: u32, story: u32) {
        let posting = self.of_word(word) | story & ((1 << self.number_bits) - 1);
        let place = self.place(word);
        let Bucket(postings) = &mut self.buckets[place];
        let [a, b, c, d, e, f, g, _] = *postings;
        *postings = [posting, a, b, c, d, e, f, g];
    }

    /// Have the processor fetch what is going to be asked for, all at once.
    #[inline]
    pub(crate) fn fetch(&self, words: impl Iterator<Item = u32>) {
        let read = words.fold(0u32, |read, word| read.wrapping_add(self.buckets[self.place(word)].0[0]));
        std::hint::black_box(read);
    }

    #[inline]
    fn place(&self, word: u32) -> usize {
        mixed(word) as usize & (self.buckets.len() - 1)
    }

    /// What a posting says of its word.
    #[inline]
    fn of_word(&self, word: u32) -> u32 {
        (mixed(word) >> self.bucket_bits) << self.number_bits
    }
}

/// The upper bits of a word's hash choose its count; the lower ones of this mix all of them.
#[inline]
fn mixed(word: u32) -> u32 {
    word.wrapping_mul(0x9E37_79B1).rotate_right(7)
}

/// A bit for each that is at most so much when it is mixed with a mask; without a branch.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn at_most(postings: &[u32; POSTINGS], mask: u32, most: u32) -> u32 {
    use std::arch::wasm32::{u32x4, u32x4_bitmask, u32x4_le, u32x4_splat, v128_xor};
    let [a, b, c, d, e, f, g, h] = *postings;
    let four =
        |four| u32::from(u32x4_bitmask(u32x4_le(v128_xor(four, u32x4_splat(mask)), u32x4_splat(most))));
    four(u32x4(a, b, c, d)) | four(u32x4(e, f, g, h)) << 4
}

/// A bit for each that is at most so much when it is mixed with a mask; without a branch.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn at_most(postings: &[u32; POSTINGS], mask: u32, most: u32) -> u32 {
    let eight = postings.map(|posting| u8::from(posting ^ mask <= most));
    // Gathered by a multiplication into the highest byte.
    (u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_stories_of_a_word_are_known_until_they_are_forgotten() {
        let mut index = Index::new(500, 12);
        let words: Vec<u32> = (1..41u32).map(|word| word.wrapping_mul(0x1234_5677)).collect();
        let first = u32::MAX - 20;
        for story in 0..50 {
            index.insert(words[story % 40], first.wrapping_add(story as u32));
        }
        for (at, &word) in words.iter().enumerate() {
            let expected = if at < 10 { vec![at + 40, at] } else { vec![at] };
            assert_eq!(index.stories(word, first, 50).collect::<Vec<_>>(), expected);
        }
        assert_eq!(index.stories(words[3], first.wrapping_add(10), 40).collect::<Vec<_>>(), [33]);
        assert_eq!(index.stories(words[12], first.wrapping_add(20), 30).count(), 0);
    }
}
