//! One line of a JSONL file of messages.

use serde::{Deserialize, Serialize};

/// A message under the field names that the `jsonl` source reads by default. What is empty is not
/// written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// Unique in its file.
    pub id: String,
    /// The author's handle, without `@`.
    pub author: String,
    /// The name that people read.
    pub author_name: String,
    /// A headline; most messages have none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What the message says.
    pub text: String,
    /// `fr` or `en`.
    pub lang: String,
    /// RFC 3339, in UTC.
    pub created_at: String,
    /// Where it was written: a room, a subject.
    pub channel: String,
    /// The page that the message is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The links in the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Hashtags, without `#`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How many follow the author.
    pub followers: u32,
    /// How many liked the message.
    pub likes: u32,
    /// How many passed it on.
    pub reposts: u32,
    /// How many answered.
    pub replies: u32,
}

impl Row {
    /// Empties every field and keeps the memory of the strings.
    pub(crate) fn clear(&mut self) {
        for text in [
            &mut self.id,
            &mut self.author,
            &mut self.author_name,
            &mut self.title,
            &mut self.text,
            &mut self.lang,
            &mut self.created_at,
            &mut self.channel,
            &mut self.url,
        ] {
            text.clear();
        }
        self.links.clear();
        self.tags.clear();
        (self.followers, self.likes, self.reposts, self.replies) = (0, 0, 0, 0);
    }
}
