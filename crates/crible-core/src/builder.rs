//! Builds a batch row by row, for sources that meet messages one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Batch, ListColumn, ListField, Message, NumberField, TextBuilder, TextColumn, TextField};

/// Builds a [`Batch`] row by row: set what the message has, then [`end_row`](Self::end_row).
///
/// ```
/// use crible_core::{BatchBuilder, TextField, NumberField};
///
/// let mut builder = BatchBuilder::default();
/// builder.text(TextField::Author, "zoé");
/// builder.number(NumberField::Likes, 3);
/// builder.end_row();
/// let batch = builder.finish();
/// assert_eq!(batch.message(0).author, "zoé");
/// ```
#[derive(Debug, Default)]
pub struct BatchBuilder {
    len: usize,
    texts: [Option<TextBuilder>; TextField::COUNT],
    numbers: [Option<Vec<i64>>; NumberField::COUNT],
    lists: [Option<ListBuilder>; ListField::COUNT],
    attrs: BTreeMap<String, TextBuilder>,
}

#[derive(Debug, Default)]
struct ListBuilder {
    items: TextBuilder,
    rows: Vec<u32>,
}

impl ListBuilder {
    fn pad(&mut self, rows: usize) {
        if self.rows.len() < rows {
            let items = self.items.len() as u32;
            self.rows.resize(rows, items);
        }
    }
}

impl BatchBuilder {
    /// How many rows have ended.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no row has ended.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Set a text of the row that has not ended yet. An empty text is none; of two the first stays.
    #[inline]
    pub fn text(&mut self, field: TextField, text: &str) {
        if !text.is_empty() {
            push_text(self.texts[field as usize].get_or_insert_default(), self.len, text);
        }
    }

    /// Set a number of the row that has not ended yet. 0 is none; of two the first stays.
    #[inline]
    pub fn number(&mut self, field: NumberField, number: i64) {
        if number != 0 {
            let column = self.numbers[field as usize].get_or_insert_default();
            if column.len() <= self.len {
                column.resize(self.len, 0);
                column.push(number);
            }
        }
    }

    /// Add a text to a list of the row that has not ended yet.
    #[inline]
    pub fn item(&mut self, field: ListField, text: &str) {
        let column = self.lists[field as usize].get_or_insert_default();
        column.pad(self.len);
        column.items.push(text);
    }

    /// Set a free attribute of the row that has not ended yet.
    pub fn attr(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        // Looked up twice rather than allocating the name for each row.
        if let Some(column) = self.attrs.get_mut(name) {
            return push_text(column, self.len, text);
        }
        let mut column = TextBuilder::default();
        push_text(&mut column, self.len, text);
        self.attrs.insert(name.to_owned(), column);
    }

    /// The row has all that it has.
    #[inline]
    pub fn end_row(&mut self) {
        self.len += 1;
    }

    /// Forget what was set since the last row ended: the row turned out not to be one.
    pub fn abandon_row(&mut self) {
        let rows = self.len;
        self.texts.iter_mut().flatten().for_each(|column| column.truncate(rows));
        self.numbers.iter_mut().flatten().for_each(|column| column.truncate(rows));
        for column in self.lists.iter_mut().flatten() {
            column.rows.truncate(rows);
            column.items.truncate(column.rows.last().map_or(0, |&end| end as usize));
        }
        self.attrs.values_mut().for_each(|column| column.truncate(rows));
    }

    /// Add a message.
    pub fn push(&mut self, message: &Message) {
        let m = message;
        self.text(TextField::Id, &m.id);
        self.text(TextField::Channel, &m.channel);
        self.text(TextField::Author, &m.author);
        self.text(TextField::AuthorName, &m.author_name);
        self.text(TextField::Title, &m.title);
        self.text(TextField::Text, &m.text);
        self.text(TextField::Lang, &m.lang);
        self.text(TextField::Url, &m.url);
        self.text(TextField::ReplyTo, &m.reply_to);
        self.text(TextField::RepostOf, &m.repost_of);
        self.number(NumberField::CreatedAt, m.created_at);
        self.number(NumberField::Followers, m.followers);
        self.number(NumberField::Likes, m.likes);
        self.number(NumberField::Reposts, m.reposts);
        self.number(NumberField::Replies, m.replies);
        m.links.iter().for_each(|link| self.item(ListField::Links, link));
        m.tags.iter().for_each(|tag| self.item(ListField::Tags, tag));
        m.attrs.iter().for_each(|(name, value)| self.attr(name, value));
        self.end_row();
    }

    /// The batch, numbered from 0, at time 0.
    pub fn finish(self) -> Batch {
        let len = self.len;
        let text = |mut column: TextBuilder| -> TextColumn {
            column.pad(len);
            column.finish()
        };
        let number = |mut column: Vec<i64>| {
            column.resize(len, 0);
            Arc::new(column)
        };
        let list = |mut column: ListBuilder| {
            column.pad(len);
            ListColumn::trusted(column.items.finish(), column.rows)
        };
        Batch {
            len,
            seqs: Arc::new((0..len as u64).collect()),
            times: Arc::new(vec![0; len]),
            texts: self.texts.map(|column| column.map(text)),
            numbers: self.numbers.map(|column| column.map(number)),
            lists: self.lists.map(|column| column.map(list)),
            attrs: self.attrs.into_iter().map(|(name, column)| (name, text(column))).collect(),
            ..Batch::default()
        }
    }
}

#[inline]
fn push_text(column: &mut TextBuilder, row: usize, text: &str) {
    if column.len() <= row {
        column.pad(row);
        column.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_as_they_went_in() {
        let full = Message {
            id: "1".into(),
            text: "L’été à Nice 🏖".into(),
            created_at: 5,
            links: vec!["https://example.org".into()],
            attrs: [("label".to_owned(), "ham".to_owned())].into(),
            ..Message::default()
        };
        let messages = [Message::default(), full.clone(), Message::default(), full];
        let batch = Batch::from_messages(&messages);
        assert!((0..4).all(|row| batch.message(row) == messages[row]));
        assert!(batch.text(TextField::Title).is_none(), "a column that no message has is absent");
    }

    #[test]
    fn an_abandoned_row_leaves_nothing_behind() {
        let message = |id: &str| Message {
            id: id.into(),
            likes: 2,
            links: vec!["a".into()],
            attrs: [("x".to_owned(), "y".to_owned())].into(),
            ..Message::default()
        };
        let mut builder = BatchBuilder::default();
        builder.push(&message("1"));
        builder.text(TextField::Id, "half");
        builder.number(NumberField::Likes, 9);
        builder.item(ListField::Links, "half");
        builder.attr("x", "half");
        builder.abandon_row();
        builder.push(&message("2"));
        builder.push(&Message::default());
        let batch = builder.finish();
        assert_eq!([batch.message(0), batch.message(1)], [message("1"), message("2")]);
        assert_eq!(batch.message(2), Message::default());
    }

    #[test]
    fn of_two_values_the_first_stays() {
        let mut builder = BatchBuilder::default();
        builder.text(TextField::Id, "a");
        builder.text(TextField::Id, "b");
        builder.end_row();
        assert_eq!(builder.finish().text_at(TextField::Id, 0), "a");
    }
}
