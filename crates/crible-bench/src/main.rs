//! How fast the whole is, and what a crash costs. `cargo xtask bench` and `cargo xtask crash` start this.

mod bench;
mod crash;
mod flood;
mod program;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// How fast the whole is, and what a crash costs.
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
        Task::Crash(crash) => crash.run(),
    }
}
