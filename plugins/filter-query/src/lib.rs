//! Keeps, drops and scores messages by queries: the `query` filter.
//!
//! The language is described in `docs/query.md`.

mod compile;
mod config;
mod dictionary;
mod document;
mod lexis;
mod memory;
mod parse;
mod parse_error;
mod pattern;
mod program;
mod query;
mod rules;
mod stage;
mod trail;

pub use config::{BecauseRule, Config, Rule, RuleList, ScoreRule};
pub use document::{Document, Needs};
pub use memory::Memory;
pub use parse::parse;
pub use parse_error::ParseError;
pub use query::{Counter, Field, Query, Words};
pub use rules::{CompileError, Judgement, Rules};
pub use stage::QueryFilter;

crible_sdk::export!(filter: QueryFilter);
