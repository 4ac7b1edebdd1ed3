//! Words as they are compared: in small letters, without accents and apostrophes.

/// Longer words are cut.
const LONGEST: usize = 40;

/// How many times in a row a letter makes it a stretched one: `cool` is not, `coool` is.
const STRETCHED: usize = 3;

/// Collects a word, letter by letter.
pub(crate) struct Folded {
    letters: [char; LONGEST],
    len: usize,
}

/// The hashes of a word: as it is, or, where it is stretched, with one and with two of each stretched letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hashes {
    pub(crate) first: u64,
    pub(crate) other: u64,
}

impl Default for Folded {
    fn default() -> Self {
        Self { letters: ['\0'; LONGEST], len: 0 }
    }
}

impl Folded {
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Add a letter or digit of a text.
    #[inline]
    pub(crate) fn push(&mut self, letter: char) {
        let (plain, second) = plain(letter);
        for letter in [Some(plain), second].into_iter().flatten() {
            if let Some(place) = self.letters.get_mut(self.len) {
                *place = letter;
                self.len += 1;
            }
        }
    }

    pub(crate) fn letters(&self) -> &[char] {
        &self.letters[..self.len]
    }

    pub(crate) fn hashes(&self) -> Hashes {
        let letters = self.letters();
        let stretched = letters.windows(STRETCHED).any(|run| run.iter().all(|letter| *letter == run[0]));
        if stretched {
            return Hashes { first: hash_of_runs(letters, 1), other: hash_of_runs(letters, 2) };
        }
        let hash = letters.iter().fold(0, |hash, &letter| mixed(hash ^ u64::from(letter)));
        Hashes { first: hash, other: hash }
    }

    /// Whether it is a laugh: `hahaha`, `héhéhé`, `jajaja`, `lololol`, `kkkk`, `xdxd`.
    pub(crate) fn is_laugh(&self) -> bool {
        let letters = self.letters();
        let [first, second, _, _, ..] = *letters else { return false };
        letters.windows(3).all(|three| three[0] == three[2])
            && matches!(
                (first, second),
                ('h', 'a' | 'e' | 'i' | 'o')
                    | ('a' | 'e' | 'i', 'h')
                    | ('j', 'a' | 'e')
                    | ('l', 'o')
                    | ('x', 'd')
                    | ('k', 'k')
            )
    }
}

/// A hash of a word in which stretched letters stand so many times.
fn hash_of_runs(letters: &[char], times: usize) -> u64 {
    let mut hash = 0;
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        let run = letters[at..].iter().take_while(|next| **next == letter).count();
        for _ in 0..if run >= STRETCHED && letter.is_alphabetic() { times } else { run } {
            hash = mixed(hash ^ u64::from(letter));
        }
        at += run;
    }
    hash
}

/// Spreads the bits of a number.
#[inline]
pub(crate) fn mixed(number: u64) -> u64 {
    let product = (number ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xA076_1D64_78BD_642F);
    product ^ product >> 32
}

/// A letter in small and without its accent; a ligature is two.
#[inline]
fn plain(letter: char) -> (char, Option<char>) {
    if letter.is_ascii() {
        return (letter.to_ascii_lowercase(), None);
    }
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let plain = match small {
        'à'..='å' => 'a',
        'æ' => return ('a', Some('e')),
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'œ' => return ('o', Some('e')),
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => small,
    };
    (plain, None)
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
        assert_ne!(folded("good").hashes(), folded("god").hashes());
        assert_ne!(folded("1000").hashes(), folded("10").hashes());
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
