//! The house's own tasks: `cargo xtask TASK`.

mod measure;
mod plugins;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// The house's own tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the bundled plugins from source into the components that the bundle embeds.
    Plugins(plugins::Arguments),
    /// Build one crate into a component: what a benchmark or a test needs beside the bundle.
    #[command(hide = true)]
    Component(plugins::OneArguments),
    /// Check the house's rules: who depends on whom, and what the files may hold.
    Tidy,
    /// Measure speed and memory, components beside linked plugins, and print the table.
    #[command(disable_help_flag = true)]
    Bench(measure::Arguments),
    /// Measure how well the rules select, on real data, and print the page.
    #[command(disable_help_flag = true)]
    Quality(measure::Arguments),
    /// Kill the program at random moments and see whether anything is lost.
    #[command(disable_help_flag = true)]
    Crash(measure::Arguments),
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
    let workspace = workspace()?;
    match Arguments::parse().task {
        Task::Plugins(arguments) => plugins::run(&workspace, &arguments),
        Task::Component(arguments) => plugins::build_one(&workspace, &arguments),
        Task::Tidy => tidy::run(&workspace),
        Task::Bench(arguments) => measure::run(&workspace, "bench", &arguments),
        Task::Quality(arguments) => measure::run(&workspace, "quality", &arguments),
        Task::Crash(arguments) => measure::run(&workspace, "crash", &arguments),
    }
}

/// The folder of the workspace.
fn workspace() -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    folder.canonicalize().context("the workspace has moved since xtask was built")
}
