//! The linear part of a model: a weight for each feature.

use crate::corpus::Corpus;
use crate::features::{FORMS, Features, LETTERS, STEP, WORDS};

/// Numbers kept in two bytes each: the least of them that is not 0, times so many. Behind the last stands a 0, for
/// features that a message has not: to read it is cheaper than to ask whether there is one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) unit: f32,
    pub(crate) of: Vec<i16>,
}

impl Table {
    /// So many zeros.
    pub(crate) fn zeros(len: usize) -> Self {
        Self { unit: 0.0, of: vec![0; len + 1] }
    }

    /// The nearest to these numbers.
    pub(crate) fn round(numbers: &[f32]) -> Self {
        let most = numbers.iter().fold(0.0f32, |most, number| most.max(number.abs()));
        let unit = most / f32::from(i16::MAX);
        let round = |&number: &f32| if unit > 0.0 { (number / unit).round() as i16 } else { 0 };
        Self { unit, of: numbers.iter().map(round).chain([0]).collect() }
    }

    /// How many units stand at a place.
    #[inline]
    fn units(&self, place: u32) -> i32 {
        self.of.get(place as usize).map_or(0, |&of| i32::from(of))
    }

    /// The numbers as they are kept.
    pub(crate) fn all(&self) -> &[i16] {
        self.of.split_last().map_or(&[], |(_, all)| all)
    }

    #[inline]
    pub(crate) fn get(&self, place: u32) -> f32 {
        self.of.get(place as usize).map_or(0.0, |&of| f32::from(of) * self.unit)
    }
}

/// The margin of a message is the bias, its form and, for words and for runs of letters each, the sum of the
/// weights of the features that it has, divided by the root of their number. Positive is good.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linear {
    pub(crate) bias: f32,
    pub(crate) form: [f32; FORMS],
    pub(crate) words: Table,
    pub(crate) letters: Table,
}

impl Linear {
    /// Knows nothing: every margin is 0.
    pub(crate) fn empty() -> Self {
        Self { bias: 0.0, form: [0.0; FORMS], words: Table::zeros(WORDS), letters: Table::zeros(LETTERS) }
    }

    /// The margin of a message. What each of its tokens gave to it is written to `given`.
    pub(crate) fn margin(&self, features: &Features, given: &mut [f32]) -> f32 {
        let form: f32 = self.form.iter().zip(&features.form).map(|(weight, share)| weight * share).sum();
        let word_unit = self.words.unit * shorten(features.counts.words);
        let letter_unit = self.letters.unit * shorten(features.counts.letters);
        let mut words: i32 = features.wholes.iter().map(|&place| self.words.units(place)).sum();
        let mut letters = 0;
        // In whole units, whose sums do not depend on their order.
        for (tokens, given) in features.steps().iter().zip(given.as_chunks_mut::<STEP>().0) {
            for (token, given) in tokens.iter().zip(given) {
                let ([word, pair], [first, end]) = (token.words, token.letters);
                let of_words = self.words.units(word) + self.words.units(pair);
                let of_letters = self.letters.units(first) + self.letters.units(end);
                words += of_words;
                letters += of_letters;
                *given = of_words as f32 * word_unit + of_letters as f32 * letter_unit;
            }
        }
        for &(place, token) in &features.general {
            let units = self.words.units(place);
            words += units;
            if let Some(given) = given.get_mut(token) {
                *given += units as f32 * word_unit;
            }
        }
        self.bias + form + words as f32 * word_unit + letters as f32 * letter_unit
    }

    /// The margin of a row of a corpus.
    pub(crate) fn margin_of(&self, corpus: &Corpus, row: usize) -> f32 {
        let form: f32 = self.form.iter().zip(&corpus.forms[row]).map(|(weight, share)| weight * share).sum();
        let sum = |table: &Table, places: &[u32]| {
            let units: i32 = places.iter().map(|&place| table.units(place)).sum();
            units as f32 * (table.unit * shorten(places.len()))
        };
        let letters = sum(&self.letters, corpus.letters.of(row));
        self.bias + form + sum(&self.words, corpus.words.of(row)) + letters
    }
}

/// What a feature counts where a message has so many: their vector has length 1.
pub(crate) fn shorten(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}
