//! The runs of a block that may be words.

/// Runs of bytes that are part of words, and signs, which are to be read; a bit for each byte of the block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Runs {
    /// Where the block begins.
    pub(crate) block: usize,
    /// Where those begin that are to be read.
    pub(crate) starts: u64,
    /// Part of a run.
    pub(crate) words: u64,
    /// What is not ASCII.
    pub(crate) wide: u64,
    /// Where something else than a plain word begins.
    pub(crate) odd: u64,
}

impl Runs {
    /// The next one, if there is one.
    #[inline(always)]
    pub(crate) fn next(&self) -> Option<Run> {
        if self.starts == 0 {
            return None;
        }
        let offset = self.starts.trailing_zeros();
        let behind = !(self.words >> offset);
        let within = (behind & behind.wrapping_neg()).wrapping_sub(1);
        let wide = self.wide >> offset & within;
        Some(Run { offset, len: behind.trailing_zeros(), wide, odd: self.odd >> offset & 1 })
    }

    /// Go on behind the next one.
    #[inline(always)]
    pub(crate) fn skip(&mut self) {
        self.starts &= self.starts.wrapping_sub(1);
    }
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Where it begins in the block.
    pub(crate) offset: u32,
    /// How many bytes it has; a sign has none.
    pub(crate) len: u32,
    /// 0 where it is ASCII throughout.
    pub(crate) wide: u64,
    /// 0 where nothing else than a plain word begins.
    odd: u64,
}

impl Run {
    /// Whether it may be a plain word.
    #[inline(always)]
    pub(crate) fn is_plain(self) -> bool {
        self.wide | self.odd == 0
    }
}
