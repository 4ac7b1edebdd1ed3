//! From a core module to a component.

use anyhow::{Result, anyhow};
use wit_component::ComponentEncoder;

/// Wrap a core module into a component of the world that it carries in a section of its own.
pub(super) fn of(module: &[u8]) -> Result<Vec<u8>> {
    let encode = || ComponentEncoder::default().validate(true).module(module)?.encode();
    encode().map_err(|error| anyhow!("{error:#}"))
}
