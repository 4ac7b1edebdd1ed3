//! Texts sixty-four bytes at a time, as a bit for each byte: what a byte is, is found out without a branch. And
//! eight bytes at a time, as a number.
//!
//! ```
//! use crible_sdk::blocks::{BLOCK, marked};
//!
//! let mut block = [b' '; BLOCK];
//! block[..9].copy_from_slice(b"it's 9:05");
//! assert_eq!(marked(&block, |byte| byte.wrapping_sub(b'0') < 10), 0b1_1010_0000);
//! ```

/// The eight bytes from a place on, the first one lowest; zeros behind the end.
///
/// ```
/// let at = crible_sdk::blocks::eight(b"a sieve", 2);
/// assert_eq!(at.to_le_bytes(), *b"sieve\0\0\0");
/// ```
#[inline(always)]
pub fn eight(bytes: &[u8], at: usize) -> u64 {
    let Some(last) = bytes.len().checked_sub(8) else { return of_few(bytes, at) };
    // Near the end no branch is taken either: each text has an end, and where it lies cannot be predicted.
    let from = at.min(last);
    let eight = bytes.get(from..).and_then(|rest| rest.first_chunk());
    eight.map_or(0, |eight| u64::from_le_bytes(*eight)).unbounded_shr(8 * (at - from) as u32)
}

/// The same of fewer than eight bytes.
#[cold]
#[inline(never)]
fn of_few(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte))
}

/// How many bytes are looked at together.
pub const BLOCK: usize = u64::BITS as usize;

/// A bit for each byte, the first one's the lowest: whether it is of a kind. What `is` does should be plain
/// arithmetic, which compilers turn into vector instructions.
#[inline(always)]
pub fn marked(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let mut marks = [0; BLOCK];
    block.iter().zip(&mut marks).for_each(|(&byte, to)| *to = mark(is(byte)));
    gathered(&marks)
}

/// A byte whose bits all say yes, or no.
#[inline(always)]
pub fn mark(yes: bool) -> u8 {
    u8::from(yes).wrapping_neg()
}

/// A bit for each [mark], the first one's the lowest.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
pub fn gathered(marks: &[u8; BLOCK]) -> u64 {
    use std::arch::wasm32::{u8x16_bitmask, u64x2};
    let (quarters, _) = marks.as_chunks::<16>();
    quarters.iter().rev().fold(0, |mask, quarter| {
        let (eights, _) = quarter.as_chunks::<8>();
        let [low, high] = [0, 1].map(|at| u64::from_le_bytes(eights[at]));
        mask << 16 | u64::from(u8x16_bitmask(u64x2(low, high)))
    })
}

/// A bit for each [mark], the first one's the lowest.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
pub fn gathered(marks: &[u8; BLOCK]) -> u64 {
    let (eights, _) = marks.as_chunks::<8>();
    eights.iter().rev().fold(0, |mask, eight| {
        // One bit of each, gathered by a multiplication into the highest byte.
        let bits = u64::from_le_bytes(*eight) & 0x0101_0101_0101_0101;
        mask << 8 | bits.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// Where the first byte of each pair stands, or how long the text is where neither does. All are looked for at
/// once, without a branch for what is found; a zero byte is none to look for.
///
/// ```
/// let [slash, mark] = crible_sdk::blocks::first_of(b"journal.fr/a", [[b'/', b'\\'], [b'?', b'#']]);
/// assert_eq!((slash, mark), (10, 12));
/// ```
#[inline(always)]
pub fn first_of<const PAIRS: usize>(bytes: &[u8], pairs: [[u8; 2]; PAIRS]) -> [usize; PAIRS] {
    let mut first = [bytes.len(); PAIRS];
    for at in (0..bytes.len()).step_by(8) {
        let eight = eight(bytes, at);
        for (first, [one, other]) in first.iter_mut().zip(pairs) {
            let marks = same_as(eight, one) | same_as(eight, other);
            let place = if marks == 0 { bytes.len() } else { at + marks.trailing_zeros() as usize / 8 };
            *first = place.min(*first);
        }
    }
    first
}

/// The highest bit of each byte that is this one, up to the first of them; those behind it may be wrong.
#[inline(always)]
fn same_as(eight: u64, byte: u8) -> u64 {
    let differs = eight ^ u64::from_le_bytes([byte; 8]);
    differs.wrapping_sub(0x0101_0101_0101_0101) & !differs & 0x8080_8080_8080_8080
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_of_a_kind_is_that_found_one_by_one(
            bytes in prop::collection::vec(prop_oneof![4 => 0..4u8, 1 => any::<u8>()], 0..80),
            one in 1u8..,
        ) {
            let [of_one, of_two] = first_of(&bytes, [[one; 2], [2, 3]]);
            let place = |is: &dyn Fn(u8) -> bool| bytes.iter().position(|&byte| is(byte)).unwrap_or(bytes.len());
            prop_assert_eq!(of_one, place(&|byte| byte == one));
            prop_assert_eq!(of_two, place(&|byte| byte == 2 || byte == 3));
        }

        #[test]
        fn eight_bytes_are_read_anywhere(bytes in prop::collection::vec(any::<u8>(), 0..40), at in 0..50usize) {
            let expected: [u8; 8] = std::array::from_fn(|more| bytes.get(at + more).copied().unwrap_or(0));
            prop_assert_eq!(eight(&bytes, at).to_le_bytes(), expected);
        }

        #[test]
        fn each_byte_has_its_bit(bytes in prop::collection::vec(any::<u8>(), BLOCK..=BLOCK), from: u8) {
            let block: [u8; BLOCK] = std::array::from_fn(|at| bytes[at]);
            let marks = marked(&block, |byte| byte >= from);
            prop_assert!((0..BLOCK).all(|at| (marks >> at & 1 == 1) == (block[at] >= from)));
        }
    }
}
