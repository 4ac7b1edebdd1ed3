//! Where words and signs stand in a text: one bit a byte, 64 bytes at a time.

use crible_sdk::blocks::marked;

use crate::letters::eight;

pub(crate) use crible_sdk::blocks::BLOCK;

/// What the bytes of a block are; the lowest bit is the first one's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks {
    capitals: u64,
    small: u64,
    digits: u64,
    spaces: u64,
    /// Part of a word as far as can be seen from a byte: a letter, a digit, `_` or what is not ASCII.
    pub(crate) words: u64,
    /// What is not ASCII.
    pub(crate) wide: u64,
    /// Signs that mean something alone.
    pub(crate) signs: u64,
}

impl Marks {
    #[inline]
    pub(crate) fn of(block: &[u8; BLOCK]) -> Self {
        let capitals = marked(block, |byte| byte.wrapping_sub(b'A') < 26);
        let small = marked(block, |byte| byte.wrapping_sub(b'a') < 26);
        let digits = marked(block, |byte| byte.wrapping_sub(b'0') < 10);
        let lines = marked(block, |byte| byte == b'_');
        let wide = marked(block, |byte| byte >= 0x80);
        Self {
            capitals,
            small,
            digits,
            spaces: marked(block, |byte| (byte == b' ') | (byte == b'\n')),
            words: capitals | small | digits | lines | wide,
            wide,
            signs: marked(block, |byte| (byte == b'!') | (byte == b'?') | (byte == b'$') | (byte == b'%')),
        }
    }
}

/// How many bytes of each sort a text has: which form it has, whatever its words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sorts {
    /// Small letters and letters of other alphabets.
    pub(crate) small: u32,
    pub(crate) capitals: u32,
    pub(crate) digits: u32,
    /// Signs of ASCII.
    pub(crate) signs: u32,
    /// Emoji and the like.
    pub(crate) others: u32,
}

impl Sorts {
    /// Count the bytes of a block.
    #[inline]
    pub(crate) fn add(&mut self, block: &[u8; BLOCK], marks: &Marks) {
        let Marks { capitals, small, digits, spaces, wide, .. } = marks;
        self.small += small.count_ones();
        self.capitals += capitals.count_ones();
        self.digits += digits.count_ones();
        self.signs += (capitals | small | digits | spaces | wide).count_zeros();
        if *wide != 0 {
            // The first bytes of accented letters and of letters of other alphabets; of emoji and the like.
            self.small += marked(block, |byte| (0xC3..0xE2).contains(&byte)).count_ones();
            self.others += marked(block, |byte| byte >= 0xE2).count_ones();
        }
    }
}

/// The last block of a text, with spaces behind it.
#[inline]
pub(crate) fn filled(rest: &[u8]) -> [u8; BLOCK] {
    let mut block = [b' '; BLOCK];
    let (eights, _) = block.as_chunks_mut::<8>();
    // Eight bytes at a time, for a copy of so few bytes costs a call.
    for (to, at) in eights.iter_mut().zip((0..rest.len()).step_by(8)) {
        let missing = (at + 8).saturating_sub(rest.len());
        let spaces = u64::from_be_bytes([b' '; 8]).unbounded_shr(64 - 8 * missing as u32);
        *to = (eight(rest, at) | spaces).to_be_bytes();
    }
    block
}
