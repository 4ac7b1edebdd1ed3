//! Learns a model from examples.

use std::fmt;

use crate::corpus::{Corpus, Groups};
use crate::features::{Features, NOWHERE, STEP, mix};
use crate::learn::learn;
use crate::linear::Linear;
use crate::logistic::Logistic;
use crate::model::Model;
use crate::sample::Sample;
use crate::stream::{CUES, Cues, Stream, background};

/// How many good and how many bad examples are needed.
const NEEDED: usize = 8;
/// Into how many parts the examples are cut where they are of fewer than three groups.
const FOLDS: usize = 8;

/// What a model is made of. Leave a part out to see what it gains.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// How words begin and end, besides words and pairs of words.
    pub letters: bool,
    /// Length, capitals, digits, signs, counts of mentions, tags and links.
    pub form: bool,
    /// Features weigh by what they say in all groups alike.
    pub agreement: bool,
    /// Log-odds are fitted to examples that the weights were not learned from, a group at a time.
    pub held_out: bool,
    /// What the stream speaks of is looked at.
    pub stream: bool,
}

impl Default for Recipe {
    fn default() -> Self {
        Self { letters: true, form: true, agreement: true, held_out: true, stream: true }
    }
}

/// Takes examples in the order in which they were written and makes a model of them.
#[derive(Default)]
pub struct Trainer {
    recipe: Recipe,
    corpus: Corpus,
    features: Features,
}

impl Trainer {
    /// A trainer with another recipe than the usual one.
    pub fn with(recipe: Recipe) -> Self {
        Self { recipe, ..Self::default() }
    }

    /// Add an example. Those of one `group` (a channel, an event) belong together: what holds in one group
    /// only is trusted less. It takes about 1 kB of memory.
    pub fn add(&mut self, sample: &Sample<'_>, good: bool, group: &str) {
        self.corpus.push(&mut self.features, sample, good, group);
    }

    /// Make the model. The same examples in the same order make the same model.
    ///
    /// Each group is left out in turn (or, where there are fewer than three that have thirty examples of
    /// both kinds, each eighth of the examples), the others are learned from, and the log-odds are fitted to
    /// what this says of the part that was left out.
    ///
    /// # Errors
    /// Fewer than eight good or eight bad examples.
    pub fn train(&self) -> Result<Model, TooFew> {
        let Self { recipe, corpus, .. } = self;
        let good = corpus.good.iter().filter(|&&good| good).count();
        let bad = corpus.len() - good;
        if good < NEEDED || bad < NEEDED {
            return Err(TooFew { good, bad });
        }
        let groups = corpus.groups();
        let folds = if groups.count >= 3 {
            Groups { of: groups.of.clone(), count: groups.count }
        } else {
            let of = (0..corpus.len()).map(|row| (mix(row as u64) % FOLDS as u64) as usize).collect();
            Groups { of, count: FOLDS }
        };
        let agreeing = if recipe.agreement && groups.count >= 3 { groups } else { Groups::one(corpus.len()) };
        let all: Vec<u32> = (0..corpus.len() as u32).collect();
        let linear = learn(corpus, &agreeing, &all, *recipe);
        let mut held_out: Vec<(Cues, bool)> = Vec::with_capacity(corpus.len());
        for fold in 0..folds.count {
            let (part, rest): (Vec<u32>, Vec<u32>) =
                all.iter().partition(|&&row| folds.of[row as usize] == fold);
            if !recipe.held_out {
                self.stream_through(&part, &linear, &rest, &mut held_out);
            } else if !part.is_empty() && self.has_both(&rest) {
                let without = learn(corpus, &agreeing, &rest, *recipe);
                self.stream_through(&part, &without, &rest, &mut held_out);
            }
        }
        let alone = Logistic::fit(&held_out, 1);
        let within = if recipe.stream { Logistic::fit(&held_out, CUES) } else { alone };
        let background = background(all.iter().map(|&row| corpus.topics.of(row as usize)));
        Ok(Model { linear, background, alone, within })
    }

    fn has_both(&self, rows: &[u32]) -> bool {
        let good = rows.iter().filter(|&&row| self.corpus.good[row as usize]).count();
        good > 0 && good < rows.len()
    }

    /// The cues of the rows of a part, as if it were the stream and the rest the examples.
    fn stream_through(&self, part: &[u32], linear: &Linear, rest: &[u32], out: &mut Vec<(Cues, bool)>) {
        let corpus = &self.corpus;
        let background = background(rest.iter().map(|&row| corpus.topics.of(row as usize)));
        let mut stream = Stream::new();
        let mut given = Vec::new();
        let mut topics = Vec::new();
        for row in part.iter().map(|&row| row as usize) {
            topics.clear();
            topics.extend_from_slice(corpus.topics.of(row));
            let count = topics.len();
            topics.resize(count.next_multiple_of(STEP), NOWHERE);
            given.resize(topics.len(), 0.0);
            let margin = linear.margin_of(corpus, row);
            let steps = || topics.as_chunks().0.iter().copied();
            let cues = stream.cues(&background, steps(), count, margin, [0.0; 2], &mut given);
            out.push((cues, corpus.good[row]));
            stream.observe(steps(), margin);
        }
    }
}

/// There are too few examples to learn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    /// How many are good.
    pub good: usize,
    /// How many are bad.
    pub bad: usize,
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { good, bad } = self;
        write!(f, "{good} good and {bad} bad examples are too few to learn from: {NEEDED} of each are needed")
    }
}

impl std::error::Error for TooFew {}
