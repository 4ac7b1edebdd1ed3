//! Messages made up for tests and benchmarks, the same ones every time.
//!
//! [`flood`] makes as many as a benchmark wants, from a seed. [`timeline`] makes the one day of a
//! small city that the repository carries as `examples/data/timeline.jsonl`. [`shared_data`] finds the
//! real data of others, and the feature `guests` makes plugins that misbehave.

pub mod flood;
#[cfg(feature = "guests")]
pub mod guests;
mod instant;
mod names;
mod prng;
mod rank_law;
mod row;
mod shared_data;
pub mod timeline;

pub use instant::day;
pub use row::Row;
pub use shared_data::shared_data;
