//! Ctrl-C and its like: the first ends a run in good order, the second at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::Context;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::live_line;

/// As shells say that a program was ended by SIGINT.
const ENDED_BY_SIGNAL: i32 = 130;

/// Listen from now on. What comes back turns true at the first signal.
pub(crate) fn listen() -> anyhow::Result<Arc<AtomicBool>> {
    let mut signals = Signals::new([SIGINT, SIGTERM]).context("signals cannot be listened to")?;
    let asked = Arc::new(AtomicBool::new(false));
    let asked_to_stop = Arc::clone(&asked);
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for _ in signals.forever() {
                if asked_to_stop.swap(true, Ordering::Relaxed) {
                    live_line::clear();
                    std::process::exit(ENDED_BY_SIGNAL);
                }
            }
        })
        .context("no thread can be started")?;
    Ok(asked)
}
