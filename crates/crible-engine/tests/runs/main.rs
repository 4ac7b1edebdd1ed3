//! Whole runs of the engine, undisturbed and disturbed.

mod faults;
mod flows;
mod nothing_lost;
mod stages;
