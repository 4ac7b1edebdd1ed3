//! Files that exist in memory only.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crible_core::{Input, Output, StreamError, Streams};

/// Files that exist in memory only, and how many of them are open.
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) contents: BTreeMap<String, Vec<u8>>,
    /// How long each read takes.
    pub(crate) delay: Duration,
    pub(crate) open: Arc<AtomicUsize>,
}

struct File {
    rest: Vec<u8>,
    delay: Duration,
    open: Arc<AtomicUsize>,
}

fn refused<T>(path: &str) -> Result<T, StreamError> {
    Err(StreamError(format!("{path} was not granted")))
}

impl Streams for Files {
    fn open(&self, path: &str) -> Result<Box<dyn Input>, StreamError> {
        let Some(rest) = self.contents.get(path).cloned() else { return refused(path) };
        self.open.fetch_add(1, Ordering::SeqCst);
        Ok(Box::new(File { rest, delay: self.delay, open: Arc::clone(&self.open) }))
    }

    fn identity(&self, path: &str) -> Result<u64, StreamError> {
        refused(path)
    }

    fn create(&self, path: &str) -> Result<Box<dyn Output>, StreamError> {
        refused(path)
    }

    fn rename(&self, from: &str, _to: &str) -> Result<(), StreamError> {
        refused(from)
    }

    fn remove(&self, path: &str) -> Result<(), StreamError> {
        refused(path)
    }
}

impl Input for File {
    fn read(&mut self, max: usize) -> Result<Vec<u8>, StreamError> {
        std::thread::sleep(self.delay);
        let max = max.min(self.rest.len());
        Ok(self.rest.drain(..max).collect())
    }

    fn ended(&self) -> bool {
        self.rest.is_empty()
    }

    fn seek(&mut self, _offset: u64) -> Result<(), StreamError> {
        Ok(())
    }

    fn length(&self) -> Result<u64, StreamError> {
        Ok(self.rest.len() as u64)
    }

    fn identity(&self) -> u64 {
        1
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}
