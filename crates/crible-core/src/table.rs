//! Small tables of strings, so that a reason costs two bytes a row.

use crate::{TextBuilder, TextColumn};

/// A small table of strings. An index of 0 means none, `n` the `n`th string.
#[derive(Clone, Debug, Default)]
pub struct Table(TextBuilder);

impl Table {
    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no texts.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        (0..self.len()).map(|at| self.0.get(at))
    }

    /// The index of a text, added where it is new. For tables of a few texts: it looks through all.
    /// A table that is full (65,535 texts) answers 0.
    pub fn intern(&mut self, text: &str) -> u16 {
        let known = self.iter().position(|known| known == text);
        known.map_or_else(|| self.push(text), |at| at as u16 + 1)
    }

    /// The index of a text that is added without looking for it, unless it is the last.
    pub fn push(&mut self, text: &str) -> u16 {
        if self.len().checked_sub(1).is_none_or(|last| self.0.get(last) != text) {
            if self.len() == usize::from(u16::MAX) {
                return 0;
            }
            self.0.push(text);
        }
        self.len() as u16
    }

    /// The same, looking for it among so many of the last ones.
    pub(crate) fn push_unless_recent(&mut self, text: &str, most: usize) -> u16 {
        let recent = (self.len().saturating_sub(most)..self.len()).rev();
        match recent.into_iter().find(|&at| self.0.get(at) == text) {
            Some(at) => at as u16 + 1,
            None => self.push(text),
        }
    }

    /// The text of an index; empty for 0 and for an index that the table does not have.
    pub fn get(&self, index: u16) -> &str {
        let at = usize::from(index).checked_sub(1).filter(|&at| at < self.len());
        at.map_or("", |at| self.0.get(at))
    }

    /// Forget all, keeping the memory.
    pub fn clear(&mut self) {
        self.0.truncate(0);
    }

    /// The texts as a column.
    pub fn into_column(self) -> TextColumn {
        self.0.finish()
    }
}

impl From<TextColumn> for Table {
    fn from(texts: TextColumn) -> Self {
        Self(texts.into())
    }
}

impl<T: AsRef<str>> FromIterator<T> for Table {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self::from(texts.into_iter().collect::<TextColumn>())
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
