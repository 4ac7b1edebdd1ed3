//! `messages.deliveries`: a sink's answers.

use wasmtime::Result;
use wasmtime::component::{LinkerInstance, Resource, ResourceType};

use super::answers::{Cx, IndexOf, index};
use crate::guest::{DeliveriesHandle, Guest};

type Out = Resource<DeliveriesHandle>;

pub(super) fn add(messages: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    messages.resource("deliveries", ResourceType::host::<DeliveriesHandle>(), |_, _| Ok(()))?;
    messages.func_wrap("[method]deliveries.outcomes", |mut store: Cx<'_>, (_, of): (Out, Vec<u8>)| {
        let guest = store.data_mut();
        guest.answer.spend(of.len())?;
        guest.deliveries.outcomes = of;
        Ok(())
    })?;
    messages.func_wrap("[method]deliveries.reasons", reasons)?;
    messages.func_wrap("[method]deliveries.retry-after", |mut store: Cx<'_>, (_, ms): (Out, u32)| {
        store.data_mut().deliveries.retry_after = Some(ms);
        Ok(())
    })
}

fn reasons(mut store: Cx<'_>, (_, table, of): IndexOf<DeliveriesHandle>) -> Result<()> {
    let guest = store.data_mut();
    guest.deliveries.reasons = index(&mut guest.answer, table, of)?;
    Ok(())
}
