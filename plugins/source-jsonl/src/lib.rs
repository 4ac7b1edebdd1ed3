//! The source `jsonl`: files with one JSON object a line, packed by gzip or not, or standard input.
//!
//! A message that has no id of its own gets `NAME:OFFSET-CHECKSUM`: the file's name without its folders,
//! the byte at which its line begins, and the line's CRC-32. It is the same whenever the file is read.

mod config;
mod cursor;
mod feed;
mod fields;
mod instant;
mod json;
mod lines;
mod reading;
mod row;
mod scan;
mod source;

pub use source::Jsonl;

crible_sdk::export!(source: Jsonl);
