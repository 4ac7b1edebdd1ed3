//! Small tables of strings, so that a reason costs two bytes a row.

/// A small table of strings. An index of 0 means none, `n` the `n`th string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table(pub Vec<String>);

impl Table {
    /// The index of a text, added where it is new. For tables of a few texts: it looks through all.
    /// A table that is full (65,535 texts) answers 0.
    pub fn intern(&mut self, text: &str) -> u16 {
        match self.0.iter().position(|known| known == text) {
            Some(at) => at as u16 + 1,
            None => self.push(text),
        }
    }

    /// The index of a text that is added without looking for it, unless it is the last.
    pub fn push(&mut self, text: &str) -> u16 {
        if self.0.last().is_none_or(|last| last != text) {
            if self.0.len() == usize::from(u16::MAX) {
                return 0;
            }
            self.0.push(text.to_owned());
        }
        self.0.len() as u16
    }

    /// The text of an index; empty for 0 and for an index that the table does not have.
    pub fn get(&self, index: u16) -> &str {
        usize::from(index).checked_sub(1).and_then(|at| self.0.get(at)).map_or("", String::as_str)
    }
}

/// A column of indexes into a table; empty where no row has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
        self.table.0.clear();
        self.of.clear();
    }
}
