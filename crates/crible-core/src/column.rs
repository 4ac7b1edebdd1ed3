//! Columns: one string with end offsets, or one list of numbers. Cloning one shares it.

use std::fmt;
use std::sync::Arc;

/// A column of numbers.
pub type Numbers = Arc<Vec<i64>>;

/// Why bytes and ends do not make a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnError {
    /// An end lies before the one in front of it, or outside of the text.
    Ends {
        /// The row of the wrong end.
        row: usize,
    },
    /// An end cuts a character in two.
    Character {
        /// The row of the wrong end.
        row: usize,
    },
    /// The text goes on behind the last end.
    Rest {
        /// How many bytes belong to no row.
        bytes: usize,
    },
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ends { row } => write!(f, "the end of row {row} lies outside of the column's text"),
            Self::Character { row } => write!(f, "the end of row {row} cuts a character in two"),
            Self::Rest { bytes } => write!(f, "{bytes} bytes behind the last row belong to none"),
        }
    }
}

impl std::error::Error for ColumnError {}

/// A column of texts: row `i` is `bytes[ends[i - 1] .. ends[i]]`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TextColumn {
    // `Arc<String>`, not `Arc<str>`: the latter copies the text once more when it is made.
    bytes: Arc<String>,
    ends: Arc<Vec<u32>>,
}

impl TextColumn {
    /// A column from its parts, checked.
    ///
    /// # Errors
    /// The ends must not decrease, must fall between characters, and the last must be the text's end.
    pub fn new(bytes: String, ends: Vec<u32>) -> Result<Self, ColumnError> {
        let mut start = 0;
        for (row, &end) in ends.iter().enumerate() {
            if end < start || end as usize > bytes.len() {
                return Err(ColumnError::Ends { row });
            }
            if !bytes.is_char_boundary(end as usize) {
                return Err(ColumnError::Character { row });
            }
            start = end;
        }
        match bytes.len() - start as usize {
            0 => Ok(Self::trusted(bytes, ends)),
            rest => Err(ColumnError::Rest { bytes: rest }),
        }
    }

    /// A column from parts that are known to fit, as those that a host lends its guests. Where they do
    /// not fit after all, reading a row panics.
    pub fn trusted(bytes: String, ends: Vec<u32>) -> Self {
        Self { bytes: Arc::new(bytes), ends: Arc::new(ends) }
    }

    /// A column of empty texts.
    pub fn empty(rows: usize) -> Self {
        Self::trusted(String::new(), vec![0; rows])
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A row's text.
    ///
    /// # Panics
    /// Where there is no such row.
    #[inline]
    pub fn get(&self, row: usize) -> &str {
        &self.bytes[self.start(row)..self.ends[row] as usize]
    }

    /// Where a row's text starts in [`bytes`](Self::bytes).
    #[inline]
    fn start(&self, row: usize) -> usize {
        if row == 0 { 0 } else { self.ends[row - 1] as usize }
    }

    /// Every row's text, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        let (mut rest, mut start): (&str, _) = (&self.bytes, 0);
        self.ends.iter().map(move |&end| {
            // It asks once a row whether a character is cut in two; a range would ask at both of its ends.
            let (text, behind) = rest.split_at((end - start) as usize);
            (rest, start) = (behind, end);
            text
        })
    }

    /// All rows' texts, one behind the other.
    pub fn bytes(&self) -> &Arc<String> {
        &self.bytes
    }

    /// The text and the ends; they are copied only where they are shared.
    pub fn into_parts(self) -> (String, Vec<u32>) {
        (Arc::unwrap_or_clone(self.bytes), Arc::unwrap_or_clone(self.ends))
    }

    /// Where each row's text ends.
    pub fn ends(&self) -> &Arc<Vec<u32>> {
        &self.ends
    }

    /// Whether no row has a text.
    pub fn is_blank(&self) -> bool {
        self.bytes.is_empty()
    }

    /// These rows only, in this order.
    pub fn select(&self, rows: &[u32]) -> Self {
        if self.is_blank() {
            return Self::empty(rows.len());
        }
        let mut out = TextBuilder::with_capacity(rows.len(), self.bytes.len() / self.len() * rows.len());
        for &row in rows {
            out.push(self.get(row as usize));
        }
        out.finish()
    }

    /// How many bytes of memory it takes.
    pub fn size(&self) -> usize {
        self.bytes.len() + 4 * self.ends.len()
    }
}

impl fmt::Debug for TextColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl From<TextColumn> for TextBuilder {
    /// A builder that goes on behind a column; it copies only what is shared.
    fn from(column: TextColumn) -> Self {
        let (bytes, ends) = column.into_parts();
        Self { bytes, ends }
    }
}

impl<T: AsRef<str>> FromIterator<T> for TextColumn {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut out = TextBuilder::default();
        for text in texts {
            out.push(text.as_ref());
        }
        out.finish()
    }
}

/// Builds a [`TextColumn`] row by row.
#[derive(Clone, Debug, Default)]
pub struct TextBuilder {
    bytes: String,
    ends: Vec<u32>,
}

impl TextBuilder {
    /// A builder with room for so many rows and bytes.
    pub fn with_capacity(rows: usize, bytes: usize) -> Self {
        Self { bytes: String::with_capacity(bytes), ends: Vec::with_capacity(rows) }
    }

    /// How many rows there are so far.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no rows yet.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A row that has ended.
    ///
    /// # Panics
    /// Where there is no such row.
    #[inline]
    pub fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.bytes[start..self.ends[row] as usize]
    }

    /// Add a row. A column holds at most 4 GiB; the rest of a text that would not fit is left out.
    #[inline]
    pub fn push(&mut self, text: &str) {
        self.append(text);
        self.end_row();
    }

    /// Add to the text of the row that has not ended yet.
    #[inline]
    pub fn append(&mut self, text: &str) {
        if self.bytes.len() + text.len() <= u32::MAX as usize {
            self.bytes.push_str(text);
        }
    }

    /// End the row: what was appended since the last one is its text.
    #[inline]
    pub fn end_row(&mut self) {
        self.ends.push(self.bytes.len() as u32);
    }

    /// Add empty rows until there are so many.
    #[inline]
    pub fn pad(&mut self, rows: usize) {
        if self.ends.len() < rows {
            self.ends.resize(rows, self.bytes.len() as u32);
        }
    }

    /// Keep the first rows only, and nothing that was appended behind them.
    pub fn truncate(&mut self, rows: usize) {
        self.ends.truncate(rows);
        self.bytes.truncate(self.ends.last().map_or(0, |&end| end as usize));
    }

    /// The column.
    pub fn finish(self) -> TextColumn {
        TextColumn::trusted(self.bytes, self.ends)
    }
}

/// A column of lists of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListColumn {
    items: TextColumn,
    rows: Arc<Vec<u32>>,
}

impl ListColumn {
    /// A column from its items and, for each row, the number of items up to its last.
    ///
    /// # Errors
    /// The row ends must not decrease and the last must be the number of items.
    pub fn new(items: TextColumn, rows: Vec<u32>) -> Result<Self, ColumnError> {
        let mut start = 0;
        for (row, &end) in rows.iter().enumerate() {
            if end < start || end as usize > items.len() {
                return Err(ColumnError::Ends { row });
            }
            start = end;
        }
        match items.len() - start as usize {
            0 => Ok(Self { items, rows: Arc::new(rows) }),
            rest => Err(ColumnError::Rest { bytes: rest }),
        }
    }

    /// A column from parts that are known to fit.
    pub fn trusted(items: TextColumn, rows: Vec<u32>) -> Self {
        Self { items, rows: Arc::new(rows) }
    }

    /// A column of empty lists.
    pub fn empty(rows: usize) -> Self {
        Self::trusted(TextColumn::default(), vec![0; rows])
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row's texts.
    pub fn get(&self, row: usize) -> impl ExactSizeIterator<Item = &str> + '_ {
        let start = if row == 0 { 0 } else { self.rows[row - 1] as usize };
        (start..self.rows[row] as usize).map(|item| self.items.get(item))
    }

    /// All rows' items, one behind the other.
    pub fn items(&self) -> &TextColumn {
        &self.items
    }

    /// For each row, the number of items up to its last.
    pub fn rows(&self) -> &Arc<Vec<u32>> {
        &self.rows
    }

    /// These rows only, in this order.
    pub fn select(&self, rows: &[u32]) -> Self {
        if self.items.is_empty() {
            return Self::empty(rows.len());
        }
        let mut items = TextBuilder::default();
        let ends = rows
            .iter()
            .map(|&row| {
                self.get(row as usize).for_each(|item| items.push(item));
                items.len() as u32
            })
            .collect();
        Self::trusted(items.finish(), ends)
    }

    /// How many bytes of memory it takes.
    pub fn size(&self) -> usize {
        self.items.size() + 4 * self.rows.len()
    }
}

impl<L: IntoIterator<Item = T>, T: AsRef<str>> FromIterator<L> for ListColumn {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let mut items = TextBuilder::default();
        let mut rows = Vec::new();
        for list in lists {
            list.into_iter().for_each(|item| items.push(item.as_ref()));
            rows.push(items.len() as u32);
        }
        Self::trusted(items.finish(), rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_gives_back_its_rows() {
        let column: TextColumn = ["été", "", "🦀 rust"].into_iter().collect();
        assert_eq!(column.iter().collect::<Vec<_>>(), ["été", "", "🦀 rust"]);
        assert_eq!(column.select(&[2, 0]).iter().collect::<Vec<_>>(), ["🦀 rust", "été"]);
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let new = |ends: &[u32]| TextColumn::new("été".into(), ends.to_vec());
        assert_eq!(new(&[2, 5]).map(|column| column.len()), Ok(2));
        assert_eq!(new(&[2, 1]), Err(ColumnError::Ends { row: 1 }));
        assert_eq!(new(&[9]), Err(ColumnError::Ends { row: 0 }));
        assert_eq!(new(&[1, 5]), Err(ColumnError::Character { row: 0 }));
        assert_eq!(new(&[3]), Err(ColumnError::Rest { bytes: 2 }));
        let items: TextColumn = ["a", "b"].into_iter().collect();
        assert!(ListColumn::new(items.clone(), vec![1, 2]).is_ok());
        assert_eq!(ListColumn::new(items.clone(), vec![3]), Err(ColumnError::Ends { row: 0 }));
        assert_eq!(ListColumn::new(items, vec![1]), Err(ColumnError::Rest { bytes: 1 }));
    }

    #[test]
    fn lists_are_selected_by_row() {
        let column: ListColumn = [vec!["a", "b"], vec![], vec!["c"]].into_iter().collect();
        let picked = column.select(&[2, 1, 0]);
        let rows: Vec<Vec<&str>> = (0..3).map(|row| picked.get(row).collect()).collect();
        assert_eq!(rows, [vec!["c"], vec![], vec!["a", "b"]]);
    }

    #[test]
    fn a_truncated_row_leaves_nothing_behind() {
        let mut builder = TextBuilder::default();
        builder.push("kept");
        builder.append("half");
        builder.truncate(1);
        builder.push("next");
        assert_eq!(builder.finish().iter().collect::<Vec<_>>(), ["kept", "next"]);
    }
}
