//! A text as words: folded, cut to their stems and hashed.

use crible_sdk::blocks::eight;

use crate::folded::Folded;
use crate::letters::{Letters, NOT_ASCII, SMALL, first, hash_of_short};
use crate::runs::Runs;

/// How many words of a message are looked at, so that the longest text costs a bounded time.
const MOST: usize = 1_000;
/// So many words further a second text of a message begins: they do not stand side by side.
const APART: u32 = 16;

/// A word of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Of its stem.
    pub(crate) hash: u64,
    /// Its first eight letters, as [`Letters`] has them.
    pub(crate) letters: u64,
    /// Which word of the message it is. A word written `LikeThis` stands where its first part stands.
    pub(crate) position: u32,
    /// Where it stands in the texts that were read, one behind the other, in bytes.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) form: Form,
}

/// How a word stands in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// By itself.
    Plain,
    /// As a tag, which may be made of several words.
    Tag,
    /// As a part of a word written `LikeThis`.
    Part,
    /// As the beginning or the end of a tag: a word or not.
    Affix,
}

/// Who is told the words of a message.
pub(crate) trait Reader {
    fn word(&mut self, word: Word);

    /// Whether an affix of a tag is looked for that begins like others of its group.
    fn asks_for_affixes(&self, group: u64) -> bool;
}

/// Reads the words of one message at a time: how far it was read.
pub(crate) struct Words {
    pub(crate) stems: bool,
    /// How many more words are read, about.
    pub(crate) left: usize,
    /// Which word of the message is next.
    pub(crate) position: u32,
    /// How long the texts are that were read before.
    offset: u32,
}

/// The hash of the stem of a word in small letters without accents.
pub(crate) fn hash_of(word: &str) -> u64 {
    Letters::of(word.as_bytes()).hash(true)
}

/// The words of a text, without the affixes of tags. `stems`: forms of one word are one.
pub(crate) fn words_of(text: &str, stems: bool) -> Vec<Word> {
    let mut all = Vec::new();
    Words::new(stems).read(text, &mut all);
    all
}

impl Reader for Vec<Word> {
    fn word(&mut self, word: Word) {
        self.push(word);
    }

    fn asks_for_affixes(&self, _group: u64) -> bool {
        false
    }
}

impl Words {
    /// `stems`: forms of one word are one.
    pub(crate) fn new(stems: bool) -> Self {
        Self { stems, left: MOST, position: 0, offset: 0 }
    }

    /// Read the next text of a message: its words stand far away from those that were read before. Addresses are
    /// left out.
    pub(crate) fn read(&mut self, text: &str, reader: &mut impl Reader) {
        let mut runs = Runs::of(text.as_bytes());
        // Where the last address ends, and how many runs were read.
        let (mut behind, mut read) = (0, 0);
        while read < self.left
            && let Some((start, end)) = runs.next()
        {
            read += 1;
            let start = start.max(behind);
            if start < end {
                behind = self.read_run(text, start, end, reader);
            }
        }
        self.left = self.left.saturating_sub(read);
        self.offset += text.len() as u32;
        self.position += APART;
    }

    /// Read the words of a run. Returns where what belongs to it ends.
    #[inline(always)]
    fn read_run(&mut self, text: &str, start: usize, end: usize, reader: &mut impl Reader) -> usize {
        let (bytes, len) = (text.as_bytes(), end - start);
        if len > 8 {
            return self.read_long(text, start, end, reader);
        }
        let in_run = first(len);
        let eight = eight(bytes, start) & in_run;
        let small = (eight | SMALL) & in_run;
        if (humps(eight, in_run) | eight & NOT_ASCII) != 0 || is_tag(bytes, start) || may_be_scheme(small) {
            return self.read_odd(text, start, end, small, eight & NOT_ASCII != 0, reader);
        }
        let hash = hash_of_short(small, len, self.stems);
        reader.word(self.word(hash, small, start, end, Form::Plain));
        self.position += 1;
        end
    }

    /// The same of a run of more than eight bytes.
    #[inline(never)]
    fn read_long(&mut self, text: &str, start: usize, end: usize, reader: &mut impl Reader) -> usize {
        let bytes = text.as_bytes();
        let (mut capitals, mut high, mut all_humps) = (0x20 << 56, 0, 0);
        for at in (start..end).step_by(8) {
            let in_run = first(end - at);
            let eight = eight(bytes, at) & in_run;
            let before = capitals >> 56;
            capitals = !eight & SMALL & in_run;
            all_humps |= capitals & !(capitals << 8 | before);
            high |= eight & NOT_ASCII;
        }
        let small = eight(bytes, start) | SMALL;
        if (all_humps | high) != 0 || is_tag(bytes, start) {
            return self.read_odd(text, start, end, small, high != 0, reader);
        }
        let hash = Letters::of_ascii(bytes, start, end - start, small).hash(self.stems);
        reader.word(self.word(hash, small, start, end, Form::Plain));
        self.position += 1;
        end
    }

    /// The same of a run that is no simple word. `small` are its first eight letters, where it is ASCII.
    #[inline(never)]
    fn read_odd(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        small: u64,
        high: bool,
        reader: &mut impl Reader,
    ) -> usize {
        if high {
            return self.read_any(text, start, end, reader);
        }
        let letters = Letters::of_ascii(text.as_bytes(), start, end - start, small);
        if is_scheme(letters, &text.as_bytes()[end..]) {
            return end_of_address(text, end);
        }
        self.take_apart(text, start, end, letters, reader);
        end
    }

    /// The same of a run that is not ASCII: some of its characters may be no letters.
    #[inline(never)]
    fn read_any(&mut self, text: &str, start: usize, end: usize, reader: &mut impl Reader) -> usize {
        let mut folded = Folded::new();
        let mut at = start;
        while at < end && self.left > 0 {
            let start = at;
            let humps;
            (at, humps) = folded.read_word(text, start, end);
            if folded.is_empty() {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let letters = folded.letters();
            if at == end && is_scheme(letters, &text.as_bytes()[end..]) {
                return end_of_address(text, end);
            }
            self.left -= 1;
            if humps || is_tag(text.as_bytes(), start) {
                self.take_apart(text, start, at, letters, reader);
            } else {
                reader.word(self.word(letters.hash(self.stems), letters.start(), start, at, Form::Plain));
                self.position += 1;
            }
        }
        end
    }

    /// The word that is next.
    #[inline(always)]
    pub(crate) fn word(&self, hash: u64, letters: u64, start: usize, end: usize, form: Form) -> Word {
        let (start, end) = (self.offset + start as u32, self.offset + end as u32);
        Word { hash, letters, position: self.position, start, end, form }
    }
}

/// Whether a tag begins here.
#[inline]
pub(crate) fn is_tag(text: &[u8], start: usize) -> bool {
    text.get(start.wrapping_sub(1)) == Some(&b'#')
}

/// Where a capital stands behind a small letter among the first eight bytes of a run.
#[inline]
fn humps(eight: u64, in_run: u64) -> u64 {
    let capitals = !eight & SMALL & in_run;
    capitals & !(capitals << 8) & !0xFF
}

/// Whether a word is the scheme of an address, or another one that begins like it.
#[inline]
fn may_be_scheme(letters: u64) -> bool {
    letters as u32 == u32::from_le_bytes(*b"http")
}

/// Whether a word is the scheme of an address.
fn is_scheme(word: Letters<'_>, behind: &[u8]) -> bool {
    let [http, https] = [*b"http\0\0\0\0", *b"https\0\0\0"].map(u64::from_le_bytes);
    (word.start() == http || word.start() == https) && behind.starts_with(b"://")
}

/// Where the address ends that has its scheme before this place.
fn end_of_address(text: &str, mut at: usize) -> usize {
    loop {
        at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
        match text[at..].chars().next() {
            Some(sign) if !sign.is_whitespace() => at += sign.len_utf8(),
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fold::{Kind, folded, kind};

    /// The words as they are written, without the affixes of tags, and where each stands.
    fn words(text: &str) -> Vec<(&str, u32)> {
        let all = words_of(text, true).into_iter();
        all.map(|word| (&text[word.start as usize..word.end as usize], word.position)).collect()
    }

    #[test]
    fn apostrophes_and_signs_part_words_and_addresses_are_none() {
        let expected = [("L", 0), ("été", 1), ("aujourd", 2), ("hui", 3), ("🎉", 4), ("fin", 5)];
        assert_eq!(words("L’été, aujourd'hui:🎉https://x.fr/a?b fin"), expected);
        assert_eq!(words("e\u{301}te\u{301}"), [("e\u{301}te\u{301}", 0)]);
        assert_eq!(words("東京!"), [("東", 0), ("京", 1)]);
        assert_eq!(words(""), []);
    }

    #[test]
    fn what_is_written_as_one_word_is_taken_apart() {
        let expected = [("PrayForBoston", 0), ("Pray", 0), ("For", 1), ("Boston", 2), ("now", 3)];
        assert_eq!(words("#PrayForBoston now"), expected);
        assert_eq!(words("BBCNewsRadio"), [("BBCNewsRadio", 0), ("BBC", 0), ("News", 1), ("Radio", 2)]);
    }

    /// The words of a text without tags, addresses and capitals, found slowly: each with its end.
    fn slowly(text: &str) -> Vec<(u64, usize)> {
        let mut words = Vec::new();
        let mut start = 0;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let kind = match c {
                _ if c.is_ascii_alphanumeric() => Kind::Letter,
                _ if c.is_ascii() => Kind::Gap,
                _ => kind(c),
            };
            if matches!(kind, Kind::Gap | Kind::Word) {
                words.push((start, at));
                start = at + c.len_utf8();
            }
            if kind == Kind::Word {
                words.push((at, start));
            }
        }
        let folded = words.into_iter().map(|(start, end)| (folded(&text[start..end]), end));
        let some = folded.filter(|(word, _)| !word.is_empty());
        some.map(|(word, end)| (hash_of(&word), end)).collect()
    }

    proptest! {
        #[test]
        fn the_words_of_a_text_are_those_found_slowly(
            text in "([a-z0-9]{1,12}|[éàœß\u{301}’жα日🎉 .,@-]|[ \u{a0}]){0,60}",
        ) {
            prop_assume!(!text.contains("http"));
            let words = words_of(&text, true).into_iter();
            let words: Vec<_> = words.map(|word| (word.hash, word.end as usize)).collect();
            prop_assert_eq!(words, slowly(&text));
        }
    }
}
