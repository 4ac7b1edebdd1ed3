//! Words that are made of words: tags, and what is written `LikeThis`.

use crate::folded::Folded;
use crate::letters::{Letters, group};
use crate::words::{Form, Reader, Words, is_tag};

/// The shortest part of a word written `LikeThis`, in bytes.
const SHORTEST_PART: usize = 2;
/// The shortest beginning or end of a tag that is looked at, and the shortest rest, in bytes.
const SHORTEST_AFFIX: usize = 5;
const SHORTEST_REST: usize = 2;

impl Words {
    /// A tag or a word with a capital behind a small letter, and what it is made of.
    #[inline(never)]
    pub(crate) fn take_apart(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        letters: Letters<'_>,
        reader: &mut impl Reader,
    ) {
        let tag = is_tag(text.as_bytes(), start);
        let humps = text.as_bytes()[start..end]
            .windows(2)
            .any(|two| two[1].is_ascii_uppercase() && !two[0].is_ascii_uppercase());
        if tag && !humps {
            self.read_affixes(letters, start, end, reader);
        }
        let form = if tag { Form::Tag } else { Form::Plain };
        reader.word(self.word(letters.hash(self.stems), letters.start(), start, end, form));
        if humps {
            self.read_parts(text, start, end, reader);
        } else {
            self.position += 1;
        }
    }

    fn read_affix(&self, letters: Letters<'_>, start: usize, end: usize, reader: &mut impl Reader) {
        if reader.asks_for_affixes(group(letters.start())) {
            reader.word(self.word(letters.hash(self.stems), letters.start(), start, end, Form::Affix));
        }
    }

    /// The beginnings and ends of a tag: `#prayforboston`.
    fn read_affixes(&self, whole: Letters<'_>, start: usize, end: usize, reader: &mut impl Reader) {
        let asks_for_beginnings = reader.asks_for_affixes(group(whole.start()));
        for len in SHORTEST_AFFIX..(whole.len() + 1).saturating_sub(SHORTEST_REST) {
            if asks_for_beginnings {
                self.read_affix(whole.part(0, len), start, end, reader);
            }
            self.read_affix(whole.part(whole.len() - len, len), start, end, reader);
        }
    }

    /// The parts of a word written `LikeThis` or `BBCNews`.
    fn read_parts(&mut self, text: &str, start: usize, end: usize, reader: &mut impl Reader) {
        let mut part = start;
        let mut chars = text[start..end].char_indices().peekable();
        let mut before_is_small = false;
        while let Some((at, c)) = chars.next() {
            let at = start + at;
            let next_is_small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            if c.is_uppercase() && at > part && (before_is_small || next_is_small) {
                self.read_part(text, part, at, reader);
                part = at;
            }
            before_is_small = !c.is_uppercase();
        }
        self.read_part(text, part, end, reader);
    }

    fn read_part(&mut self, text: &str, start: usize, end: usize, reader: &mut impl Reader) {
        let folded = Folded::of(&text[start..end]);
        let letters = folded.letters();
        if letters.len() >= SHORTEST_PART && self.left > 0 {
            self.left -= 1;
            reader.word(self.word(letters.hash(self.stems), letters.start(), start, end, Form::Part));
        }
        self.position += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Word, hash_of};

    /// All words, and all affixes.
    #[derive(Default)]
    struct All(Vec<Word>);

    impl Reader for All {
        fn word(&mut self, word: Word) {
            self.0.push(word);
        }

        fn asks_for_affixes(&self, _group: u64) -> bool {
            true
        }
    }

    #[test]
    fn a_tag_is_known_by_its_beginning_and_its_end() {
        let mut all = All::default();
        Words::new(true).read("#prayforboston #bostonmarathon", &mut all);
        let of_boston = all.0.iter().filter(|word| word.hash == hash_of("boston"));
        assert_eq!(
            of_boston.map(|word| (word.start, word.form)).collect::<Vec<_>>(),
            [(1, Form::Affix), (16, Form::Affix)]
        );
    }

    #[test]
    fn a_word_and_its_affixes_are_of_the_group_of_their_stems() {
        for word in ["faux", "boston", "étés", "ate", "eaux", "nationalisations", "a"] {
            let letters = Letters::of(word.as_bytes());
            assert_eq!(crate::letters::group_of(letters.hash(false)), group(letters.start()), "{word}");
            if word.len() >= SHORTEST_AFFIX {
                assert_eq!(crate::letters::group_of(letters.hash(true)), group(letters.start()), "{word}");
            }
        }
    }
}
