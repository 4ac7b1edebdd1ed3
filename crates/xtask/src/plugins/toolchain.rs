//! A compiler that has the target of the plugins.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// What plugins are built for before they are wrapped: without WASI, there is nothing to grant.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LINKERS: [&str; 3] = ["wasm-ld-22", "wasm-ld-21", "wasm-ld"];

/// A compiler that has the target of the plugins.
pub(super) enum Toolchain {
    /// The one that runs this.
    Installed,
    /// Debian's, which brings the library as source, with a linker.
    Debian { linker: &'static str },
}

impl Toolchain {
    /// The installed compiler, with the target added where it lacks; else Debian's.
    pub(super) fn find() -> Result<Self> {
        if has_target() || (add_target() && has_target()) {
            return Ok(Self::Installed);
        }
        let works = |linker: &&str| runs(Command::new(linker).arg("--version"));
        match DEBIAN_LINKERS.into_iter().find(works) {
            Some(linker) if Path::new(DEBIAN_RUSTC).exists() => {
                eprintln!("{TARGET} cannot be added by rustup; building with Debian's {DEBIAN_RUSTC}");
                Ok(Self::Debian { linker })
            }
            _ => bail!(
                "there is no compiler for {TARGET}: run `rustup target add {TARGET}`, or on Debian \
                 `apt-get install rustc-web rust-web-src lld-22`"
            ),
        }
    }

    /// A cargo that builds with it.
    pub(super) fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        if let Self::Debian { linker } = self {
            cargo.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1");
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            cargo.arg("-Zbuild-std=std,panic_abort");
        }
        cargo
    }
}

/// Whether the installed compiler has the target's library.
fn has_target() -> bool {
    let mut rustc = Command::new("rustc");
    let Ok(output) = rustc.args(["--print", "target-libdir", "--target", TARGET]).output() else {
        return false;
    };
    Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
}

fn add_target() -> bool {
    runs(Command::new("rustup").args(["target", "add", TARGET]))
}

fn runs(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
