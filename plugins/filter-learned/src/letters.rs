//! What is known of a word's letters without keeping them.

/// What is known of a word's letters: a hash, how it begins and how it ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters {
    hash: u64,
    first: u32,
    /// The last three and the end, which is 0.
    end: u32,
    len: u32,
}

impl Letters {
    /// The letters of a text as it is.
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let head = eight(bytes, 0);
        let (mut hash, mut last, mut from) = (0, head, 0);
        while from + 8 <= bytes.len() {
            hash = mixed(hash, eight(bytes, from));
            from += 8;
        }
        match bytes.last_chunk::<8>() {
            Some(eight) => last = u64::from_be_bytes(*eight),
            None => last = last.unbounded_shr(64 - 8 * bytes.len() as u32),
        }
        Self::from_parts(hash, head, last, rest_of(last, bytes.len()), bytes.len())
    }

    /// The letters of a word of ASCII letters, digits and `_`, which is not empty, made small; and whether all of
    /// them are digits.
    // Inlined for certain, for what it finds is handed on in registers then.
    #[inline(always)]
    pub(crate) fn of_plain(text: &[u8], start: usize, end: usize) -> (Self, bool) {
        let len = end - start;
        if len < 8 {
            let unused = 64 - 8 * len as u32;
            let head = small(eight(text, start) >> unused << unused);
            let last = head >> unused;
            return (Self::from_parts(0, head, last, last, len), head & NOT_DIGITS == 0);
        }
        let head = small(eight(text, start));
        let last = small(eight(text, end - 8));
        let (mut hash, mut all, mut from) = (mixed(0, head), head | last, start + 8);
        while from + 8 <= end {
            let next = small(eight(text, from));
            (hash, all, from) = (mixed(hash, next), all | next, from + 8);
        }
        (Self::from_parts(hash, head, last, rest_of(last, len), len), all & NOT_DIGITS == 0)
    }

    /// From the hash of all whole eights of letters, the first eight, the last eight, the rest behind all whole eights,
    /// and how many there are.
    #[inline(always)]
    const fn from_parts(hash: u64, head: u64, last: u64, rest: u64, len: usize) -> Self {
        let hash = mixed(hash ^ (len as u64) << 56, rest);
        Self { hash, first: (head >> 32) as u32, end: (last << 8) as u32, len: len as u32 }
    }

    /// The letters of a word of at most seven, as [`of`](Self::of) gives them, when this is compiled.
    pub(crate) const fn of_short<const LEN: usize>(word: &[u8; LEN]) -> Self {
        let (mut last, mut at) = (0, 0);
        while at < LEN {
            last = last << 8 | word[at] as u64;
            at += 1;
        }
        Self::from_parts(0, last << (64 - 8 * LEN), last, last, LEN)
    }

    /// How many there are, in bytes.
    #[inline]
    pub(crate) fn len(self) -> u32 {
        self.len
    }

    /// Their hash.
    #[inline]
    pub(crate) const fn hash(self) -> u64 {
        self.hash
    }

    /// The first four of them, where there are so many.
    #[inline]
    pub(crate) fn first(self) -> Option<u32> {
        (self.len >= 4).then_some(self.first)
    }

    /// The last three of them and the end, which is 0; where there are two, those.
    #[inline]
    pub(crate) fn end(self) -> Option<u32> {
        (self.len >= 2).then_some(self.end)
    }
}

/// Letters that come one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spelling {
    /// Of all whole eights.
    hash: u64,
    head: u64,
    /// The last eight, the last one lowest.
    last: u64,
    len: usize,
}

impl Spelling {
    #[inline]
    pub(crate) fn push(&mut self, letter: u8) {
        self.last = self.last << 8 | u64::from(letter);
        self.len += 1;
        if self.len.is_multiple_of(4) {
            if self.len == 4 {
                self.head = self.last << 32;
            }
            if self.len.is_multiple_of(8) {
                self.hash = mixed(self.hash, self.last);
            }
        }
    }

    pub(crate) fn push_all(&mut self, letters: &[u8]) {
        letters.iter().for_each(|&letter| self.push(letter));
    }

    pub(crate) fn letters(self) -> Letters {
        let rest = rest_of(self.last, self.len);
        Letters::from_parts(self.hash, self.head, self.last, rest, self.len)
    }
}

/// What every letter and `_` has and no digit.
const NOT_DIGITS: u64 = 0x4040_4040_4040_4040;

/// Of the last eight of so many letters those behind all whole eights.
#[inline]
fn rest_of(last: u64, len: usize) -> u64 {
    last & ((1 << (8 * (len % 8))) - 1)
}

/// ASCII letters, digits and `_` made small.
#[inline]
fn small(eight: u64) -> u64 {
    let small = eight | 0x2020_2020_2020_2020;
    // Of all these `_` alone becomes 0x7F; that is taken back.
    small ^ (small.wrapping_add(0x0101_0101_0101_0101) & 0x8080_8080_8080_8080) >> 2
}

/// The eight bytes from a place on, the first one highest. Behind the text stand zeros.
#[inline]
pub(crate) fn eight(text: &[u8], at: usize) -> u64 {
    crible_sdk::blocks::eight(text, at).swap_bytes()
}

/// Eight letters more in a hash: a multiplication mixes them (Knuth, 6.4).
#[inline]
const fn mixed(hash: u64, eight: u64) -> u64 {
    let hash = (hash ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_that_differ_in_a_letter_or_in_length_have_other_hashes() {
        let words = ["", "a", "b", "ab", "ba", "inondatio", "inondation", "inondations", "anondations"];
        let mut hashes = words.map(|word| Letters::of(word).hash()).to_vec();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.len());
    }

    #[test]
    fn a_word_has_a_beginning_and_an_end() {
        let known = |word| (Letters::of(word).first(), Letters::of(word).end());
        let four = |bytes: &[u8; 4]| Some(u32::from_be_bytes(*bytes));
        assert_eq!(known("a"), (None, None));
        assert_eq!(known("de"), (None, four(b"\0de\0")));
        assert_eq!(known("pont"), (four(b"pont"), four(b"ont\0")));
        assert_eq!(known("evacuation"), (four(b"evac"), four(b"ion\0")));
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
            let (plain, digits) =
                Letters::of_plain(text.as_bytes(), before.len(), before.len() + word.len());
            let whole = Letters::of(&word.to_ascii_lowercase());
            prop_assert_eq!((plain.hash(), plain.len()), (whole.hash(), whole.len()));
            prop_assert_eq!((plain.first(), plain.end()), (whole.first(), whole.end()));
            prop_assert_eq!(digits, word.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}
