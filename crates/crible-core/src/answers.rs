//! What every answer of a stage is checked for, whichever kind of stage it comes from.

use crate::{Index, StageError};

/// Check a column that may be absent for its length.
pub(crate) fn check_len(what: &str, len: usize, rows: usize) -> Result<(), StageError> {
    if len == 0 || len == rows {
        return Ok(());
    }
    let messages = if rows == 1 { "message" } else { "messages" };
    Err(StageError::fault(format!("it answered with {len} {what} for {rows} {messages}")))
}

/// Check a column of indexes for its length, and that its table has them.
///
/// # Errors
/// A fault that says which does not fit.
pub(crate) fn check_indexes(what: &str, index: &Index, rows: usize) -> Result<(), StageError> {
    check_len(what, index.of.len(), rows)?;
    match index.of.iter().find(|&&of| usize::from(of) > index.table.len()) {
        None => Ok(()),
        Some(of) => Err(StageError::fault(format!(
            "it answered with number {of} of a table of {} {what}",
            index.table.len()
        ))),
    }
}
