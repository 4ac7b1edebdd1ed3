//! A filter that runs as a component.

use crible_core::{Filter, Occasion, Rows, StageError, Verdicts};
use wasmtime::component::{Resource, TypedFunc};

use crate::guest::{BatchHandle, VerdictsHandle};
use crate::instance::Instance;

type Judge = (Resource<BatchHandle>, Resource<VerdictsHandle>);
type Release = (String, i64, Resource<VerdictsHandle>);

/// A filter that runs as a component.
pub(crate) struct WasmFilter {
    instance: Instance,
    judge: TypedFunc<Judge, (Result<(), String>,)>,
    release: TypedFunc<Release, (Result<(), String>,)>,
    snapshot: TypedFunc<(), (Result<Vec<u8>, String>,)>,
}

impl WasmFilter {
    /// A filter of a guest that is configured.
    pub(crate) fn new(mut instance: Instance) -> Result<Self, StageError> {
        let judge = instance.export("judge")?;
        let release = instance.export("release")?;
        let snapshot = instance.export("snapshot")?;
        Ok(Self { instance, judge, release, snapshot })
    }

    /// Have the guest fill the answers in. They change places with the guest's, so that their memory is
    /// used again.
    fn answered(
        &mut self,
        out: &mut Verdicts,
        call: impl FnOnce(&mut Self) -> Result<(), StageError>,
    ) -> Result<(), StageError> {
        std::mem::swap(out, &mut self.instance.guest().verdicts);
        let called = call(self);
        std::mem::swap(out, &mut self.instance.guest().verdicts);
        called?;
        self.instance.hold_to(out.check())
    }
}

impl Filter for WasmFilter {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        self.instance.guest().lent = Some(rows.live().ok_or_else(not_live)?.clone());
        let called = self.answered(out, |filter| {
            let handles = (Resource::new_borrow(0), Resource::new_borrow(0));
            filter.instance.work(filter.judge, handles)
        });
        self.instance.guest().lent = None;
        called
    }

    fn release(&mut self, occasion: Occasion, now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        self.answered(out, |filter| {
            let params = (occasion.name().to_owned(), now, Resource::new_borrow(0));
            filter.instance.work(filter.release, params)
        })
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        self.instance.work(self.snapshot, ())
    }
}

/// Rows that were themselves pulled from elsewhere cannot be lent on.
pub(crate) fn not_live() -> StageError {
    StageError::fatal("a plugin was handed rows that belong to no batch of the host")
}
