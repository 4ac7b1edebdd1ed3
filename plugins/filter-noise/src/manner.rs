//! How a message is said: shouted, or stretched.

use crate::tokens::is_address;

/// Fewer letters or words may be initials or a name.
const LETTERS: u32 = 12;
const WORDS: u32 = 3;

/// A message shouts where at least this share of its letters are capitals.
const CAPITALS: f32 = 0.7;

/// So many of the same letter in a row no word has, and so many exclamation marks no sentence.
const LETTERS_IN_A_ROW: u32 = 4;
const MARKS_IN_A_ROW: u32 = 3;

/// How a text is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manner {
    pub(crate) shouting: bool,
    pub(crate) stretched: bool,
}

impl Manner {
    /// The manner of a title and a text, links and mentions left out.
    pub(crate) fn of(title: &str, text: &str) -> Self {
        let (mut capitals, mut letters, mut words) = (0u32, 0u32, 0u32);
        let mut stretched = false;
        for chunk in
            title.split_whitespace().chain(text.split_whitespace()).filter(|chunk| !is_address(chunk))
        {
            let before = letters;
            let (mut last, mut row) = ('\0', 0);
            for letter in chunk.chars() {
                if letter.is_lowercase() {
                    letters += 1;
                } else if letter.is_uppercase() {
                    (capitals, letters) = (capitals + 1, letters + 1);
                }
                let mark = matches!(letter, '!' | '?');
                let same = if mark {
                    matches!(last, '!' | '?')
                } else {
                    letter.eq_ignore_ascii_case(&last) && letter.is_alphabetic()
                };
                row = if same { row + 1 } else { 1 };
                stretched |= row >= if mark { MARKS_IN_A_ROW } else { LETTERS_IN_A_ROW };
                last = letter;
            }
            words += u32::from(letters > before);
        }
        let loud = capitals as f32 >= CAPITALS * letters as f32;
        Self { shouting: loud && letters >= LETTERS && words >= WORDS, stretched }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_count_with_their_accents() {
        assert!(Manner::of("", "L’ÉTÉ EST ENFIN LÀ").shouting);
        assert!(!Manner::of("", "L’été est enfin là").shouting);
        assert!(!Manner::of("", "SNCF RATP").shouting, "two words");
        assert!(!Manner::of("", "ok: #SAVE #THE #WHALES https://A.ORG/LOUD").shouting, "hashtags and links");
    }

    #[test]
    fn a_row_of_letters_or_marks_is_stretched() {
        for text in ["looooool", "ouiiiii", "quoi !!!", "what?!?"] {
            assert!(Manner::of("", text).stretched, "{text}");
        }
        for text in ["cool", "créée", "oui !!", "10000", "a...... b", "aa aa"] {
            assert!(!Manner::of("", text).stretched, "{text}");
        }
    }
}
