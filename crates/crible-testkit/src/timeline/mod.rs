//! The days that the repository carries in `examples/data`. The same days come out every time.
//!
//! `timeline.jsonl`: some three thousand messages of 14 March 2026 in and around Montorle, a small town
//! that does not exist. Forty of them matter; they are written by hand in `data/essential.toml`. The rest
//! is drawn from the lines of `data/chatter-*.toml` and `data/bots.toml`.
//!
//! `operations.jsonl`: what the machines and people of a web shop say on the same day. Nine messages of
//! `data/operations.toml` matter, and some of them come again and again.

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

/// The messages of a web shop's day, in the order in which they were written.
///
/// # Errors
/// As [`timeline`].
pub fn operations() -> Result<Vec<Row>, TimelineError> {
    let essentials = data::read("operations.toml", include_str!("../../data/operations.toml"))?;
    let bots = data::read("operations-bots.toml", include_str!("../../data/operations-bots.toml"))?;
    let mut day = Day::default();
    day.add_alerts(&essentials)?;
    day.add_bots(&bots)?;
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

/// The texts of the web shop's messages that matter.
///
/// # Errors
/// As [`timeline`].
pub fn alert_texts() -> Result<Vec<String>, TimelineError> {
    let essentials: Essentials = data::read("operations.toml", include_str!("../../data/operations.toml"))?;
    Ok(essentials.message.into_iter().map(|message| message.text).collect())
}

/// Messages as lines of JSON.
///
/// # Errors
/// When one cannot be written as JSON, which no message of a day is.
pub fn jsonl(rows: &[Row]) -> Result<String, TimelineError> {
    let mut lines = String::new();
    for row in rows {
        lines += &serde_json::to_string(row).map_err(|cause| TimelineError::new("a row", cause))?;
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
