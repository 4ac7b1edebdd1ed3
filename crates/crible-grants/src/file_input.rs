//! A file that is read.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use crible_core::{Input, StreamError};

use crate::identity::identity;
use crate::io_sentence::sentence;

/// A file that is read, which may be growing meanwhile.
pub(crate) struct FileInput {
    file: File,
    /// As it was written, for errors.
    written: String,
    identity: u64,
}

impl FileInput {
    pub(crate) fn open(written: &str, path: &Path) -> Result<Self, StreamError> {
        let opened = File::open(path).and_then(|file| {
            let metadata = file.metadata()?;
            if metadata.is_dir() {
                return Err(Error::from(ErrorKind::IsADirectory));
            }
            Ok((identity(&metadata), file))
        });
        match opened {
            Ok((identity, file)) => Ok(Self { file, written: written.to_owned(), identity }),
            // A relative path starts from the config's folder, which is what people get wrong.
            Err(error) if error.kind() == ErrorKind::NotFound && Path::new(written).is_relative() => {
                let StreamError(sentence) = sentence(written, &error);
                Err(StreamError(format!("{sentence} (looked for {})", path.display())))
            }
            Err(error) => Err(sentence(written, &error)),
        }
    }
}

impl Input for FileInput {
    fn read(&mut self, max: usize) -> Result<Vec<u8>, StreamError> {
        let mut bytes = Vec::with_capacity(max);
        let read = self.file.by_ref().take(max as u64).read_to_end(&mut bytes);
        read.map_err(|error| sentence(&self.written, &error))?;
        Ok(bytes)
    }

    fn ended(&self) -> bool {
        false
    }

    fn seek(&mut self, offset: u64) -> Result<(), StreamError> {
        self.file.seek(SeekFrom::Start(offset)).map(drop).map_err(|error| sentence(&self.written, &error))
    }

    fn length(&self) -> Result<u64, StreamError> {
        let metadata = self.file.metadata().map_err(|error| sentence(&self.written, &error))?;
        Ok(metadata.len())
    }

    fn identity(&self) -> u64 {
        self.identity
    }
}
