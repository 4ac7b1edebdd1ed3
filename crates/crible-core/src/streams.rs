//! The files and standard streams that a source or a sink may use, as far as it was granted them.

use std::fmt;

/// Why a file could not be used: a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamError(pub String);

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StreamError {}

/// Opens what the stage was granted.
pub trait Streams: Send + Sync {
    /// Open a file for reading; `-` is standard input.
    ///
    /// # Errors
    /// Where it was not granted or cannot be opened.
    fn open(&self, path: &str) -> Result<Box<dyn Input>, StreamError>;

    /// What tells the file that bears this name now from others.
    ///
    /// # Errors
    /// Where it was not granted or there is none.
    fn identity(&self, path: &str) -> Result<u64, StreamError>;

    /// Open a file for writing at its end, creating it and its folder where they are missing; `-` is
    /// standard output.
    ///
    /// # Errors
    /// Where it was not granted or cannot be opened.
    fn create(&self, path: &str) -> Result<Box<dyn Output>, StreamError>;

    /// Give a file another name, at once, replacing what has it.
    ///
    /// # Errors
    /// Where one of them was not granted, or it cannot be done.
    fn rename(&self, from: &str, to: &str) -> Result<(), StreamError>;

    /// Remove a file; one that is not there is no error.
    ///
    /// # Errors
    /// Where it was not granted or cannot be done.
    fn remove(&self, path: &str) -> Result<(), StreamError>;
}

/// Something to read.
pub trait Input: Send {
    /// Up to `max` bytes; none means that there is nothing more for now.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&mut self, max: usize) -> Result<Vec<u8>, StreamError>;

    /// Whether there can be no more: a pipe that was closed. A file can always grow.
    fn ended(&self) -> bool;

    /// Read on from this byte.
    ///
    /// # Errors
    /// Where it is no file.
    fn seek(&mut self, offset: u64) -> Result<(), StreamError>;

    /// How long the file is now, in bytes.
    ///
    /// # Errors
    /// Where that cannot be told.
    fn length(&self) -> Result<u64, StreamError>;

    /// What tells this file from another that later bears the same name; 0 for standard input.
    fn identity(&self) -> u64;
}

/// Something to write.
pub trait Output: Send {
    /// Write all of it.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamError>;

    /// Have all that was written on the disk; how long the file is then, in bytes.
    ///
    /// # Errors
    /// Where that cannot be done.
    fn sync(&mut self) -> Result<u64, StreamError>;

    /// Cut the file back to this length, in bytes.
    ///
    /// # Errors
    /// Where it is no file, or it cannot be done.
    fn truncate(&mut self, length: u64) -> Result<(), StreamError>;

    /// How long it is, in bytes, with what was written.
    fn length(&self) -> u64;

    /// The width of the terminal that this is, in characters; 0 where it is none.
    fn width(&self) -> u32;

    /// Whether colours are wanted.
    fn colour(&self) -> bool;
}
