//! Finds words and phrases in a text: what a word of the text costs does not depend on how many are looked for.

use crible_sdk::words::{Word, WordScan};

/// A word or a phrase as it is looked for.
struct Phrase {
    /// Its words, folded.
    words: Vec<Vec<u8>>,
    /// The sign that must stand right in front of it; 0 where none must.
    lead: u8,
    /// The signs that must stand right behind it.
    trail: Vec<u8>,
    number: u32,
}

/// Words and phrases, each with a number of the caller's.
#[derive(Default)]
pub(crate) struct Phrases {
    /// Bits of the first words' marks, sixteen or more a phrase: it turns nearly all words away.
    sieve: Vec<u64>,
    shift: u32,
    /// By the marks of their first words.
    marks: Vec<u64>,
    phrases: Vec<Phrase>,
}

/// Why something cannot be looked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Unusable {
    /// It has no letter, digit or emoji.
    NoWord,
    /// It means to be the beginning of a word.
    Beginning,
}

impl Phrases {
    pub(crate) fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Add what was written; [`Phrases::sort`] makes it findable.
    pub(crate) fn add(&mut self, written: &str, number: u32, scan: &mut WordScan) -> Result<(), Unusable> {
        scan.read(written);
        let (Some(first), Some(last)) = (scan.words().next(), scan.words().next_back()) else {
            return Err(Unusable::NoWord);
        };
        if scan.behind(last).starts_with(b"*") {
            return Err(Unusable::Beginning);
        }
        self.marks.push(mark(scan, first));
        self.phrases.push(Phrase {
            words: scan.words().map(|word| scan.bytes(word).to_vec()).collect(),
            lead: scan.sign_before(first),
            trail: scan.signs_behind(last).to_vec(),
            number,
        });
        Ok(())
    }

    /// Make what was added findable; answers with the numbers of two that are the same.
    pub(crate) fn sort(&mut self) -> Option<(u32, u32)> {
        let mut all: Vec<(u64, Phrase)> = self.marks.drain(..).zip(self.phrases.drain(..)).collect();
        let key =
            |(mark, phrase): &(u64, Phrase)| (*mark, phrase.words.clone(), phrase.lead, phrase.trail.clone());
        all.sort_by_cached_key(key);
        let same = all.windows(2).find(|two| key(&two[0]) == key(&two[1])).map(|two| {
            let numbers = [two[0].1.number, two[1].1.number];
            (numbers[0].min(numbers[1]), numbers[0].max(numbers[1]))
        });
        let bits = (all.len() * 16).next_power_of_two().max(4096);
        (self.sieve, self.shift) = (vec![0; bits / 64], 64 - bits.trailing_zeros());
        for &(mark, _) in &all {
            let bit = mark >> self.shift;
            self.sieve[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        (self.marks, self.phrases) = all.into_iter().unzip();
        same
    }

    /// The number of the first phrase in the text that was read that `counts` accepts.
    pub(crate) fn find(&self, scan: &WordScan, counts: impl Fn(u32) -> bool) -> Option<u32> {
        scan.words().enumerate().find_map(|(index, word)| {
            let mark = mark(scan, word);
            let bit = mark.wrapping_shr(self.shift);
            let lane = self.sieve.get((bit / 64) as usize)?;
            if lane >> (bit % 64) & 1 == 0 { None } else { self.standing(scan, index, mark, &counts) }
        })
    }

    /// The number of the first phrase that stands in the text from a word on. Few words come so far: apart from the
    /// loop that meets every word it leaves that short.
    #[inline(never)]
    fn standing(
        &self,
        scan: &WordScan,
        index: usize,
        mark: u64,
        counts: &dyn Fn(u32) -> bool,
    ) -> Option<u32> {
        let first = self.marks.partition_point(|&of| of < mark);
        let same = self.marks[first..].iter().take_while(|&&of| of == mark).count();
        let stands_here = |phrase: &&Phrase| phrase.stands(scan, index) && counts(phrase.number);
        Some(self.phrases[first..first + same].iter().find(stands_here)?.number)
    }
}

impl Phrase {
    /// Whether it stands in the text from a word on.
    fn stands(&self, scan: &WordScan, index: usize) -> bool {
        let word = |place: usize| scan.word(index + place);
        let (first, last) = (word(0), word(self.words.len() - 1));
        self.words.iter().enumerate().all(|(place, of)| scan.bytes(word(place)) == of)
            && (self.lead == 0 || scan.sign_before(first) == self.lead)
            && (self.trail.is_empty() || scan.signs_behind(last) == self.trail)
    }
}

/// Quickly told apart: the first eight bytes of a word and its length, mixed.
#[inline]
fn mark(scan: &WordScan, word: Word) -> u64 {
    let len = word.end - word.start;
    // The bytes behind a short word are shifted out.
    let unused = 8 * 8usize.saturating_sub(len) as u32;
    (scan.eight(word.start).wrapping_shl(unused) ^ len as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use crible_sdk::words::Folding;

    use super::*;

    fn finds(phrase: &str, text: &str) -> bool {
        let (mut phrases, mut scan) = (Phrases::default(), WordScan::new(Folding::default()));
        phrases.add(phrase, 7, &mut scan).unwrap();
        phrases.sort();
        scan.read(text);
        phrases.find(&scan, |number| number == 7).is_some()
    }

    #[test]
    fn a_phrase_is_its_words_in_a_row() {
        for (phrase, text) in [
            ("coupe du monde", "La Coupe  du Monde !"),
            ("coupe du monde", "(coupe-du-monde)"),
            ("l'été", "L’ÉTÉ arrive"),
            ("ete", "C'est l'e\u{301}te\u{301}"),
            ("Œuvre", "une oeuvre"),
            ("👍", "bien👍🏽vu"),
            ("日本", "新日本語"),
            ("un mot de plus de huit lettres", "Un mot de plus de huit lettres"),
            ("mercato", "mercato"),
            ("mercato", "#Mercato2026 #mercato"),
        ] {
            assert!(finds(phrase, text), "{phrase}");
        }
        for (phrase, text) in [
            ("coupe du monde", "la coupe du mondeo"),
            ("coupe du monde", "la coupe du"),
            ("coupe du monde", "coupe le monde"),
            ("art", "l'artiste part"),
            ("日本", "日光本"),
        ] {
            assert!(!finds(phrase, text), "{phrase}");
        }
    }

    #[test]
    fn a_sign_that_is_written_counts() {
        for (phrase, found, not) in [
            ("#rust", "le #Rust", "le rust"),
            ("@anna", "merci @anna", "anna@example.org x@anna"),
            ("c++", "en C++, oui", "en C, ou en C+"),
            ("c#", "C# ou F#", "C ou F#"),
            (".net", "le .NET", "le net, ...net"),
        ] {
            assert!(finds(phrase, found) && !finds(phrase, not), "{phrase}");
        }
    }

    #[test]
    fn what_cannot_be_looked_for_is_refused() {
        let add = |written| Phrases::default().add(written, 0, &mut WordScan::new(Folding::default()));
        assert_eq!(add("!?"), Err(Unusable::NoWord));
        assert_eq!(add("mercat*"), Err(Unusable::Beginning));
        assert_eq!(add("l'été"), Ok(()));
    }
}
