//! A word of a message, or what else it consists of.

use crate::fold::{Folded, Hashes};

/// What a message consists of; signs, emoji and emoticons leave no token.
///
/// Two numbers and no more: written and read whole, a token never waits for its own parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The hash of a word.
    pub(crate) hash: u64,
    /// What it is, a bit each, and above them how many words it counts for.
    is: u32,
}

/// Where the number of words stands.
const COUNT: u32 = 8;

impl Token {
    /// There is none.
    pub(crate) const NONE: Self = Self { hash: 0, is: 0 };
    /// A link, a mention or a hashtag.
    pub(crate) const ADDRESS: Self = Self { hash: 0, is: 1 };
    /// An opening and a closing bracket.
    pub(crate) const OPEN: Self = Self { hash: 0, is: 2 };
    pub(crate) const CLOSE: Self = Self { hash: 0, is: 4 };
    /// The end of a sentence.
    pub(crate) const STOP: Self = Self { hash: 0, is: 8 };

    const NUMBER: u32 = 16;
    const LAUGH: u32 = 32;
    const STRETCHED: u32 = 64;

    /// A word, which may be a number.
    #[inline]
    pub(crate) fn word(hash: u64, number: bool) -> Self {
        Self { hash, is: 1 << COUNT | if number { Self::NUMBER } else { 0 } }
    }

    /// A word that was read letter by letter, and its second hash, if it has stretched letters.
    pub(crate) fn of(word: &Folded) -> (Self, Option<u64>) {
        let Hashes { first, other } = word.hashes();
        let mut token = Self::word(first, word.is_number());
        // Writings without spaces put many words into one run.
        token.is += (word.spaceless() / 3) << COUNT;
        if word.is_laugh() {
            token.is |= Self::LAUGH;
        }
        if other == first {
            return (token, None);
        }
        token.is |= Self::STRETCHED;
        (token, Some(other))
    }

    #[inline]
    pub(crate) fn is_word(self) -> bool {
        self.is >> COUNT > 0
    }

    /// How many words it counts for.
    #[inline]
    pub(crate) fn words(self) -> u32 {
        self.is >> COUNT
    }

    #[inline]
    pub(crate) fn is_number(self) -> bool {
        self.is & Self::NUMBER != 0
    }

    #[inline]
    pub(crate) fn is_laugh(self) -> bool {
        self.is & Self::LAUGH != 0
    }

    /// Whether nothing but its hash tells where it leads to.
    #[inline]
    pub(crate) fn is_simple(self) -> bool {
        self.is & (Self::NUMBER | Self::STRETCHED) == 0
    }

    /// Whether it has a second hash.
    #[inline]
    pub(crate) fn is_stretched(self) -> bool {
        self.is & Self::STRETCHED != 0
    }
}
