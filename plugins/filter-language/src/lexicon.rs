//! Whole words: what a known one says, its letters included, is found in one look.

use crate::languages::LANES;
use crate::model::Evidence;
use crate::plain::{PlainWord, made_small};

/// The hash of a word by its bytes, eight at a time, each made small as in a [`PlainWord`].
#[derive(Clone, Copy)]
pub(crate) struct Spelling(u64);

impl Spelling {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

    pub(crate) fn of(letters: &[char]) -> Self {
        let (mut spelling, mut eight, mut len) = (Self(Self::FACTOR), 0, 0);
        for letter in letters {
            for &byte in letter.encode_utf8(&mut [0; 4]).as_bytes() {
                eight |= u64::from(byte) << (8 * len);
                len += 1;
                if len == 8 {
                    spelling.push(made_small(eight));
                    (eight, len) = (0, 0);
                }
            }
        }
        if len > 0 {
            spelling.push(made_small(eight));
        }
        spelling.finished()
    }

    #[inline]
    pub(crate) fn of_plain(word: &PlainWord<'_>) -> Self {
        let mut spelling = Self(Self::FACTOR);
        let [first, second] = word.eights;
        spelling.push(first);
        if second != 0 {
            spelling.push(second);
        }
        spelling.finished()
    }

    #[inline]
    fn push(&mut self, eight: u64) {
        self.0 = (self.0.rotate_left(5) ^ eight).wrapping_mul(Self::FACTOR);
    }

    #[inline]
    fn home(self) -> usize {
        (self.0 >> 40) as usize
    }

    #[inline]
    fn mark(self) -> u32 {
        self.0 as u32 & MARK
    }

    #[inline]
    fn finished(self) -> Self {
        Self((self.0 ^ self.0 >> 32).wrapping_mul(Self::FACTOR))
    }
}

/// What words say, by their spelling: an open table.
pub(crate) struct Lexicon {
    /// The place of a word in `said`, and above it so many bits of its hash; 0 where the slot is empty. The slots of a
    /// bucket are looked at all at once.
    buckets: Vec<[u32; SLOTS]>,
    /// The first is of no word.
    said: Vec<Evidence>,
}

const SLOTS: usize = 4;
const MARK: u32 = 0xFFFF_0000;

impl Lexicon {
    pub(crate) fn with_room_for(words: usize) -> Self {
        let buckets = (2 * words + 1).next_power_of_two().div_ceil(SLOTS);
        Self { buckets: vec![[0; SLOTS]; buckets], said: vec![[0; LANES]] }
    }

    pub(crate) fn insert(&mut self, word: Spelling, said: Evidence) {
        let Ok(place) = u16::try_from(self.said.len()) else { return };
        let mut at = word.home();
        loop {
            let count = self.buckets.len();
            if let Some(slot) = self.buckets[at % count].iter_mut().find(|slot| **slot == 0) {
                *slot = word.mark() | u32::from(place);
                self.said.push(said);
                return;
            }
            at += 1;
        }
    }

    /// What a word says, if it is known.
    #[inline]
    pub(crate) fn get(&self, word: Spelling) -> Option<&Evidence> {
        let mut at = word.home();
        loop {
            let bucket = self.buckets.get(at & (self.buckets.len() - 1))?;
            let found =
                bucket.iter().fold(0, |found, &slot| if slot & MARK == word.mark() { slot } else { found });
            if found != 0 {
                return self.said.get((found & !MARK) as usize);
            }
            if bucket[SLOTS - 1] == 0 {
                return None;
            }
            at += 1;
        }
    }
}
