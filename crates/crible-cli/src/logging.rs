//! The log: what the program and the plugins have to say besides their work.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::live_line;
use crate::output::colour_on_stderr;

/// How much is said where nobody asks for more or less.
const USUAL: &str = "warn";

/// Send the log to standard error. `CRIBLE_LOG` says how much of it; warnings by default.
pub(crate) fn start() {
    let wanted = std::env::var("CRIBLE_LOG").unwrap_or_default();
    let wanted = if wanted.is_empty() { USUAL } else { &wanted };
    let (filter, understood) = match filter(wanted) {
        Some(filter) => (filter, true),
        None => (EnvFilter::new(USUAL), false),
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| AboveTheLine)
        .with_ansi(colour_on_stderr())
        .without_time()
        .with_target(false);
    // It is the only one: nothing else in the program starts a log.
    let _ = log.try_init();
    if !understood {
        tracing::warn!("CRIBLE_LOG={wanted} is not understood: write error, warn, info, debug or trace");
    }
}

/// What to let through: a level, or levels of parts of the program such as `warn,crible_engine=debug`.
fn filter(wanted: &str) -> Option<EnvFilter> {
    let wanted = wanted.replace(char::is_whitespace, "");
    let is_level = |part: &str| part.parse::<LevelFilter>().is_ok();
    // A word that is no level would be taken for a part of the program, and all others fall silent.
    let known = wanted.split(',').all(|part| part.contains(['=', '[']) || is_level(part));
    if known { EnvFilter::builder().parse(&wanted).ok() } else { None }
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

#[cfg(test)]
mod tests {
    use super::filter;

    #[test]
    fn a_word_that_is_no_level_does_not_silence_the_log() {
        for wanted in ["warn", "INFO", "off", "warn,crible_engine=debug", "debug, redb=off"] {
            assert!(filter(wanted).is_some(), "{wanted}");
        }
        for wanted in ["verbose", "warn,noise", "crible_engine=loud", "crible"] {
            assert!(filter(wanted).is_none(), "{wanted}");
        }
    }
}
