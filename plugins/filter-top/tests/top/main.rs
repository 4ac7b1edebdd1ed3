//! What a user relies on, and the laws: batches, ticks and restarts change nothing.

#![allow(clippy::unwrap_used)]

mod budgets;
mod plain;
mod run;
