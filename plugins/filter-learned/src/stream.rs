//! What the stream speaks of: which words are used more than in the examples, and in whose company. It
//! learns from every message and needs no label.

use crate::features::{NOWHERE, STEP, TOPICS};
use crate::linear::{Table, shorten};

/// How many messages are counted until all counts are halved: what was said long ago is forgotten.
const HALVED_AT: f32 = 50_000.0;
/// As many messages of no company stand beside a word when its company is weighed.
const DOUBT: f32 = 10.0;
/// As many messages of margin 0 and deviation 1 stand before the first.
const START: f32 = 20.0;
/// As many messages stand before the first when it is asked how common a word is.
const COMMON_START: f32 = 50.0;
/// The logarithm above which a word's use does not count more.
const MOST_BURST: f32 = 6.0;

/// How many cues there are.
pub(crate) const CUES: usize = 4;

/// What is known of a message where the stream is: its margin; its margin against the stream's mean, in
/// deviations; the company of its words; the greatest burst among them.
pub(crate) type Cues = [f32; CUES];

/// How common each word is in the examples: the logarithm of the share of messages that have it.
pub(crate) fn background<'a>(rows: impl Iterator<Item = &'a [u32]>) -> Table<TOPICS> {
    let mut counts = vec![0.0f32; TOPICS];
    let mut messages = 0.0;
    for places in rows {
        messages += 1.0;
        places.iter().for_each(|&place| counts[place as usize] += 1.0);
    }
    let rates: Vec<f32> = counts.iter().map(|count| ln((count + 1.0) / (messages + 2.0))).collect();
    Table::round(&rates)
}

/// How many messages had a word, and the sum of their margins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Count {
    pub(crate) messages: f32,
    pub(crate) margins: f32,
}

/// The stream so far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stream {
    /// The first stays 0: it stands for what a message has not.
    pub(crate) words: Box<[Count; TOPICS]>,
    pub(crate) all: Count,
    /// The sum of the squared margins.
    pub(crate) squares: f32,
}

impl Stream {
    pub(crate) fn new() -> Self {
        Self { words: Box::new([Count::default(); TOPICS]), all: Count::default(), squares: 0.0 }
    }

    fn mean(&self) -> f32 {
        self.all.margins / (self.all.messages + START)
    }

    fn deviation(&self) -> f32 {
        let mean = self.mean();
        let square = (self.squares + START) / (self.all.messages + START);
        (square - mean * mean).max(0.01).sqrt()
    }

    /// The cues of a message. `topics` has for each of its tokens where its word is counted, so many tokens at a
    /// time, and there are `count` of those. `given` is what each token gave to the margin; it becomes what each gave to the log-odds,
    /// where margins and company have these weights.
    #[inline]
    pub(crate) fn cues(
        &self,
        background: &Table<TOPICS>,
        topics: impl ExactSizeIterator<Item = [u32; STEP]>,
        count: usize,
        margin: f32,
        [of_margin, of_company]: [f32; 2],
        given: &mut [f32],
    ) -> Cues {
        let (mean, deviation) = (self.mean(), self.deviation());
        let part = shorten(count) / deviation;
        let of_all = ln(self.all.messages + COMMON_START);
        // So many sums beside each other, none of which waits for another.
        let (mut company, mut most) = ([0.0f32; STEP], [0; STEP]);
        let (given, rest) = given.as_chunks_mut::<STEP>().0.split_at_mut(topics.len());
        rest.as_flattened_mut().iter_mut().for_each(|given| *given *= of_margin);
        for (topics, given) in topics.zip(given) {
            // No branch: whether a word bursts cannot be predicted.
            let counts = topics.map(|topic| self.words[topic as usize % TOPICS]);
            let usual = topics.map(|topic| background.units(topic) as f32 * background.unit + of_all);
            for at in 0..STEP {
                let Count { messages, margins } = counts[at];
                // What does not need the logarithm is beside it, so that nothing waits long.
                let doubted = 1.0 / (messages + DOUBT);
                let better_each = (margins - messages * mean) * (doubted * part);
                // Numbers that are not negative are ordered as their bits are.
                let is_known = i32::from(messages >= 3.0).wrapping_neg().cast_unsigned();
                let known = f32::from_bits((messages * doubted).to_bits() & is_known);
                let burst = at_least_0(ln(messages + 0.02) - usual[at]);
                let burst = if burst < MOST_BURST { burst } else { MOST_BURST };
                let better = burst * better_each;
                company[at] += better;
                given[at] = given[at] * of_margin + better * of_company;
                let known = (burst * known).to_bits().cast_signed();
                most[at] = if known > most[at] { known } else { most[at] };
            }
        }
        let most = most.into_iter().fold(0, i32::max).cast_unsigned();
        [margin, (margin - mean) / deviation, company.iter().sum(), f32::from_bits(most)]
    }

    /// Count a message, whose `topics` are as for its cues.
    #[inline]
    pub(crate) fn observe(&mut self, topics: impl Iterator<Item = [u32; STEP]>, margin: f32) {
        if self.all.messages >= HALVED_AT {
            self.halve();
        }
        self.all.messages += 1.0;
        self.all.margins += margin;
        self.squares += margin * margin;
        for topics in topics {
            for topic in topics {
                let count = &mut self.words[topic as usize % TOPICS];
                count.messages += 1.0;
                count.margins += margin;
            }
        }
        self.words[NOWHERE as usize] = Count::default();
    }

    fn halve(&mut self) {
        let halve = |count: &mut Count| {
            count.messages *= 0.5;
            count.margins *= 0.5;
        };
        self.words.iter_mut().for_each(halve);
        halve(&mut self.all);
        self.squares *= 0.5;
    }
}

/// A number, or 0 where it is negative.
#[inline]
fn at_least_0(number: f32) -> f32 {
    let bits = number.to_bits();
    f32::from_bits(bits & !(bits.cast_signed() >> 31).cast_unsigned())
}

/// The natural logarithm of a positive number, by nothing but sums, products and quotients, so that every
/// machine gets the same; exact to a few units in the last place.
#[inline]
fn ln(number: f32) -> f32 {
    // The number is a power of two times a fraction between the root of one half and the root of two.
    let bits = number.to_bits();
    let power = (bits.wrapping_sub(std::f32::consts::FRAC_1_SQRT_2.to_bits()) as i32) >> 23;
    let fraction = f32::from_bits(bits.wrapping_sub((power << 23) as u32));
    // ln((1 + x) / (1 - x)) = 2 (x + x^3/3 + x^5/5 + …).
    let x = (fraction - 1.0) / (fraction + 1.0);
    let square = x * x;
    let series = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0)));
    power as f32 * std::f32::consts::LN_2 + 2.0 * x * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_books() {
        for number in [1e-6f32, 0.02, 0.5, std::f32::consts::FRAC_1_SQRT_2, 0.9999, 1.0, 1.5, 2.0, 50_050.0] {
            let exact = f64::from(number).ln();
            assert!((f64::from(ln(number)) - exact).abs() <= 1e-6 * exact.abs().max(0.1), "{number}");
        }
    }
}
