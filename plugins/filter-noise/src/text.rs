//! A text in its column.

use crible_sdk::TextColumn;
use crible_sdk::blocks::BLOCK;

/// A text, and what lies behind it in memory: so that whole blocks can be read at its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'t> {
    pub(crate) text: &'t str,
    /// The column's bytes from the first of the text on.
    column: &'t [u8],
}

impl<'t> Text<'t> {
    /// All texts of a column.
    pub(crate) fn all(column: &'t TextColumn) -> impl Iterator<Item = Self> {
        let mut rest = column.bytes().as_bytes();
        column.iter().map(move |text| {
            let column = rest;
            rest = &rest[text.len()..];
            Self { text, column }
        })
    }

    pub(crate) fn len(self) -> usize {
        self.text.len()
    }

    /// Sixteen bytes from a place on, eight in each number, the first the lowest. What stands for those behind the
    /// text's end is of no account.
    #[inline]
    pub(crate) fn sixteen(self, at: usize) -> [u64; 2] {
        match self.column.get(at..).and_then(<[u8]>::first_chunk) {
            Some(sixteen) => halves(sixteen),
            None => self.last(at),
        }
    }

    /// The last bytes of the column, less than sixteen.
    #[cold]
    fn last(self, at: usize) -> [u64; 2] {
        let mut sixteen = [0; 16];
        sixteen.iter_mut().zip(self.column.iter().skip(at)).for_each(|(to, byte)| *to = *byte);
        halves(&sixteen)
    }

    /// A block of bytes and the one behind it, or a copy in `spare` where the column ends before.
    #[inline]
    pub(crate) fn block<'a>(self, at: usize, spare: &'a mut [u8; BLOCK + 1]) -> &'a [u8; BLOCK + 1]
    where
        't: 'a,
    {
        let rest = &self.column[at..];
        match rest.first_chunk() {
            Some(block) => block,
            None => {
                *spare = [0; BLOCK + 1];
                spare[..rest.len()].copy_from_slice(rest);
                spare
            }
        }
    }
}

/// Sixteen bytes as two numbers.
#[inline]
pub(crate) fn halves(sixteen: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*sixteen);
    [both as u64, (both >> 64) as u64]
}

impl<'t> From<&'t str> for Text<'t> {
    fn from(text: &'t str) -> Self {
        Self { text, column: text.as_bytes() }
    }
}
