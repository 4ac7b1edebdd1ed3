//! What a filter or a sink is handed.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::lent::{self, Lent};
use crate::{ListColumn, ListField, Live, NumberField, Numbers, TextColumn, TextField};

/// The rows that a filter is to judge or a sink to deliver. A column crosses when it is first asked for,
/// once; those that are not asked for never do.
///
/// A guest imports the columns whose fields its source names where it asks: `rows.texts(TextField::Text)`.
/// Where the field is computed, the guest imports every column that it might be.
pub struct Rows<'a> {
    from: Lent<'a>,
    len: usize,
    seqs: OnceCell<Arc<Vec<u64>>>,
    times: OnceCell<Numbers>,
    texts: [OnceCell<TextColumn>; TextField::COUNT],
    numbers: [OnceCell<Numbers>; NumberField::COUNT],
    lists: [OnceCell<ListColumn>; ListField::COUNT],
    scores: OnceCell<Arc<Vec<f32>>>,
    labels: OnceCell<ListColumn>,
    whys: OnceCell<TextColumn>,
}

impl<'a> Rows<'a> {
    /// The live rows of a batch; in a guest, the rows that the host lends.
    pub fn new(from: Lent<'a>) -> Self {
        Self {
            from,
            len: from.len(),
            seqs: OnceCell::new(),
            times: OnceCell::new(),
            texts: Default::default(),
            numbers: Default::default(),
            lists: Default::default(),
            scores: OnceCell::new(),
            labels: OnceCell::new(),
            whys: OnceCell::new(),
        }
    }

    /// The batch itself, for a host that hands it on; absent in a guest.
    pub fn live(&self) -> Option<&'a Live> {
        lent::live(self.from)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The identity of each reading.
    pub fn seqs(&self) -> &[u64] {
        self.seqs.get_or_init(|| self.from.seqs())
    }

    /// The pipeline's clock at each row, in ms since 1970; it never runs backwards.
    pub fn times(&self) -> &[i64] {
        self.times.get_or_init(|| self.from.times())
    }

    /// A text column.
    #[inline(always)]
    pub fn texts(&self, field: TextField) -> &TextColumn {
        let get = lent::text(field);
        self.texts[field as usize].get_or_init(|| get(self.from))
    }

    /// A number column.
    #[inline(always)]
    pub fn numbers(&self, field: NumberField) -> &[i64] {
        let get = lent::number(field);
        self.numbers[field as usize].get_or_init(|| get(self.from))
    }

    /// A list column.
    #[inline(always)]
    pub fn lists(&self, field: ListField) -> &ListColumn {
        let get = lent::list(field);
        self.lists[field as usize].get_or_init(|| get(self.from))
    }

    /// The names of the free attributes that any row has.
    pub fn attr_names(&self) -> Vec<String> {
        self.from.attr_names()
    }

    /// A free attribute. It is not kept: ask once a batch.
    pub fn attr(&self, name: &str) -> TextColumn {
        self.from.attr(name)
    }

    /// The scores so far.
    pub fn scores(&self) -> &[f32] {
        self.scores.get_or_init(|| self.from.scores())
    }

    /// The labels so far.
    pub fn labels(&self) -> &ListColumn {
        self.labels.get_or_init(|| self.from.labels())
    }

    /// Why each row is here: JSON arrays of [`Why`](crate::Why).
    pub fn whys(&self) -> &TextColumn {
        self.whys.get_or_init(|| self.from.whys())
    }

    /// A row by itself.
    pub fn get(&self, row: usize) -> MessageRef<'_> {
        MessageRef { rows: self, row }
    }

    /// Every row by itself.
    pub fn iter(&self) -> impl Iterator<Item = MessageRef<'_>> {
        (0..self.len).map(|row| self.get(row))
    }
}

/// One row: a message that borrows from its columns.
#[derive(Clone, Copy)]
pub struct MessageRef<'a> {
    rows: &'a Rows<'a>,
    row: usize,
}

impl<'a> MessageRef<'a> {
    /// Its place among the rows.
    pub fn row(self) -> usize {
        self.row
    }

    /// The identity of its reading.
    pub fn seq(self) -> u64 {
        self.rows.seqs()[self.row]
    }

    /// The pipeline's clock when it was read, in ms.
    pub fn time(self) -> i64 {
        self.rows.times()[self.row]
    }

    /// A text of it.
    #[inline(always)]
    pub fn text_of(self, field: TextField) -> &'a str {
        self.rows.texts(field).get(self.row)
    }

    /// What was written.
    #[inline(always)]
    pub fn text(self) -> &'a str {
        self.text_of(TextField::Text)
    }

    /// The author's handle.
    #[inline(always)]
    pub fn author(self) -> &'a str {
        self.text_of(TextField::Author)
    }

    /// A number of it.
    #[inline(always)]
    pub fn number(self, field: NumberField) -> i64 {
        self.rows.numbers(field)[self.row]
    }

    /// A list of it.
    #[inline(always)]
    pub fn list(self, field: ListField) -> impl ExactSizeIterator<Item = &'a str> + 'a {
        self.rows.lists(field).get(self.row)
    }

    /// Its score so far.
    pub fn score(self) -> f32 {
        self.rows.scores()[self.row]
    }
}
