//! Folds lines to a width, as a terminal counts it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The line in pieces of at most so many columns, folded at spaces where there are any. What needs more
/// than `width` by itself, such as one wide character, gets a piece of its own.
pub(crate) fn fold(line: &str, width: usize) -> Vec<String> {
    let mut fold =
        Fold { width, pieces: Vec::new(), piece: String::new(), columns: 0, last: Last::default() };
    line.split(' ').filter(|word| !word.is_empty()).for_each(|word| fold.push_word(word));
    fold.end_piece();
    fold.pieces
}

struct Fold {
    width: usize,
    pieces: Vec<String>,
    piece: String,
    /// How many the piece takes, or more. They are counted as it grows: to measure it anew at each
    /// character would take minutes for some texts.
    columns: usize,
    last: Last,
}

/// The last character of the piece with all its parts: where it begins, and how many columns it takes.
#[derive(Default)]
struct Last {
    start: usize,
    columns: usize,
}

impl Fold {
    fn push_word(&mut self, word: &str) {
        let columns = word.width();
        if !self.piece.is_empty() && self.columns + 1 + columns > self.width {
            self.end_piece();
        }
        if !self.piece.is_empty() {
            self.piece.push(' ');
            self.columns += 1;
        }
        if columns <= self.width {
            self.piece.push_str(word);
            self.columns += columns;
        } else {
            self.last = Last { start: self.piece.len(), columns: 0 };
            word.chars().for_each(|c| self.push_char(c));
        }
    }

    fn push_char(&mut self, c: char) {
        // This one makes a picture of a sign, which is wider.
        let columns = if c == '\u{fe0f}' { 1 } else { c.width().unwrap_or(0) };
        let is_over = self.columns + columns > self.width;
        if is_part_of(&self.piece[self.last.start..], c) && self.last.columns + columns <= self.width {
            if is_over && self.last.start > 0 {
                let last = self.piece.split_off(self.last.start);
                let columns = self.last.columns;
                self.end_piece();
                (self.piece, self.columns, self.last.columns) = (last, columns, columns);
            }
        } else {
            if is_over {
                self.end_piece();
            }
            self.last = Last { start: self.piece.len(), columns: 0 };
        }
        self.piece.push(c);
        self.columns += columns;
        self.last.columns += columns;
    }

    fn end_piece(&mut self) {
        self.piece.truncate(self.piece.trim_end_matches(' ').len());
        if !self.piece.is_empty() {
            self.pieces.push(std::mem::take(&mut self.piece));
        }
        (self.columns, self.last) = (0, Last::default());
    }
}

/// Whether a character is an accent, a skin or another part of the last one.
fn is_part_of(last: &str, c: char) -> bool {
    let is_flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let is_part =
        c.width() == Some(0) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}') || last.ends_with('\u{200d}');
    !last.is_empty() && (is_part || is_flag(c) && last.chars().filter(|&c| is_flag(c)).count() == 1)
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
        assert_eq!(fold("a🇫🇷🇫🇷🇫🇷", 4), ["a🇫🇷", "🇫🇷🇫🇷"]);
        assert_eq!(fold("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn what_never_ends_is_torn() {
        let joined = "日\u{200d}".repeat(1000);
        assert!(fold(&joined, 20).iter().all(|piece| piece.width() <= 20));
        let skins = "\u{1f3ff}".repeat(1000);
        assert!(fold(&skins, 20).iter().all(|piece| piece.width() <= 20));
    }

    #[test]
    fn a_text_of_which_all_is_one_column_wide_takes_no_minutes() {
        let text = "\u{1780}\u{17d2}".repeat(200_000);
        assert_eq!(fold(&text, 100).concat(), text);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(line in "[a-zé日🦀❤\u{fe0f}\u{200d}\u{301}\u{1f3fd}🇫🇷\u{1780}\u{17d2} ]{0,60}", width in 3usize..20) {
            let pieces = fold(&line, width);
            prop_assert!(pieces.iter().all(|piece| piece.width() <= width));
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&pieces.concat()), letters(&line));
        }
    }
}
