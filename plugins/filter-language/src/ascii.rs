//! Words of ASCII letters: where what three letters say is kept costs one look.

use std::collections::BTreeMap;

use crate::eights::EACH;
use crate::languages::LANES;
use crate::model::Evidence;
use crate::table::Said;

/// The bits of a letter by which ASCII letters differ; the mark in front of and behind a word has none.
const BITS: u32 = 5;
const LETTER: u64 = (1 << BITS) - 1;
const TRIPLES: usize = 1 << (3 * BITS);

/// So many different things three letters may say.
const SAID: usize = 1 << 13;

/// What three letters say.
pub(crate) struct AsciiTriples {
    /// The places in `said`, by the bits of three letters, the first the lowest.
    places: Box<[u16; TRIPLES]>,
    /// Nothing at place 0.
    said: Box<[Said; SAID]>,
}

impl AsciiTriples {
    /// `said_of` has what three letters say; of no letter, behind which words begin and end, it is `None`.
    pub(crate) fn of(said_of: impl Fn([Option<char>; 3]) -> Said) -> Self {
        let mut places = Box::new([0; TRIPLES]);
        let mut said = Box::new([Said::default(); SAID]);
        let mut known = BTreeMap::from([(Said::default(), 0)]);
        let letters = || std::iter::once(None).chain(('a'..='z').map(Some)).enumerate();
        for (first, one) in letters() {
            for (second, two) in letters() {
                for (third, three) in letters() {
                    // Nothing is said behind the end of a word.
                    if two.is_none() && (one.is_some() || three.is_none()) {
                        continue;
                    }
                    let next = known.len() as u16;
                    let said_here = said_of([one, two, three]);
                    let place = *known.entry(said_here).or_insert(next);
                    if let Some(said) = said.get_mut(usize::from(place)) {
                        *said = said_here;
                        places[first | second << BITS | third << (2 * BITS)] = place;
                    }
                }
            }
        }
        Self { places, said }
    }

    /// What the letters of a word say.
    #[inline]
    pub(crate) fn evidence(&self, [first, second]: [u64; 2]) -> Evidence {
        let mut sum = [0; LANES];
        // In front of the letters stand two marks, and behind them marks that say nothing.
        let mut letters = packed(first) << (2 * BITS);
        letters = self.add_eight(letters, &mut sum);
        if first >> 56 != 0 {
            self.add_eight(letters | packed(second) << (2 * BITS), &mut sum);
        }
        sum
    }

    /// Add what three letters say, eight times, each time one letter on, and answer with what is left. All eight cost
    /// less than a loop that ends where nobody can predict it.
    #[inline]
    fn add_eight(&self, letters: u64, sum: &mut Evidence) -> u64 {
        self.add_two(letters, sum);
        self.add_two(letters >> (2 * BITS), sum);
        self.add_two(letters >> (4 * BITS), sum);
        self.add_two(letters >> (6 * BITS), sum);
        letters >> (8 * BITS)
    }

    /// Add what three letters say, and the three that begin with the second of them.
    #[inline(always)]
    fn add_two(&self, letters: u64, sum: &mut Evidence) {
        let [one, two] = [letters, letters >> BITS].map(|letters| {
            let place = self.places[letters as usize % TRIPLES];
            self.said[usize::from(place) % SAID]
        });
        // Each is at most 127.
        let both: Said = std::array::from_fn(|lane| one[lane].wrapping_add(two[lane]));
        sum.iter_mut().zip(both).for_each(|(sum, said)| *sum += u16::from(said));
    }
}

/// The bits of eight letters, the first the lowest.
#[inline]
fn packed(letters: u64) -> u64 {
    let each = letters & (LETTER * EACH);
    let pairs = each & 0x00FF_00FF_00FF_00FF | (each & 0xFF00_FF00_FF00_FF00) >> 3;
    let fours = pairs & 0x0000_FFFF_0000_FFFF | (pairs & 0xFFFF_0000_FFFF_0000) >> 6;
    fours & 0xFFFF_FFFF | (fours & 0xFFFF_FFFF_0000_0000) >> 12
}
