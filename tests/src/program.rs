//! The `crible` command under the name by which the tests find it.

use std::process::ExitCode;

fn main() -> ExitCode {
    crible_cli::main()
}
