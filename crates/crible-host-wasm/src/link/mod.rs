//! The contract's imports, as the host gives them to a guest.

mod answers;
mod batch;
mod deliveries;
mod log;
mod page;
mod streams;
mod verdicts;
mod wasi;

use crible_wit::{LOGGING, MESSAGES, STREAMS};
use wasmtime::component::Linker;
use wasmtime::{Engine, Result};

use crate::guest::Guest;

/// What a filter may import: messages, a log, and WASI with nothing granted.
pub(crate) fn for_filters(engine: &Engine) -> Result<Linker<Guest>> {
    let mut linker = Linker::new(engine);
    wasi::add(&mut linker)?;
    log::add(&mut linker.instance(LOGGING)?)?;
    let mut messages = linker.instance(MESSAGES)?;
    batch::add(&mut messages)?;
    verdicts::add(&mut messages)?;
    deliveries::add(&mut messages)?;
    page::add(&mut messages)?;
    Ok(linker)
}

/// What a source or a sink may import: files too.
pub(crate) fn for_sources_and_sinks(engine: &Engine) -> Result<Linker<Guest>> {
    let mut linker = for_filters(engine)?;
    streams::add(&mut linker.instance(STREAMS)?)?;
    Ok(linker)
}
