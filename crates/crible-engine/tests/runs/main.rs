//! Whole runs of the engine, undisturbed and disturbed.
#![allow(clippy::unwrap_used)]

mod faults;
mod flows;
mod judging;
mod nothing_lost;
mod quarantine;
mod stages;
mod stopping;
