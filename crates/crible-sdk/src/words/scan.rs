//! Finds the words of a folded text: without a branch a byte.

use super::fold::{FoldTable, Folding};
use crate::blocks::{BLOCK, gathered, mark};

/// Zero bytes kept before and after the text, so that eight bytes can be read anywhere.
const MARGIN: usize = 8;

/// Reads one text after another in the same memory: folds it and finds where its words lie.
///
/// It takes ten bytes for each byte of the longest text that it read (in the worst text eighty), and at most 1 MB for
/// the characters that it met. Reading takes time in proportion to the text.
#[derive(Debug)]
pub struct WordScan {
    table: FoldTable,
    buffer: Vec<u8>,
    /// Where words begin and end, in turn; only the first `edge_count` are of this text.
    edges: Vec<u32>,
    edge_count: usize,
    /// Where the folded text ends.
    text_end: usize,
}

/// A word of a [`WordScan`], or any other part of what it read, by its bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Word {
    /// The place of its first byte.
    pub start: usize,
    /// The place behind its last byte.
    pub end: usize,
}

impl WordScan {
    /// A reader that has read nothing yet.
    pub fn new(folding: Folding) -> WordScan {
        let table = FoldTable::new(folding);
        WordScan { table, buffer: vec![0; MARGIN], edges: Vec::new(), edge_count: 0, text_end: MARGIN }
    }

    /// What matters when its words are compared.
    pub fn folding(&self) -> Folding {
        self.table.folding()
    }

    /// Folds `text` and finds its words. What was read before is forgotten.
    pub fn read(&mut self, text: &str) {
        self.text_end = self.table.fold(text, &mut self.buffer, MARGIN);
        self.find_words(!self.folding().case);
    }

    /// Folds `text` and takes all of it but the spaces around it as one word, as tags and languages are.
    pub fn read_whole(&mut self, text: &str) -> Word {
        self.text_end = self.table.fold(text, &mut self.buffer, MARGIN);
        self.edge_count = 0;
        self.put_zeros_behind(self.text_end + MARGIN);
        if !self.folding().case {
            self.buffer[MARGIN..self.text_end].make_ascii_lowercase();
        }
        let whole = Word { start: MARGIN, end: self.text_end };
        let before = self.bytes(whole).len() - self.bytes(whole).trim_ascii_start().len();
        let after = self.bytes(whole).len() - self.bytes(whole).trim_ascii_end().len();
        let start = whole.start + before;
        Word { start, end: whole.end.saturating_sub(after).max(start) }
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.edge_count / 2
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The words, in order.
    #[inline]
    pub fn words(&self) -> impl DoubleEndedIterator<Item = Word> + ExactSizeIterator + '_ {
        let (pairs, _) = self.edges.get(..self.edge_count).unwrap_or_default().as_chunks::<2>();
        pairs.iter().map(|[start, end]| Word { start: *start as usize, end: *end as usize })
    }

    /// The word of an index; an empty one where there are fewer.
    #[inline]
    pub fn word(&self, index: usize) -> Word {
        let edges = self.edges.get(..self.edge_count).unwrap_or_default().get(2 * index..);
        match edges.and_then(|edges| edges.first_chunk::<2>()) {
            Some(&[start, end]) => Word { start: start as usize, end: end as usize },
            None => Word::default(),
        }
    }

    /// The bytes of a word, or of any part of the text: UTF-8, folded.
    #[inline]
    pub fn bytes(&self, word: Word) -> &[u8] {
        self.buffer.get(word.start..word.end).unwrap_or_default()
    }

    /// The eight bytes from `at` on, the first the lowest. Behind the text stand zeros.
    #[inline]
    pub fn eight(&self, at: usize) -> u64 {
        match self.buffer.get(at..).and_then(|bytes| bytes.first_chunk::<8>()) {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => 0,
        }
    }

    /// The sign before a word that can be asked for with it (`#`, `@`, `$`, `.`), or 0. It counts
    /// where nothing of a word touches it: `anna@example.org` mentions no `@example`.
    pub fn sign_before(&self, word: Word) -> u8 {
        let Some(two) = word.start.checked_sub(2) else { return 0 };
        match self.buffer.get(two..).and_then(|bytes| bytes.first_chunk::<2>()) {
            Some([before, sign @ (b'#' | b'@' | b'$')]) if !is_word_byte(*before) => *sign,
            Some([before, b'.']) if !is_word_byte(*before) && *before != b'.' => b'.',
            _ => 0,
        }
    }

    /// The signs behind a word that can be asked for with it: `c++`, `c#`, `disney+`.
    pub fn signs_behind(&self, word: Word) -> &[u8] {
        let behind = self.behind(word);
        let len = behind.iter().take_while(|byte| matches!(byte, b'+' | b'#')).count();
        behind.get(..len).unwrap_or_default()
    }

    /// All that stands behind a word.
    pub fn behind(&self, word: Word) -> &[u8] {
        self.buffer.get(word.end..self.text_end).unwrap_or_default()
    }

    /// Puts zeros behind the text, up to `end`.
    fn put_zeros_behind(&mut self, end: usize) {
        if self.buffer.len() < end {
            self.buffer.resize(end, 0);
        }
        self.buffer[self.text_end..end].fill(0);
    }

    fn find_words(&mut self, lower: bool) {
        let blocks = self.text_end / BLOCK + 1;
        let end = blocks * BLOCK + MARGIN;
        self.put_zeros_behind(end);
        if self.edges.len() < end {
            self.edges.resize(end, 0);
        }
        let (mut before, mut count) = (0, 0);
        let (bytes, _) = self.buffer[..blocks * BLOCK].as_chunks_mut::<BLOCK>();
        for (index, block) in bytes.iter_mut().enumerate() {
            let words = if lower { word_mask::<0x20>(block) } else { word_mask::<0>(block) };
            let mut edges = words ^ (words << 1 | before);
            before = words >> 63;
            let base = (index * BLOCK) as u32;
            let end = count + edges.count_ones() as usize;
            // Eight at a time, some for nothing: cheaper than a branch that nobody can predict.
            while count < end {
                let Some(places) = self.edges.get_mut(count..count + 8) else { break };
                for place in places {
                    *place = base + edges.trailing_zeros();
                    edges &= edges.wrapping_sub(1);
                }
                count += 8;
            }
            count = end;
        }
        self.edge_count = count;
    }
}

/// Adds `LOWER` to the ASCII capitals of a block and answers with one bit a byte: part of a word
/// or not. The loop is plain arithmetic on bytes, which compilers turn into vector instructions.
#[inline]
fn word_mask<const LOWER: u8>(block: &mut [u8; BLOCK]) -> u64 {
    let mut parts = [0u8; BLOCK];
    for (byte, part) in block.iter_mut().zip(&mut parts) {
        let upper = mark(byte.wrapping_sub(b'A') < 26);
        let lower = mark(byte.wrapping_sub(b'a') < 26);
        let digit = mark(byte.wrapping_sub(b'0') < 10);
        *part = upper | lower | digit | mark(*byte >= 0x80);
        *byte |= upper & LOWER;
    }
    gathered(&parts)
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::fold_char;
    use super::super::is_word_char;
    use super::*;

    fn scan(text: &str, folding: Folding) -> WordScan {
        let mut scan = WordScan::new(folding);
        scan.read("un texte plus long, avant, dont rien ne doit rester");
        scan.read(text);
        scan
    }

    fn words(text: &str) -> Vec<String> {
        words_of(&scan(text, Folding::default()))
    }

    fn words_of(scan: &WordScan) -> Vec<String> {
        scan.words().map(|word| String::from_utf8(scan.bytes(word).to_vec()).unwrap()).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(words("L’été, c'est FINI_2026!"), ["l", "ete", "c", "est", "fini", "2026"]);
        assert_eq!(words("@[`{/:AZaz09"), ["azaz09"]);
        assert_eq!(words("日本x👍🏽"), ["日", "本", "x", "👍"]);
        assert_eq!(words("Œ"), ["oe"]);
        assert_eq!(words(" …"), [""; 0]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn words_cross_the_edges_of_blocks() {
        for before in 0..200 {
            let text = format!("{}word{}", " ".repeat(before), "x".repeat(before));
            assert_eq!(words(&text), [format!("word{}", "x".repeat(before))]);
        }
    }

    #[test]
    fn signs_around_a_word_are_seen() {
        let scan = scan("#rust a@b .net ...ok C++ c# f+# é#x", Folding::default());
        let signs: Vec<(u8, &[u8])> =
            scan.words().map(|word| (scan.sign_before(word), scan.signs_behind(word))).collect();
        let none: (u8, &[u8]) = (0, b"");
        assert_eq!(
            signs,
            [
                (b'#', &b""[..]),
                none,
                none,
                (b'.', b""),
                none,
                (0, b"++"),
                (0, b"#"),
                (0, b"+#"),
                (0, b"#"),
                none,
            ]
        );
    }

    #[test]
    fn a_whole_value_is_one_word() {
        let mut scan = WordScan::new(Folding::default());
        for (value, folded) in [(" Forêt noire ", "foret noire"), ("", ""), (" ", ""), ("fr-CA", "fr-ca")] {
            let whole = scan.read_whole(value);
            assert_eq!(scan.bytes(whole), folded.as_bytes(), "{value}");
        }
    }

    #[test]
    fn what_can_stand_in_no_word_makes_none() {
        let mut scan = WordScan::new(Folding::default());
        for c in ('\0'..=char::MAX).filter(|c| !is_word_char(*c)) {
            scan.read(c.encode_utf8(&mut [0; 4]));
            assert!(scan.is_empty(), "{c:?}");
        }
    }

    /// The words of a text, found slowly: each character folded by itself, then divided at what is no word.
    fn slowly(text: &str, folding: Folding) -> Vec<String> {
        let mut folded = String::new();
        text.chars().for_each(|c| fold_char(c, folding, &mut folded));
        if !folding.case {
            folded.make_ascii_lowercase();
        }
        let parts = folded.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Texts of all kinds, long enough for several blocks.
    fn text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[ -~]{0,40}",
            "[a-zà-ÿÀ-ß’'œŒ ]{0,40}",
            "[\u{300}-\u{36f}\u{370}-\u{4ff}\u{e00}-\u{e7f}日本ひらガ가ﬁＡ𝐀ﷺ👍🏽\u{200d} ]{0,12}",
            any::<String>(),
        ];
        prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn the_words_of_any_text_are_those_found_slowly(text in text(), case: bool, accents: bool) {
            let folding = Folding { case, accents };
            prop_assert_eq!(words_of(&scan(&text, folding)), slowly(&text, folding));
        }
    }
}
