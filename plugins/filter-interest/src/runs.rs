//! Where letters and digits stand in a text: found sixty-four bytes at a time, without a branch a byte.

use crible_sdk::blocks::{BLOCK, marked};

/// The runs of a text, by their beginnings and ends: of ASCII its letters and digits, and every byte that is not
/// ASCII.
pub(crate) struct Runs<'a> {
    text: &'a [u8],
    /// Where the block is that is looked at, and where the next one is.
    block: usize,
    next: usize,
    /// A bit for each byte of the block at which a run begins, or behind which one ended, and that was not given yet.
    edges: u64,
    /// 1 where a run goes on behind the block.
    inside: u64,
}

impl<'a> Runs<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Self {
        Self { text, block: 0, next: 0, edges: 0, inside: 0 }
    }

    #[inline(always)]
    fn edge(&mut self) -> Option<usize> {
        while self.edges == 0 {
            if self.next > self.text.len() {
                return None;
            }
            self.look_at_next();
        }
        let edge = self.block + self.edges.trailing_zeros() as usize;
        self.edges &= self.edges - 1;
        Some(edge)
    }

    /// Look at the next block; behind the text is no letter, so that the last run ends.
    #[inline(never)]
    fn look_at_next(&mut self) {
        let rest = self.text.get(self.next..).unwrap_or_default();
        let runs = match rest.first_chunk() {
            Some(block) => run_mask(block),
            None => {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                run_mask(&block)
            }
        };
        self.edges = runs ^ (runs << 1 | self.inside);
        self.inside = runs >> 63;
        (self.block, self.next) = (self.next, self.next + BLOCK);
    }
}

impl Iterator for Runs<'_> {
    type Item = (usize, usize);

    #[inline(always)]
    fn next(&mut self) -> Option<(usize, usize)> {
        Some((self.edge()?, self.edge()?))
    }
}

/// A bit for each byte of a block: whether it is a letter, a digit or not ASCII.
#[inline]
fn run_mask(block: &[u8; BLOCK]) -> u64 {
    marked(block, |byte| {
        ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte >= 0x80)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn runs(text: &str) -> Vec<&str> {
        Runs::of(text.as_bytes()).map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn runs_cross_the_edges_of_blocks() {
        for before in 0..200 {
            let text = format!("{}word{}", " ".repeat(before), "x".repeat(before));
            assert_eq!(runs(&text), [format!("word{}", "x".repeat(before))]);
        }
    }

    proptest! {
        #[test]
        fn runs_are_what_stands_between_signs(text in "([@\\[`{/:AZaz09é’🎉 ]|\\PC){0,300}", times in 1..9usize) {
            let text = text.repeat(times);
            let parts = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
            let expected: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            prop_assert_eq!(runs(&text), expected);
        }
    }
}
