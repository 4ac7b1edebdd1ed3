//! Which messages of a flood repeat an earlier one, and how.

use super::Flood;
use crate::prng::Prng;

const STREAM: u64 = 2;
/// A repeat follows its original by this many messages at most.
const REACH: u64 = 5_000;

/// How a message repeats an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// The same text.
    Exact,
    /// The same words, shouted or whispered, with other spaces.
    CaseAndSpacing,
    /// The same page under other tracking parameters, with a few words of one's own. An original
    /// without a page is repeated as it was.
    Tracking,
}

/// What a message says: its own, or what `of` said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The number of the message that said it first.
    pub(super) of: u64,
    /// `None` for an original.
    pub(super) repeat: Option<Repeat>,
}

impl Flood {
    pub(super) fn source_of(&self, index: u64) -> Source {
        match self.direct_source(index) {
            None => Source { of: index, repeat: None },
            Some((mut of, repeat)) => {
                while let Some((earlier, _)) = self.direct_source(of) {
                    of = earlier;
                }
                Source { of, repeat: Some(repeat) }
            }
        }
    }

    /// The message that `index` was copied from, which may be a copy itself.
    fn direct_source(&self, index: u64) -> Option<(u64, Repeat)> {
        let mut prng = Prng::of_item(self.seed, index, STREAM);
        if index == 0 || !prng.chance(u64::from(self.repeats_percent)) {
            return None;
        }
        // Most repeats come soon: the smaller of two draws.
        let reach = REACH.min(index);
        let back = 1 + prng.below(reach).min(prng.below(reach));
        let repeat = match prng.below(4) {
            0 | 1 => Repeat::Exact,
            2 => Repeat::CaseAndSpacing,
            _ => Repeat::Tracking,
        };
        Some((index - back, repeat))
    }
}
