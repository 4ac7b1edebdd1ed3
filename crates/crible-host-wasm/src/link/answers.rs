//! What the answers of filters and sinks have in common.

use crible_core::{Index, Table};
use wasmtime::component::Resource;
use wasmtime::{Result, StoreContextMut};

use crate::guest::{Allowance, Guest};

/// The guest of a call.
pub(super) type Cx<'a> = StoreContextMut<'a, Guest>;

/// A setter's parameters behind its handle: a table and its indexes.
pub(super) type IndexOf<H> = (Resource<H>, Vec<String>, Vec<u16>);

/// A column of indexes from a guest, within what it may answer.
pub(super) fn index(allowance: &mut Allowance, table: Vec<String>, of: Vec<u16>) -> Result<Index> {
    allowance.spend(size_of_texts(&table) + 2 * of.len())?;
    Ok(Index { table: Table(table), of })
}

/// How much a list of texts counts for.
pub(super) fn size_of_texts(texts: &[String]) -> usize {
    texts.iter().map(|text| text.len() + size_of::<String>()).sum()
}
