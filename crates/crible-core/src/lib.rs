//! The data that everything in crible is about, and the traits of the three kinds of stage.
//!
//! There is no I/O here, no clock and no runtime: a plugin compiled to WASM, the same plugin linked
//! natively, the engine and the hosts all share these types.
//!
//! A [`Batch`] holds messages as columns. [`Live`] is a batch and the rows of it that are still alive.
//! [`Rows`] is what a filter or a sink is handed: it pulls the columns that are asked for and no others.
//! Filters answer with [`Verdicts`], sources with a [`Page`], sinks with [`Deliveries`].

mod answers;
mod batch;
mod builder;
mod column;
mod dates;
mod deliveries;
mod error;
mod field;
mod kind;
mod lent;
mod linked;
mod live;
mod message;
mod notes;
mod page;
mod rows;
mod spec;
mod stage;
mod streams;
mod table;
mod trace;
mod verdicts;

pub use batch::{Batch, Held};
pub use builder::BatchBuilder;
pub use column::{ColumnError, ListColumn, Numbers, TextBuilder, TextColumn};
pub use dates::{date, instant};
pub use deliveries::{Deliveries, Outcome};
pub use error::{ConfigError, ErrorKind, StageError};
pub use field::{ListField, NumberField, TextField};
pub use kind::Kind;
#[cfg(target_family = "wasm")]
#[doc(hidden)]
pub use lent::Lent;
pub use linked::{Linked, Make, MakeFilter, MakeSink, MakeSource};
pub use live::Live;
pub use message::Message;
pub use notes::Notes;
pub use page::{Malformed, Next, Page};
pub use rows::{MessageRef, Rows};
pub use spec::{Example, ExampleVerdict, Localised, Spec, Teaching};
pub use stage::{Filter, FilterPlugin, Occasion, Plugin, Sink, SinkPlugin, Source, SourcePlugin};
pub use streams::{Input, Output, StreamError, Streams};
pub use table::{Index, Table};
pub use trace::{Step, Trace, Why};
pub use verdicts::{Release, Verdict, Verdicts};
