//! What a source has answered so far.

use crible_core::{Batch, ListColumn, ListField, Malformed, Next, NumberField, Page, StageError};
use crible_core::{TextColumn, TextField};

/// What a source has answered so far in this call.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) texts: Vec<(TextField, TextColumn)>,
    pub(crate) numbers: Vec<(NumberField, Vec<i64>)>,
    pub(crate) lists: Vec<(ListField, ListColumn)>,
    pub(crate) attrs: Vec<(String, TextColumn)>,
    pub(crate) malformed: Vec<Malformed>,
    pub(crate) cursor: Option<Vec<u8>>,
    pub(crate) next: Next,
}

impl Sheet {
    /// Put it onto a page that has room for so many messages.
    ///
    /// # Errors
    /// A fault where the columns are not of one length, or longer than was asked for.
    pub(crate) fn fill(self, max: usize, out: &mut Page) -> Result<(), StageError> {
        let batch = Batch::from_columns(self.texts, self.numbers, self.lists, self.attrs)?;
        if batch.len() > max {
            let message = format!("it read {} messages where at most {max} were asked for", batch.len());
            return Err(StageError::fault(message));
        }
        out.set_batch(batch);
        out.malformed = self.malformed;
        out.cursor = self.cursor;
        out.next = self.next;
        Ok(())
    }
}
