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
    /// For how many stories there is room.
    stories: usize,
}

impl Index {
    /// An index with room for so many stories of the `most` that there will be, each with so many postings: for
    /// twice as many, since buckets fill unevenly.
    pub(crate) fn new(stories: usize, most: usize, postings: usize) -> Self {
        let buckets = (2 * stories * postings / POSTINGS).next_power_of_two().max(16);
        let (bucket_bits, number_bits) = (buckets.ilog2(), (2 * most).next_power_of_two().ilog2().min(28));
        Self { buckets: vec![Default::default(); buckets], bucket_bits, number_bits, stories }
    }

    /// For how many stories there is room.
    pub(crate) fn room(&self) -> usize {
        self.stories
    }

    /// Where the stories are noted that have a word.
    #[inline]
    pub(crate) fn slot(&self, word: u32) -> Slot {
        let mixed = mixed(word);
        let bucket = mixed & (self.buckets.len() as u32 - 1);
        Slot { bucket, word: (mixed >> self.bucket_bits) << self.number_bits }
    }

    /// Have the processor fetch slots, all at once: hardly an instruction lies between them. What is answered
    /// means nothing.
    #[inline]
    pub(crate) fn fetch<const SLOTS: usize>(&self, slots: &[Slot; SLOTS]) -> u32 {
        let first = |slot: &Slot| self.buckets.get(slot.bucket as usize).map_or(0, |Bucket(all)| all[0]);
        slots.iter().fold(0, |read, slot| read ^ first(slot))
    }

    /// Say which stories are noted in a slot, the latest first: how far each lies behind the first one that is
    /// remembered, as far as it is.
    #[inline]
    pub(crate) fn of(&self, slot: Slot, first: u32, remembered: usize, mut say: impl FnMut(u32)) {
        let Some(Bucket(postings)) = self.buckets.get(slot.bucket as usize) else { return };
        let numbers = (1 << self.number_bits) - 1;
        let mut known = at_most(postings, slot.word, numbers);
        while known != 0 {
            let posting = postings[known.trailing_zeros() as usize % POSTINGS];
            known &= known - 1;
            let behind = posting.wrapping_sub(first) & numbers;
            if behind as usize >= remembered {
                return;
            }
            say(behind);
        }
    }

    /// A story has a word.
    #[inline]
    pub(crate) fn insert(&mut self, slot: Slot, story: u32) {
        let posting = slot.word | story & ((1 << self.number_bits) - 1);
        if let Some(Bucket(postings)) = self.buckets.get_mut(slot.bucket as usize) {
            let [a, b, c, d, e, f, g, _] = *postings;
            *postings = [posting, a, b, c, d, e, f, g];
        }
    }
}

/// Where the stories that have a word are noted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slot {
    bucket: u32,
    /// What a posting says of its word.
    word: u32,
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
        let mut index = Index::new(500, 500, 12);
        let words: Vec<u32> = (1..41u32).map(|word| word.wrapping_mul(0x1234_5677)).collect();
        let first = u32::MAX - 20;
        for story in 0..50 {
            index.insert(index.slot(words[story % 40]), first.wrapping_add(story as u32));
        }
        let stories = |word, first, remembered| {
            let mut stories = Vec::new();
            index.of(index.slot(word), first, remembered, |story| stories.push(story));
            stories
        };
        for (at, &word) in (0..).zip(&words) {
            let expected = if at < 10 { vec![at + 40, at] } else { vec![at] };
            assert_eq!(stories(word, first, 50), expected);
        }
        assert_eq!(stories(words[3], first.wrapping_add(10), 40), [33]);
        assert!(stories(words[12], first.wrapping_add(20), 30).is_empty());
    }
}
