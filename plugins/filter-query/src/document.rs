//! What the rules see of a message.

use crate::query::{Counter, Field};

/// One message, borrowed. What the rules do not [need](crate::Rules::needs) may be left empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Document<'a> {
    /// The headline.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
    /// The author's handle.
    pub author: &'a str,
    /// The author's name as shown.
    pub author_name: &'a str,
    /// The channel, feed or group.
    pub channel: &'a str,
    /// The language, as a BCP 47 tag.
    pub lang: &'a str,
    /// The message's own address.
    pub url: &'a str,
    /// The addresses that it links to.
    pub links: &'a [&'a str],
    /// Its tags, with or without `#`.
    pub tags: &'a [&'a str],
    /// How many follow the author.
    pub followers: u64,
    /// How many like it.
    pub likes: u64,
    /// How often it was passed on.
    pub reposts: u64,
    /// How many answered.
    pub replies: u64,
}

impl<'a> Document<'a> {
    pub(crate) fn counter(&self, counter: Counter) -> u64 {
        match counter {
            Counter::Followers => self.followers,
            Counter::Likes => self.likes,
            Counter::Reposts => self.reposts,
            Counter::Replies => self.replies,
        }
    }

    /// The values of a field, one after another.
    pub(crate) fn values(&self, field: Field) -> impl Iterator<Item = &'a str> {
        let (own, listed): ([&str; 2], &[&str]) = match field {
            Field::Body => ([self.title, self.text], &[]),
            Field::Title => ([self.title, ""], &[]),
            Field::Text => ([self.text, ""], &[]),
            Field::Author => ([self.author, self.author_name], &[]),
            Field::Channel => ([self.channel, ""], &[]),
            Field::Lang => ([self.lang, ""], &[]),
            Field::Tag => (["", ""], self.tags),
            Field::Link => ([self.url, ""], self.links),
        };
        own.into_iter().filter(|value| !value.is_empty()).chain(listed.iter().copied())
    }
}

/// Which parts of a [`Document`] the rules read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// [`Document::title`]
    pub title: bool,
    /// [`Document::text`]
    pub text: bool,
    /// [`Document::author`] and [`Document::author_name`]
    pub author: bool,
    /// [`Document::channel`]
    pub channel: bool,
    /// [`Document::lang`]
    pub lang: bool,
    /// [`Document::tags`]
    pub tags: bool,
    /// [`Document::url`] and [`Document::links`]
    pub links: bool,
    /// [`Document::followers`]
    pub followers: bool,
    /// [`Document::likes`]
    pub likes: bool,
    /// [`Document::reposts`]
    pub reposts: bool,
    /// [`Document::replies`]
    pub replies: bool,
}

impl Needs {
    pub(crate) fn add_field(&mut self, field: Field) {
        match field {
            Field::Body => (self.title, self.text) = (true, true),
            Field::Title => self.title = true,
            Field::Text => self.text = true,
            Field::Author => self.author = true,
            Field::Channel => self.channel = true,
            Field::Lang => self.lang = true,
            Field::Tag => self.tags = true,
            Field::Link => self.links = true,
        }
    }

    pub(crate) fn add_counter(&mut self, counter: Counter) {
        match counter {
            Counter::Followers => self.followers = true,
            Counter::Likes => self.likes = true,
            Counter::Reposts => self.reposts = true,
            Counter::Replies => self.replies = true,
        }
    }
}
