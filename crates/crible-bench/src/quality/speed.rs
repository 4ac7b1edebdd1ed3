//! What each rule costs, from the benchmark.

use std::process::Command;

use anyhow::{Result, bail};

pub(super) fn measure() -> Result<String> {
    let output =
        Command::new(std::env::current_exe()?).args(["bench", "--quick", "--only", "filters"]).output()?;
    if !output.status.success() {
        bail!("the benchmark failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let table = String::from_utf8(output.stdout)?;
    Ok(format!(
        "## What each rule costs\n\nMessages of 223 bytes on one core, each rule as a component and linked \
         (`cargo xtask bench --quick --only filters`).\n\n```\n{}\n```\n",
        table.trim_end()
    ))
}
