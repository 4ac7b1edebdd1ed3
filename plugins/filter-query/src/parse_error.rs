//! What is wrong with a query, where, and how to mend it.

use std::fmt::{self, Display, Formatter};

/// A query that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where, in bytes from the start of the query; always at the edge of a character.
    pub offset: usize,
    /// How many bytes are concerned; 0 at the end of the query.
    pub len: usize,
    /// How to mend it; may be empty.
    pub help: String,
}

impl ParseError {
    pub(crate) fn new(span: (usize, usize), message: impl Into<String>, help: impl Into<String>) -> Self {
        let (start, end) = span;
        ParseError { message: message.into(), offset: start, len: end - start, help: help.into() }
    }
}

impl Display for ParseError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, ": {}", self.help) }
    }
}

impl std::error::Error for ParseError {}
