//! The stories that are remembered: a queue, the oldest first, with what they are found by.

mod story;

use std::cmp::Reverse;
use std::collections::VecDeque;

use hashbrown::HashTable;

pub(crate) use self::story::Story;
use self::story::Texts;
use crate::candidates::{COMPARED, Candidates};
use crate::commonness::{BIT, Commonness};
use crate::index::{Index, Slot};
use crate::likeness::{EVIDENCE_OF_PASSED_ON, Likeness, places};
use crate::rarest::{PAIRS, SINGLES, Weights, rarest};
use crate::teller::Teller;
use crate::words::{MOST_WORDS, Reader, Words};

/// How many keys a story has: ids and links of its tellings, the first ones.
pub(crate) const KEYS: usize = 6;
/// For how many stories the index has room at first: a small one stays in the processor's cache.
const FEW_STORIES: usize = 1_000;
/// How many times the room it has when that is full: to note all stories again takes time.
const MORE_ROOM: usize = 8;
/// By how many words and pairs of words a story is found, as a rule.
const POSTINGS: usize = (SINGLES + PAIRS) * 3 / 4;
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
    /// Numbers of stories, beside half of a key by which they are known.
    keys: HashTable<(u32, u32)>,
    index: Index,
    commonness: Commonness,
    likeness: Likeness,
    /// By what the text is looked for, and by what it is found if it is a story of its own.
    known: Features,
    all: Features,
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
            index: Index::new(FEW_STORIES.min(most), most, POSTINGS),
            commonness: Commonness::new(),
            likeness: Likeness::default(),
            known: Features::default(),
            all: Features::default(),
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
        for key in story.keys() {
            let known = (key as u32, self.first);
            if let Ok(entry) = self.keys.find_entry(spread(known.0), |&one| one == known) {
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
        let place = |number: u32| number.wrapping_sub(self.first) as usize;
        let is_it = |&(half, number): &(u32, u32)| {
            half == key as u32 && self.stories.get(place(number)).is_some_and(|story| story.has_key(key))
        };
        let (_, number) = self.keys.find(spread(key as u32), is_it)?;
        Some(place(*number))
    }

    /// The place of the story that a text tells again, the likest one; of two the earlier.
    #[inline(never)]
    pub(crate) fn find_text(&mut self, text: &Reader) -> Option<usize> {
        let words = text.words();
        self.likeness.weigh(words, &self.commonness);
        self.read_features(words);
        if self.likeness.total < EVIDENCE_OF_PASSED_ON {
            return None;
        }
        self.collect_candidates(self.likeness.known == (1 << words.hashes.len()) - 1);
        let mut best = [0; COMPARED];
        let best = self.candidates.best(LEAST_SHARED.max(self.likeness.total / 4), &mut best);
        if best.is_empty() { None } else { self.likest(best, text) }
    }

    /// The likest of some stories, if it tells the same as a text.
    fn likest(&self, places: &[usize], text: &Reader) -> Option<usize> {
        let stories = places.iter().filter_map(|&place| self.stories.get(place));
        std::hint::black_box(stories.fold(0, |fetched, story| fetched ^ self.texts.fetch(story)));
        let like = places.iter().filter_map(|&place| {
            let words = self.texts.words(self.stories.get(place)?);
            Some((self.likeness.of(text, words, &self.commonness)?, place))
        });
        like.max_by_key(|&(likeness, place)| (likeness, Reverse(place))).map(|(_, place)| place)
    }

    /// Remember a story that is new, and learn how common its words are. Its text must be the one that was
    /// looked for last; it has no words where texts are not looked for.
    #[inline(never)]
    pub(crate) fn remember(&mut self, words: Words<'_>, keys: [u64; KEYS], teller: Teller<'_>) {
        self.add(self.clock, words, keys, teller);
        if self.commonness.learn(words.hashes) {
            let known = self.stories.iter().flat_map(|story| self.texts.hashes(story));
            known.for_each(|&hash| self.commonness.know(hash));
        }
    }

    /// Add a story as it was remembered; its time must not lie before the last one's.
    pub(crate) fn restore_story(
        &mut self,
        time: i64,
        words: Words<'_>,
        found_by: (u64, u64),
        keys: [u64; KEYS],
        teller: Teller<'_>,
    ) {
        self.all.read(words.hashes, &self.likeness.weights, found_by, &self.index);
        self.add(time, words, keys, teller);
        self.all = Features::default();
    }

    /// Add a story that is found by what was read last.
    fn add(&mut self, time: i64, words: Words<'_>, keys: [u64; KEYS], teller: Teller<'_>) {
        let number = self.first.wrapping_add(self.stories.len() as u32);
        self.all.slots().iter().for_each(|&slot| self.index.insert(slot, number));
        self.stories.push_back(self.texts.add(time, words, self.all.places, teller));
        keys.into_iter().filter(|key| *key != 0).for_each(|key| self.add_key(self.stories.len() - 1, key));
        let room = self.index.room();
        if self.stories.len() >= room && room < self.most {
            self.make_room(room.saturating_mul(MORE_ROOM));
        }
    }

    /// Note all stories again, in an index with room for so many.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self, stories: usize) {
        self.index = Index::new(stories.min(self.most), self.most, POSTINGS);
        let (mut features, weights) = (Features::default(), Weights::default());
        for (place, story) in (0..).zip(&self.stories) {
            features.read(self.texts.hashes(story), &weights, self.found_by(story), &self.index);
            let number = self.first.wrapping_add(place);
            features.slots().iter().for_each(|&slot| self.index.insert(slot, number));
        }
    }

    /// A story is known by one more key, if it has room for it and no other one has it.
    pub(crate) fn add_key(&mut self, place: usize, key: u64) {
        if key == 0 || self.find_key(key).is_some() || !self.stories[place].add_key(key) {
            return;
        }
        let number = self.first.wrapping_add(place as u32);
        self.keys.insert_unique(spread(key as u32), (key as u32, number), |&(half, _)| spread(half));
    }

    /// The clock, the commonness of words and for how many stories the index had room when a snapshot was made.
    pub(crate) fn restore(&mut self, clock: i64, commonness: Commonness, room: usize) {
        (self.clock, self.commonness) = (clock, commonness);
        self.make_room(room.max(FEW_STORIES));
    }

    /// For how many stories the index has room.
    pub(crate) fn room(&self) -> usize {
        self.index.room()
    }

    /// By what the text that was weighed is looked for and found. Words that no story has, such as a typo, are not
    /// asked for, however rare.
    #[inline(never)]
    fn read_features(&mut self, words: Words<'_>) {
        let Likeness { weights, weights_of_known, known, .. } = &self.likeness;
        let all = (1 << words.hashes.len()) - 1;
        self.all.read(words.hashes, weights, rarest(weights, all), &self.index);
        let mut fetched = 0;
        if *known != all {
            self.known.read(words.hashes, weights, rarest(weights_of_known, *known), &self.index);
            fetched ^= self.index.fetch(&self.known.slots);
        }
        fetched ^= self.index.fetch(&self.all.slots);
        std::hint::black_box(fetched);
    }

    /// Find the stories that share rare words with a text.
    #[inline(never)]
    fn collect_candidates(&mut self, all_known: bool) {
        let Self { candidates, stories, index, first, all, known, .. } = self;
        let asked = if all_known { all } else { known };
        candidates.clear();
        for (&slot, &weight) in asked.slots().iter().zip(&asked.weights) {
            index.of(slot, *first, stories.len(), |place| candidates.add(place, weight));
        }
    }
}

/// Half of a key, as the table of keys is ordered: a multiplication mixes its bits (Knuth, 6.4).
#[inline]
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// By what a text is found: where stories with its words and pairs of words are noted, each with its weight.
#[derive(Default)]
struct Features {
    /// The places of the words, alone and together with the next one.
    places: (u64, u64),
    slots: [Slot; SINGLES + PAIRS],
    weights: [u16; SINGLES + PAIRS],
    count: usize,
}

impl Features {
    /// Those at the places of the words that weigh most.
    #[inline(never)]
    fn read(&mut self, hashes: &[u32], weights: &Weights, (singles, pairs): (u64, u64), index: &Index) {
        *self = Self { places: (singles, pairs), ..Self::default() };
        for at in places(singles) {
            let Some(&hash) = hashes.get(at) else { break };
            self.push(index.slot(hash), weights[at % MOST_WORDS]);
        }
        for at in places(pairs) {
            let Some(&hash) = hashes.get(at) else { break };
            let next = hashes.get(at + 1).copied().unwrap_or_default();
            let weight = weights[at % MOST_WORDS] + weights[(at + 1) % MOST_WORDS];
            self.push(index.slot(pair(hash, next)), weight);
        }
    }

    #[inline]
    fn push(&mut self, slot: Slot, weight: u16) {
        if self.count < SINGLES + PAIRS {
            (self.slots[self.count], self.weights[self.count]) = (slot, weight);
            self.count += 1;
        }
    }

    fn slots(&self) -> &[Slot] {
        self.slots.get(..self.count).unwrap_or_default()
    }
}

/// The key of a word together with the next one.
#[inline]
fn pair(hash: u32, next: u32) -> u32 {
    (hash ^ next.rotate_left(16)).wrapping_mul(0x85EB_CA6B) ^ next
}

#[cfg(test)]
mod exact;
