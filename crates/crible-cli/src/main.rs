//! The `crible` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    crible_cli::main()
}
