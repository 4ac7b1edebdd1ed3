//! What the answers of filters and sinks have in common.

use crible_core::{ColumnError, Index, TextColumn};
use crible_wit::host::TakenTexts;
use wasmtime::component::Resource;
use wasmtime::{Result, StoreContextMut};

use crate::fault::Breach;
use crate::guest::{Allowance, Guest};

/// The guest of a call.
pub(super) type Cx<'a> = StoreContextMut<'a, Guest>;

/// A setter's parameters behind its handle: a table and its indexes.
pub(super) type IndexOf<H> = (Resource<H>, Vec<String>, Vec<u16>);

/// A column of indexes from a guest, within what it may answer.
pub(super) fn index(allowance: &mut Allowance, table: Vec<String>, of: Vec<u16>) -> Result<Index> {
    allowance.spend(size_of_texts(&table) + 2 * of.len())?;
    Ok(Index { table: table.iter().collect(), of })
}

/// A column of texts from a guest, within what it may answer.
pub(super) fn text_column(allowance: &mut Allowance, name: &str, column: TakenTexts) -> Result<TextColumn> {
    allowance.spend(column.bytes.len() + 4 * column.ends.len())?;
    TextColumn::new(column.bytes, column.ends).map_err(|error| no_column(name, &error))
}

/// The breach of a column that is none.
pub(super) fn no_column(name: &str, error: &ColumnError) -> wasmtime::Error {
    Breach::Contract(format!("its column of {name} is none: {error}")).into()
}

/// How much a list of texts counts for.
pub(super) fn size_of_texts(texts: &[String]) -> usize {
    texts.iter().map(|text| text.len() + size_of::<String>()).sum()
}
