//! Characters as words are compared by: small, without accents, compatibility forms as the ordinary letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// How many characters are folded together.
const PAGE: u32 = 256;
/// Beyond this there are only Han and rare characters, folded one by one.
const COVERED: u32 = 0x2_0000;

/// Up to seven bytes; the last byte is their number, [`TOO_LONG`] for a longer answer.
type Folded = [u8; 8];
type Page = [Folded; PAGE as usize];
const TOO_LONG: u8 = 255;

/// Remembers how characters fold, a page at a time, so that each costs one look-up: at most 1 MB.
pub(crate) struct FoldTable {
    pages: Vec<Option<Box<Page>>>,
    /// The answer that is too long for a page.
    long: String,
}

impl FoldTable {
    pub(crate) fn new() -> Self {
        Self { pages: (0..COVERED / PAGE).map(|_| None).collect(), long: String::new() }
    }

    /// What a character is compared by: bytes of words, and spaces where it parts them; nothing where it is
    /// not seen.
    pub(crate) fn fold(&mut self, letter: char) -> &[u8] {
        let code = u32::from(letter);
        if let Some(page) = self.pages.get_mut((code / PAGE) as usize) {
            let page = page.get_or_insert_with(|| fold_page(code / PAGE));
            let folded = &page[(code % PAGE) as usize];
            if let Some(bytes) = folded.get(..usize::from(folded[7])) {
                return bytes;
            }
        }
        self.long.clear();
        fold_char(letter, &mut self.long);
        self.long.as_bytes()
    }
}

fn fold_page(page: u32) -> Box<Page> {
    let mut answer = Box::new([[0; 8]; PAGE as usize]);
    let mut folded = String::new();
    for (code, slot) in (page * PAGE..).zip(answer.iter_mut()) {
        folded.clear();
        if let Some(letter) = char::from_u32(code) {
            fold_char(letter, &mut folded);
        }
        match slot[..7].get_mut(..folded.len()) {
            Some(bytes) => {
                bytes.copy_from_slice(folded.as_bytes());
                slot[7] = folded.len() as u8;
            }
            None => slot[7] = TOO_LONG,
        }
    }
    answer
}

fn fold_char(letter: char, out: &mut String) {
    if is_unseen(letter) || is_accent(letter) {
    } else if is_combining_mark(letter) {
        out.push(letter);
    } else if is_word_by_itself(letter) {
        out.extend([' ', letter, ' ']);
    } else if is_hangul(letter) {
        out.push(letter);
    } else if letter.is_alphanumeric() && !is_apostrophe(letter) {
        std::iter::once(letter).nfkd().for_each(|part| fold_part(part, out));
    } else {
        out.push(' ');
    }
}

fn fold_part(part: char, out: &mut String) {
    if is_accent(part) {
    } else if is_combining_mark(part) {
        out.push(part);
    } else if part.is_alphanumeric() {
        part.to_lowercase().filter(|&small| !is_accent(small)).for_each(|small| push_plain(small, out));
    } else {
        out.push(' ');
    }
}

/// Letters that are a plain letter, or two, with a stroke or in a ligature, as the plain ones.
fn push_plain(letter: char, out: &mut String) {
    match letter {
        'œ' => out.push_str("oe"),
        'æ' => out.push_str("ae"),
        'ß' => out.push_str("ss"),
        'þ' => out.push_str("th"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ħ' => out.push('h'),
        'ŧ' => out.push('t'),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        _ => out.push(letter),
    }
}

/// Accents and vowel points, but neither the signs that make up the syllables of Indic scripts nor the voicing
/// marks of kana, without which a word is another word.
fn is_accent(letter: char) -> bool {
    is_combining_mark(letter) && matches!(canonical_combining_class(letter), 1 | 10..=35 | 200..)
}

/// Joiners, variation selectors, skin tones, soft hyphens: they do not part a word.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{20dd}'..='\u{20e4}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Unicode calls these letters, people type them for `'`.
fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\u{2b9}'..='\u{2bf}')
}

/// Korean has spaces, and its syllables would come apart.
fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7a3}')
}

/// Emoji, and the letters of scripts without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
fn is_word_by_itself(letter: char) -> bool {
    let emoji = matches!(letter,
        '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{231a}' | '\u{231b}'
        | '\u{23e9}'..='\u{23f3}' | '\u{1f000}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}');
    let unspaced = matches!(letter,
        '\u{e01}'..='\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e40}'..='\u{e46}' | '\u{e81}'..='\u{eb0}'
        | '\u{eb2}' | '\u{eb3}' | '\u{ec0}'..='\u{ec6}' | '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}');
    emoji && !letter.is_alphanumeric() || unspaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut table = FoldTable::new();
        let mut out = Vec::new();
        text.chars().for_each(|letter| out.extend_from_slice(table.fold(letter)));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn case_accents_ligatures_and_forms_go() {
        for (text, plain) in [
            ("Été", "ete"),
            ("e\u{301}te\u{301}", "ete"),
            ("CŒUR", "coeur"),
            ("Straße", "strasse"),
            ("ﬁn", "fin"),
            ("𝐑ust", "rust"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("co\u{ad}opérer", "cooperer"),
        ] {
            assert_eq!(folded(text), plain);
        }
    }

    #[test]
    fn what_is_no_word_parts_words_and_an_emoji_is_one() {
        assert_eq!(folded("l’été…™"), "l ete  ");
        assert_eq!(folded("日本x👍🏽"), " 日  本 x 👍 ");
    }

    #[test]
    fn any_character_folds_to_text() {
        let mut table = FoldTable::new();
        for letter in ('\0'..=char::MAX).step_by(5) {
            assert!(str::from_utf8(table.fold(letter)).is_ok());
        }
    }
}
