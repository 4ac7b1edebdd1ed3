//! What attention is usual: for an author, for accounts of one size, for the whole stream.

use crate::binary::{exp2, log2};

/// This much attention is added to all that is compared, so that one like instead of none is no doubling.
const SMOOTHING: f64 = 2.0;
/// The level of no attention at all: log2 of [`SMOOTHING`].
const LOWEST_LEVEL: f32 = 1.0;
/// No attention is larger.
const MOST_ATTENTION: f64 = 1e15;
/// An age below a minute counts as a minute, in ms.
const SHORTEST_AGE: f64 = 60_000.0;

/// The part of its final attention that a message is expected to have at an age in ms: age / (age + half).
///
/// It rises at once and then ever more slowly, as counts do: of the reposts on Twitter half came within an
/// hour and three quarters within a day (Kwak, Lee, Park & Moon, "What is Twitter, a social network or a news
/// media?", 2010). That the attention at one age is that at another times a factor, with an error that is
/// even on a scale of logarithms, is what Szabo & Huberman found ("Predicting the popularity of online
/// content", 2010).
pub(crate) fn share(age: f64, half: f64) -> f64 {
    let age = age.max(SHORTEST_AGE);
    age / (age + half)
}

/// How much attention a message has at which part of its life.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attention {
    pub(crate) points: f64,
    /// The part of its final attention that it is expected to have; above 0, at most 1.
    pub(crate) share: f64,
}

impl Attention {
    pub(crate) fn new(points: f64, share: f64) -> Self {
        Self { points: points.clamp(0.0, MOST_ATTENTION), share }
    }

    /// What it says of what is usual. The younger the message, the less that is: a second after it was written,
    /// that nobody liked it means next to nothing.
    pub(crate) fn sample(self) -> Sample {
        let level = log2(self.points / self.share + SMOOTHING);
        let weight = self.share * self.share;
        Sample { weight: weight as f32, level: (weight * level) as f32 }
    }

    /// What would be usual for this message, where the final attention usually has this level.
    pub(crate) fn usual(self, level: f64) -> f64 {
        (exp2(level) - SMOOTHING).max(0.0) * self.share
    }

    /// How much of the usual attention it has, smoothed.
    pub(crate) fn ratio(self, usual: f64) -> f64 {
        (self.points + SMOOTHING) / (usual + SMOOTHING)
    }
}

/// What messages say of what is usual: their weight, and that times the level, log2 of the final attention.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sample {
    pub(crate) weight: f32,
    pub(crate) level: f32,
}

/// The mean level of messages, each by its weight: a mean of logarithms, so that one hit does not make all
/// that follows look small. The old fades.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Normal {
    pub(crate) messages: f32,
    pub(crate) sum: Sample,
}

impl Normal {
    /// Add a message. Where there are `most` already, one as all of them on average makes room.
    pub(crate) fn add(&mut self, sample: Sample, most: f32) {
        if self.messages >= most {
            *self = self.scaled((most - 1.0) / self.messages);
        }
        *self = self.with(Self { messages: 1.0, sum: sample });
    }

    /// A message that was added is older now: count what it says more.
    pub(crate) fn renew(&mut self, before: Sample, now: Sample) {
        if now.weight >= before.weight {
            self.sum.weight += now.weight - before.weight;
            self.sum.level += now.level - before.level;
        }
    }

    /// Both together.
    pub(crate) fn with(self, other: Self) -> Self {
        let sum =
            Sample { weight: self.sum.weight + other.sum.weight, level: self.sum.level + other.sum.level };
        Self { messages: self.messages + other.messages, sum }
    }

    /// As if there had been so many messages, where there were more than none.
    pub(crate) fn worth(self, messages: f32) -> Self {
        if self.messages > 0.0 { self.scaled(messages / self.messages) } else { self }
    }

    /// The usual level; none where nothing is known.
    pub(crate) fn level(self) -> Option<f64> {
        let Sample { weight, level } = self.sum;
        (weight > 0.0).then(|| f64::from((level / weight).clamp(LOWEST_LEVEL, 64.0)))
    }

    fn scaled(self, by: f32) -> Self {
        let sum = Sample { weight: self.sum.weight * by, level: self.sum.level * by };
        Self { messages: self.messages * by, sum }
    }
}
