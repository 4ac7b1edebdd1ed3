//! A word that is folded a character at a time: one that is not ASCII.

use crible_sdk::blocks::eight;

use crate::fold::{Kind, kind, latin, push_folded};
use crate::letters::{LONGEST, Letters, NOT_ASCII, SMALL, first};

/// A folded word; what is too long for it is left out.
pub(crate) struct Folded {
    /// With room for eight bytes behind the longest word.
    bytes: [u8; LONGEST + 8],
    len: usize,
}

impl Folded {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; LONGEST + 8], len: 0 }
    }

    /// All characters of a word.
    pub(crate) fn of(word: &str) -> Self {
        let mut folded = Self::new();
        for c in word.chars() {
            match c {
                _ if c.is_ascii() => folded.push(c.to_ascii_lowercase() as u8),
                _ if kind(c) == Kind::Mark => {}
                _ => folded.push_char(c),
            }
        }
        folded
    }

    /// Read the word that begins here instead of the one before, of letters and digits as far as they are ASCII.
    /// Returns where it ends, and whether a capital stands behind a small letter in it.
    #[inline]
    pub(crate) fn read_word(&mut self, text: &str, start: usize, end: usize) -> (usize, bool) {
        let bytes = text.as_bytes();
        let mut at = start;
        // 32 in the lowest byte where no small letter stands before.
        let (mut humps, mut before) = (0, 0x20);
        self.len = 0;
        while at < end {
            let eight = eight(bytes, at);
            let ascii = ((eight & NOT_ASCII).trailing_zeros() as usize / 8).min(end - at);
            if ascii > 0 {
                let capitals = !eight & SMALL & first(ascii);
                humps |= capitals & !(capitals << 8 | before);
                before = capitals >> (8 * (ascii - 1));
                self.push_eight(eight | SMALL, ascii);
                at += ascii;
                continue;
            }
            before = 0;
            if let Some(plain) = latin(bytes, at) {
                self.push_eight(u64::from(plain), 1);
                at += 2;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            match kind(c) {
                Kind::Letter => self.push_char(c),
                Kind::Mark => {}
                Kind::Word if self.len == 0 => {
                    self.push_char(c);
                    at += c.len_utf8();
                    break;
                }
                Kind::Word | Kind::Gap => break,
            }
            at += c.len_utf8();
        }
        (at, humps != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn letters(&self) -> Letters<'_> {
        Letters::of(&self.bytes[..self.len])
    }

    /// Push the first so many of eight bytes.
    #[inline]
    fn push_eight(&mut self, eight: u64, count: usize) {
        if let Some(free) = self.bytes.get_mut(self.len..).and_then(|free| free.first_chunk_mut()) {
            *free = eight.to_le_bytes();
            self.len = (self.len + count).min(LONGEST);
        }
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.push_eight(u64::from(byte), 1);
    }

    fn push_char(&mut self, c: char) {
        push_folded(c, |bytes| bytes.iter().for_each(|&byte| self.push(byte)));
    }
}
