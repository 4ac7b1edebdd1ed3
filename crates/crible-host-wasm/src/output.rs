//! The standard output and error of a guest that has them: they go to the log, line by line.

use bytes::Bytes;
use tokio::io::AsyncWrite;
use wasmtime_wasi::async_trait;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::pipe::MemoryOutputPipe;
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamResult};

use crate::log::Log;

/// How much may be written at a time, and the longest line.
const CHUNK: usize = 4096;

/// A standard stream of a guest.
#[derive(Clone)]
pub(crate) struct Output {
    log: Log,
    say: fn(&Log, &str),
}

impl Output {
    /// What a guest prints is information.
    pub(crate) fn standard(log: Log) -> Self {
        Self { log, say: |log, line| log.say(3, line) }
    }

    /// What it complains of may tell why it then failed.
    pub(crate) fn error(log: Log) -> Self {
        Self { log, say: Log::complain }
    }
}

impl IsTerminal for Output {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Output {
    // Only WASI 0.3 asks for this one, and it is not linked.
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        MemoryOutputPipe::new(CHUNK).async_stream()
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(Lines { output: self.clone(), line: Vec::new() })
    }
}

/// Puts what is written together to lines.
struct Lines {
    output: Output,
    line: Vec<u8>,
}

impl Lines {
    fn end_line(&mut self) {
        if !self.line.is_empty() {
            (self.output.say)(&self.output.log, &String::from_utf8_lossy(&self.line));
            self.line.clear();
        }
    }
}

impl OutputStream for Lines {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        for &byte in &bytes {
            match byte {
                b'\n' => self.end_line(),
                _ => self.line.push(byte),
            }
            if self.line.len() == CHUNK {
                self.end_line();
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(CHUNK)
    }
}

#[async_trait]
impl Pollable for Lines {
    async fn ready(&mut self) {}
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.end_line();
    }
}
