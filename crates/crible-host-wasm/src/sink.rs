//! A sink that runs as a component.

use crible_core::{Deliveries, Rows, Sink, StageError};
use wasmtime::component::{Resource, TypedFunc};

use crate::filter::not_live;
use crate::guest::{BatchHandle, DeliveriesHandle};
use crate::instance::Instance;

type Write = (Resource<BatchHandle>, Resource<DeliveriesHandle>);

/// A sink that runs as a component.
pub(crate) struct WasmSink {
    instance: Instance,
    write: TypedFunc<Write, (Result<(), String>,)>,
    flush: TypedFunc<(), (Result<Vec<u8>, String>,)>,
    finish: TypedFunc<(), (Result<(), String>,)>,
}

impl WasmSink {
    /// A sink of a guest that is configured.
    pub(crate) fn new(mut instance: Instance) -> Result<Self, StageError> {
        let write = instance.export("write")?;
        let flush = instance.export("flush")?;
        let finish = instance.export("finish")?;
        Ok(Self { instance, write, flush, finish })
    }
}

impl Sink for WasmSink {
    fn write(&mut self, rows: &Rows<'_>, out: &mut Deliveries) -> Result<(), StageError> {
        let guest = self.instance.guest();
        guest.lent = Some(rows.live().ok_or_else(not_live)?.clone());
        std::mem::swap(out, &mut guest.deliveries);
        let called = self.instance.work(self.write, (Resource::new_borrow(0), Resource::new_borrow(0)));
        let guest = self.instance.guest();
        std::mem::swap(out, &mut guest.deliveries);
        guest.lent = None;
        called?;
        self.instance.hold_to(out.check())
    }

    fn flush(&mut self) -> Result<Vec<u8>, StageError> {
        self.instance.work(self.flush, ())
    }

    fn finish(&mut self) -> Result<(), StageError> {
        self.instance.work(self.finish, ())
    }
}
