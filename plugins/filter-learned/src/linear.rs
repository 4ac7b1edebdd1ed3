//! The linear part of a model: a weight for each feature.

use crate::corpus::Corpus;
use crate::features::{FORMS, Features, LETTERS, NOWHERE, STEP, WORDS};

/// The squares of the numbers of a byte, each with its number's sign.
static SQUARES: [i16; 256] = squares();

const fn squares() -> [i16; 256] {
    let mut squares = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let root = byte as u8 as i8 as i16;
        squares[byte] = root * root.abs();
        byte += 1;
    }
    squares
}

/// So many numbers, kept in one byte each: its square with its sign, times a unit. So the small ones, which are most,
/// stand close to each other, and all of them stay in the cache. The first is 0: it stands for features that a message
/// has not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table<const LEN: usize> {
    pub(crate) unit: f32,
    pub(crate) of: Box<[i8; LEN]>,
}

impl<const LEN: usize> Table<LEN> {
    pub(crate) fn zeros() -> Self {
        Self { unit: 0.0, of: Box::new([0; LEN]) }
    }

    /// Near to these numbers.
    pub(crate) fn round(numbers: &[f32]) -> Self {
        let most = numbers.iter().fold(0.0f32, |most, number| most.max(number.abs()));
        let unit = most / (f32::from(i8::MAX) * f32::from(i8::MAX));
        let mut table = Self { unit, ..Self::zeros() };
        if unit > 0.0 {
            let places = table.of.iter_mut().zip(numbers).skip(NOWHERE as usize + 1);
            places
                .for_each(|(of, number)| *of = (number.abs() / unit).sqrt().copysign(*number).round() as i8);
        }
        table
    }

    /// How many units stand at a place.
    #[inline(always)]
    pub(crate) fn units(&self, place: u32) -> i32 {
        i32::from(SQUARES[usize::from(self.of[place as usize % LEN].cast_unsigned())])
    }

    /// What features at these places say together.
    fn sum(&self, places: &[u32]) -> f32 {
        let units: i32 = places.iter().map(|&place| self.units(place)).sum();
        units as f32 * (self.unit * shorten(places.len()))
    }
}

/// The margin of a message is the bias, its form and, for words and for runs of letters each, the sum of the
/// weights of the features that it has, divided by the root of their number. Positive is good.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linear {
    pub(crate) bias: f32,
    pub(crate) form: [f32; FORMS],
    pub(crate) words: Table<WORDS>,
    pub(crate) letters: Table<LETTERS>,
}

impl Linear {
    /// Knows nothing: every margin is 0.
    pub(crate) fn empty() -> Self {
        Self { bias: 0.0, form: [0.0; FORMS], words: Table::zeros(), letters: Table::zeros() }
    }

    /// The margin of a message. What each of its tokens gave to it is written to `given`.
    pub(crate) fn margin(&self, features: &Features, given: &mut [f32]) -> f32 {
        let word_unit = self.words.unit * shorten(features.counts.words);
        let letter_unit = self.letters.unit * shorten(features.counts.letters);
        // In whole units, whose sums do not depend on their order.
        let (mut words, mut letters) = ([0; STEP], [0; STEP]);
        for (places, given) in features.steps().iter().zip(given.as_chunks_mut::<STEP>().0) {
            let of_words = places.each_ref().map(|places| {
                let [word, pair] = places.words;
                self.words.units(word) + self.words.units(pair)
            });
            let of_letters = places.each_ref().map(|places| {
                let [first, end] = places.letters.map(u32::from);
                self.letters.units(first) + self.letters.units(end)
            });
            for at in 0..STEP {
                words[at] += of_words[at];
                letters[at] += of_letters[at];
                given[at] = of_words[at] as f32 * word_unit + of_letters[at] as f32 * letter_unit;
            }
        }
        let letters: i32 = letters.iter().sum();
        let mut words: i32 = words.iter().chain(&features.wholes.map(|place| self.words.units(place))).sum();
        for &(place, token) in &features.general {
            let units = self.words.units(place);
            words += units;
            if let Some(given) = given.get_mut(token) {
                *given += units as f32 * word_unit;
            }
        }
        self.bias + self.of_form(&features.form) + words as f32 * word_unit + letters as f32 * letter_unit
    }

    /// The margin of a row of a corpus.
    pub(crate) fn margin_of(&self, corpus: &Corpus, row: usize) -> f32 {
        let words = self.words.sum(corpus.words.of(row));
        let letters = self.letters.sum(corpus.letters.of(row));
        self.bias + self.of_form(&corpus.forms[row]) + words + letters
    }

    fn of_form(&self, form: &[f32; FORMS]) -> f32 {
        // So many sums beside each other, none of which waits for another.
        let mut sums = [0.0; STEP];
        for (weights, shares) in self.form.as_chunks::<STEP>().0.iter().zip(form.as_chunks::<STEP>().0) {
            for at in 0..STEP {
                sums[at] += weights[at] * shares[at];
            }
        }
        sums.iter().sum()
    }
}

/// What a feature counts where a message has so many: their vector has length 1.
pub(crate) fn shorten(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}
