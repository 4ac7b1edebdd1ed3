//! From a plugin's crate to a core module.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::toolchain::{TARGET, Toolchain};

/// Between two flags in `CARGO_ENCODED_RUSTFLAGS`.
const SEPARATOR: &str = "\x1f";

/// Build a plugin's crate. The same sources give the same bytes, wherever they lie.
pub(super) fn module(workspace: &Path, toolchain: &Toolchain, package: &str) -> Result<Vec<u8>> {
    // By themselves: built together, the plugins would share the features of their dependencies.
    let target = workspace.join("target/plugins");
    let mut cargo = toolchain.cargo();
    cargo.current_dir(workspace).args(["build", "--quiet", "--lib", "--profile", "plugin"]);
    cargo.args(["--package", package, "--target", TARGET]);
    cargo.env("CARGO_TARGET_DIR", &target);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags(workspace).join(SEPARATOR));
    cargo.env_remove("RUSTFLAGS");
    let status = cargo.status().context("cargo cannot be started")?;
    if !status.success() {
        bail!("{package} does not build for {TARGET}");
    }
    let file = target.join(TARGET).join("plugin").join(format!("{}.wasm", package.replace('-', "_")));
    fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))
}

/// Refuse a component that names a folder of this machine.
pub(super) fn check_paths(workspace: &Path, package: &str, component: &[u8]) -> Result<()> {
    for (folder, _) in folders(workspace) {
        let name = folder.to_string_lossy().into_owned();
        if component.windows(name.len()).any(|window| window == name.as_bytes()) {
            bail!("{package}'s component names the folder {name} of this machine");
        }
    }
    Ok(())
}

fn flags(workspace: &Path) -> Vec<String> {
    // SIMD makes memchr four times as fast.
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
    let remap = |(from, to): (PathBuf, &str)| format!("--remap-path-prefix={}={to}", from.display());
    flags.extend(folders(workspace).into_iter().map(remap));
    flags
}

/// The folders of this machine that a compiler would name in panics, and what they are called instead.
fn folders(workspace: &Path) -> Vec<(PathBuf, &'static str)> {
    let mut folders = vec![(workspace.to_owned(), "crible")];
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    folders.extend(home.map(|home| (home, "cargo")));
    folders
}
