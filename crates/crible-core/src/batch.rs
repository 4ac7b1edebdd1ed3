//! Messages as columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{BatchBuilder, ListColumn, ListField, Message, NumberField, Numbers, TextColumn, TextField, Why};

/// Messages as columns. A column that no message has is absent and costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub(crate) len: usize,
    pub(crate) seqs: Arc<Vec<u64>>,
    pub(crate) times: Numbers,
    pub(crate) texts: [Option<TextColumn>; TextField::COUNT],
    pub(crate) numbers: [Option<Numbers>; NumberField::COUNT],
    pub(crate) lists: [Option<ListColumn>; ListField::COUNT],
    pub(crate) attrs: BTreeMap<String, TextColumn>,
    /// What earlier stages said of rows that were held and have come back: JSON, see [`crate::Trace`].
    pub(crate) whys: Option<TextColumn>,
    pub(crate) scores: Option<Arc<Vec<f32>>>,
    pub(crate) labels: Option<ListColumn>,
}

/// What a row that comes back from being held brings along beside its message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The identity of its reading.
    pub seq: u64,
    /// The pipeline's clock when it was read, in ms.
    pub time: i64,
    /// Its score so far.
    pub score: f32,
    /// What the stages so far said of it: the inside of a JSON array.
    pub whys: String,
    /// What they labelled it with.
    pub labels: Vec<String>,
    /// The message itself.
    pub message: Message,
}

impl Held {
    /// Add what a stage says of it.
    pub fn add(&mut self, why: Why) {
        self.score += why.score;
        if !why.is_silent() {
            if !self.whys.is_empty() {
                self.whys.push(',');
            }
            why.write_to(&mut self.whys);
        }
        self.labels.extend(why.labels);
    }
}

impl Batch {
    /// A batch of these messages, numbered from 0, at time 0.
    pub fn from_messages<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Self {
        let mut builder = BatchBuilder::default();
        for message in messages {
            builder.push(message);
        }
        builder.finish()
    }

    /// A batch of rows that had been held.
    pub fn from_held<'a>(held: impl IntoIterator<Item = &'a Held> + Clone) -> Self {
        let all = || held.clone().into_iter();
        let mut batch = Self::from_messages(all().map(|held| &held.message));
        batch.seqs = Arc::new(all().map(|held| held.seq).collect());
        batch.times = Arc::new(all().map(|held| held.time).collect());
        batch.scores = Some(Arc::new(all().map(|held| held.score).collect()));
        batch.whys = Some(all().map(|held| &held.whys).collect());
        batch.labels = Some(all().map(|held| held.labels.iter()).collect());
        batch
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Number the messages from `first` on and set the pipeline's clock at each.
    ///
    /// # Panics
    /// Where there are not as many times as messages.
    pub fn stamp(&mut self, first: u64, times: Vec<i64>) {
        assert_eq!(times.len(), self.len, "a time for each message");
        self.seqs = Arc::new((first..first + self.len as u64).collect());
        self.times = Arc::new(times);
    }

    /// The identity of each reading.
    pub fn seqs(&self) -> &Arc<Vec<u64>> {
        &self.seqs
    }

    /// The pipeline's clock at each message, in ms.
    pub fn times(&self) -> &Numbers {
        &self.times
    }

    /// A text column, where any message has one.
    pub fn text(&self, field: TextField) -> Option<&TextColumn> {
        self.texts[field as usize].as_ref()
    }

    /// A number column, where any message has one.
    pub fn number(&self, field: NumberField) -> Option<&Numbers> {
        self.numbers[field as usize].as_ref()
    }

    /// A list column, where any message has one.
    pub fn list(&self, field: ListField) -> Option<&ListColumn> {
        self.lists[field as usize].as_ref()
    }

    /// Take a text column out, where any message has one.
    pub fn take_text(&mut self, field: TextField) -> Option<TextColumn> {
        self.texts[field as usize].take()
    }

    /// The free attributes, by name.
    pub fn attrs(&self) -> &BTreeMap<String, TextColumn> {
        &self.attrs
    }

    /// A row's text in a field; empty where there is none.
    pub fn text_at(&self, field: TextField, row: usize) -> &str {
        self.text(field).map_or("", |column| column.get(row))
    }

    /// A row's number in a field; 0 where there is none.
    pub fn number_at(&self, field: NumberField, row: usize) -> i64 {
        self.number(field).map_or(0, |column| column[row])
    }

    /// The same batch with another text in some rows of a column; the other columns are shared.
    pub fn with_text(&self, field: TextField, rows: &[(u32, &str)]) -> Self {
        let mut values: Vec<&str> = (0..self.len).map(|row| self.text_at(field, row)).collect();
        for &(row, value) in rows {
            values[row as usize] = value;
        }
        let mut batch = self.clone();
        batch.texts[field as usize] = Some(values.into_iter().collect());
        batch
    }

    /// A message, copied out.
    pub fn message(&self, row: usize) -> Message {
        let text = |field| self.text_at(field, row).to_owned();
        let list = |field| self.list(field).map_or(vec![], |l| l.get(row).map(str::to_owned).collect());
        let attrs = self.attrs.iter().map(|(name, column)| (name, column.get(row)));
        Message {
            id: text(TextField::Id),
            channel: text(TextField::Channel),
            author: text(TextField::Author),
            author_name: text(TextField::AuthorName),
            title: text(TextField::Title),
            text: text(TextField::Text),
            lang: text(TextField::Lang),
            url: text(TextField::Url),
            reply_to: text(TextField::ReplyTo),
            repost_of: text(TextField::RepostOf),
            created_at: self.number_at(NumberField::CreatedAt, row),
            followers: self.number_at(NumberField::Followers, row),
            likes: self.number_at(NumberField::Likes, row),
            reposts: self.number_at(NumberField::Reposts, row),
            replies: self.number_at(NumberField::Replies, row),
            links: list(ListField::Links),
            tags: list(ListField::Tags),
            attrs: attrs
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name.clone(), value.to_owned()))
                .collect(),
        }
    }

    /// About how many bytes of memory it takes.
    pub fn size(&self) -> usize {
        let texts = self.texts.iter().flatten().chain(self.attrs.values()).map(TextColumn::size);
        let lists = self.lists.iter().flatten().map(ListColumn::size);
        let numbers = 8 * self.len * (2 + self.numbers.iter().flatten().count());
        texts.chain(lists).sum::<usize>() + numbers
    }
}
