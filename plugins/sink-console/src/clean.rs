//! Texts that can do nothing to a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A character has at most so many accents and other parts: a heap of them would cover the lines above.
const MOST_PARTS: u32 = 16;

/// A text without control characters, of which a terminal would take some as orders, and without those
/// that turn the direction of what follows. White space becomes single spaces.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = 0;
    for c in text.chars() {
        parts = if c.width() == Some(0) { parts + 1 } else { 0 };
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            // Shown, so that a reader sees that something is strange here.
            c if c.is_control() => out.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            _ if parts > MOST_PARTS => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The lines of a text that say something, each clean.
pub(crate) fn clean_lines(text: &str) -> impl Iterator<Item = String> {
    let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    lines.map(clean).filter(|line| !line.is_empty())
}

/// A clean text cut where it is wider than so many columns, or nearly.
pub(crate) fn short(text: String, columns: usize) -> String {
    if text.width() <= columns {
        return text;
    }
    let mut room = columns.saturating_sub(1);
    let fits = |&(_, c): &(usize, char)| match room.checked_sub(c.width().unwrap_or(0)) {
        Some(rest) => {
            room = rest;
            true
        }
        None => false,
    };
    let kept = text.char_indices().take_while(fits).map(|(at, c)| at + c.len_utf8()).last().unwrap_or(0);
    format!("{}…", text[..kept].trim_end())
}

/// A clean text set apart, where it is written from right to left, so that what stands beside it stays
/// in its place.
pub(crate) fn apart(text: &str) -> String {
    match text.chars().any(is_right_to_left) {
        true => format!("\u{2068}{text}\u{2069}"),
        false => text.to_owned(),
    }
}

/// Hebrew, Arabic and their neighbours.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_obey_is_taken_away() {
        assert_eq!(clean("a\u{1b}[31mrouge\u{7}\u{9b}2J"), "a\u{fffd}[31mrouge\u{fffd}\u{fffd}2J");
        assert_eq!(clean("  L’été\t \u{a0}à  Nice\u{202e}x\u{feff} "), "L’été à Nicex");
        assert_eq!(clean_lines("un\r\n\n \ndeux\u{2028}trois").collect::<Vec<_>>(), ["un", "deux", "trois"]);
    }

    #[test]
    fn a_heap_of_accents_is_taken_down() {
        assert_eq!(clean(&format!("e{}a", "\u{301}".repeat(100_000))).chars().count(), 18);
        assert_eq!(clean("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}").chars().count(), 7);
    }

    #[test]
    fn what_is_too_wide_is_cut_and_says_so() {
        let short = |text: &str, columns| short(text.to_owned(), columns);
        assert_eq!(short("Zoé Martin", 10), "Zoé Martin");
        assert_eq!(short("Zoé Martin", 9), "Zoé Mart…");
        assert_eq!(short("Zoé Martin", 5), "Zoé…");
        assert_eq!(short("日本語", 4), "日…");
    }

    proptest! {
        #[test]
        fn nothing_that_controls_is_left(text: String) {
            prop_assert!(!clean(&text).chars().any(char::is_control));
        }
    }
}
