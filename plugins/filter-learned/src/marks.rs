//! Where words and signs stand in a text: one bit a byte, 64 bytes at a time.

use crible_sdk::blocks::{eight, marked};

pub(crate) use crible_sdk::blocks::BLOCK;

/// What the bytes of a block are; the lowest bit is the first one's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks {
    capitals: u64,
    pub(crate) digits: u64,
    spaces: u64,
    /// Part of a word as far as can be seen from a byte: a letter, a digit, `_` or what is not ASCII.
    pub(crate) words: u64,
    /// What is not ASCII.
    pub(crate) wide: u64,
    /// The first bytes of accented letters and of letters of other alphabets.
    leads: u64,
    /// The first bytes of emoji and the like.
    others: u64,
    /// Signs that mean something alone.
    pub(crate) signs: u64,
    /// Signs that make a tag or a mention of the word behind them.
    pub(crate) tags: u64,
}

impl Marks {
    /// The marks of the bytes of a text from a place on.
    #[inline]
    pub(crate) fn at(text: &[u8], at: usize) -> Self {
        let rest = &text[at..];
        let few;
        let (block, before) = match (rest.first_chunk(), text.last_chunk()) {
            (Some(block), _) => (block, 0),
            (None, Some(block)) => (block, BLOCK - rest.len()),
            (None, None) => {
                few = filled(rest);
                (&few, 0)
            }
        };
        Self::of(block).behind(before as u32)
    }

    #[inline(always)]
    fn of(block: &[u8; BLOCK]) -> Self {
        let wide = marked(block, |byte| byte >= 0x80);
        let parts = marked(block, |byte| {
            ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte == b'_')
        });
        let (mut leads, mut others) = (0, 0);
        if wide != 0 {
            leads = marked(block, |byte| (0xC3..0xE2).contains(&byte));
            others = marked(block, |byte| byte >= 0xE2);
        }
        Self {
            capitals: marked(block, |byte| byte.wrapping_sub(b'A') < 26),
            digits: marked(block, |byte| byte.wrapping_sub(b'0') < 10),
            spaces: marked(block, |byte| (byte == b' ') | (byte == b'\n')),
            words: parts | wide,
            wide,
            leads,
            others,
            signs: marked(block, |byte| (byte == b'!') | (byte == b'?') | (byte == b'$') | (byte == b'%')),
            tags: marked(block, |byte| (byte == b'#') | (byte == b'@')),
        }
    }

    /// The marks of the bytes behind so many.
    #[inline(always)]
    fn behind(self, before: u32) -> Self {
        Self {
            capitals: self.capitals >> before,
            digits: self.digits >> before,
            spaces: self.spaces >> before,
            words: self.words >> before,
            wide: self.wide >> before,
            leads: self.leads >> before,
            others: self.others >> before,
            signs: self.signs >> before,
            tags: self.tags >> before,
        }
    }
}

/// How many bytes of each sort a text has: which form it has, whatever its words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sorts {
    /// Small letters, letters of other alphabets and `_`.
    pub(crate) small: u32,
    pub(crate) capitals: u32,
    pub(crate) digits: u32,
    /// Signs of ASCII.
    pub(crate) signs: u32,
    /// Emoji and the like.
    pub(crate) others: u32,
}

impl Sorts {
    /// Count the first bytes of a block, which are so many.
    #[inline]
    pub(crate) fn add(&mut self, marks: &Marks, bytes: u32) {
        let those = u64::MAX.unbounded_shr(u64::BITS - bytes);
        let count = |marks: u64| (marks & those).count_ones();
        let Marks { capitals, digits, spaces, words, wide, leads, others, .. } = *marks;
        self.small += count(words & !(capitals | digits | wide) | leads);
        self.capitals += count(capitals);
        self.digits += count(digits);
        self.signs += bytes - count(words | spaces);
        self.others += count(others);
    }
}

/// A text of fewer bytes than a block has, with zeros behind it.
#[inline]
fn filled(text: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let (eights, _) = block.as_chunks_mut::<8>();
    // Eight bytes at a time, for a copy of so few bytes costs a call.
    for (at, to) in eights.iter_mut().enumerate() {
        *to = eight(text, 8 * at).to_le_bytes();
    }
    block
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_byte_has_its_marks_wherever_it_stands(text in "[ -~é💥\n]{1,150}", at in any::<prop::sample::Index>()) {
            let bytes = text.as_bytes();
            let at = at.index(bytes.len());
            let marks = Marks::at(bytes, at);
            for offset in 0..BLOCK {
                let byte = bytes.get(at + offset).copied().unwrap_or(0);
                let has = |marks: u64| marks >> offset & 1 == 1;
                let is_part = byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
                prop_assert_eq!(has(marks.words), is_part);
                prop_assert_eq!(has(marks.wide), !byte.is_ascii());
                prop_assert_eq!(has(marks.capitals), byte.is_ascii_uppercase());
                prop_assert_eq!(has(marks.digits), byte.is_ascii_digit());
                prop_assert_eq!(has(marks.signs), b"!?$%".contains(&byte));
                prop_assert_eq!(has(marks.tags), b"#@".contains(&byte));
            }
        }
    }
}
