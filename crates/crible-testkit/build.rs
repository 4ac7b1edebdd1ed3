//! Finds the shared data, so that tests which need it are counted as ignored where it is missing.

use std::env;
use std::path::{Path, PathBuf};

/// Names the folder of the shared data.
const VARIABLE: &str = "CRIBLE_DATA";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = env::var_os(VARIABLE).unwrap_or_else(|| "../shared/data".into());
    let folder = workspace.join(PathBuf::from(named));
    // A folder that is not there is not watched: cargo would take it for changed at every build.
    if let Some(folder) = folder.canonicalize().ok().filter(|folder| folder.is_dir()) {
        println!("cargo::rerun-if-changed={}", folder.display());
        println!("cargo::rustc-env=SHARED_DATA={}", folder.display());
        println!("cargo::rustc-cfg=shared_data");
    }
}
