//! `streams`: files and standard streams, each checked by whoever granted them.

use std::sync::Arc;
use std::time::Instant;

use crible_core::{StreamError, Streams};
use wasmtime::Result;
use wasmtime::component::{LinkerInstance, Resource, ResourceTable, ResourceTableError, ResourceType};

use super::answers::Cx;
use crate::guest::{Guest, InputHandle, OutputHandle};

/// The most bytes that are read at a time, whatever the guest asks for.
const READ_MOST: u32 = 4 << 20;

type In = Resource<InputHandle>;
type Out = Resource<OutputHandle>;
type Answer<T> = Result<(Result<T, String>,)>;

pub(super) fn add(streams: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    add_files(streams)?;
    add_input(streams)?;
    add_output(streams)
}

fn add_files(streams: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    streams.func_wrap("open", |mut store: Cx<'_>, (path,): (String,)| -> Answer<In> {
        let opened = granted(&mut store, |streams| streams.open(&path));
        handed(opened, |input| Ok(store.data_mut().table.push(InputHandle(input))?))
    })?;
    streams.func_wrap("create", |mut store: Cx<'_>, (path,): (String,)| -> Answer<Out> {
        let opened = granted(&mut store, |streams| streams.create(&path));
        handed(opened, |output| Ok(store.data_mut().table.push(OutputHandle(output))?))
    })?;
    streams.func_wrap("identity", |mut store: Cx<'_>, (path,): (String,)| {
        Ok((granted(&mut store, |streams| streams.identity(&path)),))
    })?;
    streams.func_wrap("rename", |mut store: Cx<'_>, (from, to): (String, String)| {
        Ok((granted(&mut store, |streams| streams.rename(&from, &to)),))
    })?;
    streams.func_wrap("remove", |mut store: Cx<'_>, (path,): (String,)| {
        Ok((granted(&mut store, |streams| streams.remove(&path)),))
    })
}

fn add_input(streams: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    streams.resource("input", ResourceType::host::<InputHandle>(), |mut store, rep| {
        store.data_mut().table.delete(In::new_own(rep))?;
        Ok(())
    })?;
    streams.func_wrap("[method]input.read", |mut store: Cx<'_>, (input, max): (In, u32)| {
        let max = max.min(READ_MOST) as usize;
        let read = excused(&mut store, |table| Ok(table.get_mut(&input)?.0.read(max)))?;
        Ok((said(read),))
    })?;
    streams.func_wrap("[method]input.ended", |store: Cx<'_>, (input,): (In,)| {
        Ok((store.data().table.get(&input)?.0.ended(),))
    })?;
    streams.func_wrap("[method]input.seek", |mut store: Cx<'_>, (input, offset): (In, u64)| {
        Ok((said(store.data_mut().table.get_mut(&input)?.0.seek(offset)),))
    })?;
    streams.func_wrap("[method]input.length", |store: Cx<'_>, (input,): (In,)| {
        Ok((said(store.data().table.get(&input)?.0.length()),))
    })?;
    streams.func_wrap("[method]input.identity", |store: Cx<'_>, (input,): (In,)| {
        Ok((store.data().table.get(&input)?.0.identity(),))
    })
}

fn add_output(streams: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    streams.resource("output", ResourceType::host::<OutputHandle>(), |mut store, rep| {
        store.data_mut().table.delete(Out::new_own(rep))?;
        Ok(())
    })?;
    streams.func_wrap("[method]output.write", |mut store: Cx<'_>, (output, bytes): (Out, Vec<u8>)| {
        let written = excused(&mut store, |table| Ok(table.get_mut(&output)?.0.write(&bytes)))?;
        Ok((said(written),))
    })?;
    streams.func_wrap("[method]output.sync", |mut store: Cx<'_>, (output,): (Out,)| {
        let synced = excused(&mut store, |table| Ok(table.get_mut(&output)?.0.sync()))?;
        Ok((said(synced),))
    })?;
    streams.func_wrap("[method]output.truncate", |mut store: Cx<'_>, (output, length): (Out, u64)| {
        Ok((said(store.data_mut().table.get_mut(&output)?.0.truncate(length)),))
    })?;
    streams.func_wrap("[method]output.length", |store: Cx<'_>, (output,): (Out,)| {
        Ok((store.data().table.get(&output)?.0.length(),))
    })?;
    streams.func_wrap("[method]output.width", |store: Cx<'_>, (output,): (Out,)| {
        Ok((store.data().table.get(&output)?.0.width(),))
    })?;
    streams.func_wrap("[method]output.colour", |store: Cx<'_>, (output,): (Out,)| {
        Ok((store.data().table.get(&output)?.0.colour(),))
    })
}

/// Use what the stage was granted. The disk's time is not the guest's.
fn granted<T>(
    store: &mut Cx<'_>,
    work: impl FnOnce(&dyn Streams) -> Result<T, StreamError>,
) -> Result<T, String> {
    let Some(streams) = store.data().streams.as_ref().map(Arc::clone) else {
        return Err("no files can be used here".into());
    };
    let start = Instant::now();
    let done = work(&*streams);
    store.data_mut().watch.excuse(start.elapsed());
    said(done)
}

fn handed<T, H: 'static>(
    opened: Result<T, String>,
    push: impl FnOnce(T) -> Result<Resource<H>>,
) -> Answer<Resource<H>> {
    Ok((match opened {
        Ok(opened) => Ok(push(opened)?),
        Err(error) => Err(error),
    },))
}

/// Read or write. The disk's time, or that of whoever writes into the pipe, is not the guest's.
fn excused<T>(
    store: &mut Cx<'_>,
    work: impl FnOnce(&mut ResourceTable) -> Result<T, ResourceTableError>,
) -> Result<T> {
    let guest = store.data_mut();
    let start = Instant::now();
    let done = work(&mut guest.table);
    guest.watch.excuse(start.elapsed());
    Ok(done?)
}

fn said<T>(done: Result<T, StreamError>) -> Result<T, String> {
    done.map_err(|StreamError(message)| message)
}
