//! Cuts pieces of a file into lines, without copying those that lie within one piece.

use memchr::memchr;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Without its end; of a line that is too long only the beginning.
    pub(crate) bytes: &'a [u8],
    /// In bytes, with its end.
    pub(crate) length: u64,
    /// Whether it is longer than it may be.
    pub(crate) is_too_long: bool,
}

/// Cuts pieces of a file into lines.
pub(crate) struct Lines {
    piece: Vec<u8>,
    /// How much of the piece is done.
    at: usize,
    /// The beginning of a line that goes on in the next piece, as much as a line may hold.
    carry: Vec<u8>,
    /// How long that beginning is in truth.
    carried: u64,
    /// Whether the line in `carry` was handed out.
    is_spent: bool,
    longest: usize,
}

impl Lines {
    /// Lines of at most so many bytes.
    pub(crate) fn new(longest: usize) -> Self {
        Self { piece: Vec::new(), at: 0, carry: Vec::new(), carried: 0, is_spent: false, longest }
    }

    /// The next piece. The one before must be used up.
    pub(crate) fn push(&mut self, piece: Vec<u8>) {
        self.piece = piece;
        self.at = 0;
    }

    /// The next line that is complete.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<Line<'_>> {
        if self.is_spent {
            self.forget();
        }
        let rest = &self.piece[self.at..];
        let Some(end) = memchr(b'\n', rest) else {
            self.carried += rest.len() as u64;
            let room = self.longest.saturating_sub(self.carry.len());
            self.carry.extend_from_slice(&rest[..room.min(rest.len())]);
            self.at = self.piece.len();
            return None;
        };
        self.at += end + 1;
        if self.carried == 0 {
            let is_too_long = end > self.longest;
            let bytes = &rest[..end.min(self.longest)];
            return Some(Line { bytes, length: end as u64 + 1, is_too_long });
        }
        let room = self.longest.saturating_sub(self.carry.len());
        self.carry.extend_from_slice(&rest[..room.min(end)]);
        self.is_spent = true;
        let length = self.carried + end as u64;
        let is_too_long = length > self.longest as u64;
        Some(Line { bytes: &self.carry, length: length + 1, is_too_long })
    }

    /// The last line, which nothing ends, where there is one.
    pub(crate) fn last(&mut self) -> Option<Line<'_>> {
        if self.is_spent || self.carried == 0 {
            return None;
        }
        self.is_spent = true;
        let is_too_long = self.carried > self.longest as u64;
        Some(Line { bytes: &self.carry, length: self.carried, is_too_long })
    }

    fn forget(&mut self) {
        self.carry.clear();
        self.carried = 0;
        self.is_spent = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(pieces: &[&[u8]], longest: usize) -> Vec<(String, u64, bool)> {
        let mut lines = Lines::new(longest);
        let mut out = Vec::new();
        let told = |line: Line<'_>| {
            (String::from_utf8_lossy(line.bytes).into_owned(), line.length, line.is_too_long)
        };
        for piece in pieces {
            lines.push(piece.to_vec());
            while let Some(line) = lines.next() {
                out.push(told(line));
            }
        }
        out.extend(lines.last().map(told));
        assert_eq!(lines.last(), None);
        out
    }

    #[test]
    fn a_line_that_is_too_long_is_not_kept_whole() {
        let expected =
            [("ab".to_owned(), 3, false), ("0123".to_owned(), 11, true), ("c".to_owned(), 1, false)];
        assert_eq!(cut(&[b"ab\n0123456789\nc"], 4), expected);
        assert_eq!(cut(&[b"ab\n01", b"2345", b"6789\n", b"c"], 4), expected);
    }

    proptest! {
        #[test]
        fn however_it_is_cut_the_lines_are_the_same(text in "[ab\n]{0,40}", cuts in proptest::collection::vec(1usize..9, 0..12)) {
            let (mut pieces, mut rest) = (Vec::new(), text.as_bytes());
            for cut in cuts {
                let (piece, tail) = rest.split_at(cut.min(rest.len()));
                pieces.push(piece);
                rest = tail;
            }
            pieces.push(rest);
            let lines = cut(&pieces, 100);
            let joined: Vec<&str> = lines.iter().map(|(text, ..)| text.as_str()).collect();
            prop_assert_eq!(joined.join("\n"), text.strip_suffix('\n').unwrap_or(&text));
            prop_assert_eq!(lines.iter().map(|(_, length, _)| length).sum::<u64>(), text.len() as u64);
            prop_assert_eq!(lines, cut(&[text.as_bytes()], 100));
        }
    }
}
