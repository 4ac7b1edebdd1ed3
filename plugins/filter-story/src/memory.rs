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
/// How much the words by which both are found must say for two messages to be compared; of a long text a quarter
/// of what it says.
const LEAST_SHARED: u32 = 8 * BIT;

/// A story that is remembered.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// When it was first told.
    pub(crate) time: i64,
    /// Hashes of ids and links; 0 where there is none.
    pub(crate) keys: [u64; KEYS],
    /// Who told it: the one that stays.
    pub(crate) teller: Teller,
    pub(crate) hashes: Vec<u32>,
    pub(crate) letters: Vec<u8>,
    /// Whether it said that it passes on what another one wrote, and that it was cut off.
    pub(crate) passed_on: bool,
    pub(crate) cut_off: bool,
    /// By which of its words it is found.
    pub(crate) singles: u64,
    /// By which of its words together with the next one it is found.
    pub(crate) pairs: u64,
}

impl Story {
    pub(crate) fn set_words(&mut self, words: Words<'_>) {
        self.hashes.clear();
        self.hashes.extend_from_slice(words.hashes);
        self.letters.clear();
        self.letters.extend_from_slice(words.letters);
        (self.passed_on, self.cut_off) = (words.passed_on, words.cut_off);
    }

    fn words(&self) -> Words<'_> {
        Words {
            hashes: &self.hashes,
            letters: &self.letters,
            passed_on: self.passed_on,
            cut_off: self.cut_off,
        }
    }
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
    /// By which of its words the text is looked for, alone and together with the next one.
    asked: (u64, u64),
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
            asked: (0, 0),
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
    pub(crate) fn find_text(&mut self, words: Words<'_>) -> Option<usize> {
        self.likeness.weigh(words, &self.commonness);
        self.asked = rarest(&self.likeness.weights, self.likeness.known);
        if self.likeness.total < EVIDENCE_OF_PASSED_ON {
            return None;
        }
        self.collect_candidates(words);
        if self.candidates.is_empty() {
            return None;
        }
        self.likeness.prepare(words);
        let compared = self.candidates.iter().take(COMPARED);
        let like = compared.filter_map(|&(number, _)| {
            let place = number.wrapping_sub(self.forgotten) as usize;
            let likeness = self.likeness.of(words, self.stories[place].words(), &self.commonness)?;
            Some((likeness, place))
        });
        like.max_by_key(|&(likeness, place)| (likeness, std::cmp::Reverse(place))).map(|(_, place)| place)
    }

    /// Remember a story that is new, and learn how common its words are. Its text must be the one that was
    /// looked for last; it has no words where texts are not looked for.
    ///
    /// Who told it is left to be said.
    pub(crate) fn remember(&mut self, words: Words<'_>, keys: [u64; KEYS]) -> &mut Teller {
        let mut story = self.spare.pop().unwrap_or_default();
        (story.time, story.keys) = (self.clock, [0; KEYS]);
        let all_known = self.likeness.known.count_ones() as usize == words.hashes.len();
        (story.singles, story.pairs) =
            if all_known { self.asked } else { rarest(&self.likeness.weights, u64::MAX) };
        story.set_words(words);
        self.push(story, keys);
        if self.commonness.learn(words.hashes) {
            let known = self.stories.iter().flat_map(|story| &story.hashes);
            known.for_each(|&hash| self.commonness.know(hash));
        }
        let last = self.stories.len() - 1;
        self.teller_mut(last)
    }

    fn push(&mut self, story: Story, keys: [u64; KEYS]) {
        let number = self.forgotten.wrapping_add(self.stories.len() as u32);
        let hashes = &story.hashes;
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

    /// Find the stories that share rare words with a text, those that share most first. Words that no story
    /// has, such as a typo, are not asked for, however rare.
    fn collect_candidates(&mut self, words: Words<'_>) {
        let Self { candidates, stories, index, likeness, forgotten, asked, .. } = self;
        let (hashes, weights) = (words.hashes, &likeness.weights);
        let (singles, pairs) = *asked;
        let singles = places(singles).map(|at| (hashes[at], weights[at]));
        let pairs = places(pairs).map(|at| (pair(hashes, at), weights[at] + weights[at + 1]));
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
        let least = LEAST_SHARED.max(likeness.total / 4);
        candidates.retain(|&(_, shared)| shared >= least);
        let of = *forgotten;
        candidates
            .sort_unstable_by_key(|&(number, shared)| (std::cmp::Reverse(shared), number.wrapping_sub(of)));
    }
}

/// The places of the words, among those allowed, that weigh most, and of those that do so together with the
/// next one.
fn rarest(weights: &[u32], allowed: u64) -> (u64, u64) {
    let mut singles = Heaviest::<SINGLES>::default();
    let mut pairs = Heaviest::<PAIRS>::default();
    let mut before = None;
    for (at, &weight) in weights.iter().enumerate() {
        let here = (allowed >> at & 1 == 1).then_some(weight);
        if let Some(weight) = here {
            singles.add(weight, at);
            if let Some(before) = before {
                pairs.add(before + weight, at - 1);
            }
        }
        before = here;
    }
    (singles.places(), pairs.places())
}

/// More places than a text has words.
const PLACES: u32 = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 6;

/// The places with the greatest weights, at most so many; of equal weights the first.
struct Heaviest<const MOST: usize> {
    /// Weights, each with its place behind it, the greatest first; 0 where there is none.
    of: [u32; MOST],
}

impl<const MOST: usize> Default for Heaviest<MOST> {
    fn default() -> Self {
        Self { of: [0; MOST] }
    }
}

impl<const MOST: usize> Heaviest<MOST> {
    fn add(&mut self, weight: u32, place: usize) {
        let next = weight << PLACE_BITS | (PLACES - 1 - place as u32);
        let mut at = MOST - 1;
        if next < self.of[at] {
            return;
        }
        while at > 0 && self.of[at - 1] < next {
            self.of[at] = self.of[at - 1];
            at -= 1;
        }
        self.of[at] = next;
    }

    fn places(&self) -> u64 {
        let held = self.of.iter().filter(|&&held| held != 0);
        held.fold(0, |mask, held| mask | 1 << (PLACES - 1 - held % PLACES))
    }
}

/// The key of a word together with the next one.
fn pair(hashes: &[u32], at: usize) -> u32 {
    let next = hashes.get(at + 1).copied().unwrap_or_default();
    (hashes[at] ^ next.rotate_left(16)).wrapping_mul(0x85EB_CA6B) ^ next
}

#[cfg(test)]
mod exact;
