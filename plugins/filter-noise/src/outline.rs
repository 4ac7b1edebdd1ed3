//! What the bytes of a text tell at a glance, without a look at its letters: plain arithmetic on bytes, which
//! compilers turn into vector instructions, and then on a bit for each byte.

use crible_sdk::blocks::{BLOCK, gathered, mark};

use crate::text::Text;

/// What a block of bytes consists of, a bit a byte.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// Small letters and capitals of ASCII, and both with its digits.
    small: u64,
    capital: u64,
    plain: u64,
    /// Spaces of ASCII, and what is no more of the text.
    space: u64,
    /// Signs without which only `www.` is an address.
    told: u64,
    /// All beyond ASCII.
    high: u64,
}

/// What stands behind a text.
const BEHIND: Block = Block { small: 0, capital: 0, plain: 0, space: !0, told: 0, high: 0 };

/// Signs of what a text may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    /// How many capitals it has at most.
    pub(crate) capitals: u32,
    /// How many words it has at least; for certain only where nothing stands three times in a row.
    pub(crate) words: u32,
    /// Whether four same letters or three marks `!` and `?` may stand in a row.
    pub(crate) row: bool,
    /// Whether three same letters or digits may stand in a row.
    pub(crate) tripled: bool,
}

/// The outline of a text.
#[derive(Debug)]
pub(crate) struct Outline {
    blocks: Vec<Block>,
    pub(crate) signs: Signs,
    /// A copy of the last bytes of a column.
    spare: [u8; BLOCK + 1],
}

impl Default for Outline {
    fn default() -> Self {
        Self { blocks: vec![BEHIND], signs: Signs::default(), spare: [0; BLOCK + 1] }
    }
}

/// What reaches from a block into the next.
struct Before {
    /// Whether the last byte was a space.
    space: u64,
    same: u64,
    marks: u64,
    high: u64,
}

impl Outline {
    /// Look at a text; what was seen before is forgotten.
    pub(crate) fn look(&mut self, text: Text<'_>) {
        self.blocks.clear();
        self.signs = Signs::default();
        let mut before = Before { space: 1, same: 0, marks: 0, high: 0 };
        for at in (0..text.len()).step_by(BLOCK) {
            let left = text.len() - at;
            let inside = if left < BLOCK { (1 << left) - 1 } else { !0 };
            let block = self.signs.look(text.block(at, &mut self.spare), inside, &mut before);
            self.blocks.push(block);
        }
        self.blocks.push(BEHIND);
    }

    /// The 64 bytes that begin at a place of the text.
    #[inline]
    pub(crate) fn at(&self, at: usize) -> Sight<'_> {
        let blocks = self.blocks.get(at / BLOCK..).and_then(<[Block]>::first_chunk);
        Sight { blocks: blocks.unwrap_or(&[BEHIND; 2]), shift: (at % BLOCK) as u32 }
    }
}

/// 64 bytes of a text, which reach from one block into the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight<'o> {
    blocks: &'o [Block; 2],
    shift: u32,
}

impl Sight<'_> {
    #[inline]
    pub(crate) fn plain(self) -> u64 {
        self.bits(|block| block.plain)
    }

    #[inline]
    pub(crate) fn space(self) -> u64 {
        self.bits(|block| block.space)
    }

    #[inline]
    pub(crate) fn told(self) -> u64 {
        self.bits(|block| block.told)
    }

    #[inline]
    pub(crate) fn high(self) -> u64 {
        self.bits(|block| block.high)
    }

    #[inline]
    pub(crate) fn small(self) -> u64 {
        self.bits(|block| block.small)
    }

    #[inline]
    pub(crate) fn capital(self) -> u64 {
        self.bits(|block| block.capital)
    }

    #[inline]
    fn bits(self, of: impl Fn(&Block) -> u64) -> u64 {
        let [one, two] = self.blocks;
        of(one) >> self.shift | of(two) << 1 << (63 - self.shift)
    }
}

impl Signs {
    /// Those of two texts together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            capitals: self.capitals + other.capitals,
            words: self.words + other.words,
            row: self.row || other.row,
            tripled: self.tripled || other.tripled,
        }
    }

    /// Look at one more block, of which these bytes are of the text.
    #[inline]
    fn look(&mut self, bytes: &[u8; BLOCK + 1], inside: u64, before: &mut Before) -> Block {
        let small = inside & mask(bytes, |byte, _| is_in::<b'a', 26>(byte));
        let capital = inside & mask(bytes, |byte, _| is_in::<b'A', 26>(byte));
        let plain = small | capital | inside & mask(bytes, |byte, _| is_in::<b'0', 10>(byte));
        let space = !inside | mask(bytes, |byte, _| byte == b' ' || is_in::<b'\t', 5>(byte));
        let told = inside & mask(bytes, |byte, _| byte == b':' || byte == b'@' || byte == b'#');
        let high = inside & mask(bytes, |byte, _| byte >= 0x80);
        let marks = inside & mask(bytes, |byte, _| byte == b'!' || byte == b'?');
        let same = plain & mask(bytes, |byte, next| (byte ^ next) & !0x20 == 0);

        self.capitals += capital.count_ones();
        // A chunk without those signs that begins like a word has a word, whatever follows.
        let starts = plain & (plain | space) >> 1 & (space << 1 | before.space);
        let chunks = !space & !told;
        self.words += (chunks.wrapping_add(starts) & !chunks & space).count_ones();
        let twice = same & (same << 1 | before.same >> 63);
        self.tripled |= twice != 0;
        self.row |= twice & (same << 2 | before.same >> 62) != 0
            || marks & (marks << 1 | before.marks >> 63) & (marks << 2 | before.marks >> 62) != 0;
        if high != 0 {
            self.beyond_ascii(bytes, high, before.high);
        }
        *before = Before { space: space >> 63, same, marks, high };
        Block { small, capital, plain, space, told, high }
    }

    fn beyond_ascii(&mut self, bytes: &[u8; BLOCK + 1], high: u64, before: u64) {
        self.capitals += (high & mask(bytes, may_be_capital)).count_ones();
        // Four letters beyond ASCII have eight bytes at least.
        let four = [1, 2].into_iter().fold(high, |row, by| row & row >> by);
        self.row |= four & four >> 4 != 0 || before.leading_ones() + high.trailing_ones() >= 8;
    }
}

/// Whether a capital may begin beyond ASCII: with any letter but `à` to `ÿ` and what stands before `À`, and with no
/// sign of punctuation, which begins with 0xE2 0x80.
#[inline]
fn may_be_capital(byte: u8, next: u8) -> bool {
    byte >= 0xC3 && !(byte == 0xC3 && next >= 0xA0) && !(byte == 0xE2 && next == 0x80)
}

/// Whether a byte is one of so many from a first one on: as a comparison of signed numbers, which vectors have, while
/// they make that of others of several instructions.
#[inline]
fn is_in<const FIRST: u8, const COUNT: u8>(byte: u8) -> bool {
    byte.wrapping_sub(FIRST).wrapping_add(0x80).cast_signed() < i8::MIN + COUNT.cast_signed()
}

/// A bit for each byte and the next: whether it is so.
#[inline]
fn mask(bytes: &[u8; BLOCK + 1], is: impl Fn(u8, u8) -> bool) -> u64 {
    let mut parts = [0; BLOCK];
    for (at, part) in parts.iter_mut().enumerate() {
        *part = mark(is(bytes[at], bytes[at + 1]));
    }
    gathered(&parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn signs(text: &str) -> Signs {
        let mut outline = Outline::default();
        outline.look(text.into());
        outline.signs
    }

    #[test]
    fn ordinary_texts_show_no_signs() {
        let text = "L’été, « déjà » fini… Çà et là, 1000 fois !! ".repeat(20);
        let signs = signs(&text);
        assert_eq!((signs.capitals, signs.row), (40, false));
        assert_eq!(super::Signs::default(), self::signs(""));
    }

    proptest! {
        #[test]
        fn no_capital_and_no_row_is_overlooked(
            before in "[a-zé ]{0,300}",
            text in "([A-ZÀ-ßŁДΣⒶ𝐀a-zéłд ]|\\PC){0,40}",
            row in 0..9usize,
        ) {
            let rows = ["", "oOo", "aAaa", "éééé", "дддд", "日日日日", "!!!", "!?!", "𝐚𝐚𝐚𝐚"];
            let text = format!("{before}{text}{}", rows[row]);
            let signs = signs(&text);
            let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
            prop_assert!(signs.capitals as usize >= capitals);
            prop_assert!(row < 2 || signs.row);
            prop_assert!(row != 1 || signs.tripled);
        }
    }
}
