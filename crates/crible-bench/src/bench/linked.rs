//! Crible with the bundled plugins as components, or with the same plugins linked in.

use std::path::PathBuf;

use crible::{Builder, Crible};

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
                builder.with_bundled(plugin.kind, plugin.name, plugin.component)
            }),
            Self::Native => crible_bundle::linked()
                .into_iter()
                .fold(builder, |builder, (kind, name, linked)| builder.with_linked(kind, name, linked)),
        }
    }
}

fn cache() -> PathBuf {
    crate::program::root().join("target").join("crible-cache")
}
