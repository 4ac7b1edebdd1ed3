//! How close each message is to each interest.

use std::collections::HashSet;

use crible_sdk::ConfigError;

use crate::background::Background;
use crate::feedback::MOST_OF_ONE;
use crate::interest::{Interest, Wish};
use crate::ranked::{Hit, Ranked};
use crate::recipe::Recipe;
use crate::snapshot;
use crate::stop_words::function_hashes;
use crate::table::Table;
use crate::words::{Form, Reader, Word, Words};

/// The weights are worked out anew after so many messages, and before that each time that their number doubles.
const EVERY: u64 = 256;

/// How close a message is to an interest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness {
    /// The number of the interest.
    pub interest: usize,
    /// Above 0 and below 1. Half of what can be asked is 0.5, all of it 0.8.
    pub relevance: f32,
}

/// Ranks messages, and learns from each once it is judged.
pub struct Ranker {
    pub(crate) recipe: Recipe,
    pub(crate) ranked: Vec<Ranked>,
    pub(crate) background: Background,
    /// How many messages were judged.
    pub(crate) judged: u64,
    table: Table,
    stop: HashSet<u64>,
    /// The hashes of the first words of the message.
    first: [u64; MOST_OF_ONE],
    hits: Vec<Hit>,
    close: Vec<Closeness>,
}

/// A message that is being read.
struct Reading<'a> {
    background: &'a mut Background,
    table: &'a Table,
    /// Whether tags are taken apart.
    tags: bool,
    first: &'a mut [u64; MOST_OF_ONE],
    hits: &'a mut Vec<Hit>,
    /// How many words it has so far.
    length: usize,
}

impl Reader for Reading<'_> {
    #[inline(always)]
    fn word(&mut self, word: Word) {
        if word.form != Form::Affix {
            if let Some(free) = self.first.get_mut(self.length) {
                *free = word.hash;
            }
            self.length += 1;
            self.background.learn(word.hash);
        }
        self.table.find(&word, self.hits);
    }

    fn asks_for_affixes(&self, group: u64) -> bool {
        self.tags && self.table.has_group(group)
    }
}

impl Ranker {
    /// Rank by these interests, before the first message. What is known of the stream counts half after the
    /// half-life, in ms and at least 1.
    pub fn new(wishes: &[Wish<'_>], half_life: i64, recipe: Recipe) -> Self {
        let background =
            if recipe.known_words { Background::new(half_life) } else { Background::empty(half_life) };
        let ranked = wishes.iter().map(|wish| Ranked::new(Interest::read(wish, &recipe))).collect();
        let mut ranker = Self {
            recipe,
            ranked,
            background,
            judged: 0,
            table: Table::new(),
            stop: function_hashes(),
            first: [0; MOST_OF_ONE],
            hits: Vec::new(),
            close: Vec::new(),
        };
        ranker.weigh();
        ranker
    }

    /// The numbers of the interests in which there is nothing to look for.
    pub fn empty(&self) -> impl Iterator<Item = usize> {
        (0..self.ranked.len()).filter(|&number| self.ranked[number].interest.is_empty())
    }

    /// What was learned so far, as bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        snapshot::write(self)
    }

    /// Go on with what was learned, before the first message. What was learned for an interest that has changed
    /// since is forgotten.
    ///
    /// # Errors
    /// Bytes that cannot be read.
    pub fn resume(&mut self, snapshot: &[u8]) -> Result<(), ConfigError> {
        snapshot::read(snapshot, self)
    }

    fn weigh(&mut self) {
        self.ranked.iter_mut().for_each(|ranked| ranked.weigh(&self.background, &self.recipe));
        self.fill_table();
    }

    /// Look for the terms of all interests as they are now.
    pub(crate) fn fill_table(&mut self) {
        self.table.clear();
        for (number, Ranked { interest, added, .. }) in self.ranked.iter().enumerate() {
            for (place, term) in interest.terms.iter().chain(added).enumerate() {
                self.table.add(term.hash, number, place);
            }
            for &(hash, place) in interest.joined.iter().chain(&interest.beginnings) {
                self.table.add(hash, number, usize::from(place));
            }
        }
        self.table.build();
    }

    /// Judge a message at its time, in ms since 1970: its texts (title, text, tags), of which none need be there.
    /// Interests that it has nothing of are left out.
    pub fn judge<'a>(&mut self, texts: impl Iterator<Item = &'a str>, time: i64) -> &[Closeness] {
        self.background.advance(time);
        if self.judged.is_multiple_of(EVERY) || (self.judged < EVERY && self.judged.is_power_of_two()) {
            self.weigh();
        }
        self.judged += 1;
        let length = self.read(texts);
        self.close.clear();
        if !self.hits.is_empty() {
            self.judge_hits(length);
        }
        self.background.end_message(length);
        &self.close
    }

    /// Read a message: count its words, and find those that are terms. Returns how many words it has.
    fn read<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> usize {
        let Self { recipe, background, table, first, hits, .. } = self;
        hits.clear();
        background.start_message();
        let mut words = Words::new(recipe.stems);
        let mut reading = Reading { background, table, tags: recipe.tags, first, hits, length: 0 };
        texts.for_each(|text| words.read(text, &mut reading));
        reading.length
    }

    fn judge_hits(&mut self, length: usize) {
        let lengths = self.recipe.lengths;
        let stretch = 1.0 - lengths + lengths * length as f32 / self.background.mean_length();
        let first = self.first.get(..length).unwrap_or(&self.first);
        if self.ranked.len() > 1 {
            // Within an interest they stay in the order of the words.
            self.hits.sort_unstable_by_key(|hit| {
                (hit.interest, hit.word.position, hit.whole, hit.term, hit.word.start)
            });
        }
        for hits in self.hits.chunk_by(|a, b| a.interest == b.interest) {
            let interest = usize::from(hits[0].interest);
            let ranked = &mut self.ranked[interest];
            let judged = ranked.judge(hits, stretch, &self.recipe);
            if judged.relevance > 0.0 {
                self.close.push(Closeness { interest, relevance: judged.relevance });
            }
            if Ranked::is_best(judged) {
                ranked.feedback.learn(first, judged.own, &self.stop);
            }
        }
    }

    /// Where the words stand that made the message that was judged last close to an interest, the weightiest
    /// first: beginning and end in its texts, one behind the other, in bytes.
    pub fn met(&self, interest: usize, out: &mut Vec<(usize, usize)>) {
        let weights = &self.ranked[interest].weights;
        let of = self.hits.iter().filter(|hit| usize::from(hit.interest) == interest);
        let mut met: Vec<(f32, &Hit)> = of.map(|hit| (weights[usize::from(hit.term)], hit)).collect();
        met.retain(|(weight, _)| *weight > 0.0);
        met.sort_by(|a, b| b.0.total_cmp(&a.0));
        out.clear();
        for (_, Hit { word, .. }) in met {
            let place = (word.start as usize, word.end as usize);
            if !out.contains(&place) {
                out.push(place);
            }
        }
    }
}
