//! What messages and filters say, in lines that cannot steer a terminal.

use crible::{Message, Why};

use crate::language::Language;
use crate::wrap::fit;

/// A text in one line, its control characters made visible.
pub(crate) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let steers = |letter: char| {
        letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    words.join(" ").replace(steers, "\u{fffd}")
}

/// What a message says, or else its title, in so many columns.
pub(crate) fn gist(message: &Message, width: usize) -> String {
    let text = if message.text.trim().is_empty() { &message.title } else { &message.text };
    fit(&plain(text), width)
}

/// What a stage said of a message: `themes +2: names our product (zoé) #label`.
pub(crate) fn why(why: &Why, language: Language) -> String {
    let mut line = plain(&why.stage);
    if why.score != 0.0 {
        line.push_str(&format!(" {}", added(why.score, language)));
    }
    if !why.reason.is_empty() {
        line.push_str(&format!("{} {}", language.pick(":", " :"), plain(&why.reason)));
    }
    if !why.about.is_empty() {
        line.push_str(&format!(" ({})", plain(&why.about)));
    }
    for label in &why.labels {
        line.push_str(&format!(" #{}", plain(label)));
    }
    line
}

/// A score with at most three decimals.
pub(crate) fn score(score: f32, language: Language) -> String {
    let text = format!("{score:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text == "-0" { "0" } else { text };
    language.pick(text.to_owned(), text.replace('.', ","))
}

fn added(value: f32, language: Language) -> String {
    let text = score(value, language);
    if text.starts_with('-') { text } else { format!("+{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_steer_the_terminal() {
        let message = Message { text: "été\n\n \u{1b}[2J\u{202e}olleh 🎉".into(), ..Message::default() };
        assert_eq!(gist(&message, 40), "été \u{fffd}[2J\u{fffd}olleh 🎉");
        assert_eq!(gist(&message, 5), "été \u{2026}");
    }

    #[test]
    fn a_why_reads_as_a_sentence() {
        let said = Why {
            stage: "themes".into(),
            score: 2.5,
            reason: "names our product".into(),
            about: "crible".into(),
            labels: vec!["tech".into()],
        };
        assert_eq!(why(&said, Language::English), "themes +2.5: names our product (crible) #tech");
        assert_eq!(why(&said, Language::French), "themes +2,5 : names our product (crible) #tech");
        assert_eq!(score(-0.0001, Language::English), "0");
    }
}
