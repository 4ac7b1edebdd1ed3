//! Crible with the bundled plugins as components, or with the same plugins linked in.

use std::path::PathBuf;

use crible::{Crible, Kind};

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
        let builder = Crible::builder().with_cache(cache());
        match self {
            Self::Wasm => crible_bundle::bundled()
                .iter()
                .fold(builder, |builder, plugin| {
                    builder.with_bundled(plugin.kind, plugin.name, plugin.component)
                })
                .build(),
            Self::Native => linked()
                .into_iter()
                .fold(builder, |builder, (kind, name, linked)| builder.with_linked(kind, name, linked))
                .build(),
        }
    }
}

fn linked() -> Vec<(Kind, &'static str, crible::Linked)> {
    crible_bundle::linked()
}

fn cache() -> PathBuf {
    crate::program::root().join("target").join("crible-cache")
}
