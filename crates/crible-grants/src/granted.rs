//! Opens what a stage was granted.

use std::path::{Path, PathBuf};

use crible_core::{Input, Output, StreamError, Streams};

use crate::file_input::FileInput;
use crate::file_output::{FileOutput, sync_folder};
use crate::grant::{Grants, Place};
use crate::identity::identity;
use crate::io_sentence::sentence;
use crate::stdin::standard_input;
use crate::stdout::{Console, Stdout};

/// Opens what a stage was granted, and nothing else.
#[derive(Clone, Debug)]
pub struct GrantedStreams {
    stage: String,
    grants: Grants,
    base: PathBuf,
    console: Console,
}

impl GrantedStreams {
    /// The streams of a stage. `base` is the folder of the config file, from which relative paths start.
    pub fn new(stage: impl Into<String>, grants: Grants, base: &Path, console: Console) -> Self {
        Self { stage: stage.into(), grants, base: base.to_owned(), console }
    }

    fn readable(&self, path: &str) -> Result<Place, StreamError> {
        let place = Place::of(path, &self.base);
        if self.grants.read.iter().any(|grant| grant.is(&place)) {
            return Ok(place);
        }
        match self.grants.read.iter().any(|grant| grant.has_moved_to(&place)) {
            true => not_a_link(path, place),
            false => Err(self.refused("reading", "read", path)),
        }
    }

    fn writable(&self, path: &str) -> Result<Place, StreamError> {
        let place = Place::of(path, &self.base);
        if self.grants.write.iter().any(|grant| grant.is(&place)) {
            return Ok(place);
        }
        if !self.grants.write.iter().any(|grant| grant.has_beside_it(&place)) {
            return Err(self.refused("writing", "write", path));
        }
        not_a_link(path, place)
    }

    fn writable_file(&self, path: &str) -> Result<PathBuf, StreamError> {
        match self.writable(path)? {
            Place::File(file) => Ok(file),
            Place::Standard => {
                Err(StreamError("standard output can be neither renamed nor removed".to_owned()))
            }
        }
    }

    fn refused(&self, doing: &str, access: &str, path: &str) -> StreamError {
        let (what, stage) = (
            match (path, access) {
                ("-", "read") => "standard input",
                ("-", _) => "standard output",
                _ => path,
            },
            &self.stage,
        );
        // As a TOML string, in which a backslash and a quote would mean something else.
        let value = format!("{access}:{path}").replace('\\', "\\\\").replace('"', "\\\"");
        StreamError(format!(
            "{doing} {what} was not granted to stage \"{stage}\": add allow = [\"{value}\"] to it"
        ))
    }
}

/// The author wrote the name of the granted file and may have meant a link by it, but not by one beside it.
fn not_a_link(path: &str, place: Place) -> Result<Place, StreamError> {
    match &place {
        Place::File(file) if file.is_symlink() => {
            Err(StreamError(format!("{path}: it is a link to another file; remove it")))
        }
        _ => Ok(place),
    }
}

impl Streams for GrantedStreams {
    fn open(&self, path: &str) -> Result<Box<dyn Input>, StreamError> {
        Ok(match self.readable(path)? {
            Place::Standard => Box::new(standard_input()),
            Place::File(file) => Box::new(FileInput::open(path, &file)?),
        })
    }

    fn identity(&self, path: &str) -> Result<u64, StreamError> {
        match self.readable(path).or_else(|refused| self.writable(path).map_err(|_| refused))? {
            Place::Standard => Ok(0),
            Place::File(file) => {
                let metadata = std::fs::metadata(file).map_err(|error| sentence(path, &error))?;
                Ok(identity(&metadata))
            }
        }
    }

    fn create(&self, path: &str) -> Result<Box<dyn Output>, StreamError> {
        Ok(match self.writable(path)? {
            Place::Standard => Box::new(Stdout::new(std::io::stdout(), self.console)),
            Place::File(file) => Box::new(FileOutput::create(path, &file)?),
        })
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), StreamError> {
        let (from_file, to_file) = (self.writable_file(from)?, self.writable_file(to)?);
        std::fs::rename(&from_file, &to_file).map_err(|error| sentence(from, &error))?;
        for folder in [from_file.parent(), to_file.parent()].into_iter().flatten() {
            sync_folder(folder).map_err(|error| sentence(to, &error))?;
        }
        Ok(())
    }

    fn remove(&self, path: &str) -> Result<(), StreamError> {
        match std::fs::remove_file(self.writable_file(path)?) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(sentence(path, &error)),
            _ => Ok(()),
        }
    }
}
