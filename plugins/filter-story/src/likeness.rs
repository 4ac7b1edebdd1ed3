//! Whether two texts tell the same story, and how alike they are.
//!
//! Words count by how much they say (see [`Commonness`]). What both texts have is the evidence; what only one
//! of them has may have been cut off or added; what each has instead of the other's speaks against it: another
//! name, another number, another story.

mod leftovers;

use crible_sdk::blocks::{BLOCK, gathered, mark};

use self::leftovers::{Rest, pair};
use crate::commonness::{BIT, Commonness, Counts};
use crate::rarest::Weights;
use crate::words::{MOST_WORDS, Reader, Words};

/// How much two texts must have in common, in bits: two rare words or four of the daily paper.
const EVIDENCE: u32 = 20 * BIT;
/// How much, where they have the same words.
const EVIDENCE_OF_SAME: u32 = 16 * BIT;
/// How much, where one of them says that it was cut off and the other goes on.
const EVIDENCE_OF_CUT_OFF: u32 = 18 * BIT;
/// How much, where one of them says that it passes on what another one wrote.
pub(crate) const EVIDENCE_OF_PASSED_ON: u32 = 8 * BIT;
/// How much more, for what the longer one has besides: a phrase that many use is not a story.
const MORE_PERCENT: u32 = 70;
/// How much of what they share may speak against it; as much more evidence is asked for.
const AGAINST_PERCENT: u32 = 20;
/// How much of the longer text the shorter one must have.
const LEAST_PERCENT: u32 = 45;
/// How much of the shorter text must be there without looking for typos.
const LEAST_BEFORE_PERCENT: u32 = 35;

/// Compares one text with others.
#[derive(Default)]
pub(crate) struct Likeness {
    /// In how many stories each of the text's words was.
    counts: Counts,
    /// Their weights, and the sum of these.
    pub(crate) weights: Weights,
    pub(crate) total: u32,
    /// Which of them were in earlier stories, and the weights of these.
    pub(crate) known: u64,
    pub(crate) weights_of_known: Weights,
}

impl Likeness {
    /// Weigh the words of the text that is going to be compared.
    #[inline(never)]
    pub(crate) fn weigh(&mut self, words: Words<'_>, commonness: &Commonness) {
        self.counts = commonness.counts(words.hashes);
        let (mut known, mut total) = ([0; BLOCK], 0);
        let weights = self.weights.iter_mut().zip(&mut self.weights_of_known).zip(&mut known);
        for ((&count, ((weight, of_known), known)), at) in self.counts.each().iter().zip(weights).zip(0..) {
            let is_word = at < words.hashes.len() as u32;
            *weight = if is_word { commonness.weight_of(u32::from(count)) as u16 } else { 0 };
            *of_known = if count == 0 { 0 } else { *weight };
            *known = mark(count != 0);
            total += u32::from(*weight);
        }
        (self.total, self.known) = (total, gathered(&known));
    }

    /// How alike the text that was read and weighed and another are, in thousandths; none where they tell two
    /// stories.
    #[inline(never)]
    pub(crate) fn of(&self, text: &Reader, other: Words<'_>, commonness: &Commonness) -> Option<u32> {
        let mut shared = 0;
        let (mut found, mut missing) = (0u64, 0u64);
        for (&hash, at) in other.hashes.iter().zip(0..) {
            match text.place(hash) {
                Some(same) => {
                    shared += u32::from(self.weights[same % MOST_WORDS]);
                    found |= 1 << same;
                }
                None => missing |= 1 << at,
            }
        }
        let words = text.words();
        let mut only_this = self.total - shared;
        // What typos could add does not make up for more.
        let most_missing = match shared * 100 / LEAST_BEFORE_PERCENT {
            shorter if shorter < self.total => shorter - shared,
            _ => u32::MAX,
        };
        let mut counts_of_missing = Counts::default();
        let mut only_other = 0;
        let mut left = missing;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            let count = commonness.count(other.hashes[at]);
            counts_of_missing.set(at, count);
            only_other += commonness.weight_of(u32::from(count));
            if only_other > most_missing {
                return None;
            }
        }
        let extra = !found & ((1 << words.hashes.len()) - 1);
        let evidence = match () {
            () if words.passed_on || other.passed_on => EVIDENCE_OF_PASSED_ON,
            () if extra == 0 && missing == 0 => EVIDENCE_OF_SAME,
            () => EVIDENCE,
        };
        let is_beginning = is_beginning(words, other);
        let mut this = Rest { words, counts: &self.counts, left: extra };
        let mut other = Rest { words: other, counts: &counts_of_missing, left: missing };
        if extra != 0 && missing != 0 {
            // However many typos there are.
            let most = shared + only_this.min(only_other);
            if most < evidence && !(is_beginning && most >= EVIDENCE_OF_CUT_OFF) {
                return None;
            }
            let explained = pair(&mut this, &mut other, commonness);
            shared += explained.shared;
            only_this -= explained.only_this;
            only_other -= explained.only_other;
        }
        let more = only_this.max(only_other);
        let against = only_this.min(only_other);
        let same = shared >= evidence + more * MORE_PERCENT / 100 + against
            && against * 100 <= shared * AGAINST_PERCENT
            && shared * 100 >= (shared + more) * LEAST_PERCENT;
        let same = same || shared >= EVIDENCE_OF_CUT_OFF && is_beginning;
        (same && !this.numbers_differ(other)).then(|| shared * 1000 / (shared + only_this + only_other))
    }
}

/// Whether a text is the beginning of another one, and says that it was cut off. (Not the reverse: many go on
/// where one wrote "Not sure if…".)
fn is_beginning(text: Words<'_>, of: Words<'_>) -> bool {
    let whole_words = text.hashes.split_last().map_or(&[][..], |(_, whole)| whole);
    text.cut_off && of.hashes.starts_with(whole_words)
}

/// The places of the ones in a mask.
#[inline]
pub(crate) fn places(mut mask: u64) -> impl Iterator<Item = usize> + Clone {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            place
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Reader;

    fn same(one: &str, other: &str) -> bool {
        let commonness = Commonness::new();
        let (mut reader, mut other_reader) = (Reader::default(), Reader::default());
        reader.read("", one);
        other_reader.read("", other);
        let mut likeness = Likeness::default();
        likeness.weigh(reader.words(), &commonness);
        likeness.of(&reader, other_reader.words(), &commonness).is_some()
    }

    #[test]
    fn a_story_is_known_in_whatever_words_it_is_retold() {
        let story = "La bibliothèque Jean-Jaurès rouvre samedi après trois ans de travaux";
        for retold in [
            "RT @zoé: la bibliotheque Jean-Jaurès rouvre SAMEDI après trois ans de travaux 🎉",
            "La bibliothèque Jean-Jaurès rouvre samedi aprè…",
            "Après trois ans de travaux, la bibliothèque Jean-Jaurès rouvre samedi",
            "La biblothèque Jean-Jaurès ruovre samedi après trois ans de travaux",
            "Enfin ! La bibliothèque Jean-Jaurès rouvre samedi après trois ans de travaux http://t.co/x via @max",
        ] {
            assert!(same(story, retold) && same(retold, story), "{retold}");
        }
        assert!(same("La bibliothèque Jean-Jaurès…", story) && !same(story, "La bibliothèque Jean-Jaurès…"));
    }

    #[test]
    fn another_name_or_number_is_another_story() {
        for (one, other) in [
            ("Apple sues Samsung over tablet patents", "Apple sues Google over tablet patents"),
            (
                "Earthquake near Lima leaves 2 dead, says mayor",
                "Earthquake near Lima leaves 3 dead, says mayor",
            ),
            ("Compte rendu du conseil municipal, partie 1", "Compte rendu du conseil municipal, partie 2"),
            ("What do you think of this?", "What do you think of it?"),
            ("Bonjour à tous", "Bonjour à tous !"),
            (
                "The mayor of Valmont resigns over 12,500 missing tiles",
                "The mayor of Valmont resigns over 12,600 missing tiles",
            ),
            ("Not sure if…", "Not sure if trolling or just very stupid"),
            ("", ""),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one} / {other}");
        }
    }
}
