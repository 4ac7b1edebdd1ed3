//! The label of a message: a field or an attribute of its line.

use crible::Message;

/// Take the label out of a message, so that no filter can read it off an attribute. Absent where the message
/// has none.
pub(crate) fn take(message: &mut Message, field: &str) -> Option<String> {
    let label = match message.attrs.remove(field) {
        Some(label) => label,
        None => field_of(message, field)?,
    };
    Some(label).filter(|label| !label.is_empty())
}

/// A field of the message as text.
fn field_of(message: &Message, field: &str) -> Option<String> {
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
