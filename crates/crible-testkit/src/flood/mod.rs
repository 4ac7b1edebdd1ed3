//! As many messages as a benchmark wants: [`Flood`].
//!
//! A message depends on the seed and on its own number, not on the messages before it, so a flood
//! can be read from the middle, and a repeat is made by making its original again.

mod lexicon;
mod message;
mod repeat;
mod rules;
mod vocabulary;

use std::io::{self, Write};

use crate::{Row, rank_law::RankLaw};
use lexicon::Lexicon;
pub use rules::{QueryRule, query_rules, words};

/// What a flood is like. The same values give the same messages, byte for byte.
///
/// A fifth of the authors write four fifths of the messages; a quarter of the messages repeat an
/// earlier one (as it was, in other case or spacing, or its page under other tracking parameters);
/// half is French and half English; a text has about 200 bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Flood {
    /// Another seed, other messages (over the same vocabulary).
    pub seed: u64,
    /// How many messages.
    pub messages: u64,
    /// How many people write them; at least one.
    pub authors: u32,
    /// When the first message may be written, in milliseconds since 1970.
    pub start: i64,
    /// How many messages a second of `created_at`; above zero, and may be a fraction.
    pub per_second: f64,
    /// How many messages in a hundred repeat an earlier one, 0 to 100.
    pub repeats_percent: u8,
}

impl Default for Flood {
    /// 100,000 messages by 5,000 people from 2026-03-14T00:00:00Z on, a thousand a second.
    fn default() -> Self {
        Self {
            seed: 1,
            messages: 100_000,
            authors: 5_000,
            start: 1_773_446_400_000,
            per_second: 1_000.0,
            repeats_percent: 25,
        }
    }
}

impl Flood {
    /// The messages in the order of their `created_at`.
    pub fn rows(&self) -> Rows {
        Rows {
            flood: self.clone(),
            lexicon: Lexicon::new(),
            author_law: RankLaw::eighty_twenty(self.authors),
            next: 0,
        }
    }

    /// Writes every message as one line of JSON and answers with the number of bytes written.
    ///
    /// # Errors
    /// What `out` answers when it cannot be written to.
    pub fn write_ndjson(&self, out: &mut impl Write) -> io::Result<u64> {
        const CHUNK: usize = 256 * 1024;
        let rows = self.rows();
        let mut row = Row::default();
        let mut buffer = Vec::with_capacity(CHUNK + 8 * 1024);
        let mut written = 0;
        for index in 0..self.messages {
            rows.make(index, &mut row);
            serde_json::to_writer(&mut buffer, &row)?;
            buffer.push(b'\n');
            if buffer.len() >= CHUNK || index + 1 == self.messages {
                out.write_all(&buffer)?;
                written += buffer.len() as u64;
                buffer.clear();
            }
        }
        out.flush()?;
        Ok(written)
    }
}

/// The messages of a [`Flood`], one after the other. `nth` is as fast as `next`.
#[derive(Debug)]
pub struct Rows {
    flood: Flood,
    lexicon: Lexicon,
    author_law: RankLaw,
    next: u64,
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.nth(0)
    }

    fn nth(&mut self, skipped: usize) -> Option<Row> {
        let index = self.next.saturating_add(skipped as u64);
        self.next = index.saturating_add(1).min(self.flood.messages);
        (index < self.flood.messages).then(|| {
            let mut row = Row::default();
            self.make(index, &mut row);
            row
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.flood.messages - self.next).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}
