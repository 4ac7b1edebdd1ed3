//! The sink `jsonl`: a file with one JSON object a line.
//!
//! What a flush answers with is the length of the file, and what tells the file from others. A run that
//! is resumed cuts the file back to that length, so that it holds each message exactly once.

mod config;
mod encode;
mod instant;
mod numbered;
mod sink;
mod state;
mod target;

pub use sink::Jsonl;

crible_sdk::export!(sink: Jsonl);
