//! What the command brings to the pipelines: the bundled plugins, the cache, the terminal.

use std::path::PathBuf;

use crible::{Console, Crible};

use crate::output;

/// Everything that loading a config takes.
pub(crate) fn crible() -> Crible {
    let console = Console {
        width: output::terminal_width_of_stdout().and_then(|width| width.try_into().ok()).unwrap_or(0),
        colour: output::colour_on_stdout(),
    };
    let mut builder = Crible::builder().with_console(console);
    for plugin in crible_bundle::bundled() {
        builder = builder.with_bundled(plugin.kind, plugin.name, plugin.component);
    }
    match cache() {
        Some(folder) => builder.with_cache(folder).build(),
        None => builder.build(),
    }
}

/// The folder of compiled plugins, where there can be one: without it each start takes a little longer.
fn cache() -> Option<PathBuf> {
    let folder = cache_folder()?;
    match std::fs::create_dir_all(&folder) {
        Ok(()) => Some(folder),
        Err(error) => {
            tracing::info!("{} cannot be made ({error}): plugins are compiled anew", folder.display());
            None
        }
    }
}

fn cache_folder() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set("CRIBLE_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|caches| caches.join("crible")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/crible")))?;
    std::path::absolute(folder).ok()
}
