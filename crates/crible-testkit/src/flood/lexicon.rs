//! The flood's vocabulary, ready to be drawn from.

use std::collections::HashSet;

use super::vocabulary::{ENGLISH, FRENCH, Language};
use crate::{
    names::{FIRST_NAMES, LAST_NAMES},
    prng::Prng,
    rank_law::RankLaw,
};

/// How many words each language has.
const WORDS_PER_LANGUAGE: usize = 4_500;
/// The vocabulary does not depend on a flood's seed: rules written for one flood fit every other.
const VOCABULARY_SEED: u64 = 0x6372_6962_6c65;

/// All words, names and expressions.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) languages: [Tongue; 2],
    pub(super) first_names: Vec<&'static str>,
    pub(super) last_names: Vec<&'static str>,
    /// Indices of words, the frequent ones often.
    zipf: Box<[u32; 65_536]>,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Tongue {
    pub(super) code: &'static str,
    /// Most frequent first.
    pub(super) words: Vec<String>,
    /// How many of `words` are the grammar's: in every message, so of no use in a rule.
    pub(super) common: usize,
    pub(super) subjects: Vec<SubjectWords>,
}

/// What one subject adds to a language.
#[derive(Debug)]
pub(super) struct SubjectWords {
    pub(super) words: Vec<&'static str>,
    pub(super) phrases: Vec<&'static str>,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        Self {
            languages: [Tongue::new(&FRENCH), Tongue::new(&ENGLISH)],
            first_names: FIRST_NAMES.split_whitespace().collect(),
            last_names: LAST_NAMES.split_whitespace().collect(),
            zipf: RankLaw::new(WORDS_PER_LANGUAGE as u32, 2.2).quantiles(),
        }
    }

    /// A word of `tongue`, by Zipf's law.
    pub(super) fn word<'a>(&self, tongue: &'a Tongue, prng: &mut Prng) -> &'a str {
        &tongue.words[self.zipf[(prng.next() >> 48) as usize] as usize]
    }
}

impl Tongue {
    fn new(language: &Language) -> Self {
        let common: Vec<String> = language.common.split_whitespace().map(str::to_owned).collect();
        let mut prng = Prng::new(VOCABULARY_SEED);
        let mut rarer: Vec<String> = language.ordinary.split_whitespace().map(str::to_owned).collect();
        let mut known: HashSet<String> = common.iter().chain(&rarer).cloned().collect();
        while common.len() + rarer.len() < WORDS_PER_LANGUAGE {
            let word = made_up_word(language, &mut prng);
            if known.insert(word.clone()) {
                rarer.push(word);
            }
        }
        prng.shuffle(&mut rarer);
        let subjects = language
            .subjects
            .iter()
            .map(|subject| SubjectWords {
                words: subject.words.split_whitespace().collect(),
                phrases: subject.phrases.split(',').collect(),
            })
            .collect();
        Self { code: language.code, common: common.len(), words: [common, rarer].concat(), subjects }
    }
}

/// A word that sounds like the language and means nothing.
pub(super) fn made_up_french(prng: &mut Prng) -> String {
    made_up_word(&FRENCH, prng)
}

fn made_up_word(language: &Language, prng: &mut Prng) -> String {
    let [starts, middles, ends] = language.syllables.map(|list| list.split_whitespace().collect::<Vec<_>>());
    let mut word = String::from(prng.pick_str(&starts));
    for _ in 0..prng.below(3) {
        word.push_str(prng.pick_str(&middles));
    }
    word.push_str(prng.pick_str(&ends));
    word
}
