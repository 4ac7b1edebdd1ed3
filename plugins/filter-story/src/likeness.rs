//! Whether two texts tell the same story, and how alike they are.
//!
//! Words count by how much they say (see [`Commonness`]). What both texts have is the evidence; what only one
//! of them has may have been cut off or added; what each has instead of the other's speaks against it: another
//! name, another number, another story.

use crate::commonness::{BIT, Commonness};
use crate::typo::is_typo;
use crate::words::{MOST_WORDS, Words};

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
/// A word of at most so many stories may be a typo of another: two words that are both well known are two.
const RARE: u32 = 20;
/// A word of so many stories is no name that is heard for the first time.
const WELL_KNOWN: u32 = 4;
/// So many letters of a word that was cut off say what the word says.
const SPEAKING_LETTERS: usize = 3;
/// How many slots the words of a text are found in; more than twice as many as there are words.
const SLOTS: usize = 128;

/// Compares one text with others.
pub(crate) struct Likeness {
    /// The weights of the text's words, and their sum.
    pub(crate) weights: Vec<u32>,
    pub(crate) total: u32,
    /// Which of its words were in earlier stories.
    pub(crate) known: u64,
    /// Places of its words, counted from 1, by their hashes; 0 where a slot is free.
    slots: [u8; SLOTS],
}

impl Default for Likeness {
    fn default() -> Self {
        Self { weights: Vec::with_capacity(MOST_WORDS), total: 0, known: 0, slots: [0; SLOTS] }
    }
}

impl Likeness {
    /// Weigh the words of the text that is going to be compared.
    pub(crate) fn weigh(&mut self, words: Words<'_>, commonness: &Commonness) {
        self.weights.clear();
        (self.total, self.known) = (0, 0);
        for (at, &hash) in words.hashes.iter().enumerate() {
            let count = commonness.count(hash);
            let weight = commonness.weight_of(count);
            self.weights.push(weight);
            self.total += weight;
            self.known |= u64::from(count != 0) << at;
        }
    }

    /// Make ready to compare the weighed text with others.
    pub(crate) fn prepare(&mut self, words: Words<'_>) {
        self.slots = [0; SLOTS];
        for (&hash, place) in words.hashes.iter().zip(1..) {
            let mut slot = slot(hash);
            while self.slots[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            self.slots[slot] = place;
        }
    }

    /// The place of a word in the text.
    fn find(&self, words: Words<'_>, hash: u32) -> Option<usize> {
        let mut slot = slot(hash);
        loop {
            let place = usize::from(self.slots[slot]).checked_sub(1)?;
            if words.hashes.get(place) == Some(&hash) {
                return Some(place);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// How alike the weighed text and another are, in thousandths; none where they tell two stories.
    pub(crate) fn of(&self, words: Words<'_>, other: Words<'_>, commonness: &Commonness) -> Option<u32> {
        let mut shared = 0;
        let (mut found, mut missing) = (0u64, 0u64);
        for (at, &hash) in other.hashes.iter().enumerate() {
            match self.find(words, hash) {
                Some(same) => {
                    shared += self.weights[same];
                    found |= 1 << same;
                }
                None => missing |= 1 << at,
            }
        }
        // What typos could add does not make up for more.
        let mut only_other: u32 = places(missing).map(|at| commonness.weight(other.hashes[at])).sum();
        let shorter = self.total.min(shared + only_other);
        if shared * 100 < shorter * LEAST_BEFORE_PERCENT {
            return None;
        }
        let extra = !found & ((1 << words.hashes.len()) - 1);
        let mut only_this = self.total - shared;
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
        let evidence = match () {
            () if words.passed_on || other.passed_on => EVIDENCE_OF_PASSED_ON,
            () if extra == 0 && missing == 0 => EVIDENCE_OF_SAME,
            () => EVIDENCE,
        };
        let same = shared >= evidence + more * MORE_PERCENT / 100 + against
            && against * 100 <= shared * AGAINST_PERCENT
            && shared * 100 >= (shared + more) * LEAST_PERCENT;
        let same = same || shared >= EVIDENCE_OF_CUT_OFF && is_beginning(words, other);
        same.then(|| shared * 1000 / (shared + only_this + only_other))
    }
}

/// Whether a text is the beginning of another one, and says that it was cut off. (Not the reverse: many go on
/// where one wrote "Not sure if…".)
fn is_beginning(text: Words<'_>, of: Words<'_>) -> bool {
    let whole_words = text.hashes.split_last().map_or(&[][..], |(_, whole)| whole);
    text.cut_off && of.hashes.starts_with(whole_words)
}

fn slot(hash: u32) -> usize {
    hash as usize % SLOTS
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
    fn pair(
        words: Words<'_>,
        extra: u64,
        other: Words<'_>,
        mut missing: u64,
        commonness: &Commonness,
    ) -> Self {
        let mut these = [&[][..]; MOST_WORDS];
        let mut others = [&[][..]; MOST_WORDS];
        words.iter().zip(&mut these).for_each(|(word, place)| *place = word);
        other.iter().zip(&mut others).for_each(|(word, place)| *place = word);
        let (last_this, last_other) = (words.hashes.len() - 1, other.hashes.len() - 1);
        let mut left = Self::default();
        let mut unpaired = 0;
        for at in places(extra) {
            let (word, count) = (these[at], commonness.count(words.hashes[at]));
            let weight = commonness.weight_of(count);
            let pair = places(missing).find_map(|of| {
                let (other_word, count_of) = (others[of], commonness.count(other.hashes[of]));
                let weight_of = commonness.weight_of(count_of);
                let is_cut = (at == last_this && other_word.starts_with(word))
                    || (of == last_other && word.starts_with(other_word));
                let speaks = !is_cut || word.len().min(other_word.len()) >= SPEAKING_LETTERS;
                let (less, more) = (count.min(count_of), count.max(count_of));
                let unheard = less == 0 && more >= WELL_KNOWN;
                let same = is_cut || less <= RARE && is_typo(word, other_word, unheard);
                same.then(|| (of, weight_of, if speaks { weight.min(weight_of) } else { 0 }))
            });
            match pair {
                Some((of, weight_of, shared)) => {
                    left.only_this += weight;
                    left.only_other += weight_of;
                    left.shared += shared;
                    missing &= !(1 << of);
                }
                // The last word of what was cut off may be half a word.
                None if at == last_this && words.cut_off => left.only_this += weight,
                None => unpaired |= 1 << at,
            }
        }
        if other.cut_off && missing >> last_other == 1 {
            left.only_other += commonness.weight(other.hashes[last_other]);
            missing &= !(1 << last_other);
        }
        // However they are grouped: 10 000 and 10,000.
        let (mut one, mut two) = (digits(&these, unpaired).peekable(), digits(&others, missing).peekable());
        left.numbers_differ = one.peek().is_some() && two.peek().is_some() && !one.eq(two);
        left
    }
}

/// The digits of the words at the places of a mask.
fn digits(words: &[&[u8]], mask: u64) -> impl Iterator<Item = u8> {
    places(mask).flat_map(|at| words[at]).copied().filter(u8::is_ascii_digit)
}

/// The places of the ones in a mask.
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
        likeness.prepare(reader.words());
        likeness.of(reader.words(), other_reader.words(), &commonness).is_some()
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
