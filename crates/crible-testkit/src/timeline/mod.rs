//! The day that the repository carries as `examples/data/timeline.jsonl`: some three thousand
//! messages of 14 March 2026 in and around Montorle, a small town that does not exist.
//!
//! Forty of them matter; they are written by hand in `data/essential.toml`. The rest is drawn from
//! the lines of `data/chatter-*.toml` and `data/bots.toml`. The same day comes out every time.

mod chatter;
mod data;
mod people;
mod phrases;

use std::{error, fmt};

use crate::{Row, instant};
use chatter::Day;
use data::{Bots, Chatter, Essentials};

/// 2026-03-14T00:00:00Z, in milliseconds since 1970.
const MIDNIGHT_MS: i64 = 1_773_446_400_000;
const DAY_SECONDS: i64 = 86_400;

/// The messages of the day, in the order in which they were written.
///
/// # Errors
/// When a data file of this crate cannot be read: which, and why.
pub fn timeline() -> Result<Vec<Row>, TimelineError> {
    let essentials: Essentials = data::read("essential.toml", include_str!("../../data/essential.toml"))?;
    let french: Chatter = data::read("chatter-fr.toml", include_str!("../../data/chatter-fr.toml"))?;
    let english: Chatter = data::read("chatter-en.toml", include_str!("../../data/chatter-en.toml"))?;
    let bots: Bots = data::read("bots.toml", include_str!("../../data/bots.toml"))?;

    let mut day = Day::default();
    day.add_essentials(&essentials)?;
    day.add_bots(&bots)?;
    day.add_chatter(&french, "fr")?;
    day.add_chatter(&english, "en")?;
    Ok(in_order(day.messages))
}

/// The texts of the messages that matter: those that were written by hand.
///
/// # Errors
/// As [`timeline`].
pub fn essential_texts() -> Result<Vec<String>, TimelineError> {
    let essentials: Essentials = data::read("essential.toml", include_str!("../../data/essential.toml"))?;
    Ok(essentials.message.into_iter().map(|message| message.text).collect())
}

/// The messages as lines of JSON.
///
/// # Errors
/// As [`timeline`].
pub fn timeline_jsonl() -> Result<String, TimelineError> {
    let mut lines = String::new();
    for row in timeline()? {
        lines += &serde_json::to_string(&row).map_err(|cause| TimelineError::new("a row", cause))?;
        lines.push('\n');
    }
    Ok(lines)
}

/// A message and the second of the day at which it is written.
struct Timed {
    second: i64,
    row: Row,
}

fn in_order(mut messages: Vec<Timed>) -> Vec<Row> {
    messages.retain(|message| (0..DAY_SECONDS).contains(&message.second));
    messages.sort_by_key(|message| message.second);
    messages
        .into_iter()
        .enumerate()
        .map(|(place, Timed { second, mut row })| {
            row.id = format!("m{:04}", place + 1);
            instant::push_rfc3339(&mut row.created_at, MIDNIGHT_MS + second * 1_000);
            row
        })
        .collect()
}

/// A data file of this crate that cannot be read.
#[derive(Debug)]
pub struct TimelineError {
    place: String,
    cause: String,
}

impl TimelineError {
    fn new(place: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self { place: place.into(), cause: cause.to_string() }
    }
}

impl fmt::Display for TimelineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.cause)
    }
}

impl error::Error for TimelineError {}
