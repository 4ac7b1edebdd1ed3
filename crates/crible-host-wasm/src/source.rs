//! A source that runs as a component.

use crible_core::{Page, Source, StageError};
use wasmtime::component::{Resource, TypedFunc};

use crate::guest::PageHandle;
use crate::instance::Instance;

type Read = (u32, Resource<PageHandle>);

/// A source that runs as a component.
pub(crate) struct WasmSource {
    instance: Instance,
    read: TypedFunc<Read, (Result<(), String>,)>,
    commit: TypedFunc<(Vec<u8>,), (Result<(), String>,)>,
}

impl WasmSource {
    /// A source of a guest that is configured.
    pub(crate) fn new(mut instance: Instance) -> Result<Self, StageError> {
        let read = instance.export("read")?;
        let commit = instance.export("commit")?;
        Ok(Self { instance, read, commit })
    }
}

impl Source for WasmSource {
    fn read(&mut self, max: usize, out: &mut Page) -> Result<(), StageError> {
        let asked = u32::try_from(max).unwrap_or(u32::MAX);
        let called = self.instance.work(self.read, (asked, Resource::new_borrow(0)));
        let sheet = std::mem::take(&mut self.instance.guest().sheet);
        called?;
        let filled = sheet.fill(max, out);
        self.instance.hold_to(filled)
    }

    fn commit(&mut self, cursor: &[u8]) -> Result<(), StageError> {
        self.instance.work(self.commit, (cursor.to_vec(),))
    }
}
