//! What was learned of one writing, laid out so that a letter of a text costs two looks.
//!
//! Letters have codes. For each two letters that stand in front there is a row, and in it for each letter the place of
//! what these three say; a triple that was never seen has the place of its last two letters, and those the place of
//! the last one.

use std::collections::BTreeMap;

use crate::languages::LANES;

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
    words: Words,
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
            words: Words::with_room_for(features.words.len()),
        };
        table.lay_out(&features.letters);
        for (word, said) in &features.words {
            let mut hash = WordHash::new();
            word.iter().for_each(|&letter| hash.push(table.code(letter)));
            let place = table.add(*said);
            table.words.insert(hash.finish(), place);
        }
        table
    }

    fn lay_out(&mut self, features: &BTreeMap<Letters, Said>) {
        // Letters come before pairs, and pairs before triples.
        for (&[first, second, third], said) in features {
            let place = self.add(*said);
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

    fn add(&mut self, said: Said) -> u16 {
        self.said.push(said);
        (self.said.len() - 1) as u16
    }

    #[inline]
    fn code(&self, letter: char) -> u8 {
        self.codes.get(letter as usize).copied().unwrap_or(UNKNOWN)
    }

    /// What a word says.
    #[inline]
    pub(crate) fn evidence(&self, letters: &[char]) -> [u16; LANES] {
        let mut sum = [0; LANES];
        let (mut before, mut last) = (UNKNOWN, EDGE_CODE);
        let mut hash = WordHash::new();
        // One pass does all: where a stage's time is limited, each turn of a loop costs.
        for &letter in letters {
            let code = self.code(letter);
            self.add_said(self.place(before, last, code), &mut sum);
            hash.push(code);
            (before, last) = (last, code);
        }
        self.add_said(self.place(before, last, EDGE_CODE), &mut sum);
        self.add_said(self.words.get(hash.finish()), &mut sum);
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

/// The hash of a word, code by code.
struct WordHash(u64);

impl WordHash {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

    fn new() -> Self {
        Self(Self::FACTOR)
    }

    #[inline]
    fn push(&mut self, code: u8) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(code)).wrapping_mul(Self::FACTOR);
    }

    #[inline]
    fn finish(self) -> u64 {
        (self.0 ^ self.0 >> 32).wrapping_mul(Self::FACTOR)
    }
}

/// Where what whole words say is kept, by their hashes: an open table.
struct Words {
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// Half of the word's hash.
    key: u32,
    /// 0 where the slot is empty.
    place: u16,
}

impl Words {
    fn with_room_for(words: usize) -> Self {
        Self { slots: vec![Slot::default(); (2 * words + 1).next_power_of_two()] }
    }

    fn insert(&mut self, hash: u64, place: u16) {
        let mut at = self.home(hash);
        while self.slots[at].place != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = Slot { key: hash as u32, place };
    }

    /// The place of what a word says; 0 where it is not known.
    #[inline]
    fn get(&self, hash: u64) -> u16 {
        let mut at = self.home(hash);
        loop {
            let slot = self.slots[at];
            if slot.place == 0 || slot.key == hash as u32 {
                return slot.place;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn home(&self, hash: u64) -> usize {
        (hash >> 32) as usize & (self.slots.len() - 1)
    }
}
