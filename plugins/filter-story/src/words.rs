//! The words of a message, as stories are compared by them.

mod accents;
mod block;
mod eight;
mod plain;
mod signs;

use self::accents::without_accents;
use self::block::Block;
use self::eight::hash_front;

/// How many different words are looked at: a story is told in its first sentences.
pub(crate) const MOST_WORDS: usize = 32;
/// Words are cut behind so many bytes, and a letter.
const LONGEST_WORD: usize = 24;
/// How many bytes of letters are kept, and a word.
const MOST_LETTERS: usize = 256;
/// So many bytes of a text, and as many of its title, are looked at, so that a huge one costs no more than a long one.
const LONGEST_TEXT: usize = 2_000;

/// So much memory no text overflows: what is kept, the word that ends it, and eight bytes more.
const ROOM: usize = MOST_LETTERS + LONGEST_WORD + 16;
/// How many slots words are found in: eight times as many as there are words.
const SLOTS: usize = 256;

/// The different words of a message in their order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a> {
    pub(crate) hashes: &'a [u32],
    /// Where the letters of each begin.
    pub(crate) starts: &'a [u8],
    /// Their letters, with a space behind each word.
    pub(crate) letters: &'a [u8],
    /// Whether the message says that it passes on what another one wrote.
    pub(crate) passed_on: bool,
    /// Whether it ends with an ellipsis, as what was cut off does.
    pub(crate) cut_off: bool,
}

impl<'a> Words<'a> {
    /// The letters of a word.
    #[inline]
    pub(crate) fn word(self, at: usize) -> &'a [u8] {
        let start = self.starts.get(at).map_or(self.letters.len(), |&start| usize::from(start));
        let next = self.starts.get(at + 1).map_or(self.letters.len(), |&next| usize::from(next));
        self.letters.get(start..next.saturating_sub(1)).unwrap_or_default()
    }
}

/// Reads the words of one message at a time into the same memory.
pub(crate) struct Reader {
    hashes: [u32; MOST_WORDS],
    /// Where each of them begins.
    starts: [u8; MOST_WORDS],
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
            starts: [0; MOST_WORDS],
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
            starts: &self.starts[..self.count],
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
        let slot = hash as usize % SLOTS;
        if self.may_be_in(slot, hash) { slot } else { self.slot_behind(slot, hash) }
    }

    #[inline(never)]
    fn slot_behind(&self, mut slot: usize, hash: u32) -> usize {
        while !self.may_be_in(slot, hash) {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    /// Whether no other word is in this slot.
    #[inline]
    fn may_be_in(&self, slot: usize, hash: u32) -> bool {
        let place = usize::from(self.slots[slot % SLOTS]);
        place == 0 || self.hashes[(place - 1) % MOST_WORDS] == hash
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
        self.read_all(without_accents(&text[..text.floor_char_boundary(LONGEST_TEXT)], &mut room));
        self.room = room;
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
        if start == end || start >= MOST_LETTERS || self.count == MOST_WORDS {
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
            self.starts[self.count % MOST_WORDS] = self.start as u8;
            self.count += 1;
            self.slots[slot] = self.count as u8;
            self.start += len + 1;
            self.end = self.start;
        }
        new
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
        let hashes: Vec<u32> = (0..words.hashes.len()).map(|at| hash(words.word(at))).collect();
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

    #[test]
    fn words_end_where_there_is_no_room_for_more_letters() {
        for len in 240..260 {
            let text: String = (b'a'..=b'z').cycle().take(len).map(char::from).collect();
            let words: Vec<&str> =
                (0..len).step_by(20).filter_map(|at| text.get(at..len.min(at + 20))).collect();
            let text = format!("{}東京", words.join("-"));
            let (mut reader, mut other) = (Reader::default(), Reader::default());
            reader.read("", &text);
            assert!(other.restore(reader.words().letters).is_some(), "{text}");
        }
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
