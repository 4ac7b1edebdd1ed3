//! Recorded messages on their way through the filters, each with what is to be said of it once its judgement is
//! final. What a filter holds waits in memory, as it does in the filter.

use std::collections::HashMap;

use crible::{Judgement, Loaded, Message, Replay, RunError};

/// Messages on their way, each with a note.
pub(crate) struct Judging<T> {
    pub(crate) replay: Replay,
    waiting: HashMap<u64, T>,
    next: u64,
}

impl<T> Judging<T> {
    pub(crate) fn new(loaded: &Loaded) -> Result<Self, RunError> {
        Ok(Self { replay: loaded.replay()?, waiting: HashMap::new(), next: 0 })
    }

    /// Judge messages, in the order of their notes; the judgements that are final by now.
    pub(crate) fn judge(
        &mut self,
        messages: &[Message],
        notes: Vec<T>,
    ) -> Result<Vec<(T, Judgement)>, RunError> {
        for note in notes {
            self.waiting.insert(self.next, note);
            self.next += 1;
        }
        let judgements = self.replay.judge(messages)?;
        Ok(self.settle(judgements))
    }

    /// There are no more messages: all other judgements.
    pub(crate) fn end(&mut self) -> Result<Vec<(T, Judgement)>, RunError> {
        let judgements = self.replay.end()?;
        Ok(self.settle(judgements))
    }

    fn settle(&mut self, judgements: Vec<Judgement>) -> Vec<(T, Judgement)> {
        let with_note = |judgement: Judgement| Some((self.waiting.remove(&judgement.number)?, judgement));
        judgements.into_iter().filter_map(with_note).collect()
    }
}
