//! A source's answer.

use crate::{Batch, BatchBuilder, ListColumn, ListField, NumberField, StageError, TextColumn, TextField};

/// What a source read: messages, what was not one, and where to resume.
#[derive(Debug, Default)]
pub struct Page {
    /// The messages.
    pub messages: BatchBuilder,
    /// What could not be read as a message.
    pub malformed: Vec<Malformed>,
    /// Resume after this page.
    pub cursor: Option<Vec<u8>>,
    /// What to expect next.
    pub next: Next,
}

/// Something that could not be read as a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Malformed {
    /// Where it stood, such as `feed.jsonl:17`.
    pub place: String,
    /// What it says.
    pub raw: String,
    /// Why it is no message.
    pub why: String,
}

/// What to expect of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Next {
    /// There is more at once.
    #[default]
    More,
    /// There is nothing more for now: ask again after so many ms.
    Idle(u32),
    /// There will never be more.
    End,
}

impl Page {
    /// Say that something was not a message: where it stood, what it says and why not.
    pub fn malformed(&mut self, place: impl Into<String>, raw: impl Into<String>, why: impl Into<String>) {
        self.malformed.push(Malformed { place: place.into(), raw: raw.into(), why: why.into() });
    }
}

/// Whole columns, as a host receives them from a guest.
impl Batch {
    /// A batch of columns that came from outside.
    ///
    /// # Errors
    /// A fault where the columns are not of one length.
    pub fn from_columns(
        texts: Vec<(TextField, TextColumn)>,
        numbers: Vec<(NumberField, Vec<i64>)>,
        lists: Vec<(ListField, ListColumn)>,
        attrs: Vec<(String, TextColumn)>,
    ) -> Result<Self, StageError> {
        let lens = texts.iter().map(|(field, column)| (field.name(), column.len()));
        let lens = lens.chain(numbers.iter().map(|(field, column)| (field.name(), column.len())));
        let lens = lens.chain(lists.iter().map(|(field, column)| (field.name(), column.len())));
        let lens = lens.chain(attrs.iter().map(|(name, column)| (name.as_str(), column.len())));
        let lens: Vec<(&str, usize)> = lens.collect();
        let len = lens.first().map_or(0, |&(_, len)| len);
        if let Some((name, other)) = lens.iter().find(|(_, other)| *other != len) {
            let first = lens[0].0;
            let message = format!("it answered with {len} values of {first} and {other} of {name}");
            return Err(StageError::fault(message));
        }
        let mut batch = BatchBuilder::default().finish();
        batch.len = len;
        texts.into_iter().for_each(|(field, column)| batch.texts[field as usize] = Some(column));
        numbers.into_iter().for_each(|(field, column)| batch.numbers[field as usize] = Some(column.into()));
        lists.into_iter().for_each(|(field, column)| batch.lists[field as usize] = Some(column));
        batch.attrs = attrs.into_iter().collect();
        batch.stamp(0, vec![0; len]);
        Ok(batch)
    }
}
