//! Texts that can do nothing to a terminal.

/// A text without control characters, of which a terminal would take some as orders, and without those
/// that turn the direction of what follows. White space becomes single spaces.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            // Shown, so that a reader sees that something is strange here.
            c if c.is_control() => out.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
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

    proptest! {
        #[test]
        fn nothing_that_controls_is_left(text: String) {
            prop_assert!(!clean(&text).chars().any(char::is_control));
        }
    }
}
