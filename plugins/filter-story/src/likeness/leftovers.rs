//! The words that only one of two texts has: which are the same but for a typo or where they were cut off.

use crible_sdk::blocks::{BLOCK, gathered, mark};

use super::places;
use crate::commonness::{Commonness, Counts};
use crate::typo::{Shape, is_typo};
use crate::words::{MOST_WORDS, Words};

/// A word of at most so many stories may be a typo of another: two words that are both well known are two.
const RARE: u16 = 20;
/// A word of so many stories is no name that is heard for the first time.
const WELL_KNOWN: u16 = 4;
/// So many letters of a word that was cut off say what the word says.
const SPEAKING_LETTERS: usize = 3;

/// What one of two texts has, and the other has not.
#[derive(Clone, Copy)]
pub(super) struct Rest<'a> {
    pub(super) words: Words<'a>,
    /// In how many stories each of the words that are left was.
    pub(super) counts: &'a Counts,
    /// Which of the words are left.
    pub(super) left: u64,
}

impl Rest<'_> {
    /// Whether both have digits and they are not the same ones, however they are grouped: 10 000 and 10,000.
    pub(super) fn numbers_differ(self, other: Self) -> bool {
        let (mut one, mut two) = (self.digits().peekable(), other.digits().peekable());
        one.peek().is_some() && two.peek().is_some() && !one.eq(two)
    }

    fn digits(self) -> impl Iterator<Item = u8> {
        places(self.left).flat_map(move |at| self.words.word(at)).copied().filter(u8::is_ascii_digit)
    }
}

/// What the words of a text look like that the other one has not.
struct Shapes {
    lens: [u8; MOST_WORDS],
    firsts: [u8; MOST_WORDS],
    lasts: [u8; MOST_WORDS],
    /// Which of them are rare.
    rare: u64,
}

impl Shapes {
    fn of(rest: &Rest<'_>) -> Self {
        let none = [0; MOST_WORDS];
        let mut shapes = Self { lens: none, firsts: none, lasts: none, rare: 0 };
        for at in places(rest.left) {
            let Shape { len, first, last } = Shape::of(rest.words.word(at));
            let at = at % MOST_WORDS;
            (shapes.lens[at], shapes.firsts[at], shapes.lasts[at]) = (len, first, last);
            shapes.rare |= u64::from(rest.counts.of(at) <= RARE) << at;
        }
        shapes
    }

    /// Which of them may be a word but for typos, by their looks, and which begin like it.
    #[inline]
    fn like(&self, word: Shape) -> (u64, u64) {
        let mut marks = [0; BLOCK];
        let (typos, begun) = marks.split_at_mut(MOST_WORDS);
        let each = self.lens.iter().zip(&self.firsts).zip(&self.lasts).zip(typos.iter_mut().zip(begun));
        for (((&len, &first), &last), (typo, begun)) in each {
            *typo = mark(word.may_differ_by_typo(Shape { len, first, last }));
            *begun = mark(word.first == first);
        }
        let like = gathered(&marks);
        (like & u64::from(u32::MAX), like >> MOST_WORDS)
    }
}

/// How much of the weight of words that only one of two texts has is explained.
#[derive(Default)]
pub(super) struct Explained {
    pub(super) shared: u32,
    pub(super) only_this: u32,
    pub(super) only_other: u32,
}

/// Pair the words that are the same in truth: what is left then has no pair.
#[inline(never)]
pub(super) fn pair(this: &mut Rest<'_>, other: &mut Rest<'_>, commonness: &Commonness) -> Explained {
    let (last_this, last_other) = (this.words.hashes.len() - 1, other.words.hashes.len() - 1);
    let shapes = Shapes::of(other);
    let mut explained = Explained::default();
    let mut extra = this.left;
    while extra != 0 {
        let at = extra.trailing_zeros() as usize;
        extra &= extra - 1;
        let (word, count) = (this.words.word(at), this.counts.of(at));
        let (typos, begun) = shapes.like(Shape::of(word));
        let typos = if count <= RARE { typos } else { typos & shapes.rare };
        let cut = if at == last_this { begun } else { begun & 1 << last_other };
        let mut asked = other.left & (typos | cut);
        while asked != 0 {
            let of = asked.trailing_zeros() as usize;
            asked &= asked - 1;
            let (other_word, count_of) = (other.words.word(of), other.counts.of(of));
            let is_cut = at == last_this && other_word.starts_with(word)
                || of == last_other && word.starts_with(other_word);
            let (less, more) = (count.min(count_of), count.max(count_of));
            let unheard = less == 0 && more >= WELL_KNOWN;
            if is_cut || typos >> of & 1 != 0 && is_typo(word, other_word, unheard) {
                let [weight, weight_of] =
                    [count, count_of].map(|count| commonness.weight_of(u32::from(count)));
                let speaks = !is_cut || word.len().min(other_word.len()) >= SPEAKING_LETTERS;
                explained.shared += if speaks { weight.min(weight_of) } else { 0 };
                explained.only_this += weight;
                explained.only_other += weight_of;
                this.left &= !(1 << at);
                other.left &= !(1 << of);
                break;
            }
        }
    }
    // The last word of what was cut off may be half a word.
    if this.words.cut_off && this.left >> last_this == 1 {
        explained.only_this += commonness.weight_of(u32::from(this.counts.of(last_this)));
        this.left &= !(1 << last_this);
    }
    if other.words.cut_off && other.left >> last_other == 1 {
        explained.only_other += commonness.weight_of(u32::from(other.counts.of(last_other)));
        other.left &= !(1 << last_other);
    }
    explained
}
