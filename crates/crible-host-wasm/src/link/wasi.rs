//! WASI 0.2 with nothing granted.

use wasmtime::Result;
use wasmtime::component::{Linker, Resource};
use wasmtime_wasi::p2::DynPollable;

use super::answers::Cx;
use crate::fault::Breach;
use crate::guest::Guest;

const POLL: &str = "wasi:io/poll@0.2.12";

/// WASI 0.2 with nothing granted. Waiting is refused: it happens in the host, where no epoch ends it.
pub(super) fn add(linker: &mut Linker<Guest>) -> Result<()> {
    wasmtime_wasi::p2::add_to_linker_sync(linker)?;
    linker.allow_shadowing(true);
    let mut poll = linker.instance(POLL)?;
    poll.func_wrap("[method]pollable.block", |_: Cx<'_>, (_,): (Resource<DynPollable>,)| -> Result<()> {
        Err(Breach::Sleep.into())
    })?;
    poll.func_wrap("poll", |_: Cx<'_>, (_,): (Vec<Resource<DynPollable>>,)| -> Result<(Vec<u32>,)> {
        Err(Breach::Sleep.into())
    })?;
    linker.allow_shadowing(false);
    Ok(())
}
