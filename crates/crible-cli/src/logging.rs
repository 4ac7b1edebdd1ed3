//! The log: what the program and the plugins have to say besides their work.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;

use crate::live_line;
use crate::output::colour_on_stderr;

/// Send the log to standard error. `CRIBLE_LOG` says how much of it; warnings by default.
pub(crate) fn start() {
    let wanted = std::env::var("CRIBLE_LOG").unwrap_or_default();
    let (filter, refused) = match EnvFilter::builder().parse(if wanted.is_empty() { "warn" } else { &wanted })
    {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("warn"), Some(error)),
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| AboveTheLine)
        .with_ansi(colour_on_stderr())
        .without_time()
        .with_target(false);
    // It is the only one: nothing else in the program starts a log.
    let _ = log.try_init();
    if let Some(error) = refused {
        tracing::warn!("CRIBLE_LOG={wanted} is not understood ({error}); error, warn, info and debug are");
    }
}

/// Standard error, with the live line out of the way.
struct AboveTheLine;

impl Write for AboveTheLine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut out = io::stderr().lock();
        out.write_all(live_line::clearing())?;
        out.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
