//! One message as plain data: for tests, examples and embedders. The engine works on columns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Message {
    /// Stable, from the source: what a sink recognises a message by.
    pub id: String,
    /// Where it was written.
    pub channel: String,
    /// The author's stable handle.
    pub author: String,
    /// The author's name for people.
    pub author_name: String,
    /// A headline, where there is one.
    pub title: String,
    /// What was written.
    pub text: String,
    /// The language, BCP 47.
    pub lang: String,
    /// Where it can be read.
    pub url: String,
    /// The id of the message that this one answers.
    pub reply_to: String,
    /// The id of the message that this one repeats.
    pub repost_of: String,
    /// When it was written, in ms since 1970; 0 where that is not known.
    pub created_at: i64,
    /// How many follow the author.
    pub followers: i64,
    /// How many liked it.
    pub likes: i64,
    /// How many repeated it.
    pub reposts: i64,
    /// How many answered it.
    pub replies: i64,
    /// The addresses that it links to.
    pub links: Vec<String>,
    /// Its tags, without `#`.
    pub tags: Vec<String>,
    /// Whatever else the source knows of it.
    pub attrs: BTreeMap<String, String>,
}
