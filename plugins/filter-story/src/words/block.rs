//! Sixty-four bytes of a text at once, as a bit for each.

use crible_sdk::blocks::{eight, gathered, mark, marked};

use super::LONGEST_WORD;

pub(super) use crible_sdk::blocks::BLOCK;

/// A part of a text.
pub(super) struct Block {
    /// Its bytes, ASCII letters in lower case; zeros behind.
    folded: [u8; BLOCK + LONGEST_WORD],
    /// Which of them are ASCII letters and digits.
    words: u64,
    /// Which of them may be more than a sign between two words: no ASCII, `@`, dots and colons that an ellipsis or
    /// an address may begin with.
    odd: u64,
    /// Where it begins in the text.
    pub(super) base: usize,
    /// Whether the text ends with it.
    pub(super) last: bool,
}

impl Default for Block {
    fn default() -> Self {
        Self { folded: [0; BLOCK + LONGEST_WORD], words: 0, odd: 0, base: 0, last: false }
    }
}

impl Block {
    /// Read the part from a place on, or the last one of that length.
    pub(super) fn read(&mut self, text: &[u8], from: usize) {
        self.base = from.min(text.len().saturating_sub(BLOCK));
        self.last = self.base + BLOCK >= text.len();
        match text[self.base..].first_chunk::<BLOCK>() {
            Some(bytes) => self.fold(bytes),
            None => {
                let mut bytes = [0; BLOCK];
                let (eights, _) = bytes.as_chunks_mut::<8>();
                for (to, at) in eights.iter_mut().zip((0..text.len()).step_by(8)) {
                    *to = eight(text, at).to_le_bytes();
                }
                self.fold(&bytes);
            }
        }
    }

    #[inline]
    fn fold(&mut self, bytes: &[u8; BLOCK]) {
        let (mut words, mut odd) = ([0; BLOCK], [0; BLOCK]);
        let each = bytes.iter().zip(&mut self.folded).zip(words.iter_mut().zip(&mut odd));
        // Plain arithmetic on bytes, which compilers turn into vector instructions.
        for ((&byte, folded), (word, odd)) in each {
            let upper = mark(byte.wrapping_sub(b'A') < 26);
            let lower = mark(byte.wrapping_sub(b'a') < 26);
            let digit = mark(byte.wrapping_sub(b'0') < 10);
            *folded = byte | upper & 0x20;
            *word = upper | lower | digit;
            *odd = mark((byte >= 0x80) | (byte == b'@'));
        }
        self.words = gathered(&words);
        // Where the block ends it is not known what follows.
        let stops = marked(bytes, |byte| (byte == b'.') | (byte == b':'));
        let follow = marked(bytes, |byte| (byte == b'.') | (byte == b'/')) >> 1 | 1 << (BLOCK - 1);
        self.odd = gathered(&odd) | stops & follow;
    }

    /// What of it lies behind a place of the text, at which it begins or behind.
    #[inline]
    pub(super) fn behind(&self, at: usize) -> Rest {
        let from = (at - self.base) as u32;
        let odd = self.odd.unbounded_shr(from).trailing_zeros() + from;
        Rest { words: self.words & u64::MAX.unbounded_shl(from), odd: odd as usize }
    }

    /// Eight of its bytes from a place on.
    #[inline]
    pub(super) fn eight(&self, at: usize) -> u64 {
        let eight = self.folded.get(at..).and_then(|bytes| bytes.first_chunk::<8>());
        eight.map_or(0, |eight| u64::from_le_bytes(*eight))
    }
}

/// What of a block was not looked at yet.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    words: u64,
    /// The place of the first byte that may be more than a sign; beyond the block where there is none.
    pub(super) odd: usize,
}

impl Rest {
    /// Where the next word begins and ends in the block.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(usize, usize)> {
        let words = self.words;
        if words == 0 {
            return None;
        }
        // Added to a run of ones, the lowest of them makes it zeros and a one behind.
        let carried = words.wrapping_add(words & words.wrapping_neg());
        self.words = words & carried;
        Some((words.trailing_zeros() as usize, carried.trailing_zeros() as usize))
    }
}
