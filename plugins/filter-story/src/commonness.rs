//! How common each word is, learned as the stories come.

use crate::words::{MOST_WORDS, hash};

/// Words share a count where the upper bits of their hashes are the same: with 50,000 known words one in
/// three does, mostly with another rare one.
const COUNTS_LOG2: u32 = 17;

/// With how many stories the counts start, as if read before.
const PRIOR_STORIES: u32 = 1_000;
/// In how many of them each of [`FUNCTION_WORDS`] is.
const PRIOR_COUNT: u16 = 200;

/// When so many stories are counted, all counts are halved, so that the old fades.
const MOST_STORIES: u32 = 1 << 18;

/// So many units are one bit.
pub(crate) const BIT: u32 = 8;

/// Words that say little in French and English: what is known before the first story.
const FUNCTION_WORDS: &str = "a about after all am an and are as at be been before but by can could d did do does \
    for from get had has have he her here him his how i if in into is it its just like m me more my new no not now \
    of off on one only or our out over re s she so some t than that the their them then there these they this to \
    today too up us ve very was we were what when where which who why will with would you your \
    ai alors apres au aussi aux avant avec bien c ca ce ces cet cette chez comme dans de depuis des donc du elle en \
    encore entre es est et etait ete etre fait il ils j je l la le les leur leurs lui ma mais meme mes moi mon n ne \
    nos notre nous ont ou par pas peu plus pour qu quand que qui quoi sa sans se ses si son sont sous sur ta te tes \
    toi ton tous tout toute tres tu un une va vers vos votre vous y";

/// In how many stories each word of a text was.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts([u16; MOST_WORDS]);

impl Counts {
    #[inline]
    pub(crate) fn each(&self) -> &[u16; MOST_WORDS] {
        &self.0
    }

    #[inline]
    pub(crate) fn of(&self, place: usize) -> u16 {
        self.0[place % MOST_WORDS]
    }

    #[inline]
    pub(crate) fn set(&mut self, place: usize, count: u16) {
        self.0[place % MOST_WORDS] = count;
    }
}

/// In how many stories each word was.
pub(crate) struct Commonness {
    counts: Vec<u16>,
    stories: u32,
    /// The logarithm of the number of stories, as [`eighths_of_log2`] gives it.
    of_stories: u32,
}

impl Commonness {
    pub(crate) fn new() -> Self {
        let mut counts = vec![0; 1 << COUNTS_LOG2];
        for word in FUNCTION_WORDS.split_whitespace() {
            counts[place(hash(word.as_bytes()))] = PRIOR_COUNT;
        }
        Self::with(counts, PRIOR_STORIES)
    }

    fn with(counts: Vec<u16>, stories: u32) -> Self {
        Self { counts, stories, of_stories: eighths_of_log2(stories + 1) }
    }

    /// Count the words of a story that is new. A story that is told again is not counted again: its words
    /// would become common for it. Answers whether all counts were halved.
    pub(crate) fn learn(&mut self, words: &[u32]) -> bool {
        for &hash in words {
            let count = &mut self.counts[place(hash)];
            *count = count.saturating_add(1);
        }
        self.stories += 1;
        let halve = self.stories >= MOST_STORIES;
        if halve {
            self.stories /= 2;
            self.counts.iter_mut().for_each(|count| *count /= 2);
        }
        self.of_stories = eighths_of_log2(self.stories + 1);
        halve
    }

    /// A word is in a story that is remembered: it is not unknown, whatever was halved.
    pub(crate) fn know(&mut self, hash: u32) {
        let count = &mut self.counts[place(hash)];
        *count = (*count).max(1);
    }

    /// In how many stories each of some words was.
    #[inline]
    pub(crate) fn counts(&self, hashes: &[u32]) -> Counts {
        let mut counts = Counts::default();
        counts.0.iter_mut().zip(hashes).for_each(|(count, &hash)| *count = self.count(hash));
        counts
    }

    /// In how many stories a word was; sometimes more, as words share counts. 0: in none that is remembered.
    #[inline]
    pub(crate) fn count(&self, hash: u32) -> u16 {
        self.counts.get(place(hash)).copied().unwrap_or_default()
    }

    /// How much it says that two messages share a word that was in so many stories, in eighths of a bit: log2
    /// of how many stories there are to one with that word (Spärck Jones, "A statistical interpretation of term
    /// specificity", 1972).
    #[inline(always)]
    pub(crate) fn weight_of(&self, count: u32) -> u32 {
        self.of_stories.saturating_sub(eighths_of_log2(count + 1)).max(1)
    }

    /// The counts and the number of stories.
    pub(crate) fn contents(&self) -> (&[u16], u32) {
        (&self.counts, self.stories)
    }

    /// The counts as they were, or none where they cannot have been.
    pub(crate) fn restore(counts: Vec<u16>, stories: u32) -> Option<Self> {
        (counts.len() == 1 << COUNTS_LOG2 && stories < MOST_STORIES).then(|| Self::with(counts, stories))
    }

    /// How many counts there are.
    pub(crate) const COUNTS: usize = 1 << COUNTS_LOG2;
}

fn place(hash: u32) -> usize {
    (hash >> (u32::BITS - COUNTS_LOG2)) as usize
}

/// log2 times [`BIT`], straight between powers of two: whole numbers, so that every machine judges alike.
/// The number is above 0 and below two to the power of 24.
#[inline(always)]
fn eighths_of_log2(number: u32) -> u32 {
    // As a float it is written as its logarithm's whole part and, behind that, the fraction and one. It is exact, and
    // compilers do it with vectors.
    ((number as i32 as f32).to_bits() >> 20) - (127 << 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_books() {
        for number in 1..=300_000 {
            let whole = u32::ilog2(number);
            assert_eq!(eighths_of_log2(number), whole * BIT + ((number * BIT) >> whole) - BIT);
        }
        for number in [1u32, 2, 3, 5, 8, 100, 1001, 65_536, 262_144] {
            let exact = f64::from(number).log2() * f64::from(BIT);
            let here = f64::from(eighths_of_log2(number));
            assert!((here - exact).abs() < 1.7, "{number}: {here} for {exact}");
        }
    }

    #[test]
    fn a_word_says_less_the_more_stories_have_it() {
        let mut commonness = Commonness::new();
        let word = hash(b"bibliotheque");
        let weight = |commonness: &Commonness, word| commonness.weight_of(u32::from(commonness.count(word)));
        let unseen = weight(&commonness, word);
        (0..10).for_each(|_| _ = commonness.learn(&[word]));
        assert!(weight(&commonness, word) + 2 * BIT < unseen);
        assert!(weight(&commonness, hash(b"the")) < weight(&commonness, word));
    }
}
