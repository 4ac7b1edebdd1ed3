//! The stories that are remembered: a queue, the oldest first, with what they are found by.

mod story;

use std::collections::VecDeque;

use hashbrown::HashTable;

pub(crate) use self::story::Story;
use self::story::Texts;
use crate::candidates::Candidates;
use crate::commonness::{BIT, Commonness};
use crate::index::Index;
use crate::likeness::{EVIDENCE_OF_PASSED_ON, Likeness, places};
use crate::rarest::{PAIRS, SINGLES, Weights, rarest};
use crate::teller::Teller;
use crate::words::{Reader, Words};

/// How many keys a story has: ids and links of its tellings, the first ones.
pub(crate) const KEYS: usize = 6;
/// How much the words by which both are found must say for two messages to be compared; of a long text a quarter
/// of what it says.
const LEAST_SHARED: u32 = 8 * BIT;

/// The stories that are still within the window.
pub(crate) struct Memory {
    window: i64,
    most: usize,
    clock: i64,
    stories: VecDeque<Story>,
    /// The number of the front of `stories`: one, which no free place of the index is taken for, and as many more as
    /// were forgotten. It wraps, as do the numbers.
    first: u32,
    texts: Texts,
    /// Numbers of stories, by their keys.
    keys: HashTable<(u64, u32)>,
    index: Index,
    commonness: Commonness,
    likeness: Likeness,
    /// By which of its words the text is looked for, alone and together with the next one.
    asked: (u64, u64),
    features: Features,
    candidates: Candidates,
}

impl Memory {
    pub(crate) fn new(window: i64, most: usize) -> Self {
        Self {
            window,
            most,
            clock: i64::MIN,
            stories: VecDeque::new(),
            first: 1,
            texts: Texts::default(),
            keys: HashTable::new(),
            index: Index::new(most, (SINGLES + PAIRS) * 3 / 4),
            commonness: Commonness::new(),
            likeness: Likeness::default(),
            asked: (0, 0),
            features: Features::default(),
            candidates: Candidates::default(),
        }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// How common words are.
    pub(crate) fn commonness(&self) -> &Commonness {
        &self.commonness
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
            if let Ok(entry) = self.keys.find_entry(key, |&known| known == (key, self.first)) {
                entry.remove();
            }
        }
        self.first = self.first.wrapping_add(1);
        if let Some(first) = self.stories.front() {
            self.texts.forget_before(first);
        }
    }

    /// A story by its place; the front of the queue is 0.
    pub(crate) fn story(&self, place: usize) -> &Story {
        &self.stories[place]
    }

    /// The keys of a story.
    pub(crate) fn keys(&self, story: &Story) -> impl Iterator<Item = u64> + Clone {
        story.keys.into_iter().take_while(|&key| key != 0)
    }

    /// By which of its words a story is found, alone and together with the next one.
    pub(crate) fn found_by(&self, story: &Story) -> (u64, u64) {
        let (singles, pairs) = story.found_by;
        (u64::from(singles), u64::from(pairs))
    }

    /// The words of a story.
    pub(crate) fn words(&self, story: &Story) -> Words<'_> {
        self.texts.words(story)
    }

    /// What a story is called by, and the telling of it that stays.
    pub(crate) fn told(&self, place: usize) -> (&str, Teller<'_>) {
        self.texts.told(&self.stories[place])
    }

    /// Another telling stays.
    pub(crate) fn replace_teller(&mut self, place: usize, teller: Teller<'_>) {
        self.stories[place].replace(teller);
    }

    /// The place of the story that has this key.
    pub(crate) fn find_key(&self, key: u64) -> Option<usize> {
        if key == 0 {
            return None;
        }
        let (_, number) = self.keys.find(key, |&(known, _)| known == key)?;
        Some(number.wrapping_sub(self.first) as usize)
    }

    /// The place of the story that a text tells again, the likest one; of two the earlier.
    pub(crate) fn find_text(&mut self, text: &Reader) -> Option<usize> {
        let words = text.words();
        self.likeness.weigh(words, &self.commonness);
        self.asked = rarest(&self.likeness.weights_of_known, self.likeness.known);
        if self.likeness.total < EVIDENCE_OF_PASSED_ON {
            return None;
        }
        self.collect_candidates(words);
        let least = LEAST_SHARED.max(self.likeness.total / 4);
        let best = self.candidates.best(least);
        let fetched = best.clone().filter_map(|place| Some(self.texts.fetch(self.stories.get(place)?)));
        std::hint::black_box(fetched.fold(0, u32::wrapping_add));
        let like = best.filter_map(|place| {
            let words = self.texts.words(self.stories.get(place)?);
            Some((self.likeness.of(text, words, &self.commonness)?, place))
        });
        like.max_by_key(|&(likeness, place)| (likeness, std::cmp::Reverse(place))).map(|(_, place)| place)
    }

    /// Remember a story that is new, and learn how common its words are. Its text must be the one that was
    /// looked for last; it has no words where texts are not looked for.
    pub(crate) fn remember(&mut self, words: Words<'_>, keys: [u64; KEYS], teller: Teller<'_>) {
        let all = (1 << words.hashes.len()) - 1;
        let all_known = self.likeness.known == all;
        let found_by = if all_known { self.asked } else { rarest(&self.likeness.weights, all) };
        self.add(self.clock, words, found_by, keys, teller);
        if self.commonness.learn(words.hashes) {
            let known = self.stories.iter().flat_map(|story| self.texts.hashes(story));
            known.for_each(|&hash| self.commonness.know(hash));
        }
    }

    /// Add a story; its time must not lie before the last one's.
    pub(crate) fn add(
        &mut self,
        time: i64,
        words: Words<'_>,
        found_by: (u64, u64),
        keys: [u64; KEYS],
        teller: Teller<'_>,
    ) {
        let number = self.first.wrapping_add(self.stories.len() as u32);
        self.features.read(words.hashes, &self.likeness.weights, found_by);
        self.index.fetch(self.features.iter().map(|&(feature, _)| feature));
        self.features.iter().for_each(|&(feature, _)| self.index.insert(feature, number));
        self.stories.push_back(self.texts.add(time, words, found_by, teller));
        keys.into_iter().for_each(|key| self.add_key(self.stories.len() - 1, key));
    }

    /// A story is known by one more key, if it has room for it and no other one has it.
    pub(crate) fn add_key(&mut self, place: usize, key: u64) {
        if key == 0 || self.find_key(key).is_some() {
            return;
        }
        if let Some(free) = self.stories[place].keys.iter_mut().find(|key| **key == 0) {
            *free = key;
            let number = self.first.wrapping_add(place as u32);
            self.keys.insert_unique(key, (key, number), |&(key, _)| key);
        }
    }

    /// The clock and the commonness of words as they were when a snapshot was made.
    pub(crate) fn restore(&mut self, clock: i64, commonness: Commonness) {
        (self.clock, self.commonness) = (clock, commonness);
    }

    /// Find the stories that share rare words with a text. Words that no story has, such as a typo, are not
    /// asked for, however rare.
    fn collect_candidates(&mut self, words: Words<'_>) {
        let Self { candidates, stories, index, likeness, first, asked, features, .. } = self;
        features.read(words.hashes, &likeness.weights, *asked);
        index.fetch(features.iter().map(|&(feature, _)| feature));
        candidates.clear();
        for &(feature, weight) in features.iter() {
            for place in index.stories(feature, *first, stories.len()) {
                candidates.add(place as u32, weight);
            }
        }
    }
}

/// By what a text is found: words and pairs of words, each with its weight.
#[derive(Default)]
struct Features {
    all: [(u32, u32); SINGLES + PAIRS],
    count: usize,
}

impl Features {
    /// Those at the places of the words, alone and together with the next one.
    fn read(&mut self, hashes: &[u32], weights: &Weights, (singles, pairs): (u64, u64)) {
        let weight = |at: usize| u32::from(weights[at]);
        self.count = 0;
        places(singles).for_each(|at| self.push(hashes[at], weight(at)));
        places(pairs).for_each(|at| self.push(pair(hashes, at), weight(at) + weight(at + 1)));
    }

    fn push(&mut self, feature: u32, weight: u32) {
        if let Some(free) = self.all.get_mut(self.count) {
            *free = (feature, weight);
            self.count += 1;
        }
    }

    fn iter(&self) -> std::slice::Iter<'_, (u32, u32)> {
        self.all[..self.count].iter()
    }
}

/// The key of a word together with the next one.
fn pair(hashes: &[u32], at: usize) -> u32 {
    let next = hashes.get(at + 1).copied().unwrap_or_default();
    (hashes[at] ^ next.rotate_left(16)).wrapping_mul(0x85EB_CA6B) ^ next
}

#[cfg(test)]
mod exact;
