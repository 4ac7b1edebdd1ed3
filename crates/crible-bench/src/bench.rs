//! `cargo xtask bench`: what crossing the sandbox costs and how fast the whole is, each beside the same
//! plugins linked natively, in one run.

mod crossing;
mod filters;
mod linked;
mod runs;
mod timing;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

pub(crate) use runs::BenchRun;

/// Measure, and print the table. These machines are noisy: what counts are medians and ratios of one run.
#[derive(Args, Debug)]
pub(crate) struct Bench {
    /// Fewer messages and repetitions; no run of ten million.
    #[arg(long)]
    quick: bool,
    /// Keep the flood here, so that the next run need not make it again.
    #[arg(long)]
    keep: Option<PathBuf>,
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
        crossing::measure(folder, scale)?;
        filters::measure(folder, scale)?;
        runs::measure(folder, scale)
    }
}
