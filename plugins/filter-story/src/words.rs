//! The words of a message, as stories are compared by them.

use crate::letters::{Sign, plain_latin, sign};

/// How many different words are looked at: a story is told in its first sentences.
pub(crate) const MOST_WORDS: usize = 32;
/// Words are cut behind so many bytes, and a letter.
const LONGEST_WORD: usize = 24;
/// How many bytes of letters are kept, and a word.
const MOST_LETTERS: usize = 256;
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

/// So much memory no text overflows: what is kept, the word that ends it, and a space or the zeros behind a word.
const ROOM: usize = MOST_LETTERS + LONGEST_WORD + 16;

/// The different words of a message in their order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a> {
    pub(crate) hashes: &'a [u32],
    /// Their letters, with a space behind each word.
    pub(crate) letters: &'a [u8],
    /// Whether the message says that it passes on what another one wrote.
    pub(crate) passed_on: bool,
    /// Whether it ends with an ellipsis, as what was cut off does.
    pub(crate) cut_off: bool,
}

impl<'a> Words<'a> {
    /// The letters of each word.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a [u8]> {
        self.letters.split(|&byte| byte == b' ').take(self.hashes.len())
    }
}

/// Reads the words of one message at a time into the same memory.
pub(crate) struct Reader {
    hashes: Vec<u32>,
    letters: [u8; ROOM],
    /// Where the word begins that is being read, and where its letters end so far.
    start: usize,
    end: usize,
    /// Which hashes there are, by their last byte: a word that is new is mostly known for it without a search.
    seen: [bool; 256],
    passed_on: bool,
    /// Behind how many letters the last ellipsis stands; 0 where there is none.
    ellipsis: usize,
}

impl Default for Reader {
    fn default() -> Self {
        let hashes = Vec::with_capacity(MOST_WORDS);
        Self {
            hashes,
            letters: [0; ROOM],
            start: 0,
            end: 0,
            seen: [false; 256],
            passed_on: false,
            ellipsis: 0,
        }
    }
}

impl Reader {
    /// Read a message. Addresses, `RT @someone:`, `via @someone` and the names that a message is addressed to
    /// are left out.
    pub(crate) fn read(&mut self, title: &str, text: &str) {
        self.clear();
        self.add(title);
        self.add(text);
    }

    /// What was read last.
    pub(crate) fn words(&self) -> Words<'_> {
        Words {
            hashes: &self.hashes,
            letters: &self.letters[..self.start],
            passed_on: self.passed_on,
            cut_off: self.ellipsis != 0 && self.ellipsis == self.start,
        }
    }

    /// Words as they were read before; none where they cannot have been.
    pub(crate) fn restore(&mut self, letters: &[u8]) -> Option<Words<'_>> {
        self.clear();
        str::from_utf8(letters).ok()?;
        for word in letters.split_inclusive(|&byte| byte == b' ') {
            let (_, word) = word.split_last().filter(|(space, _)| **space == b' ')?;
            let too_long = word.len() >= LONGEST_WORD + 4 || self.start >= MOST_LETTERS;
            if too_long {
                return None;
            }
            self.push(word);
            self.end_word().then_some(())?;
        }
        Some(self.words())
    }

    fn clear(&mut self) {
        self.hashes.clear();
        (self.start, self.end) = (0, 0);
        self.seen = [false; 256];
        self.passed_on = false;
        self.ellipsis = 0;
    }

    fn add(&mut self, text: &str) {
        let text = &text[..text.floor_char_boundary(LONGEST_TEXT)];
        let bytes = text.as_bytes();
        let mut unspaced = None;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at)
            && self.hashes.len() < MOST_WORDS
            && self.end < MOST_LETTERS
        {
            let left = FOLD[usize::from(byte)];
            if left != BETWEEN {
                let plain = self.push_plain(&bytes[at..]);
                if plain > 0 {
                    unspaced = None;
                    at += plain;
                    continue;
                }
            }
            at += 1;
            let mut ellipsis = byte == b'.' && bytes[at..].starts_with(b"..");
            if left == LOOK {
                let Some(letter) = text[at - 1..].chars().next() else { break };
                at += letter.len_utf8() - 1;
                match sign(letter) {
                    Sign::Mark => continue,
                    Sign::Letter(letter) => {
                        unspaced = None;
                        self.push(letter.encode_utf8(&mut [0; 4]).as_bytes());
                        continue;
                    }
                    Sign::Ligature(letters) => {
                        unspaced = None;
                        self.push(letters.as_bytes());
                        continue;
                    }
                    Sign::Unspaced(letter) => {
                        // Each letter with the one before, as such scripts do not say where words end.
                        self.end_word();
                        let before = unspaced.replace(letter);
                        for letter in before.into_iter().chain([letter]) {
                            self.push(letter.encode_utf8(&mut [0; 4]).as_bytes());
                        }
                        self.end_word();
                        continue;
                    }
                    Sign::Between => ellipsis = letter == '…',
                }
            }
            unspaced = None;
            if byte == b':'
                && bytes[at..].starts_with(b"//")
                && self.letters[self.start..self.end].starts_with(b"http")
            {
                self.end = self.start;
                at += text[at..].find(char::is_whitespace).unwrap_or(bytes.len() - at);
                continue;
            }
            let before = self.end - self.start;
            self.end_word();
            if ellipsis {
                self.ellipsis = self.start;
            }
            if byte == b'@' && before == 0 && self.is_address() {
                let in_name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
                at += text[at..].chars().take_while(in_name).map(char::len_utf8).sum::<usize>();
            }
        }
        self.end_word();
    }

    /// Take the letters and digits in front into the word, as far as they are ASCII or accented Latin ones; how
    /// many bytes they have.
    #[inline]
    fn push_plain(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        loop {
            at += self.push_ascii(&bytes[at..]);
            let [first, second, ..] = bytes[at..] else { return at };
            match plain_latin(first, second) {
                BETWEEN => return at,
                letter => self.push(&[letter]),
            }
            at += 2;
        }
    }

    /// The same for ASCII.
    #[inline]
    fn push_ascii(&mut self, bytes: &[u8]) -> usize {
        let room = self.letters.get_mut(self.end..self.start + LONGEST_WORD).unwrap_or_default();
        let mut taken = 0;
        for (place, &byte) in room.iter_mut().zip(bytes) {
            let left = FOLD[usize::from(byte)];
            if left <= LOOK {
                break;
            }
            *place = left;
            taken += 1;
        }
        self.end += taken;
        if self.end >= self.start + LONGEST_WORD {
            let is_rest = |byte: &&u8| FOLD[usize::from(**byte)] > LOOK;
            taken += bytes[taken..].iter().take_while(is_rest).count();
        }
        taken
    }

    /// Take a letter into the word.
    fn push(&mut self, letters: &[u8]) {
        if self.end - self.start < LONGEST_WORD {
            for &letter in letters {
                self.letters[self.end] = letter;
                self.end += 1;
            }
        }
    }

    /// A word ends. Whether it is kept: there is one, and it was not there before.
    fn end_word(&mut self) -> bool {
        let (start, end) = (self.start, std::mem::replace(&mut self.end, self.start));
        if start == end || self.hashes.len() == MOST_WORDS {
            return false;
        }
        let Some(zeros) = self.letters[end..].first_chunk_mut::<8>() else { return false };
        *zeros = [0; 8];
        let hash = hash_padded(&self.letters[start..], end - start);
        let seen = &mut self.seen[(hash & 0xFF) as usize];
        if *seen && self.hashes.contains(&hash) {
            return false;
        }
        *seen = true;
        self.hashes.push(hash);
        self.letters[end] = b' ';
        self.start = end + 1;
        self.end = self.start;
        true
    }

    /// Whether a name that follows is one that the message is addressed to or comes from; then the word that
    /// says so is taken back.
    fn is_address(&mut self) -> bool {
        let Some((_, letters)) = self.letters[..self.start].split_last() else { return true };
        let word = letters.rsplit(|&byte| byte == b' ').next().unwrap_or_default();
        if !COURIERS.contains(&word) {
            return false;
        }
        self.start = letters.len() - word.len();
        self.end = self.start;
        self.hashes.pop();
        self.passed_on = true;
        true
    }
}

/// What a word is known by: its letters, eight at a time, each time mixed by a multiplication (Knuth, 6.4).
/// Eight zeros or more stand behind its `len` letters.
fn hash_padded(mut word: &[u8], len: usize) -> u32 {
    let mut hash = len as u64;
    let mut done = 0;
    while done < len
        && let Some((eight, rest)) = word.split_first_chunk::<8>()
    {
        hash = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 32;
        word = rest;
        done += 8;
    }
    (hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32
}

/// What a word of at most 24 letters is known by.
pub(crate) fn hash(word: &[u8]) -> u32 {
    let mut padded = [0; 64];
    let len = word.len().min(padded.len() - 8);
    padded[..len].copy_from_slice(&word[..len]);
    hash_padded(&padded, len)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> String {
        let mut reader = Reader::default();
        reader.read("", text);
        let words = reader.words();
        assert_eq!(words.iter().map(hash).collect::<Vec<_>>(), words.hashes);
        String::from_utf8(words.letters.to_vec()).unwrap().trim_end().to_owned()
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
            assert_eq!(words(text), "le pont est ferme", "{text}");
        }
        assert_eq!(words("bravo @zoe : zoe@exemple.fr"), "bravo zoe exemple fr");
        assert_eq!(words("via @a"), "");
    }

    proptest! {
        #[test]
        fn any_text_has_few_words_that_can_be_restored(title in any::<String>(), text in "\\PC{0,400}|[@:/a hét東]{0,200}") {
            let mut reader = Reader::default();
            reader.read(&title, &text);
            let read = reader.words();
            prop_assert!(read.hashes.len() <= MOST_WORDS);
            prop_assert!(read.letters.len() <= MOST_LETTERS + LONGEST_WORD + 8);
            let mut other = Reader::default();
            let restored = other.restore(read.letters);
            prop_assert_eq!(restored.map(|words| words.hashes), Some(read.hashes));
        }
    }
}
