//! The two greatest of some numbers, without a branch.

use crate::languages::LANES;

/// The place of the greatest number, the last such place; that number; and the greatest at the other places.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
pub(crate) fn two_greatest(numbers: &[u16; LANES]) -> (usize, u16, u16) {
    use std::arch::wasm32::{
        i8x16_bitmask, i8x16_narrow_i16x8, i16x8_eq, i16x8_shuffle, i32x4_shuffle, i64x2_shuffle, u16x8,
        u16x8_extract_lane, u16x8_max, u16x8_splat, v128, v128_andnot,
    };
    let greatest = |one: v128, other: v128| {
        let all = u16x8_max(one, other);
        let all = u16x8_max(all, i64x2_shuffle::<1, 0>(all, all));
        let all = u16x8_max(all, i32x4_shuffle::<1, 0, 3, 2>(all, all));
        u16x8_extract_lane::<0>(u16x8_max(all, i16x8_shuffle::<1, 0, 3, 2, 5, 4, 7, 6>(all, all)))
    };
    let (halves, _) = numbers.as_chunks::<8>();
    let [low, high] = [0, 1].map(|half| {
        let [a, b, c, d, e, f, g, h] = halves[half];
        u16x8(a, b, c, d, e, f, g, h)
    });
    let first = greatest(low, high);
    let [is_low, is_high] = [low, high].map(|half| i16x8_eq(half, u16x8_splat(first)));
    let places = i8x16_bitmask(i8x16_narrow_i16x8(is_low, is_high));
    let others = greatest(v128_andnot(low, is_low), v128_andnot(high, is_high));
    let second = if places.is_power_of_two() { others } else { first };
    (places.ilog2() as usize, first, second)
}

/// The place of the greatest number, the last such place; that number; and the greatest at the other places.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
pub(crate) fn two_greatest(numbers: &[u16; LANES]) -> (usize, u16, u16) {
    // With its place below it, each number is another.
    let (mut first, mut second) = (0, 0);
    for (place, &number) in (0..).zip(numbers) {
        let number = u32::from(number) << 8 | place;
        second = second.max(first.min(number));
        first = first.max(number);
    }
    ((first % 256) as usize, (first >> 8) as u16, (second >> 8) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_greatest_are_found() {
        let mut numbers = [3; LANES];
        assert_eq!(two_greatest(&numbers), (LANES - 1, 3, 3));
        (numbers[2], numbers[11]) = (500, 60_000);
        assert_eq!(two_greatest(&numbers), (11, 60_000, 500));
    }
}
