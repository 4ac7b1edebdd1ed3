//! A text as tokens: words, tags, mentions, numbers, addresses, emoji and strong signs, in small letters and
//! without accents.

use crate::features::Features;
use crate::letters::{Letters, Spelling};
use crate::marks::{BLOCK, Marks, Sorts};
use crate::runs::{Run, Runs};
use crate::site::site;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Tag,
    Mention,
    Number,
    /// An address; its folded form is its site.
    Link,
    /// `!`, one or more.
    Call,
    /// `?`.
    Question,
    /// An emoji, a sign of money.
    Sign,
}

/// How many kinds there are.
pub(crate) const KINDS: usize = Kind::Sign as usize + 1;

impl Kind {
    /// Whether it is looked at how it begins and ends.
    #[inline]
    pub(crate) fn has_letters(self) -> bool {
        matches!(self, Self::Word | Self::Tag | Self::Mention | Self::Number)
    }
}

/// How many tokens of a text are looked at, so that the longest text costs a bounded time.
pub(crate) const MOST: usize = 1_000;
/// In how many bytes of a text sorts are counted.
const MOST_COUNTED: usize = 64 * BLOCK;

/// The first byte of the letters from `À` to `ÿ`, the most frequent that are not ASCII.
const LATIN_LEAD: u8 = 0xC3;
/// What these become where that is a letter of ASCII, by the low bits of their second byte; 0 for the others.
static LATIN: [u8; 64] = *b"aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y";

/// Whether a byte is part of a word, as far as can be seen from a byte.
static PART: [bool; 256] = parts();

const fn parts() -> [bool; 256] {
    let mut parts = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let plain = byte as u8;
        parts[byte] = plain.is_ascii_alphanumeric() || plain == b'_' || !plain.is_ascii();
        byte += 1;
    }
    parts
}

/// Read a text, and say what sorts of bytes it has. Its tokens are added to what was read of the message before.
pub(crate) fn read(text: &str, features: &mut Features) -> Sorts {
    let mut reading = Reading { features, text, block: 0, is_within: 0, is_tagged: 0, done: 0 };
    let mut sorts = Sorts::default();
    while reading.block < text.len() {
        let is_counted = reading.block < MOST_COUNTED;
        if !is_counted && reading.features.len() >= MOST {
            break;
        }
        let marks = Marks::at(text.as_bytes(), reading.block);
        let bytes = reading.read_block(&marks);
        if is_counted {
            sorts.add(&marks, bytes);
        }
    }
    sorts
}

/// A text that is being read.
struct Reading<'t> {
    features: &'t mut Features,
    text: &'t str,
    /// Where the block begins that is read next.
    block: usize,
    /// Whether the block begins within a word that was read: 1 or 0.
    is_within: u64,
    /// Whether the byte before the block makes a tag or a mention of the word behind it: 1 or 0.
    is_tagged: u64,
    /// Where the last address or sign ends.
    done: usize,
}

impl Reading<'_> {
    /// Read the next block up to its last word, which is read with the next one unless it ends here; how many bytes
    /// those are. So only words longer than a block are looked at beyond its end.
    #[inline(always)]
    fn read_block(&mut self, marks: &Marks) -> u32 {
        let rest = (self.text.len() - self.block).min(BLOCK) as u32;
        let bytes = match u64::BITS - marks.words.leading_ones() {
            0 => rest,
            before => before.min(rest),
        };
        let starts = marks.words & !(marks.words << 1 | self.is_within) | marks.signs;
        let tagged = marks.tags << 1 | self.is_tagged;
        let mut runs = Runs {
            block: self.block,
            starts: starts & u64::MAX >> (u64::BITS - bytes),
            words: marks.words,
            wide: marks.wide,
            odd: marks.signs | tagged | marks.digits | u64::from(marks.words == u64::MAX),
        };
        while self.features.len() < MOST {
            let Some(run) = runs.next() else { break };
            if run.is_plain()
                && self.block + run.offset as usize >= self.done
                && self.features.add_words(self.text.as_bytes(), &mut runs)
            {
                continue;
            }
            runs.skip();
            self.read_run(run, tagged >> run.offset & 1 == 1);
        }
        self.is_within = marks.words >> (bytes - 1) & 1;
        self.is_tagged = marks.tags >> (bytes - 1) & 1;
        self.block += bytes as usize;
        bytes
    }

    /// Read a run of bytes that are part of words, which a sign may stand before, or a sign.
    #[inline(never)]
    fn read_run(&mut self, run: Run, is_tagged: bool) {
        let start = self.block + run.offset as usize;
        let end = start + run.len as usize;
        if run.len == 0 {
            if start >= self.done {
                self.read_sign(start);
            }
            return;
        }
        if end <= self.done {
            return;
        }
        let bytes = self.text.as_bytes();
        let last = match bytes.len().checked_sub(8) {
            Some(last) if run.wide == 0 && run.len < u64::BITS && start >= self.done => last,
            _ => return self.read_mixed(start, end),
        };
        let letters = Letters::of_plain(bytes, last, start, run.len as usize);
        let sign = if is_tagged { self.sign_before(start) } else { None };
        let (kind, from) = match sign {
            Some(kind) => (kind, start - 1),
            None if letters.is_number() => (Kind::Number, start),
            None if letters.may_begin_address() && self.read_address(start) => return,
            None => (Kind::Word, start),
        };
        self.features.add(kind, letters, from, end);
    }

    /// What the sign before a word makes of it.
    fn sign_before(&self, start: usize) -> Option<Kind> {
        let before = start.checked_sub(1).filter(|&before| before >= self.done)?;
        match self.text.as_bytes().get(before) {
            Some(b'#') => Some(Kind::Tag),
            Some(b'@') => Some(Kind::Mention),
            _ => None,
        }
    }

    /// Read a run that is not ASCII throughout, that begins in an address, or that goes on behind the block, a
    /// character at a time.
    #[inline(never)]
    fn read_mixed(&mut self, start: usize, mut end: usize) {
        if end - start == BLOCK {
            end += self.text.as_bytes()[end..].iter().take_while(|&&byte| PART[usize::from(byte)]).count();
        }
        let mut at = start.max(self.done);
        while at < end && self.features.len() < MOST {
            let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else { return };
            if is_part(c) {
                let sign = if at == start { self.sign_before(start) } else { None };
                if sign.is_none() && matches!(c, 'h' | 'H' | 'w' | 'W') && self.read_address(at) {
                    at = self.done;
                } else {
                    at = self.read_word(sign, at);
                }
            } else {
                let end = at + c.len_utf8();
                if is_sign(c) {
                    self.features.add(Kind::Sign, folded(c.encode_utf8(&mut [0; 4])), at, end);
                }
                at = end;
            }
        }
    }

    /// Read a word, which a sign may stand before; where it ends.
    fn read_word(&mut self, sign: Option<Kind>, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut spelling = Spelling::default();
        let mut digits = true;
        let mut at = start;
        while let Some(&byte) = bytes.get(at)
            && PART[usize::from(byte)]
        {
            let second = bytes.get(at + 1).map_or(0, |second| LATIN[usize::from(second & 0x3F)]);
            if byte.is_ascii() {
                spelling.push(byte.to_ascii_lowercase());
                digits &= byte.is_ascii_digit();
                at += 1;
            } else if byte == LATIN_LEAD && second != 0 {
                spelling.push(second);
                digits = false;
                at += 2;
            } else {
                let c = self.text[at..].chars().next().filter(|&c| is_part(c));
                let Some(c) = c else { break };
                fold(c, &mut spelling);
                digits = false;
                at += c.len_utf8();
            }
        }
        let (kind, from) = match sign {
            Some(kind) => (kind, start - 1),
            None if digits => (Kind::Number, start),
            None => (Kind::Word, start),
        };
        self.features.add(kind, spelling.letters(), from, at);
        at
    }

    /// Read an address, if one begins here; whether one does.
    #[inline(never)]
    fn read_address(&mut self, start: usize) -> bool {
        let rest = &self.text[start..];
        let Some(len) = address_len(rest) else { return false };
        self.done = start + len;
        self.features.add(Kind::Link, folded(site(&rest[..len])), start, start + len);
        true
    }

    /// Read a sign that means something alone.
    #[inline(never)]
    fn read_sign(&mut self, at: usize) {
        let rest = &self.text.as_bytes()[at..];
        let len = rest.iter().take_while(|byte| matches!(byte, b'!' | b'?')).count();
        // One, or more than one: three exclamation marks say no more than five.
        let (kind, form) = match (len, rest[0]) {
            (0, b'$') => (Kind::Sign, "$"),
            (0, _) => (Kind::Sign, "%"),
            (1, b'?') => (Kind::Question, "?"),
            (1, _) => (Kind::Call, "!"),
            _ => (Kind::Call, "!!"),
        };
        self.done = at + len.max(1);
        self.features.add(kind, Letters::of(form), at, self.done);
    }
}

fn is_part(c: char) -> bool {
    match c {
        '\0'..='\x7F' => PART[c as usize],
        // Accented letters, and accents that stand behind their letter.
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{300}'..='\u{36F}' => true,
        // Apostrophes, dashes, dots.
        '\u{2010}'..='\u{203A}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Signs that mean something alone: money, emoji, arrows and hearts.
fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '%' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn address_len(text: &str) -> Option<usize> {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    if !(starts("http://") || starts("https://") || starts("www.")) {
        return None;
    }
    let is_plain = |byte: u8| byte > b' ' && byte < 0x7F && !matches!(byte, b'"' | b'<' | b'>');
    let plain = text.bytes().take_while(|&byte| is_plain(byte)).count();
    let end = text[plain..].find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '»'));
    Some(end.map_or(text.len(), |end| plain + end))
}

/// The letters of a text, small and without accents.
fn folded(text: &str) -> Letters {
    if text.is_ascii() {
        return Letters::of(text);
    }
    let mut spelling = Spelling::default();
    text.chars().for_each(|c| fold(c, &mut spelling));
    spelling.letters()
}

/// Small letters without accents, for the letters of French and its neighbours; others are made small.
fn fold(c: char, out: &mut Spelling) {
    let plain = match c {
        '\0'..='\x7F' => return out.push(c.to_ascii_lowercase() as u8),
        'à'..='å' | 'À'..='Å' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' => "c",
        'è'..='ë' | 'È'..='Ë' => "e",
        'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => "o",
        'œ' | 'Œ' => "oe",
        'ù'..='ü' | 'Ù'..='Ü' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => "y",
        'ß' => "ss",
        // Accents that stand behind their letter.
        '\u{300}'..='\u{36F}' => "",
        _ => {
            let mut utf8 = [0; 4];
            return c.to_lowercase().for_each(|c| out.push_all(c.encode_utf8(&mut utf8).as_bytes()));
        }
    };
    out.push_all(plain.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features;
    use crate::sample::Sample;

    /// Each token as it is written, and what is known of it: that of a text that reads otherwise.
    fn tokens(text: &str) -> Vec<(String, Kind, u32)> {
        let sample = Sample { text, ..Sample::default() };
        let mut features = Features::default();
        features.read(&sample);
        let token =
            |at: usize| (features.written(at, &sample).to_owned(), features.kind(at), features.name(at));
        (0..features.len()).map(token).filter(|(written, ..)| !written.is_empty()).collect()
    }

    fn name(form: &str) -> u32 {
        features::name(Letters::of(form).hash())
    }

    #[test]
    fn words_are_folded_and_told_apart_from_tags_mentions_and_addresses() {
        let expected = [
            ("L", Kind::Word, "l"),
            ("ÉTÉ", Kind::Word, "ete"),
            ("#Café", Kind::Tag, "cafe"),
            ("@zoé_1", Kind::Mention, "zoe_1"),
            ("2012", Kind::Number, "2012"),
            ("https://www.journal.fr/a?b!c", Kind::Link, "journal.fr"),
            ("!!!", Kind::Call, "!!"),
            ("🎉", Kind::Sign, "🎉"),
        ];
        let found = tokens("L’ÉTÉ #Café @zoé_1 2012 https://www.journal.fr/a?b!c !!! 🎉");
        assert_eq!(found, expected.map(|(written, kind, form)| (written.to_owned(), kind, name(form))));
    }

    #[test]
    fn signs_and_addresses_end_where_they_should() {
        let expected = [
            ("http://a.fr/#x", Kind::Link, "a.fr"),
            ("été", Kind::Word, "ete"),
            ("#x", Kind::Tag, "x"),
            ("?", Kind::Question, "?"),
            ("$", Kind::Sign, "$"),
            ("9", Kind::Number, "9"),
            ("http", Kind::Word, "http"),
            ("#www", Kind::Tag, "www"),
            ("x", Kind::Word, "x"),
            ("!?", Kind::Call, "!!"),
        ];
        let found = tokens("http://a.fr/#x»été ##x? $9 http #www.x !?");
        assert_eq!(found, expected.map(|(written, kind, form)| (written.to_owned(), kind, name(form))));
    }

    #[test]
    fn words_cross_the_edges_of_blocks() {
        for before in 0..150 {
            let text = format!("{}mot{} é{}", " ".repeat(before), "s".repeat(before), "É".repeat(before));
            let forms: Vec<u32> = tokens(&text).into_iter().map(|(_, _, name)| name).collect();
            let words = [format!("mot{}", "s".repeat(before)), "e".repeat(before + 1)];
            assert_eq!(forms, words.map(|word| name(&word)));
        }
    }

    #[test]
    fn letters_that_are_looked_up_are_those_that_are_folded() {
        for (letter, &plain) in ('À'..='ÿ').zip(&LATIN) {
            let plain = [plain];
            let expected = Letters::of(str::from_utf8(&plain).unwrap_or_default()).hash();
            let is_plain = is_part(letter) && folded(letter.encode_utf8(&mut [0; 4])).len() == 1;
            assert_eq!(is_plain, plain != [0], "{letter}");
            assert!(!is_plain || folded(letter.encode_utf8(&mut [0; 4])).hash() == expected, "{letter}");
        }
    }
}
