//! What is noted of a few rows: their labels, or a text that is set.

use crate::answers::check_indexes;
use crate::{Index, StageError};

/// How many of the last texts are looked through for one that is known. Themes repeat from row to row;
/// a story's label is new, and looking through thousands of others would cost more than its text.
const LOOKED_THROUGH: usize = 8;

/// Notes of rows: pairs of a row and a text.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// The rows.
    pub rows: Vec<u32>,
    /// For each of `rows` what is noted of it.
    pub of: Index,
}

impl Notes {
    /// Note a text of a row. Once there are 65,535 different ones, a further one is not noted.
    pub fn push(&mut self, row: u32, text: &str) {
        let index = self.of.table.push_unless_recent(text, LOOKED_THROUGH);
        // It would stand for an empty text, which is another thing to set than none.
        if index != 0 {
            self.of.of.push(index);
            self.rows.push(row);
        }
    }

    /// All of them, in the order in which they were noted.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> + '_ {
        self.rows.iter().enumerate().map(|(at, &row)| (row, self.of.get(at)))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What is noted of a row. The notes must be [sorted](Self::sort).
    pub fn get(&self, row: usize) -> impl Iterator<Item = &str> + '_ {
        let first = self.rows.partition_point(|&of| (of as usize) < row);
        let here = self.rows[first..].iter().take_while(move |&&of| of as usize == row).count();
        (first..first + here).map(|at| self.of.get(at))
    }

    /// Bring the pairs into the order of the rows; those of one row stay as they are.
    pub fn sort(&mut self) {
        if self.rows.is_sorted() {
            return;
        }
        let mut pairs: Vec<(u32, u16)> = self.rows.iter().copied().zip(self.of.of.iter().copied()).collect();
        pairs.sort_by_key(|&(row, _)| row);
        (self.rows, self.of.of) = pairs.into_iter().unzip();
    }

    /// Forget all, keeping the memory.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.of.clear();
    }

    /// Check what came from outside, for so many rows. `what` they are is told where they do not fit.
    pub(crate) fn check(&self, what: &str, rows: usize) -> Result<(), StageError> {
        check_indexes(what, &self.of, self.rows.len())?;
        if self.rows.len() != self.of.of.len() {
            return Err(StageError::fault(format!("it answered with {what} and rows of different number")));
        }
        match self.rows.iter().find(|&&row| row as usize >= rows) {
            None => Ok(()),
            Some(row) => {
                Err(StageError::fault(format!("it answered with {what} of row {row} of {rows} messages")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_its_notes_in_the_order_in_which_they_were_given() {
        let mut labels = Notes::default();
        for (row, label) in [(3, "theme:tram"), (0, "story:1"), (3, "story:2"), (1, "theme:tram")] {
            labels.push(row, label);
        }
        assert!(labels.iter().eq([(3, "theme:tram"), (0, "story:1"), (3, "story:2"), (1, "theme:tram")]));
        labels.sort();
        let of = |row| labels.get(row).collect::<Vec<_>>();
        assert_eq!(of(0), ["story:1"]);
        assert_eq!(of(1), ["theme:tram"]);
        assert!(of(2).is_empty());
        assert_eq!(of(3), ["theme:tram", "story:2"]);
        assert_eq!(labels.check("labels", 4), Ok(()));
        (0..u32::from(u16::MAX)).for_each(|row| labels.push(row, &row.to_string()));
        assert!(
            labels.iter().all(|(_, text)| !text.is_empty()) && labels.rows.len() == usize::from(u16::MAX) + 1
        );
        assert!(labels.check("labels", 3).is_err());
    }
}
