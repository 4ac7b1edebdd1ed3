//! Whole runs of the real program, as its users start it.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod crash;
mod examples;
mod following;
mod misbehaving;
mod program;
mod quarantine;
mod real_data;
mod stopping;
mod teaching;
mod terminal;
