//! A TOML string with the way back: which bytes of the file each byte of its value came from.

use crate::problem::Span;

/// A run of the value and the bytes of the file that wrote it.
#[derive(Debug, Clone)]
struct Piece {
    value: Span,
    source: Span,
    /// Each byte of the value is the same byte of the file; otherwise (an escape, a variable)
    /// the run is one whole.
    verbatim: bool,
}

/// The value of a string, and where in the file each part of it is written.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// The value, escapes decoded and variables put in.
    pub(crate) value: String,
    pieces: Vec<Piece>,
    /// Where the closing delimiter begins.
    end: usize,
    /// It holds what a variable of the environment said, so it may be secret.
    pub(crate) from_variable: bool,
    /// It names a variable that could not be read: the value is not what was meant.
    pub(crate) unresolved: bool,
}

impl Text {
    /// Decodes the string literal at `span` of `source`, delimiters included. `value` is what the
    /// TOML parser made of it, and wins should the two ever disagree.
    pub(crate) fn decode(source: &str, span: &Span, value: &str) -> Text {
        let decoded = decode_literal(source, span);
        if decoded.value == value {
            return decoded;
        }
        let mut whole = Text::empty(span.end.saturating_sub(1).max(span.start));
        whole.push_whole(value, span.clone());
        whole
    }

    /// An empty value whose literal ends at `end`.
    pub(crate) fn empty(end: usize) -> Text {
        Text { value: String::new(), pieces: Vec::new(), end, from_variable: false, unresolved: false }
    }

    /// The same place in the file, with nothing in the value yet.
    pub(crate) fn emptied(&self) -> Text {
        Text::empty(self.end)
    }

    /// Appends a run of the value that one stretch of the file wrote as a whole.
    pub(crate) fn push_whole(&mut self, value: &str, source: Span) {
        let start = self.value.len();
        self.value.push_str(value);
        self.pieces.push(Piece { value: start..self.value.len(), source, verbatim: false });
    }

    /// Appends `range` of `other`'s value, with its places.
    pub(crate) fn push_part(&mut self, other: &Text, range: Span) {
        let first = other.pieces.partition_point(|piece| piece.value.end <= range.start);
        for piece in &other.pieces[first..] {
            let from = piece.value.start.max(range.start);
            let to = piece.value.end.min(range.end);
            if from >= to {
                break;
            }
            let source = if piece.verbatim {
                let shift = piece.source.start;
                shift + from - piece.value.start..shift + to - piece.value.start
            } else {
                piece.source.clone()
            };
            let start = self.value.len();
            self.value.push_str(&other.value[from..to]);
            self.pieces.push(Piece { value: start..self.value.len(), source, verbatim: piece.verbatim });
        }
    }

    /// The bytes of the file that wrote `length` bytes of the value from `offset` on; at least one
    /// character, and the closing quote when `offset` is the end of the value.
    pub(crate) fn place(&self, offset: usize, length: usize) -> Span {
        if offset >= self.value.len() {
            return self.end..self.end + 1;
        }
        let from = self.value.floor_char_boundary(offset);
        let to = self.value.ceil_char_boundary(offset.saturating_add(length).max(from + 1));
        let piece_of = |at: usize| self.pieces.get(self.pieces.partition_point(|p| p.value.end <= at));
        let start = piece_of(from).map_or(self.end, |piece| {
            if piece.verbatim { piece.source.start + (from - piece.value.start) } else { piece.source.start }
        });
        let end = piece_of(to - 1).map_or(self.end, |piece| {
            if piece.verbatim { piece.source.start + (to - piece.value.start) } else { piece.source.end }
        });
        start..end.max(start)
    }

    fn push_char(&mut self, c: char, source: Span, verbatim: bool) {
        let start = self.value.len();
        self.value.push(c);
        match self.pieces.last_mut() {
            Some(last) if verbatim && last.verbatim && last.source.end == source.start => {
                last.value.end = self.value.len();
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { value: start..self.value.len(), source, verbatim }),
        }
    }
}

fn decode_literal(source: &str, span: &Span) -> Text {
    let raw = &source[span.clone()];
    let (quotes, escapes) = match raw.as_bytes() {
        [b'"', b'"', b'"', ..] if raw.len() >= 6 => (3, true),
        [b'\'', b'\'', b'\'', ..] if raw.len() >= 6 => (3, false),
        [b'"', ..] if raw.len() >= 2 => (1, true),
        _ if raw.len() >= 2 => (1, false),
        _ => return Text::empty(span.start),
    };
    let end = span.end - quotes;
    let mut at = span.start + quotes;
    if quotes == 3 {
        // The newline right after the opening delimiter is not part of the value.
        let body = &source[at..end];
        at += if body.starts_with("\r\n") { 2 } else { usize::from(body.starts_with('\n')) };
    }
    let mut text = Text::empty(end);
    while let Some(c) = source[at..end].chars().next() {
        if c == '\\' && escapes {
            at = escape(source, at, end, &mut text);
        } else {
            text.push_char(c, at..at + c.len_utf8(), true);
            at += c.len_utf8();
        }
    }
    text
}

/// Decodes the escape that begins at `at`, and says where it ends.
fn escape(source: &str, at: usize, end: usize, text: &mut Text) -> usize {
    let body = &source[at + 1..end];
    let digits = match body.chars().next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(c) if c.is_ascii_whitespace() => {
            // A line that goes on: the white space up to the next character is left out.
            let rest = body.trim_start_matches([' ', '\t', '\r', '\n']);
            return end - rest.len();
        }
        Some(c) => {
            let decoded = match c {
                'b' => '\u{8}',
                't' => '\t',
                'n' => '\n',
                'f' => '\u{c}',
                'r' => '\r',
                'e' => '\u{1b}',
                other => other,
            };
            let after = at + 1 + c.len_utf8();
            text.push_char(decoded, at..after, false);
            return after;
        }
        None => return end,
    };
    let after = source.floor_char_boundary((at + 2 + digits).min(end));
    let code = u32::from_str_radix(&source[at + 2..after], 16).ok().and_then(char::from_u32);
    text.push_char(code.unwrap_or(char::REPLACEMENT_CHARACTER), at..after, false);
    after
}
