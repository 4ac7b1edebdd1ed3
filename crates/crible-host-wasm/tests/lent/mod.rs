//! What the tests hand to the guests of `tests/guests`.
#![allow(dead_code, clippy::unwrap_used)] // Helpers of tests, each of which uses its part.

pub(crate) mod files;

use crible_core::{Batch, Live, Message};

/// Messages of these texts.
pub(crate) fn live(texts: &[&str]) -> Live {
    let messages = texts.iter().map(|text| Message { text: (*text).into(), ..Message::default() });
    Live::new(Batch::from_messages(&messages.collect::<Vec<_>>()))
}
