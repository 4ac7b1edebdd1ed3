//! A text as words: folded, cut to their stems and hashed.

use xxhash_rust::xxh3::xxh3_64;

use crate::fold::{Kind, kind, push_folded};
use crate::stem::stem;

/// How many words of a message are looked at, so that the longest text costs a bounded time.
const MOST: usize = 1_000;
/// Of a longer word the beginning counts, in bytes of its folded form.
const LONGEST: usize = 48;
/// The shortest part of a word written `LikeThis`, in bytes.
const SHORTEST_PART: usize = 2;
/// The shortest beginning or end of a tag that is looked at, and the shortest rest, in bytes.
const SHORTEST_AFFIX: usize = 5;
const SHORTEST_REST: usize = 2;
/// Words that begin with the same so many bytes begin alike.
const BEGINNING: usize = 5;
/// So many words further a second text of a message begins: they do not stand side by side.
const APART: u32 = 16;

/// A word of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Of its stem.
    pub(crate) hash: u64,
    /// Of its beginning; 0 where it is too short or has none.
    pub(crate) beginning: u64,
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

/// The words of one message at a time, in the same memory.
pub(crate) struct Words {
    stems: bool,
    words: Vec<Word>,
    position: u32,
    offset: u32,
}

/// What a byte becomes: a small letter or a digit; [`GAP`] where it parts words; [`OTHER`] where it is not ASCII.
const FOLDED: [u8; 256] = {
    let mut table = [GAP; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= 128 {
            table[byte] = OTHER;
        } else if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};
const GAP: u8 = 0;
const OTHER: u8 = 255;

/// A word that is being read; what is too long for it is left out.
struct Folded {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Folded {
    fn new() -> Self {
        Self { bytes: [0; LONGEST], len: 0 }
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        if let Some(free) = self.bytes.get_mut(self.len) {
            *free = byte;
            self.len += 1;
        }
    }

    fn push_char(&mut self, c: char) {
        push_folded(c, |bytes| bytes.iter().for_each(|&byte| self.push(byte)));
    }

    /// The hash of its beginning, which no hash of a whole word is but by chance.
    #[inline]
    fn beginning(&self) -> u64 {
        if self.len < BEGINNING {
            return 0;
        }
        let letters =
            self.bytes[..BEGINNING].iter().fold(1u64, |letters, &byte| letters << 8 | u64::from(byte));
        let mixed = letters.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 32
    }
}

/// The hash of the stem of a word in small letters without accents.
pub(crate) fn hash_of(word: &str) -> u64 {
    Words::new(true).hash(&mut word.as_bytes().to_vec())
}

impl Words {
    /// `stems`: forms of one word are one.
    pub(crate) fn new(stems: bool) -> Self {
        Self { stems, words: Vec::new(), position: 0, offset: 0 }
    }

    /// The hash of a folded word.
    #[inline(always)]
    pub(crate) fn hash(&self, folded: &mut [u8]) -> u64 {
        let len = if self.stems { stem(folded) } else { folded.len() };
        xxh3_64(&folded[..len])
    }

    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.position = 0;
        self.offset = 0;
    }

    pub(crate) fn all(&self) -> &[Word] {
        &self.words
    }

    /// Read a text; the words that were read before stay, and stand far away. Addresses are left out.
    pub(crate) fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut folded = Folded::new();
        let mut at = 0;
        while at < bytes.len() && self.words.len() < MOST {
            let start = at;
            folded.len = 0;
            let humps;
            (at, humps) = read_word(text, start, &mut folded);
            if folded.len == 0 {
                if bytes.get(at).is_some_and(u8::is_ascii) {
                    at += 1;
                    continue;
                }
                at += text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            if bytes.get(at) == Some(&b':') && is_scheme(&folded.bytes[..folded.len], &bytes[at..]) {
                at += text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
                continue;
            }
            let tag = start > 0 && bytes[start - 1] == b'#';
            if tag && !humps {
                self.push_affixes(&folded, start, at);
            }
            self.push(&mut folded, start, at, if tag { Form::Tag } else { Form::Plain });
            if humps {
                self.push_parts(text, start, at, &mut folded);
            } else {
                self.position += 1;
            }
        }
        self.offset += text.len() as u32;
        self.position += APART;
    }

    #[inline(always)]
    fn push(&mut self, folded: &mut Folded, start: usize, end: usize, form: Form) {
        let beginning = folded.beginning();
        let hash = self.hash(&mut folded.bytes[..folded.len]);
        let (start, end) = (self.offset + start as u32, self.offset + end as u32);
        self.words.push(Word { hash, beginning, position: self.position, start, end, form });
    }

    /// The beginnings and ends of a tag: `#prayforboston`.
    fn push_affixes(&mut self, folded: &Folded, start: usize, end: usize) {
        let whole = &folded.bytes[..folded.len];
        for len in SHORTEST_AFFIX..(whole.len() + 1).saturating_sub(SHORTEST_REST) {
            for affix in [&whole[..len], &whole[whole.len() - len..]] {
                let mut part = Folded::new();
                part.bytes[..len].copy_from_slice(affix);
                part.len = len;
                if self.words.len() < MOST {
                    self.push(&mut part, start, end, Form::Affix);
                }
            }
        }
    }

    /// The parts of a word written `LikeThis` or `BBCNews`.
    fn push_parts(&mut self, text: &str, start: usize, end: usize, folded: &mut Folded) {
        let mut part = start;
        let mut chars = text[start..end].char_indices().peekable();
        let mut before_is_small = false;
        while let Some((at, c)) = chars.next() {
            let at = start + at;
            let next_is_small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            if c.is_uppercase() && at > part && (before_is_small || next_is_small) {
                self.push_part(text, part, at, folded);
                part = at;
            }
            before_is_small = !c.is_uppercase();
        }
        self.push_part(text, part, end, folded);
    }

    fn push_part(&mut self, text: &str, start: usize, end: usize, folded: &mut Folded) {
        folded.len = 0;
        for c in text[start..end].chars() {
            match c {
                _ if c.is_ascii() => folded.push(c.to_ascii_lowercase() as u8),
                _ if kind(c) == Kind::Mark => {}
                _ => folded.push_char(c),
            }
        }
        if folded.len >= SHORTEST_PART && self.words.len() < MOST {
            self.push(folded, start, end, Form::Part);
        }
        self.position += 1;
    }
}

/// Read the word that begins here. Returns where it ends, and whether a capital stands behind a small letter in it.
#[inline]
fn read_word(text: &str, start: usize, folded: &mut Folded) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = start;
    // A bit for each of the first 64 letters that is a capital.
    let mut capitals = 0u64;
    let mut letters = 0u32;
    while let Some(&byte) = bytes.get(at) {
        let small = FOLDED[byte as usize];
        if small == GAP {
            break;
        }
        if small != OTHER {
            folded.push(small);
            capitals |= u64::from(small != byte) << (letters & 63);
            letters += 1;
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        match kind(c) {
            Kind::Letter => folded.push_char(c),
            Kind::Mark => {}
            Kind::Word if folded.len == 0 => {
                folded.push_char(c);
                at += c.len_utf8();
                break;
            }
            Kind::Word | Kind::Gap => break,
        }
        letters += 1;
        at += c.len_utf8();
    }
    (at, capitals & !(capitals << 1) & !1 != 0)
}

fn is_scheme(word: &[u8], behind: &[u8]) -> bool {
    (word == b"http" || word == b"https") && behind.starts_with(b"://")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words as they are written, without the affixes of tags, and where each stands.
    fn words(text: &str) -> Vec<(&str, u32)> {
        let mut words = Words::new(true);
        words.read(text);
        let all = words.all().iter().filter(|word| word.form != Form::Affix);
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

    #[test]
    fn a_tag_is_known_by_its_beginning_and_its_end() {
        let mut words = Words::new(true);
        words.read("#prayforboston #bostonmarathon");
        let of_boston = words.all().iter().filter(|word| word.hash == hash_of("boston"));
        assert_eq!(
            of_boston.map(|word| (word.start, word.form)).collect::<Vec<_>>(),
            [(1, Form::Affix), (16, Form::Affix)]
        );
    }
}
