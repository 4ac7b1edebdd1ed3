//! The messages of a file that the config names.

use std::collections::VecDeque;

use crible_sdk::ConfigError;
use serde::Deserialize;

/// So many messages of a file count, the last ones: whoever likes a message adds it at the end.
pub(crate) const MOST: usize = 1_000;

/// A message as the sink `jsonl` writes it, as far as it is read here.
#[derive(Deserialize)]
struct Line {
    title: Option<String>,
    text: Option<String>,
}

/// The texts of the messages in a file that an option names, one JSON object a line; empty lines are left out.
///
/// # Errors
/// The first line that is no message.
pub(crate) fn texts(option: &str, content: &str) -> Result<Vec<String>, ConfigError> {
    let unreadable = |message: String| {
        ConfigError::new(message)
            .at(option)
            .hint("Each line is a message with a `text` or a `title`, as the sink `jsonl` writes it.")
    };
    let content = crible_sdk::content(content).ok_or_else(|| unreadable("the file cannot be read".into()))?;
    let mut texts = VecDeque::new();
    for (number, line) in String::from_utf8_lossy(&content).lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let no_message =
            |why: &str| unreadable(format!("line {} of the file is no message: {why}", number + 1));
        let Line { title, text } =
            crible_sdk::settings(line).map_err(|_| no_message("it is not an object of JSON"))?;
        let (title, text) = (title.unwrap_or_default(), text.unwrap_or_default());
        if title.is_empty() && text.is_empty() {
            return Err(no_message("it has neither `text` nor `title`"));
        }
        if texts.len() == MOST {
            texts.pop_front();
        }
        texts.push_back(format!("{title}\n{text}"));
    }
    Ok(texts.into())
}
