//! The runtime and how it is set up.

use std::path::Path;

use crible_core::Kind;
use wasmtime::component::Linker;
use wasmtime::{Cache, CacheConfig, Config, Engine, Result, Strategy};

use crate::guest::Guest;
use crate::link;
use crate::ticker::Ticker;

/// How tightly compiled plugins are packed on disk, as zstd counts.
const PACKED: i32 = 3;

/// A runtime with the contract's imports.
pub(crate) struct Runtime {
    pub(crate) engine: Engine,
    filters: Linker<Guest>,
    others: Linker<Guest>,
    _ticker: Option<Ticker>,
}

impl Runtime {
    /// A runtime whose guests can be interrupted, which costs them some speed, or one whose guests cannot.
    pub(crate) fn start(cache: Option<&Path>, interrupt: bool) -> Result<Self> {
        let engine = Engine::new(&config(cache, interrupt))?;
        let ticker = if interrupt { Some(Ticker::start(engine.weak())?) } else { None };
        Ok(Self {
            filters: link::for_filters(&engine)?,
            others: link::for_sources_and_sinks(&engine)?,
            engine,
            _ticker: ticker,
        })
    }

    /// What a plugin of this kind may import.
    pub(crate) fn linker(&self, kind: Kind) -> &Linker<Guest> {
        match kind {
            Kind::Filter => &self.filters,
            Kind::Source | Kind::Sink => &self.others,
        }
    }
}

fn config(cache: Option<&Path>, interrupt: bool) -> Config {
    let mut config = Config::new();
    config
        .strategy(Strategy::Cranelift)
        .epoch_interruption(interrupt)
        // All exports are synchronous; an empty call takes 150 ns with this and 700 without.
        .concurrency_support(false)
        .cache(cache.and_then(open_cache));
    config
}

/// The compile cache. Without one each start compiles anew, which is slower but no reason not to start.
fn open_cache(folder: &Path) -> Option<Cache> {
    let mut config = CacheConfig::new();
    let folder = std::path::absolute(folder).ok()?;
    config.with_directory(&folder);
    // What was used often would be packed tighter in the middle of a run, in 150 MB of memory.
    config.with_baseline_compression_level(PACKED).with_optimized_compression_level(PACKED);
    match Cache::new(config) {
        Ok(cache) => Some(cache),
        Err(error) => {
            tracing::warn!("compiled plugins cannot be kept in {}: {error:#}", folder.display());
            None
        }
    }
}
