//! How a message is said: shouted, or stretched.

use crate::chunks::Seen;
use crate::outline::Signs;

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
    /// The manner of a title and a text, links and mentions left out. Most messages are known to have none by what
    /// their bytes told at a glance.
    pub(crate) fn of(title: &Seen<'_>, text: &Seen<'_>, signs: Signs) -> Self {
        let both = [title, text];
        Self {
            shouting: signs.capitals as f32 >= CAPITALS * LETTERS as f32 && shouts(both, signs.capitals),
            stretched: signs.row
                && both.iter().any(|of| of.spoken().any(|chunk| is_stretched(of.text(chunk)))),
        }
    }
}

/// Whether these texts, which have so many capitals at most, shout.
fn shouts(texts: [&Seen<'_>; 2], most_capitals: u32) -> bool {
    let loud = |capitals: u32, letters: u32| capitals as f32 >= CAPITALS * letters as f32;
    let (mut capitals, mut letters, mut words) = (0, 0, 0);
    for of in texts {
        for chunk in of.spoken() {
            let [small, large] = of.cases(chunk);
            capitals += large;
            letters += small + large;
            words += u32::from(small + large > 0);
            if !loud(most_capitals, letters) {
                return false;
            }
        }
    }
    loud(capitals, letters) && letters >= LETTERS && words >= WORDS
}

/// Whether a letter or a mark stands too often in a row.
fn is_stretched(chunk: &str) -> bool {
    let (mut last, mut row) = ('\0', 0);
    chunk.chars().any(|letter| {
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
    use crate::outline::Outline;

    use super::*;

    fn manner(text: &str) -> Manner {
        let mut outline = Outline::default();
        outline.look(text.into());
        let title = Seen { text: "".into(), outline: &Outline::default() };
        Manner::of(&title, &Seen { text: text.into(), outline: &outline }, outline.signs)
    }

    #[test]
    fn capitals_count_with_their_accents() {
        assert!(manner("L’ÉTÉ EST ENFIN LÀ").shouting);
        assert!(!manner("L’été est enfin là").shouting);
        assert!(!manner("SNCF RATP").shouting, "two words");
        assert!(!manner("ok: #SAVE #THE #WHALES https://A.ORG/LOUD").shouting, "hashtags and links");
    }

    #[test]
    fn a_row_of_letters_or_marks_is_stretched() {
        for text in ["looooool", "ouiiiii", "quoi !!!", "what?!?"] {
            assert!(manner(text).stretched, "{text}");
        }
        for text in ["cool", "créée", "oui !!", "10000", "a...... b", "aa aa"] {
            assert!(!manner(text).stretched, "{text}");
        }
    }
}
