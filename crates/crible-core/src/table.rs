//! Small tables of strings, so that a reason costs two bytes a row.

use crate::{TextBuilder, TextColumn};

/// How many of the last texts [`Table::intern`] looks through.
const FEW: usize = 64;

/// A small table of strings. An index of 0 means none, `n` the `n`th string.
#[derive(Clone, Debug, Default)]
pub struct Table {
    texts: TextBuilder,
    /// Of the first of them, or of all: what tells most texts apart without reading them, for it is asked with
    /// nearly every row whether a text is known.
    digests: Vec<u64>,
}

impl Table {
    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are no texts.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        (0..self.len()).map(|at| self.texts.get(at))
    }

    /// The index of a text, added unless it is among the last 64: a batch has few reasons, or so many that to look
    /// through all of them costs more than to say one twice. A table that is full (65,535 texts) answers 0.
    pub fn intern(&mut self, text: &str) -> u16 {
        self.push_unless_recent(text, FEW)
    }

    /// The index of a text that is added without looking for it, unless it is the last.
    pub fn push(&mut self, text: &str) -> u16 {
        self.push_unless_recent(text, 1)
    }

    /// The same, looking for it among so many of the last ones.
    #[inline]
    pub(crate) fn push_unless_recent(&mut self, text: &str, most: usize) -> u16 {
        for at in self.digests.len()..self.texts.len() {
            self.digests.push(digest(self.texts.get(at)));
        }
        let digest = digest(text);
        let first = self.len().saturating_sub(most);
        let is_it = |(at, &known): (usize, &u64)| known == digest && same(self.texts.get(first + at), text);
        if let Some(at) = self.digests[first..].iter().enumerate().rposition(is_it) {
            return (first + at) as u16 + 1;
        }
        if self.len() == usize::from(u16::MAX) {
            return 0;
        }
        self.texts.push(text);
        self.digests.push(digest);
        self.len() as u16
    }

    /// The text of an index; empty for 0 and for an index that the table does not have.
    pub fn get(&self, index: u16) -> &str {
        let at = usize::from(index).checked_sub(1).filter(|&at| at < self.len());
        at.map_or("", |at| self.texts.get(at))
    }

    /// Forget all, keeping the memory.
    pub fn clear(&mut self) {
        self.texts.truncate(0);
        self.digests.clear();
    }

    /// The texts as a column.
    pub fn into_column(self) -> TextColumn {
        self.texts.finish()
    }
}

impl From<TextColumn> for Table {
    fn from(texts: TextColumn) -> Self {
        Self { texts: texts.into(), digests: Vec::new() }
    }
}

impl<T: AsRef<str>> FromIterator<T> for Table {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self::from(texts.into_iter().collect::<TextColumn>())
    }
}

/// How a text begins and ends, and how long it is.
#[inline]
fn digest(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        _ => bytes.iter().fold(0, |digest, &byte| digest << 8 | u64::from(byte)),
    };
    ends ^ (bytes.len() as u64).rotate_left(56)
}

/// Whether two texts are the same, eight bytes at a time: in a guest `==` goes byte by byte, and a reason is asked for
/// with nearly every row.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let ((eights, rest), (others, other_rest)) = (one.as_chunks::<8>(), other.as_chunks());
    one.len() == other.len()
        && eights.iter().zip(others).all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
        && match (one.last_chunk::<8>(), other.last_chunk()) {
            (Some(last), Some(other)) => u64::from_le_bytes(*last) == u64::from_le_bytes(*other),
            _ => rest == other_rest,
        }
}

/// A column of indexes into a table; empty where no row has one.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The texts.
    pub table: Table,
    /// For each row, 0 or the place in the table counted from 1.
    pub of: Vec<u16>,
}

impl Index {
    /// A row's text; empty where it has none.
    pub fn get(&self, row: usize) -> &str {
        self.of.get(row).map_or("", |&index| self.table.get(index))
    }

    /// Set a row's index in a column of so many rows.
    pub fn set(&mut self, rows: usize, row: usize, index: u16) {
        if self.of.is_empty() {
            self.of.resize(rows, 0);
        }
        self.of[row] = index;
    }

    /// Forget all, keeping the memory.
    pub fn clear(&mut self) {
        self.table.clear();
        self.of.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_known_is_not_added_again() {
        let mut table = Table::from_iter(["repeats an earlier message", "été"]);
        assert_eq!((table.intern("été"), table.intern("repeats an earlier message"), table.len()), (2, 1, 2));
        // These have the same beginning, end and length.
        assert_eq!((table.intern("story:12-a-7890123"), table.intern("story:12-b-7890123")), (3, 4));
        assert_eq!((table.push(""), table.push(""), table.push("été")), (5, 5, 6));
        assert_eq!((table.get(6), table.get(3), table.get(0)), ("été", "story:12-a-7890123", ""));
        (0..58).for_each(|number| _ = table.push(&number.to_string()));
        assert_eq!((table.intern("repeats an earlier message"), table.len()), (1, 64));
        assert_eq!((table.push("one more"), table.intern("story:12-a-7890123")), (65, 3));
        assert_eq!(table.intern("repeats an earlier message"), 66, "it was added too long ago");
        table.clear();
        assert_eq!(table.intern("story:12-b-7890123"), 1);
    }

    #[test]
    fn texts_are_the_same_that_have_the_same_bytes() {
        let text = "a reason of more than two dozen bytes";
        for len in 0..text.len() {
            assert!(same(&text[..len], &text[..len]) && !same(&text[..len], &text[..len + 1]));
            for at in 0..len {
                let other = format!("{}!{}", &text[..at], &text[at + 1..len]);
                assert!(!same(&text[..len], &other), "{len}, {at}");
            }
        }
    }

    #[test]
    fn a_full_table_takes_no_more() {
        let mut table = Table::default();
        (0..u16::MAX).for_each(|number| _ = table.push(&number.to_string()));
        assert_eq!((table.push("one more"), table.push("65534"), table.len()), (0, u16::MAX, 65_535));
    }
}
