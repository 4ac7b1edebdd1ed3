//! Text in lines of a width.

use unicode_width::UnicodeWidthStr;

/// A text in lines of at most this width, but for words that are wider; each begins with the indent.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let mut lines = vec![indent.to_owned()];
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            if line.as_str() == indent {
                line.push_str(word);
                continue;
            }
            if line.width() + 1 + word.width() <= width {
                line.push(' ');
                line.push_str(word);
                continue;
            }
        }
        lines.push(format!("{indent}{word}"));
    }
    lines.join("\n")
}

/// A text cut to a width, with an ellipsis where something is missing.
pub(crate) fn fit(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0);
        if used > width {
            break;
        }
        out.push(letter);
    }
    out.push('…');
    out
}

/// How wide a text is on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A text with spaces behind it up to a width.
pub(crate) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// A text with spaces in front of it up to a width.
pub(crate) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        assert_eq!(wrap("l’été à la plage", 10, "  "), "  l’été à\n  la plage");
        assert_eq!(wrap("incomprehensible", 5, ""), "incomprehensible");
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(fit("🎉🎉🎉", 6), "🎉🎉🎉");
        assert_eq!(fit("🎉🎉🎉", 5), "🎉🎉…");
        assert_eq!(fit("été", 2), "é…");
    }

    #[test]
    fn columns_line_up_whatever_the_letters() {
        assert_eq!([left("été", 5), right("🎉", 4)], ["été  ", "  🎉"]);
    }
}
