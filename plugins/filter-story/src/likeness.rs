//! Whether two texts tell the same story, and how alike they are.
//!
//! Words count by how much they say (see [`Commonness`]). What both texts have is the evidence; what only one
//! of them has may have been cut off or added; what each has instead of the other's speaks against it: another
//! name, another number, another story.

use crate::commonness::{BIT, Commonness};
use crate::typo::{has_digit, is_typo};
use crate::words::{MOST_WORDS, Words};

/// How much two texts must have in common, in bits: two rare words or four of the daily paper.
const EVIDENCE: u32 = 20 * BIT;
/// How much, where one of them says that it passes on what another one wrote.
pub(crate) const EVIDENCE_OF_PASSED_ON: u32 = 8 * BIT;
/// How much more, for what the longer one has besides: a phrase that many use is not a story.
const MORE_PERCENT: u32 = 50;
/// How much of what they share may speak against it; as much more evidence is asked for.
const AGAINST_PERCENT: u32 = 20;
/// How much of the longer text the shorter one must have.
const LEAST_PERCENT: u32 = 45;
/// A word of at most so many stories may be a typo of another: two words that are both known are two.
const RARE: u32 = 2;

/// Compares one text with others.
#[derive(Default)]
pub(crate) struct Likeness {
    /// The weights of the text's words, and their sum.
    pub(crate) weights: Vec<u32>,
    pub(crate) total: u32,
}

impl Likeness {
    /// Weigh the words of the text that is going to be compared.
    pub(crate) fn weigh(&mut self, words: &Words, commonness: &Commonness) {
        self.weights.clear();
        self.weights.extend(words.hashes.iter().map(|&hash| commonness.weight(hash)));
        self.total = self.weights.iter().sum();
    }

    /// How alike the weighed text and another are, in thousandths; none where they tell two stories.
    pub(crate) fn of(&self, words: &Words, other: &Words, commonness: &Commonness) -> Option<u32> {
        let mut shared = 0;
        let mut found = 0u64;
        let mut missing = 0u64;
        for (at, hash) in other.hashes.iter().enumerate() {
            match words.hashes.iter().position(|word| word == hash) {
                Some(same) => {
                    shared += self.weights[same];
                    found |= 1 << same;
                }
                None => missing |= 1 << at,
            }
        }
        // What typos could add does not make up for more.
        if shared * 5 < self.total.min(5 * EVIDENCE_OF_PASSED_ON) {
            return None;
        }
        let extra = !found & ((1 << words.hashes.len()) - 1);
        let mut only_this = self.total - shared;
        let mut only_other: u32 = places(missing).map(|at| commonness.weight(other.hashes[at])).sum();
        if extra != 0 && missing != 0 {
            let left = Leftovers::pair(words, extra, other, missing, commonness);
            if left.numbers_differ {
                return None;
            }
            shared += left.shared;
            only_this -= left.only_this;
            only_other -= left.only_other;
        }
        let more = only_this.max(only_other);
        let against = only_this.min(only_other);
        let passed_on = words.passed_on || other.passed_on;
        let evidence = if passed_on { EVIDENCE_OF_PASSED_ON } else { EVIDENCE };
        let same = shared >= evidence + more * MORE_PERCENT / 100 + against
            && against * 100 <= shared * AGAINST_PERCENT
            && shared * 100 >= (shared + more) * LEAST_PERCENT;
        same.then(|| shared * 1000 / (shared + only_this + only_other))
    }
}

/// What becomes of the words that only one of two texts has: how much of their weight is explained.
#[derive(Default)]
struct Leftovers {
    shared: u32,
    only_this: u32,
    only_other: u32,
    numbers_differ: bool,
}

impl Leftovers {
    fn pair(words: &Words, extra: u64, other: &Words, mut missing: u64, commonness: &Commonness) -> Self {
        let mut these = [&[][..]; MOST_WORDS];
        let mut others = [&[][..]; MOST_WORDS];
        words.iter().zip(&mut these).for_each(|(word, place)| *place = word);
        other.iter().zip(&mut others).for_each(|(word, place)| *place = word);
        let (last_this, last_other) = (words.hashes.len() - 1, other.hashes.len() - 1);
        let mut left = Self::default();
        let mut numbers_of_this = false;
        for at in places(extra) {
            let (word, hash) = (these[at], words.hashes[at]);
            let weight = commonness.weight(hash);
            let rare = commonness.count(hash) <= RARE;
            let pair = places(missing).find(|&of| {
                (at == last_this && others[of].starts_with(word))
                    || (of == last_other && word.starts_with(others[of]))
                    || ((rare || commonness.count(other.hashes[of]) <= RARE) && is_typo(word, others[of]))
            });
            match pair {
                Some(of) => {
                    let weight_of = commonness.weight(other.hashes[of]);
                    left.only_this += weight;
                    left.only_other += weight_of;
                    left.shared += weight.min(weight_of);
                    missing &= !(1 << of);
                }
                None => numbers_of_this |= has_digit(word),
            }
        }
        left.numbers_differ = numbers_of_this && places(missing).any(|at| has_digit(others[at]));
        left
    }
}

/// The places of the ones in a mask.
pub(crate) fn places(mut mask: u64) -> impl Iterator<Item = usize> {
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

    fn same(one: &str, other: &str) -> bool {
        let commonness = Commonness::new();
        let (mut words, mut others, mut likeness) = (Words::default(), Words::default(), Likeness::default());
        words.read("", one);
        others.read("", other);
        likeness.weigh(&words, &commonness);
        likeness.of(&words, &others, &commonness).is_some()
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
            ("", ""),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one} / {other}");
        }
    }
}
