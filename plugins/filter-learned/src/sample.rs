//! What the classifier looks at in a message.

use crible_sdk::Message;

use crate::site::site;

/// What the classifier looks at in a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample<'a> {
    /// The author's handle.
    pub author: &'a str,
    /// Its headline.
    pub title: &'a str,
    /// What was written.
    pub text: &'a str,
    /// The site of its address or of the first that it links to.
    pub site: &'a str,
    /// Whether it repeats another message.
    pub repost: bool,
}

impl<'a> From<&'a Message> for Sample<'a> {
    fn from(message: &'a Message) -> Self {
        let address = match message.url.as_str() {
            "" => message.links.first().map_or("", String::as_str),
            url => url,
        };
        Self {
            author: &message.author,
            title: &message.title,
            text: &message.text,
            site: site(address),
            repost: !message.repost_of.is_empty(),
        }
    }
}
