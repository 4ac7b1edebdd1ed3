//! How far one language is ahead of the others.

use crate::greatest::two_greatest;
use crate::languages::{self, LANES};
use crate::model::{Evidence, UNITS};
use crate::script::Script;

/// The first languages of the Latin writing are so much likelier than the others before a word is read, in natural
/// logarithms: more people write them.
const COMMON: usize = 4;
const COMMON_MORE: f32 = 1.0;

/// The text is mixed where words that speak for another language weigh so much of those that speak for the best.
const MIXED: f32 = 0.5;
const MIXED_AT_LEAST: f32 = 10.0;

/// How far the language that words speak for is ahead of the others.
pub(crate) struct Lead {
    pub(crate) best: usize,
    /// Of the second, in natural logarithms.
    pub(crate) ahead: f32,
    /// The evidence for a word on average.
    pub(crate) a_word: f32,
    /// How many words there are.
    pub(crate) words: usize,
    sums: Evidence,
}

impl Lead {
    /// Which of a writing's languages the words speak for; none where it has not several.
    pub(crate) fn of(words: &[(Script, Evidence)], script: Script) -> Option<Self> {
        if languages::of(script).is_empty() {
            return None;
        }
        let mut sums = [0; LANES];
        if script == Script::Latin {
            sums[..COMMON].fill((COMMON_MORE * UNITS) as u16);
        }
        let mut count = 0;
        for evidence in words_of(words, script) {
            add(&mut sums, evidence);
            count += 1;
        }
        let (best, most, next) = two_greatest(&sums);
        Some(Self {
            best,
            ahead: nats(f32::from(most - next)),
            a_word: nats(f32::from(most)) / count as f32,
            words: count,
            sums,
        })
    }

    /// Whether some of these words speak for another language.
    pub(crate) fn is_mixed(&self, words: &[(Script, Evidence)], script: Script) -> bool {
        let mut contra = [0; LANES];
        for evidence in words_of(words, script) {
            let of_best = evidence[self.best % LANES];
            add(&mut contra, &evidence.map(|said| said.saturating_sub(of_best)));
        }
        let most = self.sums[self.best % LANES];
        let mixed = std::array::from_fn::<bool, LANES, _>(|other| {
            let contra = f32::from(contra[other]);
            let pro = f32::from(most - self.sums[other]) + contra;
            nats(contra) >= MIXED_AT_LEAST && contra >= MIXED * pro
        });
        mixed.into_iter().fold(false, |any, mixed| any | mixed)
    }
}

/// What the words of a writing say.
fn words_of(words: &[(Script, Evidence)], script: Script) -> impl Iterator<Item = &Evidence> {
    words.iter().filter(move |(of, _)| *of == script).map(|(_, evidence)| evidence)
}

#[inline]
fn add(sums: &mut Evidence, evidence: &Evidence) {
    sums.iter_mut().zip(evidence).for_each(|(sum, &said)| *sum = sum.saturating_add(said));
}

fn nats(units: f32) -> f32 {
    units / UNITS
}
