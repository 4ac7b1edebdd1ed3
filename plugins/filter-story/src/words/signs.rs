//! Texts sign by sign: what is no word of ASCII between mere signs.

use super::eight::{Eight, is_mere_sign};
use super::{LONGEST_WORD, MOST_LETTERS, MOST_WORDS, Reader};
use crate::letters::{Sign, sign};

/// Words in front of a name that say whose telling it is, not what is told.
const COURIERS: &[&[u8]] = &[b"rt", b"via", b"cc", b"mt", b"qt", b"ht", b"par", b"by"];

impl Reader {
    /// Read a text without accents, which is UTF-8.
    pub(super) fn read_all(&mut self, text: &[u8]) {
        self.block.read(text, 0);
        let mut unspaced = None;
        let mut at = 0;
        while self.has_room() && at < text.len() {
            if self.start == self.end {
                let next = self.keep_plain(text, at);
                if next > at {
                    unspaced = None;
                    at = next;
                    if at >= text.len() || !self.has_room() {
                        break;
                    }
                }
            }
            at = self.read_sign(text, at, &mut unspaced);
        }
        self.end_word();
    }

    fn has_room(&self) -> bool {
        self.count < MOST_WORDS && self.end < MOST_LETTERS
    }

    /// Read what stands at a place of the text, some letters or a sign, and say what comes behind it. `unspaced` is
    /// the letter in front of it where that one is of a script without spaces.
    #[inline(never)]
    fn read_sign(&mut self, text: &[u8], at: usize, unspaced: &mut Option<char>) -> usize {
        let plain = self.push_plain(text, at);
        if plain > 0 {
            *unspaced = None;
            let behind = at + plain;
            if text.get(behind).is_some_and(|&sign| !is_mere_sign(sign)) {
                return behind;
            }
            self.end_word();
            return behind + 1;
        }
        let rest = text.get(at..).unwrap_or_default();
        match rest {
            [first, ..] if !first.is_ascii() => return at + self.read_letter(rest, unspaced),
            [b':', b'/', b'/', ..] if self.letters[self.start..self.end].starts_with(b"http") => {
                *unspaced = None;
                self.end = self.start;
                return at + 1 + address_len(&rest[1..]);
            }
            [b'@', name @ ..] => {
                *unspaced = None;
                let is_first = self.start == self.end;
                self.end_word();
                return at + 1 + if is_first && self.is_address() { name_len(name) } else { 0 };
            }
            _ => {}
        }
        *unspaced = None;
        self.end_word();
        if rest.starts_with(b"...") {
            self.ellipsis = self.start;
        }
        at + 1
    }

    /// Read a character that is not ASCII, and say how many bytes it has.
    fn read_letter(&mut self, text: &[u8], unspaced: &mut Option<char>) -> usize {
        let Some(letter) = first_letter(text) else { return text.len() };
        match sign(letter) {
            Sign::Mark => {}
            Sign::Letter(letter) => {
                *unspaced = None;
                self.push(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Sign::Ligature(letters) => {
                *unspaced = None;
                self.push(letters.as_bytes());
            }
            Sign::Unspaced(letter) => {
                // Each letter with the one before, as such scripts do not say where words end.
                self.end_word();
                let before = unspaced.replace(letter);
                for letter in before.into_iter().chain([letter]) {
                    self.push(letter.encode_utf8(&mut [0; 4]).as_bytes());
                }
                self.end_word();
            }
            Sign::Between => {
                *unspaced = None;
                self.end_word();
                if letter == '…' {
                    self.ellipsis = self.start;
                }
            }
        }
        letter.len_utf8()
    }

    /// Take the ASCII letters and digits from a place on into the word; how many there are.
    #[inline]
    fn push_plain(&mut self, text: &[u8], from: usize) -> usize {
        let mut at = from;
        loop {
            let eight = Eight::at(text, at);
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

    /// Whether a name that follows is one that the message is addressed to or comes from; then the word that
    /// says so is taken back.
    fn is_address(&mut self) -> bool {
        let Some(last) = self.count.checked_sub(1) else { return true };
        if !COURIERS.contains(&self.words().word(last)) {
            return false;
        }
        self.start = usize::from(self.starts[last]);
        self.end = self.start;
        // It was the last, so that no other word stands behind its slot for want of it.
        let slot = self.slot(self.hashes[last]);
        self.slots[slot] = 0;
        self.count = last;
        self.passed_on = true;
        true
    }
}

/// The character that a text begins with.
fn first_letter(text: &[u8]) -> Option<char> {
    let len = match text.first()? {
        ..0xE0 => 2,
        ..0xF0 => 3,
        _ => 4,
    };
    str::from_utf8(text.get(..len)?).ok()?.chars().next()
}

/// How many bytes there are up to a space.
fn address_len(text: &[u8]) -> usize {
    len_while(text, |byte| !matches!(byte, b'\t'..=b'\r' | b' '), |letter| !letter.is_whitespace())
}

/// How many bytes of a name there are.
fn name_len(text: &[u8]) -> usize {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    len_while(text, is_plain, char::is_alphanumeric)
}

/// How many bytes there are up to a character that is not of some kind.
#[inline]
fn len_while(text: &[u8], is_plain: impl Fn(u8) -> bool, is_other: impl Fn(char) -> bool) -> usize {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte.is_ascii() {
            if !is_plain(byte) {
                break;
            }
            at += 1;
        } else {
            let Some(letter) = first_letter(&text[at..]).filter(|&letter| is_other(letter)) else { break };
            at += letter.len_utf8();
        }
    }
    at
}
