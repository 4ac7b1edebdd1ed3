//! The host's files and standard streams.

use crible_core::{Input, Output, StreamError, Streams};
use crible_wit::guest::imports::streams as host;

pub(super) struct HostStreams;

struct HostInput(host::Input);

struct HostOutput(host::Output);

impl Streams for HostStreams {
    fn open(&self, path: &str) -> Result<Box<dyn Input>, StreamError> {
        host::open(path).map(|input| Box::new(HostInput(input)) as Box<dyn Input>).map_err(StreamError)
    }

    fn identity(&self, path: &str) -> Result<u64, StreamError> {
        host::identity(path).map_err(StreamError)
    }

    fn create(&self, path: &str) -> Result<Box<dyn Output>, StreamError> {
        host::create(path).map(|output| Box::new(HostOutput(output)) as Box<dyn Output>).map_err(StreamError)
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), StreamError> {
        host::rename(from, to).map_err(StreamError)
    }

    fn remove(&self, path: &str) -> Result<(), StreamError> {
        host::remove(path).map_err(StreamError)
    }
}

impl Input for HostInput {
    fn read(&mut self, max: usize) -> Result<Vec<u8>, StreamError> {
        self.0.read(u32::try_from(max).unwrap_or(u32::MAX)).map_err(StreamError)
    }

    fn ended(&self) -> bool {
        self.0.ended()
    }

    fn seek(&mut self, offset: u64) -> Result<(), StreamError> {
        self.0.seek(offset).map_err(StreamError)
    }

    fn length(&self) -> Result<u64, StreamError> {
        self.0.length().map_err(StreamError)
    }

    fn identity(&self) -> u64 {
        self.0.identity()
    }
}

impl Output for HostOutput {
    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamError> {
        self.0.write(bytes).map_err(StreamError)
    }

    fn sync(&mut self) -> Result<u64, StreamError> {
        self.0.sync().map_err(StreamError)
    }

    fn truncate(&mut self, length: u64) -> Result<(), StreamError> {
        self.0.truncate(length).map_err(StreamError)
    }

    fn length(&self) -> u64 {
        self.0.length()
    }

    fn width(&self) -> u32 {
        self.0.width()
    }

    fn colour(&self) -> bool {
        self.0.colour()
    }
}
