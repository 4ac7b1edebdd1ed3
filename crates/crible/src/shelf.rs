//! The plugins that configs can name, each loaded once.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crible_core::{Kind, Linked};
use crible_grants::cause;
use crible_host_wasm::WasmHost;

use crate::error::PluginError;
use crate::near_file::nearest_file;
use crate::plugin::Plugin;

/// Where a plugin that has a name comes from.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    Component(&'static [u8]),
    Linked(Linked),
}

/// A plugin that configs can use by its name.
pub(crate) struct Named {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) origin: Origin,
}

/// The plugins that configs can name, each loaded once.
pub(crate) struct Shelf {
    host: WasmHost,
    named: Vec<Named>,
    loaded: Mutex<HashMap<(Kind, String), Arc<Plugin>>>,
}

impl Shelf {
    pub(crate) fn new(host: WasmHost, named: Vec<Named>) -> Self {
        Self { host, named, loaded: Mutex::default() }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.named.iter().map(|named| (named.kind, named.name.as_str()))
    }

    /// The plugin of this name.
    pub(crate) fn named(&self, kind: Kind, name: &str) -> Result<Arc<Plugin>, PluginError> {
        let key = (kind, name.to_owned());
        // A thread that panicked while it held the lock leaves a map that is whole.
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plugin) = loaded.get(&key) {
            return Ok(Arc::clone(plugin));
        }
        let found = self.named.iter().find(|named| named.kind == kind && named.name == name);
        let found = found.ok_or_else(|| PluginError::Unknown { name: name.to_owned() })?;
        let plugin = match found.origin {
            Origin::Component(bytes) => self.load(name, bytes)?,
            Origin::Linked(linked) => Plugin::linked(linked)?,
        };
        let plugin = Arc::new(plugin);
        loaded.insert(key, Arc::clone(&plugin));
        Ok(plugin)
    }

    /// The plugin in this file.
    pub(crate) fn file(&self, path: &Path) -> Result<Arc<Plugin>, PluginError> {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                PluginError::Missing { path: path.to_owned(), nearest: nearest_file(path) }
            }
            _ => PluginError::Unreadable { path: path.to_owned(), cause: cause(&error) },
        })?;
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
        self.load(&name, &bytes).map(Arc::new)
    }

    fn load(&self, name: &str, bytes: &[u8]) -> Result<Plugin, PluginError> {
        Plugin::component(self.host.load(name, bytes)?)
    }
}
