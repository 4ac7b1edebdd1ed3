//! What is known of a word's letters without keeping them.

/// What is known of a word's letters: a hash, how it begins and how it ends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Letters {
    /// Of all but the last few letters.
    hash: u64,
    first: u32,
    /// The last eight, the last one lowest.
    last: u64,
    len: u32,
}

impl Letters {
    /// The letters of a text as it is.
    pub(crate) fn of(text: &str) -> Self {
        let mut letters = Self::default();
        letters.push_all(text.as_bytes());
        letters
    }

    #[inline]
    pub(crate) fn push(&mut self, letter: u8) {
        self.last = self.last << 8 | u64::from(letter);
        self.len = self.len.wrapping_add(1);
        if self.len.is_multiple_of(4) {
            if self.len == 4 {
                self.first = self.last as u32;
            }
            if self.len.is_multiple_of(8) {
                self.hash = mixed(self.hash, self.last);
            }
        }
    }

    pub(crate) fn push_all(&mut self, letters: &[u8]) {
        letters.iter().for_each(|&letter| self.push(letter));
    }

    /// How many there are, in bytes.
    pub(crate) fn len(self) -> u32 {
        self.len
    }

    /// The last one; 0 where there is none.
    pub(crate) fn last(self) -> u8 {
        self.last as u8
    }

    /// Their hash.
    pub(crate) fn hash(self) -> u64 {
        let rest = self.last & ((1 << (8 * (self.len % 8))) - 1);
        mixed(self.hash ^ u64::from(self.len) << 56, rest)
    }

    /// The first four of them, where there are so many.
    pub(crate) fn first(self) -> Option<u32> {
        (self.len >= 4).then_some(self.first)
    }

    /// The last three of them and the end, which is 0; where there are two, those.
    pub(crate) fn end(self) -> Option<u32> {
        (self.len >= 2).then_some((self.last << 8) as u32)
    }
}

/// Eight letters more in a hash: a multiplication mixes them (Knuth, 6.4).
fn mixed(hash: u64, eight: u64) -> u64 {
    let hash = (hash ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
