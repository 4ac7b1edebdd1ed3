//! Plain words, eight bytes at a time: letters of ASCII and from `À` to `ÿ`. Most words of the Latin writing are such.

use crate::eights::{EACH, HIGH, between, equal, two_eights};

/// A plain word of at most 15 bytes.
#[derive(Clone, Copy)]
pub(crate) struct PlainWord<'t> {
    text: &'t str,
    start: usize,
    len: usize,
    /// Its bytes made small, and zeros behind them.
    pub(crate) eights: [u64; 2],
    pub(crate) letters: usize,
}

impl<'t> PlainWord<'t> {
    /// As it stands in the text.
    pub(crate) fn written(&self) -> &'t str {
        self.text.get(self.start..self.start + self.len).unwrap_or_default()
    }

    pub(crate) fn is_ascii(&self) -> bool {
        self.letters == self.len
    }
}

/// What makes a byte of a capital small, in ASCII as in the second byte of `À` to `Þ`.
const SMALL: u64 = 0x20 * EACH;
/// The first byte of `À` to `ÿ`.
const LEAD: u8 = 0xC3;
/// The second bytes of `×` and `÷`, which are no letters.
const NO_LETTERS: [u8; 2] = [0x97, 0xB7];

/// One bit for each sign that may stand between a word and a space.
const SIGNS: u64 =
    1 << b'!' | 1 << b'"' | 1 << b')' | 1 << b',' | 1 << b'.' | 1 << b':' | 1 << b';' | 1 << b'?';

/// `www`, which a full stop makes an address.
const WWW: u64 = 0x77_7777;

/// The word at a place of a text, if it is plain and there is at most a sign between it and the next space, and where
/// the text goes on then.
#[inline(always)]
pub(crate) fn word_at(text: &str, at: usize) -> Option<(PlainWord<'_>, usize)> {
    let bytes = text.as_bytes();
    // Without a branch on the length, which nobody can predict.
    let [(first, mut len), (second, more)] = two_eights(bytes, at).map(letters_first);
    let goes_on = u64::from(len == 8);
    let second = second & goes_on.wrapping_neg();
    len += more & (goes_on as usize).wrapping_neg();
    if len == 0 || len == 16 {
        return None;
    }
    let mut letters = len;
    if (first | second) & HIGH != 0 {
        letters -= second_bytes(first)? + second_bytes(second)?;
    }
    let eights = [first, second].map(made_small);
    let mut end = at + len;
    let sign = byte_at(bytes, end);
    if sign != b' ' {
        let is_sign = sign < 64 && SIGNS >> sign & 1 == 1;
        if !is_sign || byte_at(bytes, end + 1) != b' ' || sign == b'.' && eights[0] == WWW {
            return None;
        }
        end += 1;
    }
    Some((PlainWord { text, start: at, len, eights, letters }, end))
}

/// The letters that eight bytes begin with, and how many bytes that are; bytes beyond ASCII are taken for letters.
#[inline]
fn letters_first(eight: u64) -> (u64, usize) {
    let others = !between(eight | SMALL, b'a', b'z') & !eight & HIGH;
    let behind = (others & others.wrapping_neg()) >> 7;
    (eight & behind.wrapping_sub(1), others.trailing_zeros() as usize / 8)
}

/// How many bytes are the second of a letter; `None` if others than those from `À` to `ÿ` are beyond ASCII.
#[inline]
fn second_bytes(eight: u64) -> Option<usize> {
    let lead = eight & eight << 1 & HIGH;
    let others = lead & !equal(eight, LEAD) | equal(eight, NO_LETTERS[0]) | equal(eight, NO_LETTERS[1]);
    (others == 0).then(|| (eight & !lead & HIGH).count_ones() as usize)
}

/// Eight bytes of letters, or zeros behind them, made small.
#[inline]
pub(crate) fn made_small(eight: u64) -> u64 {
    // No letter's byte is without the bit of 64 or 128, and zeros are without both.
    eight | (eight >> 1 | eight >> 2) & SMALL
}

/// A byte; behind the end stands a space.
#[inline]
fn byte_at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(b' ')
}
