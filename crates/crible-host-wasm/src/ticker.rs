//! The clock by which calls that take too long are interrupted.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use wasmtime::EngineWeak;

/// How often the engine's epoch goes on.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// A thread that has an engine's epoch go on until this is dropped.
pub(crate) struct Ticker {
    // Dropping it wakes the thread, which then ends.
    _stop: Sender<()>,
}

impl Ticker {
    pub(crate) fn start(engine: EngineWeak) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        std::thread::Builder::new().name("crible-epoch".into()).spawn(move || {
            while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                match engine.upgrade() {
                    Some(engine) => engine.increment_epoch(),
                    None => return,
                }
            }
        })?;
        Ok(Self { _stop: stop })
    }
}

/// The number of ticks after which so much time has passed for certain.
pub(crate) fn ticks(time: Duration) -> u64 {
    u64::try_from(time.as_nanos() / TICK.as_nanos()).unwrap_or(u64::MAX / 2).saturating_add(1)
}
