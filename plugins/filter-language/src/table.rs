//! What was learned of one writing, laid out so that a letter of a text costs two looks.
//!
//! Letters have codes. For each two letters that stand in front there is a row, and in it for each letter the place of
//! what these three say; a triple that was never seen has the place of its last two letters, and those the place of
//! the last one.

use std::collections::BTreeMap;

use crate::ascii::AsciiTriples;
use crate::languages::LANES;
use crate::lexicon::{Lexicon, Spelling};
use crate::model::Evidence;
use crate::plain::PlainWord;
use crate::words::small;

/// What a feature says for each language, in [`UNITS`](crate::model::UNITS).
pub(crate) type Said = [u8; LANES];

/// Up to three letters; in front of fewer stands [`NONE`].
pub(crate) type Letters = [char; 3];

pub(crate) const NONE: char = '\0';

/// The mark in front of and behind a word.
pub(crate) const EDGE: char = ' ';

/// Letters beyond this have no code; no language here has any.
const CODED: usize = 0x700;

/// How many codes there are at most: that of any other letter, that of the edge, and those of letters.
const CODES: usize = 128;
const UNKNOWN: u8 = 0;
const EDGE_CODE: u8 = 1;

/// The features of one writing: what was learned of letters, pairs, triples, and whole words.
#[derive(Default)]
pub(crate) struct Features {
    pub(crate) letters: BTreeMap<Letters, Said>,
    pub(crate) words: BTreeMap<Vec<char>, Said>,
}

/// The features of one writing, ready to be looked up: some 600 KB for the letters of 16 languages.
pub(crate) struct Table {
    codes: Box<[u8; CODED]>,
    /// The row of each two letters, by the second and the first.
    rows: Box<[[u16; CODES]; CODES]>,
    /// The places in `said`. The first rows are those of one letter, whatever stands in front of it.
    places: Vec<[u16; CODES]>,
    /// What the features say; nothing at place 0.
    said: Vec<Said>,
    words: Lexicon,
}

impl Table {
    pub(crate) fn of(features: &Features) -> Self {
        let mut codes = Box::new([UNKNOWN; CODED]);
        codes[EDGE as usize] = EDGE_CODE;
        let mut count = EDGE_CODE;
        for letter in features.letters.keys().map(|[.., letter]| *letter) {
            if let Some(code @ &mut UNKNOWN) = codes.get_mut(letter as usize)
                && usize::from(count) + 1 < CODES
            {
                count += 1;
                *code = count;
            }
        }
        let mut table = Self {
            codes,
            rows: Box::new(std::array::from_fn(|last| [last as u16; CODES])),
            places: vec![[0; CODES]; CODES],
            said: vec![[0; LANES]],
            words: Lexicon::with_room_for(features.words.len()),
        };
        table.lay_out(&features.letters);
        for (word, said) in &features.words {
            let mut whole = table.of_letters(word.iter().copied());
            whole.iter_mut().zip(said).for_each(|(whole, said)| *whole += u16::from(*said));
            table.words.insert(Spelling::of(word), whole);
        }
        table
    }

    fn lay_out(&mut self, features: &BTreeMap<Letters, Said>) {
        // Letters come before pairs, and pairs before triples.
        for (&[first, second, third], said) in features {
            self.said.push(*said);
            let place = (self.said.len() - 1) as u16;
            let [one, two, three] = [first, second, third].map(|letter| usize::from(self.code(letter)));
            match (first, second) {
                (NONE, NONE) => self.places.iter_mut().for_each(|row| row[three] = place),
                (NONE, _) => self.places[two][three] = place,
                _ => {
                    let row = &mut self.rows[two][one];
                    if usize::from(*row) < CODES {
                        *row = self.places.len() as u16;
                        self.places.push(self.places[two]);
                    }
                    self.places[usize::from(*row)][three] = place;
                }
            }
        }
    }

    #[inline]
    fn code(&self, letter: char) -> u8 {
        self.codes.get(letter as usize).copied().unwrap_or(UNKNOWN)
    }

    /// What the ASCII letters say.
    pub(crate) fn ascii(&self) -> AsciiTriples {
        AsciiTriples::of(|letters| {
            let [before, last, letter] =
                letters.map(|letter| letter.map_or(EDGE_CODE, |letter| self.code(letter)));
            // In front of a word's first letter stands nothing but its edge.
            let before = if last == EDGE_CODE { UNKNOWN } else { before };
            self.said[usize::from(self.place(before, last, letter))]
        })
    }

    /// What a word says.
    pub(crate) fn evidence(&self, letters: &[char]) -> Evidence {
        self.words
            .get(Spelling::of(letters))
            .copied()
            .unwrap_or_else(|| self.of_letters(letters.iter().copied()))
    }

    /// What a plain word says, with what was learned of ASCII letters.
    #[inline]
    pub(crate) fn plain_evidence(&self, word: &PlainWord<'_>, ascii: &AsciiTriples) -> Evidence {
        match self.words.get(Spelling::of_plain(word)) {
            Some(known) => *known,
            None if word.is_ascii() => ascii.evidence(word.eights),
            None => self.of_letters(word.written().chars().map(small)),
        }
    }

    /// What the letters of a word say.
    fn of_letters(&self, letters: impl Iterator<Item = char>) -> Evidence {
        let mut sum = [0; LANES];
        let (mut before, mut last) = (UNKNOWN, EDGE_CODE);
        for letter in letters {
            let code = self.code(letter);
            self.add_said(self.place(before, last, code), &mut sum);
            (before, last) = (last, code);
        }
        self.add_said(self.place(before, last, EDGE_CODE), &mut sum);
        sum
    }

    #[inline]
    fn place(&self, before: u8, last: u8, letter: u8) -> u16 {
        let row = self.rows[usize::from(last) % CODES][usize::from(before) % CODES];
        self.places[usize::from(row)][usize::from(letter) % CODES]
    }

    #[inline]
    fn add_said(&self, place: u16, sum: &mut [u16; LANES]) {
        let said = &self.said[usize::from(place)];
        for (sum, said) in sum.iter_mut().zip(said) {
            *sum += u16::from(*said);
        }
    }
}
