//! A source's answer.

use crate::{Batch, BatchBuilder, ListColumn, ListField, NumberField, StageError, TextColumn, TextField};

/// What a source read: messages, what was not one, and where to resume.
#[derive(Debug, Default)]
pub struct Page {
    /// The messages, for a source that meets them one after the other.
    pub messages: BatchBuilder,
    /// The messages, where they came as whole columns.
    batch: Option<Batch>,
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
    /// Set the messages as whole columns, as a host does that has them from a guest. They stand in place
    /// of what was built in [`messages`](Self::messages).
    pub fn set_batch(&mut self, batch: Batch) {
        self.batch = Some(batch);
    }

    /// Take the messages out, however they came. The page has none after that.
    pub fn take_batch(&mut self) -> Batch {
        let built = std::mem::take(&mut self.messages);
        self.batch.take().unwrap_or_else(|| built.finish())
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_taken_once_however_they_came() {
        let mut page = Page::default();
        page.messages.text(TextField::Text, "été");
        page.messages.end_row();
        assert_eq!(page.take_batch().text_at(TextField::Text, 0), "été");
        assert!(page.take_batch().is_empty());

        let texts = vec![(TextField::Text, ["a", "b"].into_iter().collect())];
        let columns = Batch::from_columns(texts, vec![], vec![], vec![]);
        page.set_batch(columns.unwrap());
        assert_eq!(page.take_batch().len(), 2);
        assert!(page.take_batch().is_empty());
    }

    #[test]
    fn columns_of_different_length_are_a_fault() {
        let texts = vec![(TextField::Text, ["a", "b"].into_iter().collect())];
        let error = Batch::from_columns(texts, vec![(NumberField::Likes, vec![1])], vec![], vec![]);
        assert_eq!(error.unwrap_err().message, "it answered with 2 values of text and 1 of likes");
    }
}
