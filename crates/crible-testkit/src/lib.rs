//! Messages made up for tests and benchmarks, the same ones every time.
//!
//! [`flood`] makes as many as a benchmark wants, from a seed. [`timeline`] makes the one day of a
//! small city that the repository carries as `examples/data/timeline.jsonl`.

pub mod flood;
mod instant;
mod names;
mod prng;
mod rank_law;
mod row;
pub mod timeline;

pub use row::Row;
