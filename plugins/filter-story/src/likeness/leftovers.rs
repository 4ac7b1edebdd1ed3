//! The words that only one of two texts has: which are the same but for a typo or where they were cut off.

use super::places;
use crate::commonness::Commonness;
use crate::typo::{SHORTEST, is_typo};
use crate::words::{MOST_WORDS, Words};

/// A word of at most so many stories may be a typo of another: two words that are both well known are two.
const RARE: u32 = 20;
/// A word of so many stories is no name that is heard for the first time.
const WELL_KNOWN: u32 = 4;
/// So many letters of a word that was cut off say what the word says.
const SPEAKING_LETTERS: usize = 3;

/// What becomes of the words that only one of two texts has: how much of their weight is explained.
#[derive(Default)]
pub(super) struct Leftovers {
    pub(super) shared: u32,
    pub(super) only_this: u32,
    pub(super) only_other: u32,
    pub(super) numbers_differ: bool,
}

impl Leftovers {
    pub(super) fn pair(
        words: Words<'_>,
        extra: u64,
        other: Words<'_>,
        mut missing: u64,
        commonness: &Commonness,
    ) -> Self {
        let (mut these, mut others) = ([&[][..]; MOST_WORDS], [&[][..]; MOST_WORDS]);
        words.put(&mut these);
        other.put(&mut others);
        let (last_this, last_other) = (words.hashes.len() - 1, other.hashes.len() - 1);
        let mut counts = [0; MOST_WORDS];
        // Which words may have typos, and which of them if they are rare.
        let (mut long, mut rare) = (0u64, 0u64);
        for of in places(missing) {
            counts[of] = commonness.count(other.hashes[of]);
            long |= u64::from(others[of].len() >= SHORTEST) << of;
            rare |= u64::from(counts[of] <= RARE) << of;
        }
        rare &= long;
        let mut left = Self::default();
        let mut unpaired = 0;
        for at in places(extra) {
            let (word, count) = (these[at], commonness.count(words.hashes[at]));
            let weight = commonness.weight_of(count);
            // Others are neither typos of it nor cut off.
            let typos = match word.len() {
                ..SHORTEST => 0,
                _ if count <= RARE => long,
                _ => rare,
            };
            let possible = if at == last_this { u64::MAX } else { typos | 1 << last_other };
            let pair = places(missing & possible).find_map(|of| {
                let (other_word, count_of) = (others[of], counts[of]);
                let is_cut = (at == last_this && other_word.starts_with(word))
                    || (of == last_other && word.starts_with(other_word));
                let (less, more) = (count.min(count_of), count.max(count_of));
                let unheard = less == 0 && more >= WELL_KNOWN;
                let same = is_cut || less <= RARE && is_typo(word, other_word, unheard);
                let speaks = !is_cut || word.len().min(other_word.len()) >= SPEAKING_LETTERS;
                same.then(|| {
                    let weight_of = commonness.weight_of(count_of);
                    (of, weight_of, if speaks { weight.min(weight_of) } else { 0 })
                })
            });
            match pair {
                Some((of, weight_of, shared)) => {
                    left.only_this += weight;
                    left.only_other += weight_of;
                    left.shared += shared;
                    missing &= !(1 << of);
                }
                // The last word of what was cut off may be half a word.
                None if at == last_this && words.cut_off => left.only_this += weight,
                None => unpaired |= 1 << at,
            }
        }
        if other.cut_off && missing >> last_other == 1 {
            left.only_other += commonness.weight(other.hashes[last_other]);
            missing &= !(1 << last_other);
        }
        // However they are grouped: 10 000 and 10,000.
        let (mut one, mut two) = (digits(&these, unpaired).peekable(), digits(&others, missing).peekable());
        left.numbers_differ = one.peek().is_some() && two.peek().is_some() && !one.eq(two);
        left
    }
}

/// The digits of the words at the places of a mask.
fn digits(words: &[&[u8]], mask: u64) -> impl Iterator<Item = u8> {
    places(mask).flat_map(|at| words[at]).copied().filter(u8::is_ascii_digit)
}
