//! Eight bytes of a text at once, in a number whose lowest byte is the first.

use crible_sdk::blocks::eight;

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// Eight bytes of a text, or those that are left, with zeros behind.
#[derive(Clone, Copy)]
pub(super) struct Eight {
    /// The ASCII letters among them in lower case, and the digits. What other bytes become means nothing.
    lower: u64,
    /// How many in front are ASCII letters and digits.
    pub(super) plain: usize,
}

impl Eight {
    #[inline]
    pub(super) fn at(text: &[u8], at: usize) -> Self {
        let bytes = eight(text, at);
        // Added to a byte below 0x80, the distance to 0x80 sets its highest bit from some value on.
        let low = bytes & !HIGH;
        let lower = low | (0x20 * EACH);
        let letters = (lower + 0x1F * EACH) & !(lower + 0x05 * EACH);
        let digits = (low + 0x50 * EACH) & !(low + 0x46 * EACH);
        let other = !((letters | digits) & !bytes) & HIGH;
        Self { lower, plain: other.trailing_zeros() as usize / 8 }
    }

    /// The letters and digits in front.
    #[inline]
    pub(super) fn letters(self) -> u64 {
        self.lower & first(self.plain)
    }
}

/// A mask of the first bytes.
#[inline]
pub(super) fn first(bytes: usize) -> u64 {
    !u64::MAX.unbounded_shl(8 * bytes as u32)
}

/// Whether it is ASCII that stands between words and has no other meaning there: no ellipsis, address or name
/// begins with it.
#[inline]
pub(super) fn is_mere_sign(byte: u8) -> bool {
    MERE_SIGN[usize::from(byte)]
}

static MERE_SIGN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let sign = byte as u8;
        table[byte] = !(sign.is_ascii_alphanumeric() || matches!(sign, b'.' | b':' | b'@'));
        byte += 1;
    }
    table
};

/// What a word is known by: its letters, eight at a time, each time mixed by a multiplication (Knuth, 6.4).
/// What stands behind its `len` letters means nothing.
pub(super) fn hash_front(mut letters: &[u8], len: usize) -> u32 {
    let mut hash = len as u64;
    let mut left = len;
    while left > 0
        && let Some((eight, rest)) = letters.split_first_chunk::<8>()
    {
        hash = mix(hash, u64::from_le_bytes(*eight) & first(left));
        letters = rest;
        left = left.saturating_sub(8);
    }
    finish(hash)
}

/// The same for at most eight letters.
#[inline]
pub(super) fn hash_short(letters: u64, len: usize) -> u32 {
    finish(mix(len as u64, letters))
}

#[inline]
fn mix(hash: u64, eight: u64) -> u64 {
    let hash = (hash ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ hash >> 32
}

#[inline]
fn finish(hash: u64) -> u32 {
    (hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn letters_and_digits_in_front_are_counted_and_in_lower_case(text in any::<Vec<u8>>(), more in "[ -~é]{0,20}") {
            let text = [&text[..], more.as_bytes()].concat();
            for at in 0..=text.len() {
                let eight = Eight::at(&text, at);
                let plain: Vec<u8> = text[at..].iter().take(8).copied().take_while(u8::is_ascii_alphanumeric).collect();
                prop_assert_eq!(eight.plain, plain.len());
                let mut letters = [0; 8];
                letters[..plain.len()].copy_from_slice(&plain.to_ascii_lowercase());
                prop_assert_eq!(eight.letters(), u64::from_le_bytes(letters));
            }
        }
    }
}
