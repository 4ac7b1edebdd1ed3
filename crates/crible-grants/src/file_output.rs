//! A file that is written at its end, in lines.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crible_core::{Output, StreamError};

use crate::io_sentence::sentence;

/// What is written is gathered up to so many bytes.
const BUFFER: usize = 256 << 10;

/// A file that is written at its end. Where a crash or a full disk left it half a line, that line is ended
/// first: otherwise the next one would be lost with it.
pub(crate) struct FileOutput {
    file: File,
    /// As it was written, for errors.
    written: String,
    /// What was taken and is not yet in the file.
    buffer: Vec<u8>,
    /// With the buffer.
    length: u64,
}

impl FileOutput {
    pub(crate) fn create(written: &str, path: &Path) -> Result<Self, StreamError> {
        let (file, length, is_half) = open_at_end(path).map_err(|error| sentence(written, &error))?;
        let buffer = if is_half { vec![b'\n'] } else { Vec::new() };
        let length = length + buffer.len() as u64;
        Ok(Self { file, written: written.to_owned(), buffer, length })
    }

    fn empty_buffer(&mut self) -> Result<(), Error> {
        let mut done = 0;
        let outcome = loop {
            if done == self.buffer.len() {
                break Ok(());
            }
            match self.file.write(&self.buffer[done..]) {
                Ok(0) => break Err(Error::from(ErrorKind::WriteZero)),
                Ok(bytes) => done += bytes,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        // After an error the next attempt goes on where this one stopped.
        self.buffer.drain(..done);
        outcome
    }
}

/// The file, how long it is, and whether its last line has no end.
fn open_at_end(path: &Path) -> Result<(File, u64, bool), Error> {
    let folder = path.parent();
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
    }
    let is_new = !path.exists();
    // Not in append mode: a file can only be cut back where it can be written anywhere.
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    let length = file.seek(SeekFrom::End(0))?;
    if is_new {
        folder.map_or(Ok(()), sync_folder)?;
    }
    let mut last = [b'\n'];
    if length > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    Ok((file, length, last != *b"\n"))
}

/// Have a folder's names on the disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Elsewhere a folder cannot be opened as a file, and names need no care.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl Output for FileOutput {
    /// Takes all of it or, where the buffer is full and cannot be emptied, nothing.
    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamError> {
        if self.buffer.len() >= BUFFER {
            self.empty_buffer().map_err(|error| sentence(&self.written, &error))?;
        }
        self.buffer.extend_from_slice(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    fn sync(&mut self) -> Result<u64, StreamError> {
        let synced = self.empty_buffer().and_then(|()| match self.file.sync_data() {
            // A pipe or a device has no disk to be on.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
            other => other,
        });
        synced.map_err(|error| sentence(&self.written, &error))?;
        Ok(self.length)
    }

    fn truncate(&mut self, length: u64) -> Result<(), StreamError> {
        if length > self.length {
            let (path, has) = (&self.written, self.length);
            let why = format!("{path}: it has {has} bytes and cannot be cut back to {length}");
            return Err(StreamError(why));
        }
        let cut = self.empty_buffer().and_then(|()| {
            self.file.set_len(length)?;
            self.file.seek(SeekFrom::Start(length))
        });
        self.length = cut.map_err(|error| sentence(&self.written, &error))?;
        Ok(())
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn width(&self) -> u32 {
        0
    }

    fn colour(&self) -> bool {
        false
    }
}

impl Drop for FileOutput {
    fn drop(&mut self) {
        // Whoever needs to know whether this goes well asks for `sync`.
        let _ = self.empty_buffer();
    }
}
