//! The letters of eight bytes at once, with the vectors of WASM; `letters` says what is meant.

use std::arch::wasm32::{
    i8x16_splat, i8x16_sub, i8x16_swizzle, u8x16_bitmask, u8x16_lt, u64x2, u64x2_extract_lane, v128_and,
    v128_or,
};

use crate::letters::BLOCK;

/// Write what is left of a block of ASCII, and say how many bytes that is.
#[inline]
pub(crate) fn write_ascii(block: &[u8; BLOCK], to: &mut [u8; BLOCK]) -> usize {
    let within =
        |bytes, first: u8, count| u8x16_lt(i8x16_sub(bytes, i8x16_splat(first as i8)), i8x16_splat(count));
    let bytes = u64x2(u64::from_le_bytes(*block), 0);
    let small = v128_or(bytes, v128_and(within(bytes, b'A', 26), i8x16_splat(0x20)));
    let left = u8x16_bitmask(v128_or(within(small, b'a', 26), within(small, b'0', 10))) & 0xFF;
    let picked = i8x16_swizzle(small, u64x2(PICKS[usize::from(left)], 0));
    *to = u64x2_extract_lane::<0>(picked).to_le_bytes();
    left.count_ones() as usize
}

/// For each mask of eight bytes which of them are left, a byte each, in order.
static PICKS: [u64; 256] = picks();

const fn picks() -> [u64; 256] {
    let mut picks = [0; 256];
    let mut mask = 0;
    while mask < 256 {
        let (mut at, mut count) = (0, 0);
        while at < 8 {
            if mask >> at & 1 == 1 {
                picks[mask] |= at << (8 * count);
                count += 1;
            }
            at += 1;
        }
        mask += 1;
    }
    picks
}
