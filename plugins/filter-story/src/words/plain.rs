//! The words of ASCII that follow each other with nothing but signs between them.

use super::block::BLOCK;
use super::eight::{first, hash_front, hash_short};
use super::{LONGEST_WORD, MOST_LETTERS, MOST_WORDS, Reader};

impl Reader {
    /// Keep the words from a place of the text on, up to where there is something else, as far as there is room.
    /// No word is being read. The block holds a part of the text at that place or before.
    #[inline(never)]
    pub(super) fn keep_plain(&mut self, text: &[u8], mut at: usize) -> usize {
        while at < text.len() {
            if at >= self.block.base + BLOCK {
                self.block.read(text, at);
            }
            let mut rest = self.block.behind(at);
            at = self.block.base + rest.odd.min(BLOCK);
            while let Some((start, end)) = rest.next() {
                if rest.odd <= end && rest.odd < BLOCK {
                    return self.block.base + rest.odd.min(start);
                }
                if end - start > LONGEST_WORD || self.count == MOST_WORDS || self.start >= MOST_LETTERS {
                    return self.block.base + start;
                }
                if end == BLOCK && !self.block.last {
                    // It may go on.
                    at = self.block.base + start;
                    self.block.read(text, at);
                    break;
                }
                self.keep_plain_word(start, end - start);
            }
            if rest.odd < BLOCK {
                return at;
            }
        }
        at
    }

    #[inline]
    fn keep_plain_word(&mut self, start: usize, len: usize) {
        let Some(to) = self.letters[self.start..].first_chunk_mut::<{ LONGEST_WORD + 1 }>() else { return };
        let hash = if len <= 8 {
            let letters = self.block.eight(start) & first(len);
            to[..8].copy_from_slice(&letters.to_le_bytes());
            hash_short(letters, len)
        } else {
            for at in [0, 8, 16] {
                to[at..at + 8].copy_from_slice(&self.block.eight(start + at).to_le_bytes());
            }
            hash_front(to, len)
        };
        to[len] = b' ';
        self.keep(hash, len);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_those_between_the_signs(text in "([a-zA-Z0-9é]{0,30}[ ,;!'(-]){0,12}[A-Z]{0,70}") {
            let text: String = text.chars().take(250).collect();
            let mut expected: Vec<String> = Vec::new();
            for word in text.to_lowercase().replace('é', "e").split(|c: char| !c.is_alphanumeric()) {
                let word = word[..word.len().min(LONGEST_WORD)].to_owned();
                if !word.is_empty() && !expected.contains(&word) {
                    expected.push(word);
                }
            }
            let mut reader = Reader::default();
            reader.read("", &text);
            let words = reader.words();
            let read: Vec<&[u8]> = (0..words.hashes.len()).map(|at| words.word(at)).collect();
            let expected: Vec<&[u8]> = expected.iter().map(String::as_bytes).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
