//! The file that is written.

use std::sync::Arc;

use crible_sdk::{Output, StreamError, Streams, log};

use crate::config::{Mode, Rotation};
use crate::numbered::{MOST_UNFLUSHED, Numbered};
use crate::state::State;

/// The file that is written. It is opened when it is first needed.
pub(crate) struct Target {
    streams: Arc<dyn Streams>,
    path: String,
    mode: Mode,
    rotation: Option<Rotation>,
    output: Option<Box<dyn Output>>,
    /// Where an earlier run had come, until the file was cut back to it.
    resume: Option<State>,
    /// Whether the file was opened before in this run.
    has_begun: bool,
    length: u64,
    /// How many rotations there were since the last flush.
    rotations: u32,
}

impl Target {
    pub(crate) fn new(
        streams: Arc<dyn Streams>,
        path: String,
        mode: Mode,
        rotation: Option<Rotation>,
        resume: Option<State>,
    ) -> Self {
        let (output, has_begun, length, rotations) = (None, false, 0, 0);
        Self { streams, path, mode, rotation, output, resume, has_begun, length, rotations }
    }

    /// What is written: until it is finished, a file that is to be replaced has another beside it.
    fn working_path(&self) -> String {
        match self.mode {
            Mode::Append => self.path.clone(),
            Mode::Replace => format!("{}.part", self.path),
        }
    }

    pub(crate) fn is_standard_output(&self) -> bool {
        self.path == "-"
    }

    fn numbered(&self) -> Numbered<'_> {
        Numbered { streams: &*self.streams, path: &self.path }
    }

    fn open(&mut self) -> Result<&mut Box<dyn Output>, StreamError> {
        let output = match self.output.take() {
            Some(output) => output,
            None => self.reopened()?,
        };
        Ok(self.output.insert(output))
    }

    fn reopened(&mut self) -> Result<Box<dyn Output>, StreamError> {
        let path = self.working_path();
        let output = match (self.has_begun, self.resume) {
            (false, Some(state)) if !self.is_standard_output() => self.resumed(&path, state)?,
            (false, None) if self.mode == Mode::Replace => {
                let mut output = self.streams.create(&path)?;
                output.truncate(0)?;
                output
            }
            _ => self.streams.create(&path)?,
        };
        self.length = output.length();
        self.has_begun = true;
        Ok(output)
    }

    /// The file as it was at the flush, with nothing behind it.
    fn resumed(&self, path: &str, state: State) -> Result<Box<dyn Output>, StreamError> {
        let is_found = match self.mode {
            Mode::Append => match self.rotation {
                Some(rotation) => self.numbered().undo(state.identity, rotation.keep)?,
                None => self.streams.identity(path) == Ok(state.identity),
            },
            Mode::Replace => {
                // The crash may have come when the file had its name already.
                let is_named = self.streams.identity(path) != Ok(state.identity)
                    && self.streams.identity(&self.path) == Ok(state.identity);
                if is_named {
                    self.streams.rename(&self.path, path)?;
                }
                self.streams.identity(path) == Ok(state.identity)
            }
        };
        let mut output = self.streams.create(path)?;
        if is_found && output.length() >= state.length {
            output.truncate(state.length)?;
        } else if is_found {
            log::warn(&format!("{path} is shorter than the last run left it; what was cut off is gone"));
        } else {
            // Never cut a file that somebody else may have put there.
            log::warn(&format!(
                "{path} is not the file that the last run wrote: it is written at its end, and what the last \
                 run wrote after its last checkpoint may come twice"
            ));
        }
        Ok(output)
    }

    /// Whether so many bytes more would make it longer than it may be.
    pub(crate) fn is_full(&mut self, bytes: usize) -> Result<bool, StreamError> {
        self.open()?;
        let Some(rotation) = self.rotation else { return Ok(false) };
        Ok(self.length + bytes as u64 > rotation.longest && self.rotations < MOST_UNFLUSHED)
    }

    /// Whether nothing was written into it yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(crate) fn write(&mut self, text: &str) -> Result<(), StreamError> {
        self.open()?.write(text.as_bytes())?;
        self.length += text.len() as u64;
        Ok(())
    }

    /// Begin another file.
    pub(crate) fn rotate(&mut self) -> Result<(), StreamError> {
        self.open()?.sync()?;
        self.output = None;
        self.numbered().rotate()?;
        self.rotations += 1;
        self.open().map(drop)
    }

    /// Have everything on the disk.
    pub(crate) fn flush(&mut self) -> Result<State, StreamError> {
        let length = self.open()?.sync()?;
        let path = self.working_path();
        let identity = if self.is_standard_output() { 0 } else { self.streams.identity(&path)? };
        if let Some(rotation) = self.rotation {
            // The run may still be resumed from the flush before this one: its file stays.
            self.numbered().keep(rotation.keep + self.rotations)?;
        }
        self.rotations = 0;
        Ok(State { identity, length })
    }

    /// Nothing more will come.
    pub(crate) fn finish(&mut self) -> Result<(), StreamError> {
        self.open()?.sync()?;
        self.output = None;
        match (self.mode, self.rotation) {
            (Mode::Replace, _) => self.streams.rename(&self.working_path(), &self.path),
            (Mode::Append, Some(rotation)) => self.numbered().keep(rotation.keep),
            (Mode::Append, None) => Ok(()),
        }
    }
}
