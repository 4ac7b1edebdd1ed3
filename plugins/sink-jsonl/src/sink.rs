//! Batches into the file.

use std::sync::Arc;

use crible_sdk::{
    ConfigError, Deliveries, Plugin, Rows, Sink, SinkPlugin, StageError, StreamError, Streams, log,
};

use crate::config::Config;
use crate::encode::Encoder;
use crate::state::State;
use crate::target::Target;

/// Writes messages to a file, one JSON object a line.
pub struct Jsonl {
    target: Target,
    /// Lines that were not yet written.
    lines: String,
}

impl Plugin for Jsonl {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl SinkPlugin for Jsonl {
    fn configure(config: &str, state: Option<&[u8]>, streams: Arc<dyn Streams>) -> Result<Self, ConfigError> {
        let Config { path, mode, rotation } = Config::read(config)?;
        let resume = state.and_then(|bytes| {
            let state = State::from_bytes(bytes);
            if state.is_none() {
                log::warn("how far the last run had written cannot be read; some messages may come twice");
            }
            state
        });
        Ok(Self { target: Target::new(streams, path, mode, rotation, resume), lines: String::new() })
    }
}

impl Sink for Jsonl {
    fn write(&mut self, rows: &Rows<'_>, out: &mut Deliveries) -> Result<(), StageError> {
        let encoder = Encoder::new(rows);
        let mut written = 0;
        match self.write_rows(&encoder, rows.len(), &mut written) {
            Ok(()) => Ok(()),
            // A pipe that was closed does not open again.
            Err(StreamError(why)) if self.target.is_standard_output() => Err(StageError::fatal(why)),
            Err(StreamError(why)) if written == 0 => Err(StageError::failed(why)),
            Err(StreamError(why)) => {
                (written..rows.len()).for_each(|row| out.errored(row, &why));
                Ok(())
            }
        }
    }

    fn flush(&mut self) -> Result<Vec<u8>, StageError> {
        let state = self.target.flush().map_err(|StreamError(why)| StageError::failed(why))?;
        Ok(state.to_bytes())
    }

    fn finish(&mut self) -> Result<(), StageError> {
        self.target.finish().map_err(|StreamError(why)| StageError::failed(why))
    }
}

impl Jsonl {
    /// Write so many rows. `written` counts those of which the line is in the file.
    fn write_rows(
        &mut self,
        encoder: &Encoder<'_>,
        rows: usize,
        written: &mut usize,
    ) -> Result<(), StreamError> {
        let Self { target, lines } = self;
        lines.clear();
        for row in 0..rows {
            let start = lines.len();
            encoder.push_line(row, lines);
            // A line longer than a file may be gets a file of its own.
            if target.is_full(lines.len())? && (start > 0 || !target.is_empty()) {
                if start > 0 {
                    target.write(&lines[..start])?;
                    *written = row;
                }
                target.rotate()?;
                lines.drain(..start);
            }
        }
        if !lines.is_empty() {
            target.write(lines)?;
        }
        *written = rows;
        Ok(())
    }
}
