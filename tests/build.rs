//! Finds out whether the tests can have a terminal: those that need one are counted as ignored elsewhere.

use std::process::Command;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(terminal)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PATH");
    // The `script` of other systems has other options.
    let version = Command::new("script").arg("--version").output();
    if version.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("util-linux")) {
        println!("cargo::rustc-cfg=terminal");
    }
}
