//! Eight bytes of a text at a time.

use crible_sdk::blocks::eight;

/// One in each byte.
pub(crate) const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
pub(crate) const HIGH: u64 = 0x80 * EACH;

/// The eight bytes from a place on, and the eight behind them.
#[inline]
pub(crate) fn two_eights(bytes: &[u8], at: usize) -> [u64; 2] {
    if let Some(both) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        return halves(both);
    }
    let Some(both) = bytes.last_chunk::<16>() else { return [eight(bytes, at), eight(bytes, at + 8)] };
    let [first, second] = halves(both);
    // So many bytes of the last sixteen stand in front of the place.
    let gone = 8 * (at + 16).saturating_sub(bytes.len()) as u32;
    match gone {
        0 => [first, second],
        1..64 => [first >> gone | second << (64 - gone), second >> gone],
        _ => [second.checked_shr(gone - 64).unwrap_or(0), 0],
    }
}

#[inline]
fn halves(both: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*both);
    [both as u64, (both >> 64) as u64]
}

/// The highest bit of each byte from one to another, both below 128.
#[inline]
pub(crate) fn between(eight: u64, from: u8, to: u8) -> u64 {
    let low = eight & !HIGH;
    let (reach, pass) = (u64::from(0x80 - from) * EACH, u64::from(0x7F - to) * EACH);
    (low + reach) & !(low + pass) & !eight & HIGH
}

/// The highest bit of each byte that is this one.
#[inline]
pub(crate) fn equal(eight: u64, byte: u8) -> u64 {
    let other = eight ^ (u64::from(byte) * EACH);
    !(((other & !HIGH) + !HIGH) | other) & HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sixteen_bytes_are_read_anywhere(bytes in prop::collection::vec(any::<u8>(), 0..40), at in 0..50usize) {
            prop_assert_eq!(two_eights(&bytes, at), [eight(&bytes, at), eight(&bytes, at + 8)]);
        }

        #[test]
        fn bytes_are_told_apart(bytes: [u8; 8], from in 0..128u8, to in 0..128u8, byte: u8) {
            let marks = |marked: [bool; 8]| u64::from_le_bytes(marked.map(|marked| u8::from(marked) << 7));
            let eight = u64::from_le_bytes(bytes);
            prop_assert_eq!(between(eight, from, to), marks(bytes.map(|byte| (from..=to).contains(&byte))));
            prop_assert_eq!(equal(eight, byte), marks(bytes.map(|other| other == byte)));
        }
    }
}
