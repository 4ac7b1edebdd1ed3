//! The program's side of loading: which plugins there are, and what surrounds them.

use std::path::{Path, PathBuf};

use crible_core::{Kind, Linked};
use crible_grants::Console;
use crible_host_wasm::{HostOptions, WasmHost};

use crate::crible::{Crible, Surroundings};
use crate::shelf::{Named, Origin, Shelf};

/// Builds a [`Crible`].
#[must_use]
pub struct Builder {
    named: Vec<Named>,
    cache: Option<PathBuf>,
    surroundings: Surroundings,
}

impl Default for Builder {
    fn default() -> Self {
        let variables = |name: &str| std::env::var(name).ok();
        let surroundings = Surroundings { console: Console::default(), variables: Box::new(variables) };
        Self { named: Vec::new(), cache: None, surroundings }
    }
}

impl Builder {
    /// A component that configs can use by a name, such as those of `crible-bundle`.
    pub fn with_bundled(self, kind: Kind, name: &str, component: &'static [u8]) -> Self {
        self.with(kind, name, Origin::Component(component))
    }

    /// A plugin that is linked into this program. It stands in place of a bundled one with the same name,
    /// and no sandbox holds it.
    pub fn with_linked(self, kind: Kind, name: &str, linked: Linked) -> Self {
        self.with(kind, name, Origin::Linked(linked))
    }

    /// The folder that keeps compiled components for the next start. Without it each start compiles.
    pub fn with_cache(mut self, folder: impl AsRef<Path>) -> Self {
        self.cache = Some(folder.as_ref().to_owned());
        self
    }

    /// What standard output is; no terminal by default.
    pub fn with_console(mut self, console: Console) -> Self {
        self.surroundings.console = console;
        self
    }

    /// What `${NAME}` in a config stands for; the environment's variables by default.
    pub fn with_variables(
        mut self,
        variables: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.surroundings.variables = Box::new(variables);
        self
    }

    /// All set.
    pub fn build(mut self) -> Crible {
        // As people read a pipeline: sources, filters, sinks.
        self.named.sort_by_key(|named| named.kind);
        let host = WasmHost::new(HostOptions { cache: self.cache });
        Crible::new(Shelf::new(host, self.named), self.surroundings)
    }

    fn with(mut self, kind: Kind, name: &str, origin: Origin) -> Self {
        self.named.retain(|named| !(named.kind == kind && named.name == name));
        self.named.push(Named { kind, name: name.to_owned(), origin });
        self
    }
}
