//! `cargo xtask bench`: what crossing the sandbox costs and how fast the whole is, each beside the same
//! plugins linked natively, in one run.

mod crossing;
mod filters;
mod linked;
mod runs;
mod timing;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

pub(crate) use runs::BenchRun;

/// Measure, and print the table. These machines are noisy: what counts are medians and ratios of one run.
///
/// While you tune a plugin: `cargo xtask plugins --out DIR PLUGIN`, then CRIBLE_BENCH_COMPONENTS=DIR measures the
/// components of that folder instead of the bundled ones, beside the native twins as they were built.
#[derive(Args, Debug)]
pub(crate) struct Bench {
    /// Fewer messages and repetitions; no run of ten million.
    #[arg(long)]
    quick: bool,
    /// Only these parts of the table.
    #[arg(long, value_enum)]
    only: Vec<Part>,
    /// Measure the filters on the messages of this file, as source-jsonl reads them, instead of on the flood.
    #[arg(long, value_name = "FILE", conflicts_with = "only")]
    on: Vec<PathBuf>,
    /// Only filters whose name in the table begins with this.
    #[arg(long, value_name = "NAME")]
    named: Option<String>,
    /// Keep the flood here, so that the next run need not make it again.
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// A part of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What entering and leaving the sandbox costs.
    Crossing,
    /// The filters by themselves.
    Filters,
    /// Whole runs: messages a second, memory, where the time goes, the start.
    Runs,
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
struct Scale {
    /// Messages for the filters by themselves.
    filtered: u64,
    /// Messages for whole runs, and for the long run that shows whether memory stays flat.
    whole: u64,
    long: Option<u64>,
    /// How often each is repeated.
    times: usize,
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        let scale = if self.quick {
            Scale { filtered: 50_000, whole: 200_000, long: None, times: 3 }
        } else {
            Scale { filtered: 200_000, whole: 1_000_000, long: Some(10_000_000), times: 5 }
        };
        let temporary = tempfile::tempdir()?;
        let folder = self.keep.as_deref().unwrap_or(temporary.path());
        std::fs::create_dir_all(folder)?;
        let named = self.named.as_deref().unwrap_or_default();
        if !self.on.is_empty() {
            return self.on.iter().try_for_each(|file| filters::measure_on(file, folder, scale, named));
        }
        let wanted = |part| match self.only.as_slice() {
            [] => named.is_empty() || part == Part::Filters,
            only => only.contains(&part),
        };
        if wanted(Part::Crossing) {
            crossing::measure(folder, scale)?;
        }
        if wanted(Part::Filters) {
            filters::measure(folder, scale, named)?;
        }
        if wanted(Part::Runs) {
            runs::measure(folder, scale)?;
        }
        Ok(())
    }
}
