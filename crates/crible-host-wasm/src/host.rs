//! What loads plugins.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::engine::Runtime;
use crate::load_error::LoadError;
use crate::plugin::Plugin;

/// How a host is made.
#[derive(Clone, Debug, Default)]
pub struct HostOptions {
    /// The folder that compiled plugins are kept in; without one each start compiles them anew.
    pub cache: Option<PathBuf>,
}

/// Loads plugins. Cloning one shares it.
///
/// It has two runtimes, made when they are first needed: one whose guests can be interrupted, and one for
/// guests that are trusted to come to an end.
#[derive(Clone)]
pub struct WasmHost(Arc<Host>);

struct Host {
    options: HostOptions,
    interrupting: OnceLock<Runtime>,
    trusting: OnceLock<Runtime>,
}

impl WasmHost {
    /// A host.
    pub fn new(options: HostOptions) -> Self {
        Self(Arc::new(Host { options, interrupting: OnceLock::new(), trusting: OnceLock::new() }))
    }

    /// Load a plugin from a component: compile it, or take it from the cache, and check that it keeps the
    /// contract. Nothing of it runs yet. `name` is what people call it.
    ///
    /// # Errors
    /// Why it is no plugin that can be loaded.
    pub fn load(&self, name: &str, bytes: &[u8]) -> Result<Plugin, LoadError> {
        Plugin::load(self.clone(), name, bytes)
    }

    /// The runtime whose guests can be interrupted, or the one whose guests cannot.
    pub(crate) fn runtime(&self, interrupt: bool) -> Result<&Runtime, LoadError> {
        let kept = if interrupt { &self.0.interrupting } else { &self.0.trusting };
        if let Some(runtime) = kept.get() {
            return Ok(runtime);
        }
        let started = Runtime::start(self.0.options.cache.as_deref(), interrupt)
            .map_err(|error| LoadError::Host { why: format!("{error:#}") })?;
        Ok(kept.get_or_init(|| started))
    }
}
