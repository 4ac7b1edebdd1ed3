//! Folding: what is done to a text before words are looked for in it.

use crate::blocks::eight;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// What matters when words are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Folding {
    /// Letter case matters: `Rust` is not `rust`.
    pub case: bool,
    /// Accents and ligatures matter: `été` is not `ete`, `œ` is not `oe`.
    pub accents: bool,
}

/// Whether a word can begin with this character: a letter, a digit, an emoji.
pub fn begins_word(c: char) -> bool {
    c.is_alphanumeric() && !is_apostrophe(c) || is_unspaced(c) || is_emoji(c)
}

/// Whether this character can stand within a word.
pub fn is_word_char(c: char) -> bool {
    begins_word(c) || is_combining_mark(c) && !is_invisible(c)
}

/// Folds one character onto the end of `out`: a table remembers the answers.
pub(super) fn fold_char(c: char, folding: Folding, out: &mut String) {
    if is_invisible(c) {
    } else if is_combining_mark(c) {
        push_mark(c, folding, out);
    } else if is_unspaced(c) || is_emoji(c) && !c.is_alphanumeric() {
        out.extend([' ', c, ' ']);
    } else if is_hangul_syllable(c) {
        out.push(c);
    } else if c.is_alphanumeric() && !is_apostrophe(c) {
        for part in std::iter::once(c).nfkd() {
            fold_part(part, folding, out);
        }
    } else {
        out.push(if c.is_ascii() { c } else { ' ' });
    }
}

fn fold_part(c: char, folding: Folding, out: &mut String) {
    if is_combining_mark(c) {
        push_mark(c, folding, out);
    } else if !c.is_alphanumeric() {
        out.push(' ');
    } else if folding.case {
        fold_letter(c, folding, out);
    } else {
        for lower in c.to_lowercase() {
            fold_letter(if lower == 'ς' { 'σ' } else { lower }, folding, out);
        }
    }
}

fn push_mark(c: char, folding: Folding, out: &mut String) {
    if folding.accents || !is_accent(c) {
        out.push(c);
    }
}

/// Letters that are a plain letter, or two, with a stroke or in a ligature.
fn fold_letter(c: char, folding: Folding, out: &mut String) {
    let plain = match c {
        _ if folding.accents => "",
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        'ẞ' => "SS",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ħ' => "h",
        'Ħ' => "H",
        'ŧ' => "t",
        'Ŧ' => "T",
        'þ' => "th",
        'Þ' => "TH",
        'ı' => "i",
        _ => "",
    };
    if plain.is_empty() { out.push(c) } else { out.push_str(plain) }
}

/// Accents and vowel points, but neither the signs that make up the syllables of Indic scripts nor
/// the voicing marks of kana, without which a word is another word.
fn is_accent(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 10..=35 | 200..)
}

/// Joiners, variation selectors, skin tones, soft hyphens: gone without dividing a word.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{20dd}'..='\u{20e4}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Unicode calls these letters, people type them for `'`.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}')
}

fn is_hangul_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e40}'..='\u{e46}' | '\u{e81}'..='\u{eb0}'
        | '\u{eb2}' | '\u{eb3}' | '\u{ec0}'..='\u{ec6}' | '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{231a}' | '\u{231b}' | '\u{23e9}'..='\u{23f3}'
        | '\u{1f000}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

/// How many characters a page of [`FoldTable`] covers.
const PAGE: u32 = 256;
/// Beyond this there are only Han and rare characters, folded one by one.
const COVERED: u32 = 0x2_0000;

/// Remembers how characters fold, a page at a time, so that each costs one look-up: at most 1 MB.
#[derive(Debug)]
pub struct FoldTable {
    folding: Folding,
    /// What the letters from `À` to `ÿ`, the most frequent that are not ASCII, become; 0 where that is not
    /// a single byte.
    latin: [u8; 64],
    pages: Vec<Option<Box<Page>>>,
    spare: String,
}

type Page = [Folded; PAGE as usize];

/// Up to seven bytes; the last byte is their number, 255 for a longer answer.
type Folded = [u8; 8];
const TOO_LONG: u8 = 255;

/// How many bytes of a text are looked at together.
const BLOCK: usize = 16;

/// The first byte of the letters from `À` to `ÿ`.
const LATIN_LEAD: u8 = 0xc3;

impl FoldTable {
    /// A table that has met no character yet.
    pub fn new(folding: Folding) -> FoldTable {
        let pages = (0..COVERED / PAGE).map(|_| None).collect();
        let mut table = FoldTable { folding, latin: [0; 64], pages, spare: String::new() };
        for (letter, plain) in ('À'..='ÿ').zip(0..) {
            table.spare.clear();
            fold_char(letter, folding, &mut table.spare);
            if let ([byte], Some(slot)) = (table.spare.as_bytes(), table.latin.get_mut(plain)) {
                *slot = *byte;
            }
        }
        table
    }

    pub(super) fn folding(&self) -> Folding {
        self.folding
    }

    /// What one character becomes, in UTF-8: its part of a word, spaces where it divides words, nothing where it is
    /// not seen.
    pub fn char(&mut self, c: char) -> &[u8] {
        let (code, folding) = (u32::from(c), self.folding);
        if let Some(page) = self.pages.get_mut((code / PAGE) as usize) {
            let page = page.get_or_insert_with(|| fold_page(code / PAGE, folding));
            let folded = &page[(code % PAGE) as usize];
            if let Some(bytes) = folded.get(..usize::from(folded[7])) {
                return bytes;
            }
        }
        self.spare.clear();
        fold_char(c, folding, &mut self.spare);
        self.spare.as_bytes()
    }

    /// Folds `text` into `out` from a place on, except for the case of ASCII letters, and says where it ends. What
    /// `out` holds behind that is of no account: it only grows, because zeroing it takes as long as folding.
    pub(super) fn fold(&mut self, text: &str, out: &mut Vec<u8>, from: usize) -> usize {
        let bytes = text.as_bytes();
        let (mut at, mut len) = (0, from);
        while at < bytes.len() {
            // Room for the rest, if each character takes what it took.
            if out.len() < len + bytes.len() - at + BLOCK {
                out.resize(len + 2 * (bytes.len() - at) + BLOCK, 0);
            }
            let Some(to) = out[len..].first_chunk_mut::<BLOCK>() else { break };
            let block = [eight(bytes, at), eight(bytes, at + 8)];
            // All of it is written, and what is not ASCII or stands behind the text is written over.
            *to = as_bytes(block);
            let ascii = leading_ascii(block).min(bytes.len() - at);
            (at, len) = (at + ascii, len + ascii);
            if ascii < BLOCK && at < bytes.len() {
                let (read, written) = self.fold_next(text, at, &mut out[len..]);
                if let Some(written) = written {
                    len += written;
                } else {
                    out.truncate(len);
                    out.extend_from_slice(self.spare.as_bytes());
                    len = out.len();
                }
                at += read;
            }
        }
        len
    }

    /// Folds the character at `at`, which is not ASCII, into `out`, where there is room for eight bytes. Says
    /// how many bytes it reads and writes; what is too long is left in `spare` instead.
    #[inline]
    fn fold_next(&mut self, text: &str, at: usize, out: &mut [u8]) -> (usize, Option<usize>) {
        if let Some([LATIN_LEAD, second]) = text.as_bytes().get(at..at + 2) {
            let plain = self.latin[usize::from(second & 0x3f)];
            if let (1.., Some(to)) = (plain, out.first_mut()) {
                *to = plain;
                return (2, Some(1));
            }
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return (1, Some(0)) };
        let (code, folding) = (u32::from(c), self.folding);
        if let Some(page) = self.pages.get_mut((code / PAGE) as usize) {
            let page = page.get_or_insert_with(|| fold_page(code / PAGE, folding));
            let folded = page[(code % PAGE) as usize];
            let room = out.first_chunk_mut::<8>().filter(|_| folded[7] != TOO_LONG);
            if let Some(to) = room {
                *to = folded;
                return (c.len_utf8(), Some(usize::from(folded[7])));
            }
        }
        self.spare.clear();
        fold_char(c, folding, &mut self.spare);
        (c.len_utf8(), None)
    }
}

#[inline]
fn as_bytes([low, high]: [u64; 2]) -> [u8; BLOCK] {
    (u128::from(high) << 64 | u128::from(low)).to_le_bytes()
}

#[inline]
fn leading_ascii(block: [u64; 2]) -> usize {
    let [low, high] = block.map(|eight| ((eight & 0x8080_8080_8080_8080).trailing_zeros() / 8) as usize);
    if low < 8 { low } else { 8 + high }
}

fn fold_page(page: u32, folding: Folding) -> Box<Page> {
    let mut answer = Box::new([[0; 8]; PAGE as usize]);
    let mut folded = String::new();
    for (code, slot) in (page * PAGE..).zip(answer.iter_mut()) {
        folded.clear();
        if let Some(c) = char::from_u32(code) {
            fold_char(c, folding, &mut folded);
        }
        match (slot.get_mut(..folded.len()), folded.len()) {
            (Some(bytes), 0..8) => {
                bytes.copy_from_slice(folded.as_bytes());
                slot[7] = folded.len() as u8;
            }
            _ => slot[7] = TOO_LONG,
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str, case: bool, accents: bool) -> String {
        let mut out = Vec::new();
        let end = FoldTable::new(Folding { case, accents }).fold(text, &mut out, 0);
        out.truncate(end);
        String::from_utf8(out).unwrap().to_lowercase()
    }

    #[test]
    fn accents_ligatures_and_forms_go() {
        for (text, plain) in [
            ("Été", "ete"),
            ("e\u{301}te\u{301}", "ete"),
            ("cœur", "coeur"),
            ("Straße", "strasse"),
            ("ﬁn", "fin"),
            ("𝐑ust", "rust"),
            ("Łódź", "lodz"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("co\u{ad}opérer", "cooperer"),
        ] {
            assert_eq!(folded(text, false, false), plain);
        }
    }

    #[test]
    fn composed_and_decomposed_accents_are_the_same_when_they_matter() {
        assert_eq!(folded("été", false, true), folded("e\u{301}te\u{301}", false, true));
        assert_ne!(folded("été", false, true), folded("ete", false, true));
        assert_ne!(folded("cœur", false, true), folded("coeur", false, true));
    }

    #[test]
    fn what_is_no_word_becomes_a_space() {
        assert_eq!(folded("l’été…™", false, false), "l ete  ");
        assert_eq!(folded("日本x👍🏽", false, false), " 日  本 x 👍 ");
    }
}
