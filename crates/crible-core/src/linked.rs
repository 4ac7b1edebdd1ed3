//! A plugin that is linked into the program instead of being loaded into a sandbox.

use std::sync::Arc;

use crate::{ConfigError, Filter, FilterPlugin, Sink, SinkPlugin, Source, SourcePlugin, Streams};

/// Makes a source from its config, its cursor and what it was granted.
pub type MakeSource = fn(&str, Option<&[u8]>, Arc<dyn Streams>) -> Result<Box<dyn Source>, ConfigError>;
/// Makes a filter from its config and its snapshot.
pub type MakeFilter = fn(&str, Option<&[u8]>) -> Result<Box<dyn Filter>, ConfigError>;
/// Makes a sink from its config, its state and what it was granted.
pub type MakeSink = fn(&str, Option<&[u8]>, Arc<dyn Streams>) -> Result<Box<dyn Sink>, ConfigError>;

/// A plugin that is linked into the program: trusted, and as fast as it gets.
#[derive(Clone, Copy, Debug)]
pub struct Linked {
    /// Its [`Spec`](crate::Spec) as JSON.
    pub spec: &'static str,
    /// Makes a stage of it.
    pub make: Make,
}

/// Makes a stage of one of the three kinds.
#[derive(Clone, Copy, Debug)]
pub enum Make {
    /// A source.
    Source(MakeSource),
    /// A filter.
    Filter(MakeFilter),
    /// A sink.
    Sink(MakeSink),
}

impl Linked {
    /// A source that is linked in.
    pub fn source<P: SourcePlugin + 'static>() -> Self {
        let make: MakeSource = |config, cursor, streams| {
            P::configure(config, cursor, streams).map(|source| Box::new(source) as Box<dyn Source>)
        };
        Self { spec: P::SPEC, make: Make::Source(make) }
    }

    /// A filter that is linked in.
    pub fn filter<P: FilterPlugin + 'static>() -> Self {
        let make: MakeFilter =
            |config, state| P::configure(config, state).map(|filter| Box::new(filter) as Box<dyn Filter>);
        Self { spec: P::SPEC, make: Make::Filter(make) }
    }

    /// A sink that is linked in.
    pub fn sink<P: SinkPlugin + 'static>() -> Self {
        let make: MakeSink = |config, state, streams| {
            P::configure(config, state, streams).map(|sink| Box::new(sink) as Box<dyn Sink>)
        };
        Self { spec: P::SPEC, make: Make::Sink(make) }
    }
}
