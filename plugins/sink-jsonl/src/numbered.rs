//! The files that were rotated: `PATH.1` is the last one, `PATH.2` the one before.
//!
//! A crash between any two of these steps leaves a gap in the numbers at worst, never a file less.

use crible_sdk::{StreamError, Streams};

/// So many files at most are rotated between two flushes, so that a file can be found again by looking.
pub(crate) const MOST_UNFLUSHED: u32 = 1000;

/// A path and what was rotated away from it.
pub(crate) struct Numbered<'a> {
    pub(crate) streams: &'a dyn Streams,
    pub(crate) path: &'a str,
}

impl Numbered<'_> {
    /// The name of a number; 0 is the file that is written.
    fn name(&self, number: u32) -> String {
        if number == 0 { self.path.to_owned() } else { format!("{}.{number}", self.path) }
    }

    fn exists(&self, number: u32) -> bool {
        self.streams.identity(&self.name(number)).is_ok()
    }

    /// Move the file that is written to number 1, and the others out of its way.
    pub(crate) fn rotate(&self) -> Result<(), StreamError> {
        let free = (1..).find(|&number| !self.exists(number)).unwrap_or(1);
        (0..free).rev().try_for_each(|number| self.streams.rename(&self.name(number), &self.name(number + 1)))
    }

    /// Remove the files behind the first so many.
    pub(crate) fn keep(&self, most: u32) -> Result<(), StreamError> {
        let mut old = (most + 1..).take_while(|&number| self.exists(number));
        old.try_for_each(|number| self.streams.remove(&self.name(number)))
    }

    /// Find the file of this identity, of which at most so many are older, and make it again the one that
    /// is written. What was begun since goes; older files get back their numbers. Whether it was found.
    pub(crate) fn undo(&self, identity: u64, keep: u32) -> Result<bool, StreamError> {
        let last = keep + MOST_UNFLUSHED;
        let is_it = |number: &u32| self.streams.identity(&self.name(*number)) == Ok(identity);
        let Some(found) = (0..=last).find(is_it) else { return Ok(false) };
        if found > 0 {
            // First what is too new, while the found one still tells by its number what that is.
            (1..found).try_for_each(|number| self.streams.remove(&self.name(number)))?;
            self.streams.rename(&self.name(found), self.path)?;
        }
        self.close_gaps(last)?;
        Ok(true)
    }

    /// Number the rotated files from 1 on: an earlier crash may have left a gap.
    fn close_gaps(&self, last: u32) -> Result<(), StreamError> {
        let there = (1..=last).filter(|&number| self.exists(number));
        for (free, number) in (1..).zip(there) {
            if number != free {
                self.streams.rename(&self.name(number), &self.name(free))?;
            }
        }
        Ok(())
    }
}
