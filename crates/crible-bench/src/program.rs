//! The `crible` program, built.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Build the program as a user would and say where it lies.
pub(crate) fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--package", "crible-cli"])
        .status()
        .context("cargo cannot be started")?;
    ensure!(status.success(), "the program cannot be built");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release").join(format!("crible{}", std::env::consts::EXE_SUFFIX)))
}

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}
