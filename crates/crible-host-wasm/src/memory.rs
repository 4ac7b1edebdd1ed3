//! How much memory a guest may have.

use wasmtime::ResourceLimiter;

/// A component of ours is one core module and the few that join it to its imports.
const INSTANCES: usize = 64;
/// More than the functions of any program that could be loaded.
const TABLE_ELEMENTS: usize = 1_000_000;

/// How much memory a guest may have, and whether it wanted more.
#[derive(Debug)]
pub(crate) struct Memory {
    limit: usize,
    used: usize,
    /// Whether it was refused more since this was last reset.
    pub(crate) refused: bool,
}

impl Memory {
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit: usize::try_from(limit).unwrap_or(usize::MAX), used: 0, refused: false }
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let used = self.used.saturating_add(desired.saturating_sub(current));
        if used > self.limit {
            self.refused = true;
            return Ok(false);
        }
        self.used = used;
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS)
    }

    fn instances(&self) -> usize {
        INSTANCES
    }

    fn memories(&self) -> usize {
        INSTANCES
    }

    fn tables(&self) -> usize {
        INSTANCES
    }
}
