//! Teaching a stage by examples.

use std::sync::{Arc, Mutex, PoisonError};

use crate::pupil::MARK;
use crible_core::{Filter, Message, Occasion, Rows, StageError, Verdicts};
use crible_engine::{FilterStage, Judge, Pipeline, RunError};

/// A pipeline one of whose stages is in training: what the stages in front of it let pass reaches it as an
/// example.
pub struct Lessons {
    judge: Judge,
    pupil: Pupil,
    stage: String,
}

/// The stage, shared with the judge that feeds it.
type Pupil = Arc<Mutex<Option<Box<dyn Filter>>>>;

impl Lessons {
    pub(crate) fn new(mut pipeline: Pipeline, stage: &str) -> Result<Self, RunError> {
        let pupil = Pupil::default();
        pipeline.settings.clock = crible_engine::Clock::Messages;
        let share = |filter: FilterStage| {
            if filter.id != stage {
                return filter;
            }
            let (make, pupil) = (filter.make, Arc::clone(&pupil));
            let make = Box::new(move |state: Option<&[u8]>| {
                let mut seat = pupil.lock().unwrap_or_else(PoisonError::into_inner);
                if seat.is_some() {
                    return Err(StageError::fatal("it failed in the middle of its lessons, which are lost"));
                }
                *seat = Some(make(state)?);
                Ok(Box::new(Desk(Arc::clone(&pupil))) as Box<dyn Filter>)
            });
            // What it learned cannot be brought back before it has learned all.
            FilterStage { make, stateless: true, ..filter }
        };
        pipeline.filters = pipeline.filters.into_iter().map(share).collect();
        let judge = Judge::new(pipeline)?;
        Ok(Self { judge, pupil, stage: stage.to_owned() })
    }

    /// Give examples, each with whether it is good.
    ///
    /// # Errors
    /// Where a filter cannot go on.
    pub fn teach(&mut self, examples: Vec<(Message, bool)>) -> Result<(), RunError> {
        let messages: Vec<Message> =
            examples.into_iter().map(|(message, good)| marked(message, good)).collect();
        self.judge.judge(&messages).map(|_| ())
    }

    /// The examples are over: the model.
    ///
    /// # Errors
    /// Where they are too few to learn from, or a filter cannot go on.
    pub fn model(mut self) -> Result<Vec<u8>, RunError> {
        self.judge.end()?;
        let mut pupil = self.pupil.lock().unwrap_or_else(PoisonError::into_inner);
        let model = pupil.as_mut().map_or(Ok(Vec::new()), |pupil| pupil.snapshot());
        model.map_err(|error| RunError { stage: Some(self.stage), message: error.message, hint: error.hint })
    }
}

/// A message that teaches.
pub(crate) fn marked(mut message: Message, good: bool) -> Message {
    message.attrs.insert(MARK.to_owned(), if good { "good" } else { "bad" }.to_owned());
    message
}

/// Where the pupil sits in the pipeline.
struct Desk(Pupil);

impl Desk {
    fn with(&self, work: impl FnOnce(&mut dyn Filter) -> Result<(), StageError>) -> Result<(), StageError> {
        let mut pupil = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pupil.as_mut().map_or(Ok(()), |pupil| work(&mut **pupil))
    }
}

impl Filter for Desk {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        self.with(|pupil| pupil.judge(rows, out))
    }

    fn release(&mut self, occasion: Occasion, now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        self.with(|pupil| pupil.release(occasion, now, out))
    }
}
