//! A folded word, eight letters at a time.

use crible_sdk::blocks::eight;

use crate::stem::{End, stem};

/// Of a longer word the beginning counts, in bytes of its folded form.
pub(crate) const LONGEST: usize = 48;
/// Words that begin with the same so many bytes begin alike.
const BEGINNING: usize = 5;
/// Words whose stems begin with the same three letters are of one group, of so many.
pub(crate) const GROUPS: u64 = 4_096;
/// Makes the capitals among eight ASCII letters small, and changes neither small letters nor digits.
pub(crate) const SMALL: u64 = 0x2020_2020_2020_2020;
/// The bits of eight bytes that are not ASCII.
pub(crate) const NOT_ASCII: u64 = 0x8080_8080_8080_8080;

/// The letters of a word. What is said of letters here is true of bytes: one that is not ASCII has several.
#[derive(Clone, Copy)]
pub(crate) struct Letters<'a> {
    /// The bytes that it stands in, where it begins there, and how many letters it has: at most [`LONGEST`].
    bytes: &'a [u8],
    at: usize,
    len: usize,
    /// The first eight of them, folded, the first one the lowest byte; 0 behind the end.
    start: u64,
    /// What folds eight of them.
    fold: u64,
}

impl<'a> Letters<'a> {
    /// A word in small letters without accents.
    #[inline]
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, len: bytes.len().min(LONGEST), start: eight(bytes, 0), fold: 0 }
    }

    /// A word of so many ASCII letters and digits, of which `start` are the first eight, in small letters.
    #[inline]
    pub(crate) fn of_ascii(bytes: &'a [u8], at: usize, len: usize, start: u64) -> Self {
        Self { bytes, at, len: len.min(LONGEST), start, fold: SMALL }
    }

    #[inline]
    pub(crate) fn len(self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn start(self) -> u64 {
        self.start
    }

    /// A part of them, at least one.
    pub(crate) fn part(self, from: usize, len: usize) -> Self {
        let at = self.at + from;
        Self { at, len, start: (eight(self.bytes, at) | self.fold) & first(len), ..self }
    }

    /// The hash of its stem, or of all of it.
    #[inline]
    pub(crate) fn hash(self, stems: bool) -> u64 {
        if self.len > 8 { self.hash_of_long(stems) } else { hash_of_short(self.start, self.len, stems) }
    }

    /// The hash of one of more than eight letters.
    fn hash_of_long(self, stems: bool) -> u64 {
        let len = self.len;
        let end = End(self.eight(len - 8));
        let (end, len) = if stems { stem(self.start, end, len) } else { (end, len) };
        if len <= 8 {
            let letters = self.start & first(len - 1) | u64::from(end.last()) << (8 * (len - 1));
            return grouped(mix(letters), letters);
        }
        let mut hash = mix(self.start);
        for at in (8..len - 8).step_by(8) {
            hash = mix(hash ^ self.eight(at));
        }
        let back = End(self.eight(len - 8)).with_last(end.last());
        grouped(mix(hash.wrapping_add(len as u64) ^ back.0), self.start)
    }

    /// Eight letters of a word that has as many from there on, folded.
    #[inline]
    fn eight(self, at: usize) -> u64 {
        let eight = self.bytes.get(self.at + at..).and_then(|bytes| bytes.first_chunk());
        eight.map_or(0, |eight| u64::from_le_bytes(*eight) | self.fold)
    }

    /// Its stem, as it is read.
    #[cfg(test)]
    pub(crate) fn stem(self) -> String {
        let len = self.len();
        let end = if len > 8 { self.eight(len - 8) } else { self.start << (64 - 8 * len) };
        let (end, len) = stem(self.start, End(end), len);
        let mut stem = self.bytes[self.at..self.at + len].to_vec();
        stem[len - 1] = end.last();
        String::from_utf8(stem).unwrap_or_default()
    }
}

/// The hash of the stem of a word of at most eight letters, or of all of it.
#[inline(always)]
pub(crate) fn hash_of_short(letters: u64, len: usize, stems: bool) -> u64 {
    // A shift by 64 less eight bits a letter.
    let shift = |len: usize| (8 * len as u32).wrapping_neg();
    let end = End(letters.wrapping_shl(shift(len)));
    let (end, len) = if stems { stem(letters, end, len) } else { (end, len) };
    let letters = end.0.wrapping_shr(shift(len));
    grouped(mix(letters), letters)
}

/// The bits of the first so many letters of eight, at least one.
#[inline]
pub(crate) fn first(letters: usize) -> u64 {
    u64::MAX.wrapping_shr((8 * letters.min(8) as u32).wrapping_neg())
}

/// The hash of the beginning of a word that has these first eight letters, which no hash of a whole word is but by
/// chance; 0 where it is too short.
pub(crate) fn beginning(letters: u64) -> u64 {
    let beginning = letters & first(BEGINNING);
    if beginning >> (8 * (BEGINNING - 1)) == 0 {
        return 0;
    }
    // No letter is 1.
    grouped(mix(beginning | 1 << (8 * BEGINNING)), letters)
}

/// Letters, or the hash of letters and more of them, as a hash.
#[inline]
fn mix(letters: u64) -> u64 {
    let product = letters.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let product = (product ^ product >> 32).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    product ^ product >> 32
}

/// The group of words that begin with these letters: the first three count.
#[inline]
pub(crate) fn group(letters: u64) -> u64 {
    u64::from((letters as u32 & 0xFF_FFFF).wrapping_mul(0x9E37_79B1)) >> 20
}

/// The group of words that have this hash.
#[inline]
pub(crate) fn group_of(hash: u64) -> u64 {
    hash % GROUPS
}

/// A hash that tells the group of what begins with these letters.
#[inline]
fn grouped(hash: u64, letters: u64) -> u64 {
    hash & !(GROUPS - 1) | group(letters)
}

/// A hash whose lowest bits are not those of a group, for a table.
#[inline]
pub(crate) fn spread(hash: u64) -> u64 {
    hash.rotate_right(12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_the_stem_wherever_the_word_stands() {
        for form in [
            "a",
            "news",
            "parties",
            "journaux",
            "evacuations",
            "internationals",
            "constitutionality",
            "anticonstitutionnellement",
        ] {
            let hash = Letters::of(form.as_bytes()).hash(true);
            let stem = Letters::of(form.as_bytes()).stem();
            assert_eq!(hash, Letters::of(stem.as_bytes()).hash(false), "{form} is {stem}");
            for behind in ["", " ", " and so on"] {
                let text = format!("({}{behind}", form.to_uppercase());
                let start = (eight(text.as_bytes(), 1) | SMALL) & first(form.len());
                let in_text = Letters::of_ascii(text.as_bytes(), 1, form.len(), start);
                assert_eq!(in_text.hash(true), hash, "{form}");
            }
        }
    }
}
