//! What the bytes of a text tell at a glance, without a look at its letters: plain arithmetic on bytes, which
//! compilers turn into vector instructions.

/// Signs that a text may be shouted or stretched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    /// How many capitals it has at most.
    pub(crate) capitals: u32,
    /// Whether four same letters or three marks `!` and `?` may stand in a row.
    pub(crate) row: bool,
}

/// How many bytes behind one are looked at with it.
const BEHIND: usize = 7;

/// So many bytes are looked at together: few enough for a count in a byte.
const BLOCK: usize = 128;

impl Signs {
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut signs = Self::default();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            signs = signs.and(match rest.first_chunk() {
                Some(block) => Self::of_block(block),
                None => {
                    let mut block = [0; BLOCK + BEHIND];
                    block[..rest.len()].copy_from_slice(rest);
                    Self::of_block(&block)
                }
            });
            at += BLOCK;
        }
        signs
    }

    /// Those of two texts together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { capitals: self.capitals + other.capitals, row: self.row || other.row }
    }

    fn of_block(block: &[u8; BLOCK + BEHIND]) -> Self {
        let (mut capitals, mut rows) = (0u8, 0u8);
        for at in 0..BLOCK {
            let [one, two, three, four] = [0, 1, 2, 3].map(|behind| block[at + behind]);
            capitals += may_be_capital(one, two);
            let same = (one ^ two | one ^ three | one ^ four) & !0x20 == 0;
            rows |= u8::from(is_letter(one)) & u8::from(same);
            rows |= is_mark(one) & is_mark(two) & is_mark(three);
            // Four letters beyond ASCII have eight bytes at least.
            rows |= (0..=BEHIND).fold(0x80, |high, behind| high & block[at + behind]);
        }
        Self { capitals: u32::from(capitals), row: rows != 0 }
    }
}

/// 1 where a capital may begin: one of ASCII, or any letter beyond it but `à` to `ÿ` and what stands before `À`, and
/// no sign of punctuation, which begins with 0xE2 0x80.
#[inline]
fn may_be_capital(byte: u8, next: u8) -> u8 {
    let ascii = u8::from(byte.wrapping_sub(b'A') < 26);
    let small_latin = u8::from(byte == 0xC3) & u8::from(next >= 0xA0);
    let punctuation = u8::from(byte == 0xE2) & u8::from(next == 0x80);
    ascii | u8::from(byte >= 0xC3) & !(small_latin | punctuation)
}

#[inline]
fn is_letter(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26
}

#[inline]
fn is_mark(byte: u8) -> u8 {
    u8::from(byte == b'!') | u8::from(byte == b'?')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_texts_show_no_signs() {
        let text = "L’été, « déjà » fini… Çà et là, 1000 fois !! ".repeat(20);
        assert_eq!(Signs::of(&text), Signs { capitals: 40, row: false });
        assert_eq!(Signs::of(""), Signs::default());
    }

    proptest! {
        #[test]
        fn no_capital_and_no_row_is_overlooked(
            before in "[a-zé ]{0,300}",
            text in "([A-ZÀ-ßŁДΣⒶ𝐀a-zéłд ]|\\PC){0,40}",
            row in 0..8usize,
        ) {
            let rows = ["", "aAaa", "éééé", "дддд", "日日日日", "!!!", "!?!", "𝐚𝐚𝐚𝐚"];
            let text = format!("{before}{text}{}", rows[row]);
            let signs = Signs::of(&text);
            let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
            prop_assert!(signs.capitals as usize >= capitals);
            prop_assert!(row == 0 || signs.row);
        }
    }
}
