//! `cargo xtask bench`, `quality` and `crash`: they need the whole of crible, so they are a program of their
//! own (`crible-bench`), and building the plugins does not wait for it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What the task itself takes; `--help` lists it.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run(workspace: &Path, task: &str, arguments: &Arguments) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(workspace).args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "crible-bench",
        "--",
        task,
    ]);
    let status = command.args(&arguments.rest).status().context("cargo cannot be started")?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => std::process::exit(code),
        None => bail!("{task} was ended by a signal"),
    }
}
