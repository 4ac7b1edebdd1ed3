//! A reader's verdict on a message, for a stage that can be taught.

use crible_core::{Batch, Live, Message, Rows, StageError, Verdict, Verdicts};
use crible_engine::{Make, RunError, Settings, amend};

use crate::lessons::marked;

/// Have a stage that listens learn that a message is good or is not, and have its state remember that.
pub(crate) fn give(
    settings: &Settings,
    stage: &str,
    make: &Make<dyn crible_core::Filter>,
    message: &Message,
    good: bool,
) -> Result<(), RunError> {
    let learn = |snapshot: Option<&[u8]>, now: i64| {
        let mut filter = make(snapshot)?;
        let mut batch = Batch::from_messages(&[marked(message.clone(), good)]);
        batch.stamp(0, vec![now.max(message.created_at)]);
        let mut out = Verdicts::default();
        out.start(1);
        filter.judge(&Rows::new(&Live::new(batch)), &mut out)?;
        match out.verdict(0) {
            Verdict::Fail => Err(StageError::fatal(out.reasons.get(0))),
            _ => filter.snapshot().map(Some),
        }
    };
    amend(settings, stage, learn)
}

/// Have a stage's state forget all.
pub(crate) fn forget(settings: &Settings, stage: &str) -> Result<(), RunError> {
    amend(settings, stage, |_, _| Ok(None))
}
