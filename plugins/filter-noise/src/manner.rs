//! How a message is said: shouted, or stretched.

use crate::chunks::{Chunk, chunks};
use crate::signs::Signs;

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
    /// The manner of a title and a text, links and mentions left out. Most messages are known to have none by a
    /// glance at their bytes.
    pub(crate) fn of(title: &str, text: &str) -> Self {
        let signs = Signs::of(title).and(Signs::of(text));
        let spoken = || chunks(title).chain(chunks(text)).filter(|chunk| !chunk.is_address());
        Self {
            shouting: signs.capitals as f32 >= CAPITALS * LETTERS as f32 && shouts(spoken(), signs.capitals),
            stretched: signs.row && spoken().any(is_stretched),
        }
    }
}

/// Whether these chunks, which have so many capitals at most, shout.
fn shouts<'t>(chunks: impl Iterator<Item = Chunk<'t>>, most_capitals: u32) -> bool {
    let loud = |capitals: u32, letters: u32| capitals as f32 >= CAPITALS * letters as f32;
    let (mut capitals, mut letters, mut words) = (0u32, 0u32, 0u32);
    for chunk in chunks {
        let before = letters;
        for letter in chunk.text.chars() {
            if letter.is_lowercase() {
                letters += 1;
            } else if letter.is_uppercase() {
                (capitals, letters) = (capitals + 1, letters + 1);
            }
        }
        words += u32::from(letters > before);
        if !loud(most_capitals, letters) {
            return false;
        }
    }
    loud(capitals, letters) && letters >= LETTERS && words >= WORDS
}

/// Whether a letter or a mark stands too often in a row.
fn is_stretched(chunk: Chunk<'_>) -> bool {
    let (mut last, mut row) = ('\0', 0);
    chunk.text.chars().any(|letter| {
        let mark = matches!(letter, '!' | '?');
        let same = if mark {
            matches!(last, '!' | '?')
        } else {
            letter.eq_ignore_ascii_case(&last) && letter.is_alphabetic()
        };
        row = if same { row + 1 } else { 1 };
        last = letter;
        row >= if mark { MARKS_IN_A_ROW } else { LETTERS_IN_A_ROW }
    })
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
