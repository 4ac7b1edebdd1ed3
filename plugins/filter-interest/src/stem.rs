//! Forms of one word made one, for French and English alike: plurals, endings of verbs, and the commonest endings
//! that make nouns. Light on purpose: what is cut must leave a stem that is long enough to mean something, and
//! since an interest and a message are cut the same way, a stem need not be a word.

/// The end of a word: its last eight letters, or all of them, the last one the highest byte.
#[derive(Clone, Copy)]
pub(crate) struct End(pub(crate) u64);

/// For each last letter those that may stand before it in an ending, each by its lowest five bits; for most words
/// it says that there is none.
static BEFORE_LAST: [u32; 32] = {
    let endings = [b"on", b"ng", b"ed", b"te", b"ee", b"nt", b"er", b"ly"];
    let mut table = [0; 32];
    let mut at = 0;
    while at < endings.len() {
        let [before, last] = *endings[at];
        table[(last & 31) as usize] |= 1 << (before & 31);
        at += 1;
    }
    table
};
const NEWS: u64 = u64::from_le_bytes(*b"news\0\0\0\0");
const VOWELS: u32 = bits(b"aeiouy");

/// A bit for each letter, by its lowest five bits.
const fn bits(letters: &[u8]) -> u32 {
    let mut bits = 0;
    let mut at = 0;
    while at < letters.len() {
        bits |= 1 << (letters[at] & 31);
        at += 1;
    }
    bits
}

impl End {
    /// A letter, counted from the last one, which is 0.
    #[inline]
    fn letter(self, from_last: u32) -> u8 {
        (self.0 << (8 * from_last) >> 56) as u8
    }

    /// Without so many of the last letters, at most seven.
    #[inline]
    fn without(self, letters: usize) -> Self {
        Self(self.0 << (8 * letters))
    }

    /// With another last letter.
    #[inline]
    pub(crate) fn with_last(self, letter: u8) -> Self {
        Self(self.0 & !(0xFF << 56) | u64::from(letter) << 56)
    }

    #[inline]
    pub(crate) fn last(self) -> u8 {
        self.letter(0)
    }

    #[inline]
    fn is(self, ending: &[u8]) -> bool {
        let letters = ending.iter().fold(0u64, |letters, &letter| letters >> 8 | u64::from(letter) << 56);
        (self.0 ^ letters) >> (64 - 8 * ending.len()) == 0
    }
}

/// Cut a folded word (small letters, no accents) to its stem. `start` are its first eight letters, the first one
/// the lowest byte, and `len` how many it has, all in bytes. Returns the end of the stem, of which the last letter
/// may be another one, and its length.
#[inline(always)]
pub(crate) fn stem(start: u64, end: End, len: usize) -> (End, usize) {
    if len < 4 || end.last().is_ascii_digit() {
        return (end, len);
    }
    // `jeux`, `journaux`, but `eaux` stays with `eau`.
    if end.is(b"ux") {
        let singular = end.without(1);
        let from_al = end.is(b"aux") && end.letter(3) != b'e';
        return (if from_al { singular.with_last(b'l') } else { singular }, len - 1);
    }
    // `floods`, `amis`
    let plural = end.last() == b's' && end.letter(1) != b's' && start != NEWS;
    let (mut end, mut len) = (end.without(usize::from(plural)), len - usize::from(plural));
    if BEFORE_LAST[usize::from(end.last() & 31)] >> (end.letter(1) & 31) & 1 != 0 {
        let ending = ending(start, end, len);
        (end, len) = (end.without(ending), len - ending);
    }
    let silent = usize::from(len >= 4 && end.last() == b'e');
    (end, len) = (end.without(silent), len - silent);
    // `partys` is `parties`: the letters differ by one bit.
    let y = len >= 4 && end.last() == b'y';
    end.0 ^= u64::from(y) << 60;
    let doubled = len >= 4 && end.last() == end.letter(1) && !is_vowel(end.last());
    (end.without(usize::from(doubled)), len - usize::from(doubled))
}

/// How long the ending of a word is, 0 where no stem that is long enough stands before it.
fn ending(start: u64, end: End, len: usize) -> usize {
    let ends = |least: usize, ending: &[u8]| len >= least && end.is(ending);
    // No ending is cut from a shorter word: what is left would not mean enough.
    let ending = match end.last() {
        b'n' if ends(10, b"ation") => 5,
        b'n' if ends(8, b"ion") => 3,
        b'g' if ends(10, b"ating") => 5,
        b'g' if ends(6, b"ing") => 3,
        b'd' if ends(9, b"ated") => 4,
        b'd' if ends(5, b"ed") && !end.is(b"eed") => 2,
        b'e' if ends(8, b"ate") => 3,
        b'e' if ends(5, b"ee") => 2,
        b't' if ends(11, b"ement") => 5,
        b't' if ends(10, b"ment") => 4,
        b'r' if ends(7, b"er") => 2,
        b'y' if ends(6, b"ly") => 2,
        _ => return 0,
    };
    let letters = start.to_le_bytes();
    let has_vowel = letters.iter().take(len - ending).any(|&letter| is_vowel(letter));
    if has_vowel { ending } else { 0 }
}

/// Of a letter by its lowest five bits.
#[inline]
fn is_vowel(letter: u8) -> bool {
    VOWELS >> (letter & 31) & 1 != 0
}

#[cfg(test)]
mod tests {
    use crate::letters::Letters;

    fn of(word: &str) -> String {
        Letters::of(word.as_bytes()).stem()
    }

    #[test]
    fn the_forms_of_one_word_are_one() {
        for forms in [
            &["flood", "floods", "flooded", "flooding"][..],
            &["inondation", "inondations", "inonde", "inondes", "inondee", "inondees", "inonder"],
            &["evacuate", "evacuated", "evacuating", "evacuation", "evacuations", "evacue", "evacuer"],
            &["journal", "journaux"],
            &["jeu", "jeux"],
            &["eau", "eaux"],
            &["party", "parties", "partie"],
            &["stop", "stopped", "stopping", "stops"],
            &["breton", "bretonne", "bretons", "bretonnes"],
            &["bombing", "bombings", "bombed", "bomb"],
            &["elected", "elections", "election"],
            &["explosion", "explosions"],
            &["rapide", "rapides", "rapidement"],
        ] {
            for form in forms {
                assert_eq!(of(form), of(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn words_that_mean_something_else_stay_apart() {
        for (one, other) in [
            ("news", "new"),
            ("need", "neat"),
            ("nation", "nato"),
            ("string", "str"),
            ("station", "statue"),
            ("mission", "miss"),
            ("document", "docu"),
            ("2012", "201"),
        ] {
            assert_ne!(of(one), of(other), "{one}");
        }
    }
}
