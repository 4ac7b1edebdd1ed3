//! Crible with the bundled plugins as components, or with the same plugins linked in.

use std::path::{Path, PathBuf};

use crible::{Builder, Crible};
use crible_bundle::Bundled;

/// Names a folder of components that are measured instead of the bundled ones.
const COMPONENTS: &str = "CRIBLE_BENCH_COMPONENTS";

/// How the plugins of a measurement are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As sandboxed components.
    Wasm,
    /// Linked into the program.
    Native,
}

impl How {
    pub(super) fn crible(self) -> Crible {
        self.builder().build()
    }

    /// The same, to which more plugins can be added.
    pub(super) fn builder(self) -> Builder {
        let builder = Crible::builder().with_cache(cache());
        match self {
            Self::Wasm => crible_bundle::bundled().iter().fold(builder, |builder, plugin| {
                builder.with_bundled(plugin.kind, plugin.name, component(plugin))
            }),
            Self::Native => crible_bundle::linked()
                .into_iter()
                .fold(builder, |builder, (kind, name, linked)| builder.with_linked(kind, name, linked)),
        }
    }
}

/// A bundled component, or its namesake in the folder that is measured instead.
fn component(plugin: &Bundled) -> &'static [u8] {
    let other = std::env::var_os(COMPONENTS)
        .map(|folder| Path::new(&folder).join(format!("{}-{}.wasm", plugin.kind, plugin.name)));
    let other = other.and_then(|file| std::fs::read(file).ok());
    other.map_or(plugin.component, |bytes| bytes.leak())
}

fn cache() -> PathBuf {
    crate::program::root().join("target").join("crible-cache")
}
