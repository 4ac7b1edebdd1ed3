//! Finds the words of a folded text: without a branch a byte.

use crate::fold::FoldTable;

/// Zero bytes kept before and after the text, so that eight bytes can be read anywhere.
const MARGIN: usize = 8;
const BLOCK: usize = 64;

/// A folded text and where its words lie in it.
#[derive(Debug, Default)]
pub(crate) struct WordScan {
    buffer: Vec<u8>,
    /// Where words begin and end, in turn; only the first `edge_count` are of this text.
    edges: Vec<u32>,
    edge_count: usize,
    /// Where the folded text ends.
    text_end: usize,
}

/// One word of a [`WordScan`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A sign that touches the end of a word and can be asked for with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trail {
    None,
    Plus,
    PlusPlus,
    Sharp,
    Other,
}

impl WordScan {
    /// Folds `text` and finds its words.
    pub(crate) fn read(&mut self, text: &str, table: &mut FoldTable) {
        self.buffer.clear();
        self.buffer.resize(MARGIN, 0);
        table.fold(text, &mut self.buffer);
        self.text_end = self.buffer.len();
        self.find_words(!table.folding().case);
    }

    /// Folds `text` and takes all of it as one word, as tags and languages are.
    pub(crate) fn read_whole(&mut self, text: &str, table: &mut FoldTable) -> Word {
        self.read(text, table);
        let whole = Word { start: MARGIN, end: self.text_end };
        let before = self.bytes(whole).len() - self.bytes(whole).trim_ascii_start().len();
        let after = self.bytes(whole).len() - self.bytes(whole).trim_ascii_end().len();
        let start = whole.start + before;
        Word { start, end: whole.end.saturating_sub(after).max(start) }
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.edge_count / 2
    }

    /// The words, in order.
    #[inline]
    pub(crate) fn words(&self) -> impl Iterator<Item = Word> + '_ {
        let (pairs, _) = self.edges.get(..self.edge_count).unwrap_or_default().as_chunks::<2>();
        pairs.iter().map(|[start, end]| Word { start: *start as usize, end: *end as usize })
    }

    /// The word of an index.
    pub(crate) fn word(&self, index: u32) -> Word {
        self.words().nth(index as usize).unwrap_or_default()
    }

    /// The bytes of a word, or of any part of the text.
    pub(crate) fn bytes(&self, word: Word) -> &[u8] {
        self.buffer.get(word.start..word.end).unwrap_or_default()
    }

    /// The eight bytes from `at` on.
    #[inline]
    pub(crate) fn eight(&self, at: usize) -> u64 {
        match self.buffer.get(at..).and_then(|bytes| bytes.first_chunk::<8>()) {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => 0,
        }
    }

    /// The sign before a word that can be asked for with it (`#`, `@`, `$`, `.`), or 0. It counts
    /// where nothing of a word touches it: `anna@example.org` mentions no `@example`.
    pub(crate) fn lead(&self, word: Word) -> u8 {
        let [before, sign] = [word.start - 2, word.start - 1].map(|at| self.buffer.get(at).copied());
        match (before, sign) {
            (Some(before), Some(sign @ (b'#' | b'@' | b'$'))) if !is_word_byte(before) => sign,
            (Some(before), Some(b'.')) if !is_word_byte(before) && before != b'.' => b'.',
            _ => 0,
        }
    }

    /// The sign after a word that can be asked for with it.
    pub(crate) fn trail(&self, word: Word) -> Trail {
        let signs = self.buffer.get(word.end..).unwrap_or_default();
        let len = signs.iter().take_while(|byte| matches!(byte, b'+' | b'#')).count();
        match signs.get(..len) {
            Some(b"") | None => Trail::None,
            Some(b"+") => Trail::Plus,
            Some(b"++") => Trail::PlusPlus,
            Some(b"#") => Trail::Sharp,
            Some(_) => Trail::Other,
        }
    }

    fn find_words(&mut self, lower: bool) {
        let blocks = self.buffer.len() / BLOCK + 1;
        self.buffer.resize(blocks * BLOCK + MARGIN, 0);
        if self.edges.len() < self.buffer.len() + 8 {
            self.edges.resize(self.buffer.len() + 8, 0);
        }
        let (mut before, mut count) = (0, 0);
        let (bytes, _) = self.buffer.as_chunks_mut::<BLOCK>();
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
        let upper = u8::from(byte.wrapping_sub(b'A') < 26);
        let lower = u8::from(byte.wrapping_sub(b'a') < 26);
        let digit = u8::from(byte.wrapping_sub(b'0') < 10);
        *part = upper | lower | digit | *byte >> 7;
        *byte |= upper * LOWER;
    }
    gathered(&parts)
}

/// The lowest bit of each byte.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn gathered(parts: &[u8; BLOCK]) -> u64 {
    use std::arch::wasm32::{i8x16_ne, i8x16_splat, u8x16_bitmask, u64x2};
    let (halves, _) = parts.as_chunks::<16>();
    halves.iter().rev().fold(0, |mask, half| {
        let (eights, _) = half.as_chunks::<8>();
        let [low, high] = [0, 1].map(|at| u64::from_le_bytes(eights[at]));
        mask << 16 | u64::from(u8x16_bitmask(i8x16_ne(u64x2(low, high), i8x16_splat(0))))
    })
}

/// The lowest bit of each byte.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn gathered(parts: &[u8; BLOCK]) -> u64 {
    let (lanes, _) = parts.as_chunks::<8>();
    lanes.iter().rev().fold(0, |mask, lane| {
        // Gathered by a multiplication into the highest byte.
        mask << 8 | u64::from_le_bytes(*lane).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folding;

    fn words(text: &str) -> Vec<String> {
        let mut scan = WordScan::default();
        scan.read(text, &mut FoldTable::new(Folding::default()));
        scan.words().map(|word| String::from_utf8(scan.bytes(word).to_vec()).unwrap()).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(words("L’été, c'est FINI_2026!"), ["l", "ete", "c", "est", "fini", "2026"]);
        assert_eq!(words("@[`{/:AZaz09"), ["azaz09"]);
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
        let mut scan = WordScan::default();
        scan.read("#rust a@b .net ...ok C++ c# f+# é#x", &mut FoldTable::new(Folding::default()));
        let signs: Vec<(u8, Trail)> = scan.words().map(|word| (scan.lead(word), scan.trail(word))).collect();
        let none = (0, Trail::None);
        assert_eq!(
            signs,
            [
                (b'#', Trail::None),
                none,
                none,
                (b'.', Trail::None),
                none,
                (0, Trail::PlusPlus),
                (0, Trail::Sharp),
                (0, Trail::Other),
                (0, Trail::Sharp),
                none,
            ]
        );
    }
}
