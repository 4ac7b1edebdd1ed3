//! A folder with files, and reading them as the engine does.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crible_grants::{Console, Grant, GrantedStreams, Grants};
use crible_sdk::{Malformed, Message, Next, Page, Source, SourcePlugin, StageError};
use flate2::Compression;
use flate2::write::GzEncoder;
use source_jsonl::Jsonl;
use tempfile::TempDir;

/// A folder in which everything that is named may be read.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn append(&self, name: &str, text: &str) {
        fs::OpenOptions::new()
            .append(true)
            .open(self.path(name))
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    pub(crate) fn source(&self, config: &str, cursor: Option<&[u8]>, granted: &[&str]) -> Jsonl {
        let base: &Path = self.0.path();
        let read = granted.iter().map(|path| Grant::new(path, base)).collect();
        let grants = Grants { read, write: vec![] };
        let streams = GrantedStreams::new("essai", grants, base, Console::default());
        Jsonl::configure(config, cursor, Arc::new(streams)).unwrap()
    }
}

pub(crate) fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Read {
    pub(crate) messages: Vec<Message>,
    pub(crate) malformed: Vec<Malformed>,
    pub(crate) cursor: Option<Vec<u8>>,
}

impl Read {
    /// Read a page.
    pub(crate) fn page(&mut self, source: &mut Jsonl, max: usize) -> Result<Next, StageError> {
        let mut page = Page::default();
        source.read(max, &mut page)?;
        let batch = page.messages.finish();
        self.messages.extend((0..batch.len()).map(|row| batch.message(row)));
        self.malformed.extend(page.malformed);
        self.cursor = page.cursor.or(self.cursor.take());
        Ok(page.next)
    }

    /// Read until there is nothing more, for now or for ever.
    pub(crate) fn all(&mut self, source: &mut Jsonl, max: usize) -> Next {
        loop {
            match self.page(source, max).unwrap() {
                Next::More => {}
                other => return other,
            }
        }
    }

    pub(crate) fn texts(&self) -> Vec<&str> {
        self.messages.iter().map(|message| message.text.as_str()).collect()
    }

    pub(crate) fn places(&self) -> Vec<&str> {
        self.malformed.iter().map(|malformed| malformed.place.as_str()).collect()
    }
}

/// Read files whole.
pub(crate) fn read(folder: &Folder, config: &str, granted: &[&str]) -> Read {
    let mut read = Read::default();
    assert_eq!(read.all(&mut folder.source(config, None, granted), 3), Next::End);
    read
}
