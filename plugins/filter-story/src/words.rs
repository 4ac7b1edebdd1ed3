//! The words of a message, as stories are compared by them.

use xxhash_rust::xxh3::xxh3_64;

use crate::letters::{Sign, sign};

/// How many different words are looked at: a story is told in its first sentences.
pub(crate) const MOST_WORDS: usize = 40;
/// Words are cut behind so many bytes, and a letter.
const LONGEST_WORD: usize = 24;
/// How many bytes of letters are kept, and a word.
const MOST_LETTERS: usize = 320;
/// So many bytes of a text, and as many of its title, are looked at, so that a huge one costs no more than a long one.
const LONGEST_TEXT: usize = 2_000;

/// Words in front of a name that say whose telling it is, not what is told.
const COURIERS: &[&[u8]] = &[b"rt", b"via", b"cc", b"mt", b"qt", b"ht", b"par", b"by"];

/// What is left of an ASCII byte: a letter or digit, or one of these.
static FOLD: [u8; 256] = fold_table();
const BETWEEN: u8 = 0;
const LOOK: u8 = 1;

const fn fold_table() -> [u8; 256] {
    let mut table = [BETWEEN; 256];
    let mut byte = 0;
    while byte < 256 {
        let plain = byte as u8;
        table[byte] = match plain {
            b'0'..=b'9' | b'a'..=b'z' => plain,
            b'A'..=b'Z' => plain + 32,
            0..0x80 => BETWEEN,
            _ => LOOK,
        };
        byte += 1;
    }
    table
}

/// The different words of a message in their order: their hashes, and their letters with a space behind each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) hashes: Vec<u32>,
    pub(crate) letters: Vec<u8>,
    /// Whether the message says that it passes on what another one wrote.
    pub(crate) passed_on: bool,
}

impl Words {
    /// Read a message's words into the same memory. Addresses, `RT @someone:`, `via @someone` and the names
    /// that a message is addressed to are left out.
    pub(crate) fn read(&mut self, title: &str, text: &str) {
        self.clear();
        self.add(title);
        self.add(text);
    }

    pub(crate) fn clear(&mut self) {
        self.hashes.clear();
        self.letters.clear();
        self.passed_on = false;
    }

    /// Words as they were read before; none where they cannot have been.
    pub(crate) fn restore(&mut self, letters: &[u8]) -> Option<()> {
        self.clear();
        str::from_utf8(letters).ok()?;
        for word in letters.split_inclusive(|&byte| byte == b' ') {
            let (_, word) = word.split_last().filter(|(space, word)| **space == b' ' && !word.is_empty())?;
            self.hashes.push(hash(word));
        }
        self.letters.extend_from_slice(letters);
        (self.hashes.len() <= MOST_WORDS).then_some(())
    }

    /// The letters of each word.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.letters.split(|&byte| byte == b' ').take(self.hashes.len())
    }

    fn add(&mut self, text: &str) {
        let text = &text[..text.floor_char_boundary(LONGEST_TEXT)];
        let bytes = text.as_bytes();
        let mut start = self.letters.len();
        let mut unspaced = None;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at)
            && self.hashes.len() < MOST_WORDS
            && self.letters.len() < MOST_LETTERS
        {
            let left = FOLD[usize::from(byte)];
            at += 1;
            if left > LOOK {
                unspaced = None;
                self.push(start, &[left]);
                continue;
            }
            if left == LOOK {
                let Some(letter) = text[at - 1..].chars().next() else { break };
                at += letter.len_utf8() - 1;
                match sign(letter) {
                    Sign::Mark => continue,
                    Sign::Letter(letter) => {
                        unspaced = None;
                        self.push(start, letter.encode_utf8(&mut [0; 4]).as_bytes());
                        continue;
                    }
                    Sign::Ligature(letters) => {
                        unspaced = None;
                        self.push(start, letters.as_bytes());
                        continue;
                    }
                    Sign::Unspaced(letter) => {
                        // Each letter with the one before, as such scripts do not say where words end.
                        self.end_word(&mut start);
                        let before = unspaced.replace(letter);
                        for letter in before.into_iter().chain([letter]) {
                            self.push(start, letter.encode_utf8(&mut [0; 4]).as_bytes());
                        }
                        self.end_word(&mut start);
                        continue;
                    }
                    Sign::Between => {}
                }
            }
            unspaced = None;
            if byte == b':' && bytes[at..].starts_with(b"//") && self.letters[start..].starts_with(b"http") {
                self.letters.truncate(start);
                at += text[at..].find(char::is_whitespace).unwrap_or(bytes.len() - at);
                continue;
            }
            let before = self.letters.len() - start;
            self.end_word(&mut start);
            if byte == b'@' && before == 0 && self.is_address(&mut start) {
                let in_name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
                at += text[at..].chars().take_while(in_name).map(char::len_utf8).sum::<usize>();
            }
        }
        self.end_word(&mut start);
    }

    fn push(&mut self, start: usize, letters: &[u8]) {
        if self.letters.len() - start < LONGEST_WORD {
            self.letters.extend_from_slice(letters);
        }
    }

    /// A word ends, which is kept unless it was there before.
    fn end_word(&mut self, start: &mut usize) {
        let word = &self.letters[*start..];
        if word.is_empty() {
            return;
        }
        let hash = hash(word);
        if self.hashes.len() < MOST_WORDS && !self.hashes.contains(&hash) {
            self.letters.push(b' ');
            self.hashes.push(hash);
            *start = self.letters.len();
        } else {
            self.letters.truncate(*start);
        }
    }

    /// Whether a name that follows is one that the message is addressed to or comes from; then the word that
    /// says so is taken back.
    fn is_address(&mut self, start: &mut usize) -> bool {
        let Some((_, letters)) = self.letters.split_last() else { return true };
        let word = letters.rsplit(|&byte| byte == b' ').next().unwrap_or_default();
        if !COURIERS.contains(&word) {
            return false;
        }
        self.letters.truncate(letters.len() - word.len());
        self.hashes.pop();
        self.passed_on = true;
        *start = self.letters.len();
        true
    }
}

/// What a word is known by. The function is fixed by a specification, so a snapshot is good on any machine.
pub(crate) fn hash(word: &[u8]) -> u32 {
    xxh3_64(word) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> String {
        let mut words = Words::default();
        words.read("", text);
        assert_eq!(words.iter().map(hash).collect::<Vec<_>>(), words.hashes);
        String::from_utf8(words.letters).unwrap().trim_end().to_owned()
    }

    #[test]
    fn case_accents_signs_and_emoji_make_no_difference() {
        for (text, expected) in [
            ("L’été À LA PLAGE, l'été !", "l ete a la plage"),
            ("Œuvre d’art 🎨🎨 e\u{301}te\u{301}", "oeuvre d art ete"),
            ("Łódź Straße ΑΘΗΝΑ", "lodz strasse αθηνα"),
            ("12,5 % de 1er", "12 5 de 1er"),
            ("東京都 x", "東 東京 京都 x"),
            ("", ""),
        ] {
            assert_eq!(words(text), expected);
        }
    }

    #[test]
    fn who_passes_it_on_and_where_it_lies_is_not_the_story() {
        for text in [
            "RT @zoé_1: Le pont est fermé https://exemple.fr/pont?x=1",
            "rt @a RT @b.c: le pont est fermé",
            "@max le pont (http://exemple.fr) est fermé via @journal",
            "Le pont est fermé (par @journal)",
        ] {
            assert!(words(text).starts_with("le pont est ferme"), "{text}: {}", words(text));
            assert!(words(text).len() <= "le pont est ferme x".len() + 1, "{text}: {}", words(text));
        }
        assert_eq!(words("bravo @zoe : zoe@exemple.fr"), "bravo zoe exemple fr");
        assert_eq!(words("via @a"), "");
    }

    proptest! {
        #[test]
        fn any_text_has_few_words_that_can_be_restored(title in any::<String>(), text in "\\PC{0,400}|[@:/a hét東]{0,200}") {
            let mut read = Words::default();
            read.read(&title, &text);
            prop_assert!(read.hashes.len() <= MOST_WORDS);
            prop_assert!(read.letters.len() <= MOST_LETTERS + LONGEST_WORD + 8);
            let mut restored = Words::default();
            prop_assert_eq!(restored.restore(&read.letters), Some(()));
            prop_assert_eq!(restored.hashes, read.hashes);
        }
    }
}
