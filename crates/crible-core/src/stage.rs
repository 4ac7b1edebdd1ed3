//! The three kinds of stage.

use std::sync::Arc;

use crate::{ConfigError, Deliveries, Page, Rows, StageError, Streams, Verdicts};

/// Reads messages.
pub trait Source: Send {
    /// Read up to `max` messages.
    ///
    /// # Errors
    /// A call that failed is made again after a while, a fatal one ends the run.
    fn read(&mut self, max: usize, out: &mut Page) -> Result<(), StageError>;

    /// Everything up to this cursor is durable.
    ///
    /// # Errors
    /// It is reported, and the run goes on.
    fn commit(&mut self, cursor: &[u8]) -> Result<(), StageError> {
        let _ = cursor;
        Ok(())
    }
}

/// Judges messages. The same messages after the same state give the same verdicts.
pub trait Filter: Send {
    /// Judge the rows. `out` is ready for as many.
    ///
    /// # Errors
    /// The messages fail, and the stage's `on_error` says what becomes of them.
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError>;

    /// Answer for rows that are held. `now` is the pipeline's clock in ms. At the end, whatever is not
    /// answered for is kept.
    ///
    /// # Errors
    /// At the end, what is held is kept.
    fn release(&mut self, occasion: Occasion, now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        let _ = (occasion, now, out);
        Ok(())
    }

    /// All that the filter must remember.
    ///
    /// # Errors
    /// The run ends: going on would forget.
    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(Vec::new())
    }
}

/// When a filter is asked for what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Time went on.
    Tick,
    /// There will be no more messages.
    End,
}

impl Occasion {
    /// As it crosses the contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tick => "tick",
            Self::End => "end",
        }
    }
}

/// Delivers messages.
pub trait Sink: Send {
    /// Deliver the rows. `out` is ready for as many.
    ///
    /// # Errors
    /// All rows are tried again after a while; a fatal error ends the run.
    fn write(&mut self, rows: &Rows<'_>, out: &mut Deliveries) -> Result<(), StageError>;

    /// Have everything written so far durable; the state to resume from.
    ///
    /// # Errors
    /// It is tried again, and nothing counts as delivered before it goes well.
    fn flush(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(Vec::new())
    }

    /// The run has ended and will not be resumed.
    ///
    /// # Errors
    /// It is reported, and the run has failed.
    fn finish(&mut self) -> Result<(), StageError> {
        Ok(())
    }
}

/// What every plugin says of itself.
pub trait Plugin: Sized {
    /// Its [`Spec`](crate::Spec) as JSON; `include_str!("../plugin.json")`.
    const SPEC: &'static str;
}

/// A source that a config makes.
pub trait SourcePlugin: Plugin + Source {
    /// Make the stage. It opens nothing yet: that is left to the first `read`. `cursor` is where an
    /// earlier run had come.
    ///
    /// # Errors
    /// What is wrong in the config, and where.
    fn configure(config: &str, cursor: Option<&[u8]>, streams: Arc<dyn Streams>)
    -> Result<Self, ConfigError>;
}

/// A filter that a config makes.
pub trait FilterPlugin: Plugin + Filter {
    /// Make the stage, as it was when it made this snapshot.
    ///
    /// # Errors
    /// What is wrong in the config, and where.
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError>;
}

/// A sink that a config makes.
pub trait SinkPlugin: Plugin + Sink {
    /// Make the stage, as it was at the flush that answered with this state.
    ///
    /// # Errors
    /// What is wrong in the config, and where.
    fn configure(config: &str, state: Option<&[u8]>, streams: Arc<dyn Streams>) -> Result<Self, ConfigError>;
}
