//! How common each word is in the stream, learned as it flows.

use crate::common_words::BANDS;
use crate::words::hash_of;

/// Words share a count where the upper bits of their hashes are the same.
const COUNTS_LOG2: u32 = 18;
/// With how many messages the counts start, as if read before.
const PRIOR: u32 = 1_000;
/// When so many messages are counted, all counts are halved, however short the time was.
const MOST: u32 = 1 << 30;
/// A message with so many words is of middle length before the first one.
const PRIOR_LENGTH: u32 = 14;

/// In how many messages each word was.
pub(crate) struct Background {
    pub(crate) counts: Vec<u32>,
    pub(crate) messages: u32,
    /// How many words these messages had.
    pub(crate) words: u64,
    /// From when on all is halved again, in ms since 1970; none before the first message.
    pub(crate) halve_at: Option<i64>,
    half_life: i64,
    /// Which of 1,024 groups of words the message that is being counted has: each word counts once for it.
    seen: [u64; 16],
}

impl Background {
    /// Before the first message. The half-life is in ms and at least 1.
    pub(crate) fn new(half_life: i64) -> Self {
        let mut background = Self::empty(half_life);
        for (messages, words) in BANDS {
            for word in words.split_whitespace() {
                let count = &mut background.counts[place(hash_of(word))];
                *count = (*count).max(messages * PRIOR / 1_000);
            }
        }
        background
    }

    /// With no knowledge of any word.
    pub(crate) fn empty(half_life: i64) -> Self {
        Self {
            counts: vec![0; 1 << COUNTS_LOG2],
            messages: PRIOR,
            words: u64::from(PRIOR * PRIOR_LENGTH),
            halve_at: None,
            half_life,
            seen: [0; 16],
        }
    }

    /// Time has come so far: what is old counts half.
    pub(crate) fn advance(&mut self, time: i64) {
        let halve_at = *self.halve_at.get_or_insert(time.saturating_add(self.half_life));
        if time < halve_at && self.messages < MOST {
            return;
        }
        self.halve_at = Some(time.saturating_add(self.half_life));
        // Where nothing was said for long, nothing better is known.
        if self.messages >= 2 * PRIOR {
            self.counts.iter_mut().for_each(|count| *count /= 2);
            self.words /= 2;
            self.messages /= 2;
        }
    }

    /// Before the first word of a message is counted.
    #[inline]
    pub(crate) fn start_message(&mut self) {
        self.seen = [0; 16];
    }

    /// Count a word of a message.
    #[inline]
    pub(crate) fn learn(&mut self, hash: u64) {
        let (group, bit) = ((hash >> 18) as usize & 15, hash >> 12 & 63);
        let before = self.seen[group];
        self.seen[group] |= 1 << bit;
        let count = &mut self.counts[place(hash)];
        *count = count.saturating_add(u32::from(self.seen[group] != before));
    }

    /// Count a message with so many words.
    #[inline]
    pub(crate) fn end_message(&mut self, length: usize) {
        self.messages += 1;
        self.words += length as u64;
    }

    /// In how many messages a word was; sometimes more, as words share counts.
    #[inline]
    fn count(&self, hash: u64) -> f32 {
        self.counts[place(hash)].min(self.messages) as f32
    }

    /// The share of the messages that have a word, above 0.
    pub(crate) fn share(&self, hash: u64) -> f32 {
        (self.count(hash) + 0.5) / self.messages as f32
    }

    /// How much a word says, in bits: `log2(1 + (N − n + ½) / (n + ½))` (Robertson and Zaragoza, "The
    /// Probabilistic Relevance Framework: BM25 and Beyond", 2009, with 1 added so that it is never negative).
    pub(crate) fn rarity(&self, hash: u64) -> f32 {
        let (with, all) = (self.count(hash), self.messages as f32);
        log2(1.0 + (all - with + 0.5) / (with + 0.5))
    }

    /// The mean length of a message, in words.
    #[inline]
    pub(crate) fn mean_length(&self) -> f32 {
        (self.words as f32 / self.messages as f32).max(1.0)
    }
}

#[inline]
fn place(hash: u64) -> usize {
    (hash >> (64 - COUNTS_LOG2)) as usize
}

/// The logarithm of a positive number to base 2, within 0.0001: the same on every machine, as it only adds,
/// multiplies and divides.
pub(crate) fn log2(number: f32) -> f32 {
    let bits = number.to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let mantissa = f32::from_bits(bits & 0x007F_FFFF | 0x3F80_0000);
    // ln(m) = 2 artanh(z), where z = (m − 1) / (m + 1) ≤ 1/3.
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let series = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square / 9.0)));
    exponent as f32 + 2.0 * std::f32::consts::LOG2_E * z * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_close() {
        for number in [1e-6, 0.3, 1.0, 1.001, 1.999, 2.0, 7.0, 1000.5, 3e7] {
            assert!((log2(number) - number.log2()).abs() < 1e-4, "{number}");
        }
    }

    #[test]
    fn common_words_say_less_than_rare_ones_before_the_first_message() {
        let background = Background::new(1);
        let says = |word| background.rarity(hash_of(word));
        assert!(says("the") < says("temps") && says("temps") < says("voiture"));
        assert!(says("voiture") < says("tramway"));
    }

    #[test]
    fn what_is_old_fades() {
        let tram = hash_of("tram");
        let mut background = Background::new(100);
        background.advance(0);
        for _ in 0..40 {
            background.start_message();
            (0..2).for_each(|_| background.learn(tram));
            background.end_message(2);
        }
        background.advance(100);
        assert_eq!(background.count(tram), 40.0, "too little is known to forget it");
        (0..1_000).for_each(|_| background.end_message(1));
        background.advance(200);
        assert_eq!((background.count(tram), background.messages), (20.0, 1_020));
    }
}
