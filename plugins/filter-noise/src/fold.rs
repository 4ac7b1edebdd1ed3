//! Words as they are compared: in small letters, without accents and apostrophes.

use crible_sdk::words::{FoldTable, Folding};

/// Of longer words only so many bytes count.
const LONGEST: usize = 120;

/// How many times in a row a letter makes it a stretched one: `cool` is not, `coool` is.
const STRETCHED: usize = 3;

/// Letters from here on are of writings without spaces, or of Korean.
const SPACELESS: char = '\u{E00}';

/// Collects a word, letter by letter.
#[derive(Debug)]
pub(crate) struct Folded {
    table: FoldTable,
    /// Eight bytes more than a word has, so that the last can be read eight at a time.
    letters: [u8; LONGEST + 8],
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
        Self { table: FoldTable::new(Folding::default()), letters: [0; LONGEST + 8], len: 0, spaceless: 0 }
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
    let (mut letters, mut len) = ([0; LONGEST + 8], 0);
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
#[inline]
fn hash(letters: &[u8; LONGEST + 8], len: usize) -> u64 {
    let lane = |at: usize| {
        let unused = 8 * 8usize.saturating_sub(len - at) as u32;
        let eight = letters[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        eight << unused >> unused
    };
    (0..len).step_by(8).fold(0, |hash, at| mixed(hash ^ lane(at)))
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
