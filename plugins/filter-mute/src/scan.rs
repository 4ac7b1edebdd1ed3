//! A text, folded, and where its words lie in it.

use crate::fold::FoldTable;

/// A word of a [`Scan`], by its place in the folded text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Of a longer text only so many bytes are read: nobody writes so much, and the worst of them takes 20 MB of
/// memory.
const LONGEST: usize = 1 << 18;

/// So many zeros stand behind the folded text, so that eight bytes of it can be read anywhere.
const MARGIN: usize = 8;

/// Whether a byte of a folded text is part of a word: those beyond ASCII always are.
static IN_WORD: [bool; 256] = in_word();

const fn in_word() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let of = byte as u8;
        table[byte] = of.is_ascii_alphanumeric() || !of.is_ascii();
        byte += 1;
    }
    table
}

/// One text after another, in the same memory.
pub(crate) struct Scan {
    table: FoldTable,
    /// The signs of ASCII are left as they are; all others are spaces.
    folded: Vec<u8>,
    /// Where words begin and end, in turn; only the first `edge_count` are of this text.
    edges: Vec<u32>,
    edge_count: usize,
}

impl Scan {
    pub(crate) fn new() -> Self {
        Self { table: FoldTable::new(), folded: Vec::new(), edges: Vec::new(), edge_count: 0 }
    }

    /// Read a text, of a very long one the first 256 KiB.
    pub(crate) fn read(&mut self, text: &str) {
        let mut rest = &text[..text.floor_char_boundary(LONGEST)];
        self.folded.clear();
        while let Some(first) = rest.chars().next() {
            if first.is_ascii() {
                let run = ascii_run(rest.as_bytes());
                self.folded.extend(rest.as_bytes()[..run].iter().map(u8::to_ascii_lowercase));
                rest = &rest[run..];
            } else {
                self.folded.extend_from_slice(self.table.fold(first));
                rest = &rest[first.len_utf8()..];
            }
        }
        self.find_words();
        self.folded.extend_from_slice(&[0; MARGIN]);
    }

    fn find_words(&mut self) {
        if self.edges.len() < self.folded.len() + 2 {
            self.edges.resize(self.folded.len() + 2, 0);
        }
        let (mut count, mut before) = (0, false);
        for (at, &byte) in self.folded.iter().enumerate() {
            let inside = IN_WORD[usize::from(byte)];
            // Written in any case, and kept or not: nobody can predict where a word ends.
            self.edges[count] = at as u32;
            count += usize::from(inside != before);
            before = inside;
        }
        self.edges[count] = self.folded.len() as u32;
        self.edge_count = count + usize::from(before);
    }

    /// The words of the text that was read last, in order.
    pub(crate) fn words(&self) -> impl DoubleEndedIterator<Item = Word> + '_ {
        self.words_from(0)
    }

    /// The same from one of them on.
    pub(crate) fn words_from(&self, index: usize) -> impl DoubleEndedIterator<Item = Word> + '_ {
        let (pairs, _) = self.edges[..self.edge_count].as_chunks::<2>();
        pairs[index..].iter().map(|&[start, end]| Word { start: start as usize, end: end as usize })
    }

    /// The bytes of a word.
    pub(crate) fn bytes(&self, word: Word) -> &[u8] {
        &self.folded[word.start..word.end]
    }

    /// What stands in front of a word.
    pub(crate) fn before(&self, word: Word) -> &[u8] {
        &self.folded[..word.start]
    }

    /// What stands behind a word.
    pub(crate) fn behind(&self, word: Word) -> &[u8] {
        &self.folded[word.end..self.folded.len() - MARGIN]
    }

    /// The eight bytes from a word's first on.
    #[inline]
    pub(crate) fn eight(&self, word: Word) -> u64 {
        self.folded[word.start..].first_chunk().map_or(0, |&bytes| u64::from_le_bytes(bytes))
    }
}

/// How many bytes of ASCII a text begins with, eight at a time.
fn ascii_run(bytes: &[u8]) -> usize {
    let (eights, _) = bytes.as_chunks::<8>();
    let whole = eights.iter().take_while(|eight| eight.is_ascii()).count() * 8;
    whole + bytes[whole..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// Whether a byte of a folded text is part of a word.
pub(crate) fn is_in_word(byte: u8) -> bool {
    IN_WORD[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut scan = Scan::new();
        scan.read("un texte plus long, avant, dont rien ne doit rester");
        scan.read(text);
        scan.words().map(|word| String::from_utf8(scan.bytes(word).to_vec()).unwrap()).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(words("L’été, c'est FINI_2026!"), ["l", "ete", "c", "est", "fini", "2026"]);
        assert_eq!(words("日本x👍🏽"), ["日", "本", "x", "👍"]);
        assert_eq!(words("Œ"), ["oe"]);
        assert_eq!(words(" …"), [""; 0]);
        assert_eq!(words(""), [""; 0]);
    }

    proptest! {
        #[test]
        fn the_words_of_any_text_lie_between_its_signs(text in any::<String>(), ascii in "[ -~]{0,99}") {
            let simple = ascii.to_ascii_lowercase();
            let split = simple.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
            prop_assert_eq!(words(&ascii), split.collect::<Vec<_>>());
            prop_assert!(words(&text).iter().all(|word| !word.is_empty() && word.bytes().all(is_in_word)));
        }
    }
}
