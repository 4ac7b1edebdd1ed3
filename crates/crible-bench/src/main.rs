//! How fast the whole is, how well it selects, and what a crash costs. `cargo xtask bench`, `cargo xtask
//! quality` and `cargo xtask crash` start this.

mod bench;
mod crash;
mod flood;
mod program;
mod quality;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// How fast the whole is, how well it selects, and what a crash costs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Bench(bench::Bench),
    #[command(hide = true)]
    BenchRun(bench::BenchRun),
    Quality(quality::Quality),
    Crash(crash::Crash),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    match Arguments::parse().task {
        Task::Bench(bench) => bench.run(),
        Task::BenchRun(run) => run.run(),
        Task::Quality(quality) => quality.run(),
        Task::Crash(crash) => crash.run(),
    }
}
