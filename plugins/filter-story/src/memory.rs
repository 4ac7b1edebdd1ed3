//! The stories that are remembered: a queue, the oldest first, with what they are found by.

use std::collections::VecDeque;

use hashbrown::HashTable;

use crate::commonness::{BIT, Commonness};
use crate::index::Index;
use crate::likeness::{EVIDENCE_OF_PASSED_ON, Likeness, places};
use crate::teller::Teller;
use crate::words::Words;

/// By how many of its words, the rarest, a story is found.
const SINGLES: usize = 3;
/// By how many pairs of neighbouring words, the rarest, it is found.
const PAIRS: usize = 9;
/// How many stories a message is compared with at most.
const COMPARED: usize = 4;
/// How many keys a story has: ids and links of its tellings, the first ones.
pub(crate) const KEYS: usize = 6;
/// How much the words by which both are found must say for two messages to be compared; of a long text more.
const LEAST_SHARED: u32 = 10 * BIT;

/// A story that is remembered.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// When it was first told.
    pub(crate) time: i64,
    /// Hashes of ids and links; 0 where there is none.
    pub(crate) keys: [u64; KEYS],
    /// Who told it: the one that stays.
    pub(crate) teller: Teller,
    pub(crate) words: Words,
    /// By which of its words it is found.
    pub(crate) singles: u64,
    /// By which of its words together with the next one it is found.
    pub(crate) pairs: u64,
}

/// The stories that are still within the window.
pub(crate) struct Memory {
    window: i64,
    most: usize,
    clock: i64,
    stories: VecDeque<Story>,
    /// How many were forgotten: the number of the front of `stories`. It wraps, as do the numbers.
    forgotten: u32,
    /// Stories whose memory can be used again.
    spare: Vec<Story>,
    /// Numbers of stories, by their keys.
    keys: HashTable<(u64, u32)>,
    index: Index,
    commonness: Commonness,
    likeness: Likeness,
    /// Places of the words by which the text is found.
    singles: Vec<usize>,
    /// Places of those by which it is found together with the next one.
    pairs: Vec<usize>,
    /// Numbers of stories that share rare words, with the weight of those.
    candidates: Vec<(u32, u32)>,
}

impl Memory {
    pub(crate) fn new(window: i64, most: usize) -> Self {
        Self {
            window,
            most,
            clock: i64::MIN,
            stories: VecDeque::new(),
            forgotten: 0,
            spare: Vec::new(),
            keys: HashTable::new(),
            index: Index::new(most * (SINGLES + PAIRS) * 3 / 4),
            commonness: Commonness::new(),
            likeness: Likeness::default(),
            singles: Vec::new(),
            pairs: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// What is remembered, the oldest first, and how common words are.
    pub(crate) fn contents(&self) -> (&VecDeque<Story>, &Commonness) {
        (&self.stories, &self.commonness)
    }

    /// How many stories are remembered.
    pub(crate) fn len(&self) -> usize {
        self.stories.len()
    }

    /// Time has come so far.
    pub(crate) fn advance(&mut self, time: i64) {
        self.clock = self.clock.max(time);
    }

    /// Whether the oldest story has left the window, or has to make room for a new one.
    pub(crate) fn must_forget(&self, new: usize) -> bool {
        self.stories.len() + new > self.most
            || self.stories.front().is_some_and(|first| self.clock.saturating_sub(first.time) >= self.window)
    }

    pub(crate) fn forget_first(&mut self) {
        let Some(story) = self.stories.pop_front() else { return };
        for key in story.keys.into_iter().filter(|key| *key != 0) {
            if let Ok(entry) = self.keys.find_entry(key, |&known| known == (key, self.forgotten)) {
                entry.remove();
            }
        }
        self.forgotten = self.forgotten.wrapping_add(1);
        self.spare.push(story);
    }

    /// A story by its place; the front of the queue is 0.
    pub(crate) fn story(&self, place: usize) -> &Story {
        &self.stories[place]
    }

    /// The same, to change who is named.
    pub(crate) fn teller_mut(&mut self, place: usize) -> &mut Teller {
        &mut self.stories[place].teller
    }

    /// The place of the story that has this key.
    pub(crate) fn find_key(&self, key: u64) -> Option<usize> {
        if key == 0 {
            return None;
        }
        let (_, number) = self.keys.find(key, |&(known, _)| known == key)?;
        Some(number.wrapping_sub(self.forgotten) as usize)
    }

    /// The place of the story that a text tells again, the likest one; of two the earlier.
    pub(crate) fn find_text(&mut self, words: &Words) -> Option<usize> {
        self.weigh(words);
        if self.likeness.total < EVIDENCE_OF_PASSED_ON {
            return None;
        }
        self.collect_candidates(words);
        let compared = self.candidates.iter().take(COMPARED);
        let like = compared.filter_map(|&(number, _)| {
            let place = number.wrapping_sub(self.forgotten) as usize;
            let likeness = self.likeness.of(words, &self.stories[place].words, &self.commonness)?;
            Some((likeness, place))
        });
        like.max_by_key(|&(likeness, place)| (likeness, std::cmp::Reverse(place))).map(|(_, place)| place)
    }

    /// Remember a story that is new, and learn how common its words are.
    ///
    /// Who told it is left to be said.
    pub(crate) fn remember(&mut self, words: &Words, keys: [u64; KEYS]) -> &mut Teller {
        self.weigh(words);
        let mut story = self.spare.pop().unwrap_or_default();
        (story.time, story.keys) = (self.clock, [0; KEYS]);
        (story.singles, story.pairs) = (mask(&self.singles), mask(&self.pairs));
        story.words.hashes.clone_from(&words.hashes);
        story.words.letters.clone_from(&words.letters);
        self.commonness.learn(words);
        self.push(story, keys);
        self.teller_mut(self.stories.len() - 1)
    }

    fn push(&mut self, story: Story, keys: [u64; KEYS]) {
        let number = self.forgotten.wrapping_add(self.stories.len() as u32);
        let hashes = &story.words.hashes;
        places(story.singles).for_each(|at| self.index.insert(hashes[at], number));
        places(story.pairs).for_each(|at| self.index.insert(pair(hashes, at), number));
        self.stories.push_back(story);
        keys.into_iter().for_each(|key| self.add_key(self.stories.len() - 1, key));
    }

    /// A story is known by one more key, if it has room for it and no other one has it.
    pub(crate) fn add_key(&mut self, place: usize, key: u64) {
        if key == 0 || self.find_key(key).is_some() {
            return;
        }
        if let Some(free) = self.stories[place].keys.iter_mut().find(|key| **key == 0) {
            *free = key;
            let number = self.forgotten.wrapping_add(place as u32);
            self.keys.insert_unique(key, (key, number), |&(key, _)| key);
        }
    }

    /// The clock and the commonness of words as they were when a snapshot was made.
    pub(crate) fn restore(&mut self, clock: i64, commonness: Commonness) {
        (self.clock, self.commonness) = (clock, commonness);
    }

    /// Put a story back; its time must not lie before the last one's.
    pub(crate) fn restore_story(&mut self, mut story: Story) {
        let keys = std::mem::take(&mut story.keys);
        self.push(story, keys);
    }

    /// Weigh the words of a text and choose by which it is found.
    fn weigh(&mut self, words: &Words) {
        self.likeness.weigh(words, &self.commonness);
        let weights = &self.likeness.weights;
        choose(&mut self.singles, weights.len(), SINGLES, |at| weights[at]);
        choose(&mut self.pairs, weights.len().saturating_sub(1), PAIRS, |at| weights[at] + weights[at + 1]);
    }

    /// Find the stories that share rare words with a text, those that share most first.
    fn collect_candidates(&mut self, words: &Words) {
        let Self { candidates, stories, index, likeness, forgotten, singles, pairs, .. } = self;
        let (hashes, weights) = (&words.hashes, &likeness.weights);
        let singles = singles.iter().map(|&at| (hashes[at], weights[at]));
        let pairs = pairs.iter().map(|&at| (pair(hashes, at), weights[at] + weights[at + 1]));
        let features = singles.chain(pairs);
        let fetched = features.clone().fold(0u32, |read, (key, _)| read.wrapping_add(index.fetch(key)));
        std::hint::black_box(fetched);
        candidates.clear();
        for (key, weight) in features {
            for number in index.stories(key) {
                if number.wrapping_sub(*forgotten) as usize >= stories.len() {
                    break;
                }
                match candidates.iter_mut().find(|(known, _)| *known == number) {
                    Some((_, shared)) => *shared += weight,
                    None => candidates.push((number, weight)),
                }
            }
        }
        let least = LEAST_SHARED.max((likeness.total / 3).saturating_sub(LEAST_SHARED));
        candidates.retain(|&(_, shared)| shared >= least);
        let of = *forgotten;
        candidates
            .sort_unstable_by_key(|&(number, shared)| (std::cmp::Reverse(shared), number.wrapping_sub(of)));
    }
}

/// Choose so many places, those that weigh most; of equal weights the first.
fn choose(chosen: &mut Vec<usize>, places: usize, most: usize, weight: impl Fn(usize) -> u32) {
    chosen.clear();
    chosen.extend(0..places);
    if places > most {
        chosen.select_nth_unstable_by_key(most, |&at| (std::cmp::Reverse(weight(at)), at));
        chosen.truncate(most);
        // In order, as they come back from a snapshot.
        chosen.sort_unstable();
    }
}

/// The key of a word together with the next one.
fn pair(hashes: &[u32], at: usize) -> u32 {
    let next = hashes.get(at + 1).copied().unwrap_or_default();
    (hashes[at] ^ next.rotate_left(16)).wrapping_mul(0x85EB_CA6B) ^ next
}

fn mask(places: &[usize]) -> u64 {
    places.iter().fold(0, |mask, place| mask | 1 << place)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use crible_testkit::{real_data_test, shared_data};

    use super::*;

    impl Memory {
        /// The same as [`Memory::find_text`] by comparing with every story.
        fn find_exhaustively(&mut self, words: &Words) -> Option<usize> {
            self.weigh(words);
            let like = self.stories.iter().enumerate().filter_map(|(place, story)| {
                Some((self.likeness.of(words, &story.words, &self.commonness)?, place))
            });
            like.max_by_key(|&(likeness, place)| (likeness, std::cmp::Reverse(place))).map(|(_, place)| place)
        }
    }

    real_data_test! {
        fn the_index_finds_what_comparing_with_every_story_finds() {
            let packed = std::fs::File::open(shared_data("reddit_top_titles_30k.jsonl.gz")).unwrap();
            let mut json = String::new();
            flate2::read::GzDecoder::new(packed).read_to_string(&mut json).unwrap();
            let mut memory = Memory::new(1, 50_000);
            let mut words = Words::default();
            let (mut exact_ones, mut found_ones) = (0, 0);
            for (at, line) in json.lines().take(20_000).enumerate() {
                let row: serde_json::Value = serde_json::from_str(line).unwrap();
                let text = row["text"].as_str().unwrap();
                words.read("", text);
                if memory.find_text(&words).is_none() {
                    memory.remember(&words, [0; KEYS]);
                }
                // To tell all of them again would take minutes.
                if at % 10 == 9 {
                    let told: Vec<&str> = text.split_whitespace().collect();
                    let cut = told.len() / 4;
                    words.read("", &[&told[cut..], &told[..cut]].concat().join(" "));
                    let exact = memory.find_exhaustively(&words);
                    exact_ones += usize::from(exact.is_some());
                    found_ones += usize::from(exact.is_some() && exact == memory.find_text(&words));
                }
            }
            println!("{found_ones} of {exact_ones}");
            assert!(found_ones * 100 >= exact_ones * 98, "{found_ones} of {exact_ones}");
        }
    }
}
