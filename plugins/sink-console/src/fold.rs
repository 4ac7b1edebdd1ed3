//! Folds lines to a width, as a terminal counts it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The line in pieces of at most so many columns, folded at spaces where there are any. What needs more
/// than `width` by itself, such as one wide character, gets a piece of its own.
pub(crate) fn fold(line: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        if !piece.is_empty() && piece.width() + 1 + word.width() > width {
            pieces.push(std::mem::take(&mut piece));
        }
        if !piece.is_empty() {
            piece.push(' ');
        }
        if word.width() <= width {
            piece.push_str(word);
            continue;
        }
        for c in word.chars() {
            if !piece.is_empty() && can_break(&piece, c) && piece.width() + c.width().unwrap_or(0) > width {
                pieces.push(std::mem::take(&mut piece));
            }
            piece.push(c);
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// Whether a character begins something of its own: it is no accent, skin or other part of the last.
fn can_break(before: &str, c: char) -> bool {
    let is_part = c.width() == Some(0) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
    let is_joined = before.ends_with('\u{200d}');
    let is_flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let flags = before.chars().rev().take_while(|&c| is_flag(c)).count();
    !(is_part || is_joined || is_flag(c) && flags % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(fold("l’été dernier à Nice", 9), ["l’été", "dernier à", "Nice"]);
        assert_eq!(
            fold("un anticonstitutionnellement long", 10),
            ["un", "anticonsti", "tutionnell", "ement long"]
        );
        assert_eq!(fold("日本語テキスト", 5), ["日本", "語テ", "キス", "ト"]);
        assert_eq!(fold("", 5), Vec::<String>::new());
    }

    #[test]
    fn what_belongs_together_is_not_torn() {
        assert_eq!(fold("👩‍🚀👩‍🚀👩‍🚀", 4).concat(), "👩‍🚀👩‍🚀👩‍🚀");
        assert!(fold("👩‍🚀👩‍🚀👩‍🚀", 4).iter().all(|piece| piece.starts_with('👩')));
        assert_eq!(fold("🇫🇷🇫🇷🇫🇷", 2), ["🇫🇷", "🇫🇷", "🇫🇷"]);
        assert_eq!(fold("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(line in "[a-zé日🦀 ]{0,60}", width in 2usize..20) {
            let pieces = fold(&line, width);
            prop_assert!(pieces.iter().all(|piece| piece.width() <= width));
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&pieces.concat()), letters(&line));
        }
    }
}
