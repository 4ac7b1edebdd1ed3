//! What is known of a word's letters without keeping them.

use crible_sdk::blocks::eight;

/// What is known of a word's letters: its first eight, its last eight and how many there are. So a long word costs no
/// more than a short one; of more than sixteen letters those in the middle are not looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters {
    /// The first one lowest; zeros above where there are fewer.
    head: u64,
    /// The last one highest; zeros below where there are fewer.
    last: u64,
    len: u32,
}

impl Letters {
    /// The letters of a text, those of ASCII made small.
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (head, last) = (eight(bytes, 0), eight(bytes, bytes.len().saturating_sub(8)));
        let used = u64::MAX.unbounded_shl(unused(bytes.len()));
        let last = small(last.unbounded_shl(unused(bytes.len()))) & used;
        Self { head: small(head) & used.reverse_bits(), last, len: bytes.len() as u32 }
    }

    /// The letters of a word of ASCII letters, digits and `_`, made small; it is not empty and stands in a text of
    /// eight bytes or more, whose last eight begin at `last`.
    // Inlined for certain, for what it finds is handed on in registers then.
    #[inline(always)]
    pub(crate) fn of_plain(text: &[u8], last: usize, start: usize, len: usize) -> Self {
        // Without a branch: how long a word is cannot be predicted, and each text has an end.
        let eight = |at: usize| {
            let from = at.min(last);
            let eight = text.get(from..).and_then(|rest| rest.first_chunk());
            eight.map_or(0, |eight| u64::from_le_bytes(*eight)) >> (8 * (at - from) as u32 % u64::BITS)
        };
        let unused = unused(len) % u64::BITS;
        let head = (eight(start) | SMALL) << unused >> unused;
        let last = (eight(start + len.saturating_sub(8)) | SMALL) << unused;
        Self { head, last, len: len as u32 }
    }

    /// The letters of a word of at most seven, as [`of`](Self::of) gives them, when this is compiled.
    pub(crate) const fn of_short<const LEN: usize>(word: &[u8; LEN]) -> Self {
        let (mut head, mut at) = (0, LEN);
        while at > 0 {
            at -= 1;
            head = head << 8 | (word[at] | SMALL as u8) as u64;
        }
        Self { head, last: head << (64 - 8 * LEN), len: LEN as u32 }
    }

    /// How many there are, in bytes.
    #[inline]
    pub(crate) fn len(self) -> u32 {
        self.len
    }

    /// Their hash, whose high bits are the best.
    #[inline]
    pub(crate) const fn hash(self) -> u64 {
        // Sums of products mix them (Knuth, 6.4); the last product spreads what lies above into what is below. The 1 is
        // there that no letters have a hash too.
        let head = self.head.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let last = (self.last ^ self.len as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let sum = head.wrapping_add(last) ^ 1;
        (sum ^ sum >> 32).wrapping_mul(0x94D0_49BB_1331_11EB)
    }

    /// Whether all that are looked at are digits.
    #[inline]
    pub(crate) fn is_number(self) -> bool {
        (self.head | self.last) & NOT_DIGITS == 0
    }

    /// Whether it begins with `http` or `www`, as addresses do.
    #[inline]
    pub(crate) fn may_begin_address(self) -> bool {
        // Without a branch between.
        (self.head as u32 == u32::from_le_bytes(*b"http"))
            | (self.head << 40 == u64::from_le_bytes(*b"\0\0\0\0\0www"))
    }

    /// The first four of them; 0 where there are fewer.
    #[inline]
    pub(crate) fn first(self) -> u32 {
        if self.len >= 4 { self.head as u32 } else { 0 }
    }

    /// The last three of them, or where there are two, those; 0 where there are fewer. The lowest byte is 0.
    #[inline]
    pub(crate) fn end(self) -> u32 {
        if self.len >= 2 { (self.last >> 32) as u32 & 0xFFFF_FF00 } else { 0 }
    }
}

/// Letters that come one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spelling {
    head: u64,
    last: u64,
    len: u32,
}

impl Spelling {
    #[inline]
    pub(crate) fn push(&mut self, letter: u8) {
        let letter = small(u64::from(letter)) & 0xFF;
        if self.len < 8 {
            self.head |= letter << (8 * self.len);
        }
        self.last = self.last >> 8 | letter << 56;
        self.len = self.len.saturating_add(1);
    }

    pub(crate) fn push_all(&mut self, letters: &[u8]) {
        letters.iter().for_each(|&letter| self.push(letter));
    }

    pub(crate) fn letters(self) -> Letters {
        let Self { head, last, len } = self;
        Letters { head, last, len }
    }
}

/// What every letter and `_` has and no digit.
const NOT_DIGITS: u64 = 0x4040_4040_4040_4040;
/// What a small letter and a digit have. `_` gets it too: it becomes what is in no word.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// How many bits of eight letters are not used where there are so many.
#[inline]
fn unused(len: usize) -> u32 {
    u64::BITS - 8 * len.min(8) as u32
}

/// The letters of ASCII among eight made small.
#[inline]
fn small(eight: u64) -> u64 {
    eight | !eight >> 2 & SMALL
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_that_differ_in_a_letter_or_in_length_have_other_hashes() {
        let words = ["", "a", "b", "ab", "ba", "inondatio", "inondation", "inondations", "anondations"];
        let long = ["anticonstitutionnellement", "anticonstitutionellement"];
        let mut hashes: Vec<u64> = words.iter().chain(&long).map(|word| Letters::of(word).hash()).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.len() + long.len());
    }

    #[test]
    fn a_word_has_a_beginning_and_an_end() {
        let known = |word| (Letters::of(word).first(), Letters::of(word).end());
        let four = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        assert_eq!(known("a"), (0, 0));
        assert_eq!(known("de"), (0, four(b"\0\0de")));
        assert_eq!(known("pont"), (four(b"pont"), four(b"\0ont")));
        assert_eq!(known("Evacuation"), (four(b"evac"), four(b"\0ion")));
    }

    #[test]
    fn an_address_may_begin_with_two_words() {
        let may = ["http", "https", "HTTP", "www", "www2"].map(|word| Letters::of(word).may_begin_address());
        let may_not = ["", "ht", "htt", "w", "ww", "wwx"].map(|word| Letters::of(word).may_begin_address());
        assert_eq!((may, may_not), ([true; 5], [false; 6]));
    }

    proptest! {
        #[test]
        fn letters_one_after_the_other_are_those_of_the_whole(word in "\\PC{0,12}") {
            let mut spelling = Spelling::default();
            spelling.push_all(word.as_bytes());
            let (spelled, whole) = (spelling.letters(), Letters::of(&word));
            prop_assert_eq!((spelled.hash(), spelled.len()), (whole.hash(), whole.len()));
            prop_assert_eq!((spelled.first(), spelled.end()), (whole.first(), whole.end()));
        }

        #[test]
        fn a_plain_word_is_known_as_its_small_letters_are(
            before in "\\PC{0,12}", word in "[0-9]{1,20}|[A-Za-z0-9_]{1,40}", after in "\\PC{0,12}",
        ) {
            let text = format!("{before}{word}{after}");
            prop_assume!(text.len() >= 8);
            let plain = Letters::of_plain(text.as_bytes(), text.len() - 8, before.len(), word.len());
            let whole = Letters::of(&word.to_ascii_lowercase());
            prop_assert_eq!((plain.hash(), plain.len()), (whole.hash(), whole.len()));
            prop_assert_eq!((plain.first(), plain.end()), (whole.first(), whole.end()));
            let ends = word.bytes().take(8).chain(word.bytes().rev().take(8));
            prop_assert_eq!(plain.is_number(), ends.into_iter().all(|byte| byte.is_ascii_digit()));
        }
    }
}
