//! Labels, which say which messages are essential: a field or an attribute of each line.

mod sentences;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crible::{Message, Recording, RunError};

use crate::args::Labels;
use crate::language::Language;

/// Names of attributes that are shown where the label is not found.
const SHOWN: usize = 12;

/// A message and its label.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    pub(crate) message: Message,
    /// Absent where it bears none.
    pub(crate) label: Option<String>,
    /// Whether it is to be kept.
    pub(crate) positive: bool,
}

/// Reads labelled messages.
pub(crate) struct Reading<'a> {
    pub(crate) recording: Recording,
    pub(crate) labels: &'a Labels,
    /// The names of the attributes that messages without a label have.
    pub(crate) attributes: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(recording: Recording, labels: &'a Labels) -> Self {
        Self { recording, labels, attributes: BTreeSet::new() }
    }

    /// The next messages of the file; none at its end.
    pub(crate) fn read(&mut self) -> Result<Vec<Labelled>, RunError> {
        let messages = self.recording.read()?;
        let label = |mut message: Message| {
            let label = take(&mut message, &self.labels.label);
            if label.is_none() && self.attributes.len() < SHOWN {
                self.attributes.extend(message.attrs.keys().cloned());
            }
            let positive = label.as_ref().is_some_and(|label| self.labels.positive.contains(label));
            Labelled { message, label, positive }
        };
        Ok(messages.into_iter().map(label).collect())
    }

    /// All of the file.
    pub(crate) fn read_all(&mut self) -> Result<Vec<Labelled>, RunError> {
        let mut all = Vec::new();
        loop {
            let more = self.read()?;
            if more.is_empty() {
                return Ok(all);
            }
            all.extend(more);
        }
    }

    /// The same of messages that were read already.
    pub(crate) fn unusable_among(
        &self,
        file: &Path,
        all: &[Labelled],
        language: Language,
    ) -> Option<(String, String)> {
        let mut found = BTreeMap::new();
        for label in all.iter().filter_map(|labelled| labelled.label.clone()) {
            *found.entry(label).or_default() += 1;
        }
        let labelled: u64 = found.values().sum();
        self.unusable(file, &found, all.len() as u64 - labelled, language)
    }

    /// Why the labels of the file do not serve, of which so many messages were found to have each, and what
    /// to do about it; absent where they do.
    pub(crate) fn unusable(
        &self,
        file: &Path,
        found: &BTreeMap<String, u64>,
        unlabelled: u64,
        language: Language,
    ) -> Option<(String, String)> {
        if found.is_empty() {
            let seen: Vec<&str> = self.attributes.iter().map(String::as_str).take(SHOWN).collect();
            return Some(sentences::no_labels(file, self.labels, unlabelled == 0, &seen, language));
        }
        let positives = found.keys().any(|label| self.labels.positive.contains(label));
        (!positives).then(|| sentences::no_positives(file, self.labels, found, language))
    }
}

/// Take the label out of a message, so that no filter can read it off an attribute. Absent where the message
/// has none.
fn take(message: &mut Message, field: &str) -> Option<String> {
    let label = match message.attrs.remove(field) {
        Some(label) => label,
        None => field_of(message, field)?,
    };
    Some(label).filter(|label| !label.is_empty())
}

/// A field of the message as text.
pub(crate) fn field_of(message: &Message, field: &str) -> Option<String> {
    let number = |number: i64| number.to_string();
    Some(match field {
        "id" => message.id.clone(),
        "channel" => message.channel.clone(),
        "author" => message.author.clone(),
        "author_name" => message.author_name.clone(),
        "title" => message.title.clone(),
        "text" => message.text.clone(),
        "lang" => message.lang.clone(),
        "url" => message.url.clone(),
        "reply_to" => message.reply_to.clone(),
        "repost_of" => message.repost_of.clone(),
        "created_at" => number(message.created_at),
        "followers" => number(message.followers),
        "likes" => number(message.likes),
        "reposts" => number(message.reposts),
        "replies" => number(message.replies),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_taken_away_and_a_field_is_read() {
        let attrs = [("label".to_owned(), "ham".to_owned())].into();
        let mut message = Message { lang: "fr".into(), attrs, ..Message::default() };
        assert_eq!(take(&mut message, "label"), Some("ham".to_owned()));
        assert!(message.attrs.is_empty());
        assert_eq!(take(&mut message, "label"), None);
        assert_eq!(take(&mut message, "lang"), Some("fr".to_owned()));
        assert_eq!(take(&mut message, "channel"), None);
    }
}
