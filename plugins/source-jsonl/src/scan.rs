//! Looks at many bytes of a line at once.

use crible_sdk::json::plain_run;

/// A member's name as most programs write it, with its quotes and the colon: `"author":`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    bytes: u128,
    mask: u128,
    /// In bytes; 0 where the name is too long for this, or is written in more than one way.
    pub(crate) length: usize,
}

impl Written {
    pub(crate) fn of(name: &str) -> Self {
        let length = name.len() + "\"\":".len();
        if length > 16 || plain_run(name.as_bytes()) < name.len() {
            return Self { bytes: 0, mask: 0, length: 0 };
        }
        let bytes = format!("\"{name}\":").bytes().rev().fold(0, |all, byte| all << 8 | u128::from(byte));
        Self { bytes, mask: u128::MAX >> (128 - 8 * length), length }
    }

    /// Whether these bytes begin with it. It may be missed at the end of a line.
    #[inline]
    pub(crate) fn begins(&self, bytes: &[u8]) -> bool {
        let first = bytes.first_chunk().map(|first| u128::from_le_bytes(*first));
        self.length > 0 && first.is_some_and(|first| first & self.mask == self.bytes)
    }
}

/// How many bytes stand before the first quote, backslash or control character.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
pub(crate) fn plain_bytes(bytes: &[u8]) -> usize {
    // Names and most values end within the first sixteen.
    let (short, long) = bytes.split_at(bytes.len().min(16));
    if let Some(short) = short.first_chunk() {
        let special = specials(short);
        if special != 0 {
            return special.trailing_zeros() as usize;
        }
    } else {
        return plain_run(short);
    }
    let (chunks, tail) = long.as_chunks::<64>();
    for (at, chunk) in chunks.iter().enumerate() {
        let (chunks, _) = chunk.as_chunks::<16>();
        let special = chunks.iter().rev().fold(0, |all, chunk| all << 16 | u64::from(specials(chunk)));
        if special != 0 {
            return 16 + 64 * at + special.trailing_zeros() as usize;
        }
    }
    bytes.len() - tail.len() + plain_run(tail)
}

/// How many bytes stand before the first quote, backslash or control character.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
pub(crate) fn plain_bytes(bytes: &[u8]) -> usize {
    plain_run(bytes)
}

/// A bit for each byte that is a quote, a backslash or a control character, the first of them lowest.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn specials(chunk: &[u8; 16]) -> u16 {
    use std::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    let both = u128::from_le_bytes(*chunk);
    let bytes = u64x2(both as u64, (both >> 64) as u64);
    let ends = v128_or(u8x16_eq(bytes, u8x16_splat(b'"')), u8x16_eq(bytes, u8x16_splat(b'\\')));
    u8x16_bitmask(v128_or(ends, u8x16_lt(bytes, u8x16_splat(0x20))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_name_is_recognised_and_no_other() {
        let begins = |name, line: &str| Written::of(name).begins(line.as_bytes());
        assert!(begins("author", r#""author":"zoe","text":"#));
        assert!(begins("created_at_ms", r#""created_at_ms":1783175888"#));
        assert!(!begins("author", r#""author_name":"zoe","#));
        assert!(!begins("author_name", r#""author":"zoe","text":"#));
        assert!(!begins("author", r#""author" :"zoe","text":"#));
        assert!(!begins("a name that is long", r#""a name that is long":1"#));
        assert!(!begins("a\"b", r#""a"b":1,"text":"été""#));
        assert!(begins("é", r#""é":"","text":"été""#));
    }
}
