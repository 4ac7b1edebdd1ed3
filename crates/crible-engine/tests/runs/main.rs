//! Whole runs of the engine, undisturbed and disturbed.
#![allow(clippy::unwrap_used)]

mod faults;
mod flows;
mod nothing_lost;
mod stages;
