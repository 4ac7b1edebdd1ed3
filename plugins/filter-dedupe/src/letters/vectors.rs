//! The letters of sixteen bytes at once, with the vectors of WASM; `letters` says what is meant.

use std::arch::wasm32::{
    i8x16_eq, i8x16_lt, i8x16_ne, i8x16_shuffle, i8x16_splat, i8x16_sub, i8x16_swizzle, u8x16_bitmask,
    u8x16_lt, u64x2, u64x2_extract_lane, v128, v128_and, v128_andnot, v128_any_true, v128_bitselect, v128_or,
};

use crible_sdk::blocks::eight;

use crate::letters::{LATIN, LATIN_LEAD, ROOM, write_letter};

/// How many bytes are looked at together.
const BLOCK: usize = 16;

/// The first two bytes of general punctuation: ’ “ ” – — …
const SIGN_LEADS: [u8; 2] = [0xE2, 0x80];

/// Write the letters and digits of a text from a place on, where there is room for them and for [`ROOM`] more. Says
/// where they end.
pub(crate) fn write(text: &str, out: &mut [u8], from: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut len) = (0, from);
    while at < bytes.len()
        && let Some(to) = out[len..].first_chunk_mut()
    {
        let Fold { read, written } = write_block([eight(bytes, at), eight(bytes, at + 8)], to);
        (at, len) = (at + read, len + written);
        // A letter that begins in the last two bytes may only be cut by the block's end: the next block tells.
        if read < BLOCK - 2
            && let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next())
        {
            len += write_letter(letter, &mut out[len..]);
            at += letter.len_utf8();
        }
    }
    len
}

/// How much of a block was read, up to a letter that takes a closer look, and how much was written of it.
struct Fold {
    read: usize,
    written: usize,
}

/// Write what is left of a block, as far as the vectors know its letters.
#[inline]
fn write_block(block: [u64; 2], to: &mut [u8; ROOM]) -> Fold {
    let bytes = u64x2(block[0], block[1]);
    let small = v128_or(bytes, v128_and(within(bytes, b'A', 26), all(0x20)));
    let plain = v128_or(within(small, b'a', 26), within(small, b'0', 10));
    let high = i8x16_lt(bytes, all(0));
    if !v128_any_true(high) {
        return Fold { read: BLOCK, written: write_picked(small, u8x16_bitmask(plain), to) };
    }
    let lead = i8x16_eq(bytes, all(LATIN_LEAD));
    let behind_lead = up(lead);
    let latin = v128_and(behind_lead, latin(bytes));
    let sign = v128_and(i8x16_eq(bytes, all(SIGN_LEADS[0])), down(i8x16_eq(bytes, all(SIGN_LEADS[1]))));
    // What does not end within the block is left to the next one.
    let (lead, sign) = (v128_and(lead, first(BLOCK - 1)), v128_and(sign, first(BLOCK - 2)));
    let of_sign = v128_or(sign, v128_or(up(sign), up(up(sign))));
    let known = v128_or(v128_or(lead, behind_lead), of_sign);
    let unknown = u8x16_bitmask(v128_andnot(high, known));
    let read = (u32::from(unknown) | 1 << BLOCK).trailing_zeros();
    let left = v128_or(plain, i8x16_ne(latin, all(0)));
    let left = u32::from(u8x16_bitmask(left)) & ((1 << read) - 1);
    let letters = v128_bitselect(latin, small, behind_lead);
    Fold { read: read as usize, written: write_picked(letters, left as u16, to) }
}

/// The letters that second bytes stand for, behind [`LATIN_LEAD`].
#[inline]
fn latin(bytes: v128) -> v128 {
    // The capitals and the small ones are the same letters but for the last: `ß` and `ÿ`.
    let small = v128_and(bytes, all(0x1F));
    let [low, high] = [0, 16].map(|at| i8x16_swizzle(LETTERS[at / 16], i8x16_sub(small, all(at as u8))));
    v128_bitselect(all(LATIN[0x1F]), v128_or(low, high), i8x16_eq(bytes, all(0x9F)))
}

/// The second half of [`LATIN`].
static LETTERS: [v128; 2] = [half(32), half(48)];

const fn half(at: usize) -> v128 {
    let mut halves = [0u64; 2];
    let mut place = 0;
    while place < 16 {
        halves[place / 8] |= (LATIN[at + place] as u64) << (8 * (place % 8));
        place += 1;
    }
    u64x2(halves[0], halves[1])
}

/// Write the bytes of a mask, one behind the other, and say how many they are.
#[inline]
fn write_picked(bytes: v128, mask: u16, to: &mut [u8; ROOM]) -> usize {
    let [low, high] = mask.to_le_bytes().map(usize::from);
    // Those of the upper half lie eight bytes further.
    let places = u64x2(PICKS[low], PICKS[high] | 0x0808_0808_0808_0808);
    let picked = i8x16_swizzle(bytes, places);
    let of_low = low.count_ones() as usize;
    let halves = [u64x2_extract_lane::<0>(picked), u64x2_extract_lane::<1>(picked)];
    for (half, at) in halves.into_iter().zip([0, of_low]) {
        if let Some(place) = to.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *place = half.to_le_bytes();
        }
    }
    of_low + high.count_ones() as usize
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

/// The lanes in which the `count` bytes from `least` on stand.
#[inline]
fn within(bytes: v128, least: u8, count: u8) -> v128 {
    u8x16_lt(i8x16_sub(bytes, all(least)), all(count))
}

#[inline]
fn all(byte: u8) -> v128 {
    i8x16_splat(byte as i8)
}

/// The first so many lanes, of 14 or more.
#[inline]
fn first(count: usize) -> v128 {
    u64x2(u64::MAX, u64::MAX >> (8 * (BLOCK - count)))
}

/// Each byte one place up.
#[inline]
fn up(bytes: v128) -> v128 {
    i8x16_shuffle::<15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30>(all(0), bytes)
}

/// Each byte one place down.
#[inline]
fn down(bytes: v128) -> v128 {
    i8x16_shuffle::<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16>(bytes, all(0))
}
