//! A stage that was checked: everything that making it takes.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crible_config::{Access, StagePlan};
use crible_core::{Filter, Kind, Sink, Source, StageError, Streams, Teaching};
use crible_engine::Make;
use crible_grants::{Console, Grant, GrantedStreams, Grants};
use crible_host_wasm::{ConfigureError, Limits, StageOptions};
use serde_json::Value;

use crate::plugin::Plugin;

/// A stage that was checked: everything that making it takes.
#[derive(Clone)]
pub(crate) struct Stage {
    plugin: Arc<Plugin>,
    options: StageOptions,
    config: Arc<str>,
    streams: Arc<dyn Streams>,
    writes_standard_output: bool,
    /// The instance that the check made, for the first run to take: an automaton for ten thousand words is
    /// built once.
    checked: Arc<Mutex<Checked>>,
}

/// An instance that nothing has touched since it was configured.
#[derive(Default)]
enum Checked {
    #[default]
    Taken,
    Source(Box<dyn Source>),
    Filter(Box<dyn Filter>),
    Sink(Box<dyn Sink>),
}

impl Stage {
    pub(crate) fn new(plan: &StagePlan, plugin: Arc<Plugin>, folder: &Path, console: Console) -> Self {
        let limits = Limits {
            memory: plan.limits.memory,
            time: plan.limits.time,
            answer: plan.limits.answer,
            log_per_second: plan.limits.log_per_second,
            interrupt: plan.limits.interrupt,
        };
        let options = StageOptions { id: plan.id.clone(), limits };
        let mut grants = grants(plan, folder);
        let standard = Grant::new(STANDARD, folder);
        if writes_no_files(&plugin) {
            grants.write.push(standard.clone());
        }
        let writes_standard_output = grants.write.contains(&standard);
        let streams = GrantedStreams::new(plan.id.as_str(), grants, folder, console);
        Self {
            writes_standard_output,
            plugin,
            options,
            config: plan.config.to_string().into(),
            streams: Arc::new(streams),
            checked: Arc::default(),
        }
    }

    pub(crate) fn stateless(&self) -> bool {
        self.plugin.spec().stateless
    }

    /// How it is taught, where it can be.
    pub(crate) fn teaching(&self) -> Option<&Teaching> {
        self.plugin.spec().teaching.as_ref()
    }

    /// See [`Plugin::may_hold`].
    pub(crate) fn may_hold(&self) -> bool {
        self.plugin.may_hold()
    }

    /// See [`Plugin::may_know_repeats`].
    pub(crate) fn may_know_repeats(&self) -> bool {
        self.plugin.may_know_repeats()
    }

    pub(crate) fn writes_standard_output(&self) -> bool {
        self.writes_standard_output
    }

    /// Have the plugin look at its options.
    pub(crate) fn check(&self) -> Result<(), ConfigureError> {
        let checked = match self.plugin.kind() {
            Kind::Source => Checked::Source(self.source(None)?),
            Kind::Filter => Checked::Filter(self.filter(None)?),
            Kind::Sink => Checked::Sink(self.sink(None)?),
        };
        *self.checked.lock().unwrap_or_else(PoisonError::into_inner) = checked;
        Ok(())
    }

    pub(crate) fn make_source(&self) -> Make<dyn Source> {
        let stage = self.clone();
        Box::new(move |cursor| match (cursor, stage.take_checked()) {
            (None, Checked::Source(source)) => Ok(source),
            _ => stage.source(cursor).map_err(unmade),
        })
    }

    pub(crate) fn make_filter(&self) -> Make<dyn Filter> {
        let stage = self.clone();
        Box::new(move |state| match (state, stage.take_checked()) {
            (None, Checked::Filter(filter)) => Ok(filter),
            _ => stage.filter(state).map_err(unmade),
        })
    }

    pub(crate) fn make_sink(&self) -> Make<dyn Sink> {
        let stage = self.clone();
        Box::new(move |state| match (state, stage.take_checked()) {
            (None, Checked::Sink(sink)) => Ok(sink),
            _ => stage.sink(state).map_err(unmade),
        })
    }

    fn take_checked(&self) -> Checked {
        std::mem::take(&mut *self.checked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn source(&self, cursor: Option<&[u8]>) -> Result<Box<dyn Source>, ConfigureError> {
        self.plugin.source(&self.options, &self.config, cursor, Arc::clone(&self.streams))
    }

    fn filter(&self, state: Option<&[u8]>) -> Result<Box<dyn Filter>, ConfigureError> {
        self.plugin.filter(&self.options, &self.config, state)
    }

    fn sink(&self, state: Option<&[u8]>) -> Result<Box<dyn Sink>, ConfigureError> {
        self.plugin.sink(&self.options, &self.config, state, Arc::clone(&self.streams))
    }
}

/// Standard output, as configs name it.
const STANDARD: &str = "-";

fn grants(plan: &StagePlan, folder: &Path) -> Grants {
    let named = plan.grants.iter().map(|grant| (grant.access, grant.value.as_str()));
    let allowed = plan.allow.iter().map(|allow| (allow.access, allow.value.as_str()));
    let mut grants = Grants::default();
    for (access, path) in named.chain(allowed) {
        let grant = Grant::new(path, folder);
        match access {
            Access::Read => grants.read.push(grant),
            Access::Write => grants.write.push(grant),
            // The host reads it; the stage sees no path.
            Access::Content => {}
        }
    }
    grants
}

/// Whether a sink has no option that names a file: what it writes, it writes to standard output.
fn writes_no_files(plugin: &Plugin) -> bool {
    fn names_a_file(schema: &Value) -> bool {
        match schema {
            Value::Object(members) => {
                members.get("grant").is_some_and(|grant| grant == "write")
                    || members.values().any(names_a_file)
            }
            Value::Array(items) => items.iter().any(names_a_file),
            _ => false,
        }
    }
    plugin.kind() == Kind::Sink && !names_a_file(&plugin.spec().config)
}

fn unmade(error: ConfigureError) -> StageError {
    match error {
        ConfigureError::Config(error) => {
            StageError { hint: error.hint.clone(), ..StageError::fatal(error.message) }
        }
        ConfigureError::Stage(error) => error,
    }
}
