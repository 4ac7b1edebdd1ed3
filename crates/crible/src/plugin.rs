//! A plugin that stages can be made of, whichever way it is run.

use std::sync::Arc;

use crible_core::{Filter, Kind, Linked, Make, Sink, Source, Spec, StageError, Streams};
use crible_host_wasm::{ConfigureError, Inspection, StageOptions};

use crate::error::PluginError;

/// A plugin that stages can be made of.
pub struct Plugin {
    kind: Kind,
    spec: Spec,
    body: Body,
}

enum Body {
    Component(crible_host_wasm::Plugin),
    Linked(Make),
}

impl Plugin {
    /// A component that was loaded.
    pub(crate) fn component(plugin: crible_host_wasm::Plugin) -> Result<Self, PluginError> {
        let spec = plugin.spec().map_err(PluginError::from)?;
        Ok(Self { kind: plugin.kind(), spec, body: Body::Component(plugin) })
    }

    /// A plugin that the program links in.
    pub(crate) fn linked(linked: Linked) -> Result<Self, PluginError> {
        let refused = |message| PluginError::Refused { message, hint: None };
        let spec = Spec::from_json(linked.spec).map_err(refused)?;
        Ok(Self { kind: linked_kind(&linked.make), spec, body: Body::Linked(linked.make) })
    }

    /// What its stages do.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What it says of itself.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// What can be seen of a component from outside: what it reads, what it can ask for, its size.
    /// Absent for a plugin that is linked in.
    pub fn inspect(&self) -> Option<&Inspection> {
        match &self.body {
            Body::Component(plugin) => Some(plugin.inspect()),
            Body::Linked(_) => None,
        }
    }

    /// Whether its stages may hold messages back. Who lets one go names it by its `seq`: a component that
    /// cannot read those holds none. Of a linked plugin it is not known; one that remembers nothing cannot.
    pub(crate) fn may_hold(&self) -> bool {
        self.kind == Kind::Filter && !self.spec.stateless && self.reads("seqs").unwrap_or(true)
    }

    /// Whether its stages may know a message that they have met: they remember, and can read ids.
    pub(crate) fn may_know_repeats(&self) -> bool {
        self.kind == Kind::Filter && !self.spec.stateless && self.reads("ids").unwrap_or(true)
    }

    /// Whether it can read a column; absent where that cannot be seen.
    fn reads(&self, column: &str) -> Option<bool> {
        self.inspect().map(|seen| seen.reads.iter().any(|name| name == column))
    }

    pub(crate) fn source(
        &self,
        options: &StageOptions,
        config: &str,
        cursor: Option<&[u8]>,
        streams: Arc<dyn Streams>,
    ) -> Result<Box<dyn Source>, ConfigureError> {
        match &self.body {
            Body::Component(plugin) => plugin.source(options, config, cursor, streams),
            Body::Linked(Make::Source(make)) => Ok(make(config, cursor, streams)?),
            Body::Linked(_) => Err(self.is_no(Kind::Source)),
        }
    }

    pub(crate) fn filter(
        &self,
        options: &StageOptions,
        config: &str,
        state: Option<&[u8]>,
    ) -> Result<Box<dyn Filter>, ConfigureError> {
        match &self.body {
            Body::Component(plugin) => plugin.filter(options, config, state),
            Body::Linked(Make::Filter(make)) => Ok(make(config, state)?),
            Body::Linked(_) => Err(self.is_no(Kind::Filter)),
        }
    }

    pub(crate) fn sink(
        &self,
        options: &StageOptions,
        config: &str,
        state: Option<&[u8]>,
        streams: Arc<dyn Streams>,
    ) -> Result<Box<dyn Sink>, ConfigureError> {
        match &self.body {
            Body::Component(plugin) => plugin.sink(options, config, state, streams),
            Body::Linked(Make::Sink(make)) => Ok(make(config, state, streams)?),
            Body::Linked(_) => Err(self.is_no(Kind::Sink)),
        }
    }

    fn is_no(&self, wanted: Kind) -> ConfigureError {
        StageError::fatal(format!("`{}` is a {}, not a {wanted}", self.spec.name, self.kind)).into()
    }
}

fn linked_kind(make: &Make) -> Kind {
    match make {
        Make::Source(_) => Kind::Source,
        Make::Filter(_) => Kind::Filter,
        Make::Sink(_) => Kind::Sink,
    }
}
