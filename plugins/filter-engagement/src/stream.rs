//! What is usual in the stream, for accounts of each size.

use crate::normal::{Normal, Sample};

/// A size is a power of two of followers, after those with none; 2^62 is the largest.
pub(crate) const SIZES: usize = 64;
/// Of so many messages is learned what is usual in the stream and for a size, the older fading.
const MEMORY: f32 = 1000.0;
/// What the whole stream counts beside the messages of one size.
const OF_STREAM: f32 = 3.0;

/// What is usual, all messages together and by the size of their accounts.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) all: Normal,
    pub(crate) sizes: [Normal; SIZES],
}

impl Stream {
    pub(crate) fn new() -> Self {
        Self { all: Normal::default(), sizes: [Normal::default(); SIZES] }
    }

    /// What is usual for accounts of a size, as if learned of so many messages.
    pub(crate) fn normal(&self, size: usize, messages: f32) -> Normal {
        self.sizes[size].with(self.all.worth(OF_STREAM)).worth(messages)
    }

    /// Learn from a message.
    pub(crate) fn add(&mut self, size: usize, sample: Sample) {
        self.all.add(sample, MEMORY);
        self.sizes[size].add(sample, MEMORY);
    }

    /// Learn from a message that was there before.
    pub(crate) fn renew(&mut self, size: usize, before: Sample, now: Sample) {
        self.all.renew(before, now);
        self.sizes[size].renew(before, now);
    }
}

/// The size of an account with so many followers.
pub(crate) fn size(followers: i64) -> usize {
    if followers > 0 { followers.ilog2() as usize + 1 } else { 0 }
}
