//! The words of a message, as stories are compared by them.

mod accents;
mod block;
mod eight;
mod plain;

use self::accents::without_accents;
use self::block::Block;
use self::eight::{Eight, hash_front, is_mere_sign};
use crate::letters::{Sign, sign};

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

/// So much memory no text overflows: what is kept, the word that ends it, and eight bytes more.
const ROOM: usize = MOST_LETTERS + LONGEST_WORD + 16;
/// How many slots words are found in: four times as many as there are words.
const SLOTS: usize = 128;

/// The different words of a message in their order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a> {
    pub(crate) hashes: &'a [u32],
    /// How many bytes of letters each has.
    pub(crate) lens: &'a [u8],
    /// Their letters, with a space behind each word.
    pub(crate) letters: &'a [u8],
    /// Whether the message says that it passes on what another one wrote.
    pub(crate) passed_on: bool,
    /// Whether it ends with an ellipsis, as what was cut off does.
    pub(crate) cut_off: bool,
}

impl<'a> Words<'a> {
    /// Put the letters of each word into its place.
    pub(crate) fn put(self, words: &mut [&'a [u8]; MOST_WORDS]) {
        let mut rest = self.letters;
        for (&len, word) in self.lens.iter().zip(words) {
            let Some((letters, behind)) = rest.split_at_checked(usize::from(len)) else { break };
            *word = letters;
            rest = behind.get(1..).unwrap_or_default();
        }
    }
}

/// Reads the words of one message at a time into the same memory.
pub(crate) struct Reader {
    hashes: [u32; MOST_WORDS],
    lens: [u8; MOST_WORDS],
    /// How many words there are.
    count: usize,
    letters: [u8; ROOM],
    /// Where the word begins that is being read, and where its letters end so far.
    start: usize,
    end: usize,
    /// Places of the words, counted from 1, by their hashes; 0 where a slot is free.
    slots: [u8; SLOTS],
    /// A part of the text.
    block: Block,
    /// For a text without its accents.
    room: Vec<u8>,
    passed_on: bool,
    /// Behind how many letters the last ellipsis stands; 0 where there is none.
    ellipsis: usize,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            hashes: [0; MOST_WORDS],
            lens: [0; MOST_WORDS],
            count: 0,
            letters: [0; ROOM],
            start: 0,
            end: 0,
            slots: [0; SLOTS],
            block: Block::default(),
            room: Vec::new(),
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
            hashes: &self.hashes[..self.count],
            lens: &self.lens[..self.count],
            letters: &self.letters[..self.start],
            passed_on: self.passed_on,
            cut_off: self.ellipsis != 0 && self.ellipsis == self.start,
        }
    }

    /// The place of a word among those that were read last.
    #[inline]
    pub(crate) fn place(&self, hash: u32) -> Option<usize> {
        usize::from(self.slots[self.slot(hash)]).checked_sub(1)
    }

    /// Where a word is kept, or else the free slot that it is kept in next.
    #[inline]
    fn slot(&self, hash: u32) -> usize {
        let mut slot = hash as usize % SLOTS;
        loop {
            let place = usize::from(self.slots[slot]);
            if place == 0 || self.hashes[(place - 1) % MOST_WORDS] == hash {
                return slot;
            }
            slot = (slot + 1) % SLOTS;
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
        (self.count, self.start, self.end) = (0, 0, 0);
        self.slots = [0; SLOTS];
        self.passed_on = false;
        self.ellipsis = 0;
    }

    fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut room = std::mem::take(&mut self.room);
        self.add_plain(without_accents(&text[..text.floor_char_boundary(LONGEST_TEXT)], &mut room));
        self.room = room;
    }

    /// Add a text without accents.
    fn add_plain(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.block.read(bytes, 0);
        let mut unspaced = None;
        let mut at = 0;
        while at < bytes.len() && self.count < MOST_WORDS && self.end < MOST_LETTERS {
            if self.start == self.end {
                let next = self.keep_plain(bytes, at);
                if next > at {
                    unspaced = None;
                    at = next;
                    if at >= bytes.len() || self.count == MOST_WORDS || self.end >= MOST_LETTERS {
                        break;
                    }
                }
            }
            let plain = self.push_plain(bytes, at);
            if plain > 0 {
                unspaced = None;
                at += plain;
                if bytes.get(at).is_none_or(|&sign| is_mere_sign(sign)) {
                    self.end_word();
                    at += 1;
                }
                continue;
            }
            let byte = bytes[at];
            at += 1;
            let mut ellipsis = byte == b'.' && bytes[at..].starts_with(b"..");
            if !byte.is_ascii() {
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

    /// Take the ASCII letters and digits from a place on into the word; how many there are.
    fn push_plain(&mut self, bytes: &[u8], from: usize) -> usize {
        let mut at = from;
        loop {
            let eight = Eight::at(bytes, at);
            let room = (self.start + LONGEST_WORD).saturating_sub(self.end);
            if let Some(to) = self.letters[self.end..].first_chunk_mut::<8>() {
                *to = eight.letters().to_le_bytes();
            }
            self.end += eight.plain.min(room);
            at += eight.plain;
            if eight.plain < 8 {
                return at - from;
            }
        }
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
        if start == end || self.count == MOST_WORDS {
            return false;
        }
        let hash = hash_front(&self.letters[start..], end - start);
        self.letters[end] = b' ';
        self.keep(hash, end - start)
    }

    /// Keep the word whose letters were written, with a space behind them, unless it was there before. There is
    /// room for it.
    #[inline]
    fn keep(&mut self, hash: u32, len: usize) -> bool {
        let slot = self.slot(hash);
        let new = self.slots[slot] == 0;
        if new {
            self.hashes[self.count % MOST_WORDS] = hash;
            self.lens[self.count % MOST_WORDS] = len as u8;
            self.count += 1;
            self.slots[slot] = self.count as u8;
            self.start += len + 1;
            self.end = self.start;
        }
        new
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
        // It was the last, so that no other word stands behind its slot for want of it.
        let slot = self.slot(self.hashes[self.count - 1]);
        self.slots[slot] = 0;
        self.count -= 1;
        self.passed_on = true;
        true
    }
}

/// What a word of at most 24 letters is known by.
pub(crate) fn hash(word: &[u8]) -> u32 {
    let mut padded = [0; 64];
    let len = word.len().min(padded.len() - 8);
    padded[..len].copy_from_slice(&word[..len]);
    hash_front(&padded, len)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> String {
        let mut reader = Reader::default();
        reader.read("", text);
        let words = reader.words();
        let mut each = [&[][..]; MOST_WORDS];
        words.put(&mut each);
        let hashes: Vec<u32> = each[..words.hashes.len()].iter().map(|word| hash(word)).collect();
        assert_eq!(hashes, words.hashes);
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
