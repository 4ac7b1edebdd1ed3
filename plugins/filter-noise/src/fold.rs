//! Words as they are compared: in small letters, without accents and apostrophes.

use crible_sdk::words::{FoldTable, Folding};

use crate::text::{Text, halves};

/// Of longer words only so many bytes count.
const LONGEST: usize = 120;

/// So many bytes more stand behind a word, so that the last can be read sixteen at a time.
const SPARE: usize = 16;

/// How many times in a row a letter makes it a stretched one: `cool` is not, `coool` is.
const STRETCHED: usize = 3;

/// Letters from here on are of writings without spaces, or of Korean.
const SPACELESS: char = '\u{E00}';

/// What makes letters of ASCII small ones, and leaves digits as they are.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// What letters of ASCII have and digits have not.
const LETTER: u64 = 0x4040_4040_4040_4040;

/// For each number of bytes up to sixteen, ones in all their bits.
static FIRST: [[u64; 2]; 17] = first();

const fn first() -> [[u64; 2]; 17] {
    let mut table = [[0, 0]; 17];
    let mut bits = 8;
    while bits <= 128 {
        let ones = u128::MAX >> (128 - bits);
        table[bits / 8] = [ones as u64, (ones >> 64) as u64];
        bits += 8;
    }
    table
}

/// A word of letters and digits of ASCII, as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    pub(crate) hash: u64,
    pub(crate) number: bool,
    /// Whether it may be a laugh: its first four letters alternate.
    pub(crate) may_laugh: bool,
}

impl Plain {
    /// The word that stands at a place of a text; it has less than [`LONGEST`] letters.
    #[inline]
    pub(crate) fn at(text: Text<'_>, mut at: usize, mut len: usize) -> Self {
        let (mut hash, mut letters, mut may_laugh) = (0, 0, false);
        // Most words have sixteen letters at most: one turn, whatever their length.
        loop {
            let [mut one, mut two] = text.sixteen(at);
            let ones = FIRST[len.min(16)];
            (one, two) = ((one | SMALL) & ones[0], (two | SMALL) & ones[1]);
            may_laugh |= (one ^ one >> 16) & 0xFFFF == 0;
            hash = mixed_in(hash, one, two);
            letters |= one | two;
            if len <= 16 {
                return Self { hash, number: letters & LETTER == 0, may_laugh };
            }
            (at, len) = (at + 16, len - 16);
        }
    }
}

/// Collects a word, letter by letter.
#[derive(Debug)]
pub(crate) struct Folded {
    table: FoldTable,
    letters: [u8; LONGEST + SPARE],
    len: usize,
    /// How many letters are of a writing without spaces.
    spaceless: u32,
}

/// The hashes of a word: as it is, or, where it is stretched, with one and with two of each stretched letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hashes {
    pub(crate) first: u64,
    pub(crate) other: u64,
}

impl Default for Folded {
    fn default() -> Self {
        Self {
            table: FoldTable::new(Folding::default()),
            letters: [0; LONGEST + SPARE],
            len: 0,
            spaceless: 0,
        }
    }
}

impl Folded {
    pub(crate) fn clear(&mut self) {
        (self.len, self.spaceless) = (0, 0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Add letters and digits of ASCII.
    #[inline]
    pub(crate) fn push_ascii(&mut self, letters: &[u8]) {
        let len = letters.len().min(LONGEST - self.len);
        for (place, letter) in self.letters[self.len..LONGEST].iter_mut().zip(letters) {
            *place = letter.to_ascii_lowercase();
        }
        self.len += len;
    }

    /// Add a letter, a digit, or a sign that is part of a word.
    pub(crate) fn push(&mut self, letter: char) {
        let folded = self.table.char(letter).trim_ascii();
        if let Some(place) = self.letters[..LONGEST].get_mut(self.len..self.len + folded.len()) {
            place.copy_from_slice(folded);
            self.len += folded.len();
            self.spaceless += u32::from(letter >= SPACELESS && !folded.is_ascii());
        }
    }

    /// How many of its letters are of a writing without spaces.
    pub(crate) fn spaceless(&self) -> u32 {
        self.spaceless
    }

    /// Whether it consists of digits.
    pub(crate) fn is_number(&self) -> bool {
        self.bytes().iter().all(u8::is_ascii_digit)
    }

    fn bytes(&self) -> &[u8] {
        &self.letters[..self.len]
    }

    pub(crate) fn hashes(&self) -> Hashes {
        if let Some(word) = self.stretched() {
            return Hashes { first: hash_of_runs(word, 1), other: hash_of_runs(word, 2) };
        }
        let hash = hash(&self.letters, self.len);
        Hashes { first: hash, other: hash }
    }

    /// The word, if a letter stands three times in a row or more.
    fn stretched(&self) -> Option<&str> {
        let bytes = self.bytes();
        let mut row = false;
        for [first, second, third] in bytes.array_windows() {
            row |= first == second && second == third;
        }
        if !row && bytes.is_ascii() {
            return None;
        }
        let word = str::from_utf8(bytes).ok()?;
        let (mut last, mut times) = (None, 0);
        let stretched = word.chars().any(|letter| {
            times = if last == Some(letter) { times + 1 } else { 1 };
            last = Some(letter);
            times >= STRETCHED
        });
        stretched.then_some(word)
    }

    /// Whether it is a laugh: `hahaha`, `héhéhé`, `jajaja`, `lololol`, `kkkk`, `xdxd`.
    pub(crate) fn is_laugh(&self) -> bool {
        let letters = self.bytes();
        let [first, second, _, _, ..] = *letters else { return false };
        matches!(
            (first, second),
            (b'h', b'a' | b'e' | b'i' | b'o')
                | (b'a' | b'e' | b'i', b'h')
                | (b'j', b'a' | b'e')
                | (b'l', b'o')
                | (b'x', b'd')
                | (b'k', b'k')
        ) && letters.array_windows().all(|[one, _, other]| one == other)
    }
}

/// A hash of a word in which stretched letters stand so many times.
fn hash_of_runs(word: &str, times: usize) -> u64 {
    let (mut letters, mut len) = ([0; LONGEST + SPARE], 0);
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let behind = rest.trim_start_matches(letter);
        let run = (rest.len() - behind.len()) / letter.len_utf8();
        for _ in 0..if run >= STRETCHED && letter.is_alphabetic() { times } else { run } {
            len += letter.encode_utf8(&mut letters[len..]).len();
        }
        rest = behind;
    }
    hash(&letters, len)
}

/// A hash of so many bytes.
fn hash(letters: &[u8; LONGEST + SPARE], len: usize) -> u64 {
    (0..len).step_by(16).fold(0, |hash, at| {
        let [one, two] = letters.get(at..).and_then(<[u8]>::first_chunk).map_or([0; 2], halves);
        let ones = FIRST[(len - at).min(16)];
        mixed_in(hash, one & ones[0], two & ones[1])
    })
}

/// A hash with sixteen bytes more.
#[inline]
fn mixed_in(hash: u64, one: u64, two: u64) -> u64 {
    mixed(mixed(hash ^ one) ^ two)
}

/// Spreads the bits of a number.
#[inline]
pub(crate) fn mixed(number: u64) -> u64 {
    let product = (number ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xA076_1D64_78BD_642F);
    product ^ product >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str) -> Folded {
        let mut folded = Folded::default();
        word.chars().for_each(|letter| folded.push(letter));
        folded
    }

    #[test]
    fn case_accents_and_stretching_make_no_difference() {
        assert_eq!(folded("Été").hashes(), folded("ete").hashes());
        assert_eq!(folded("cœur").hashes(), folded("COEUR").hashes());
        assert_eq!(folded("looooool").hashes().first, folded("lol").hashes().first);
        assert_eq!(folded("goooood").hashes().other, folded("good").hashes().first);
        assert_eq!(folded("дааа").hashes().first, folded("ДА").hashes().first);
        assert_ne!(folded("good").hashes(), folded("god").hashes());
        assert_ne!(folded("1000").hashes(), folded("10").hashes());
    }

    #[test]
    fn letters_of_ascii_are_folded_as_the_others() {
        for word in ["Toilettes", "ABCDEFGH", "abcdefghi", "looool", "42", ""] {
            let mut whole = Folded::default();
            whole.push_ascii(word.as_bytes());
            assert_eq!(whole.hashes(), folded(word).hashes(), "{word}");
        }
        for word in
            ["Toilettes", "A", "ABCDEFGH", "abcdefghi", "abcdefghiABCDEFG42", "42", "123456789", "lolo"]
        {
            let (plain, whole) = (Plain::at(word.into(), 0, word.len()), folded(word));
            assert_eq!(plain.hash, whole.hashes().first, "{word}");
            assert_eq!((plain.number, plain.may_laugh), (whole.is_number(), whole.is_laugh()), "{word}");
        }
        let mut long = Folded::default();
        (0..99).for_each(|_| long.push_ascii(b"toilettes"));
        long.push('é');
        assert_eq!(long.bytes().len(), LONGEST);
    }

    #[test]
    fn laughs_are_known_by_their_letters() {
        assert!(
            ["hahahaha", "Héhéhé", "jajaja", "kkkkk", "LOLOL"]
                .into_iter()
                .all(|laugh| folded(laugh).is_laugh())
        );
        assert!(!["ha", "hello", "alo", "ahead"].into_iter().any(|word| folded(word).is_laugh()));
    }
}
