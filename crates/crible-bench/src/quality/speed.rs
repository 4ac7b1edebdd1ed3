//! What each rule costs, from the benchmark.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::Bench;

/// Real messages, the shortest first.
const SETS: [&str; 4] = ["irc_ubuntu_train_30k", "reddit_top_titles_30k", "sms_spam", "crisislex_t6"];

pub(super) fn measure(bench: &Bench) -> Result<String> {
    let flood = printed(&["--only".into(), "filters".into()])?;
    let mut on_real: Vec<PathBuf> = vec!["--named".into(), "all rules".into()];
    for set in SETS {
        on_real.extend(["--on".into(), bench.data.join(format!("{set}.jsonl.gz"))]);
    }
    let real = printed(&on_real)?;
    Ok(format!(
        "## What each rule costs\n\nThe generated flood on one core, each rule as a component and linked \
         (`cargo xtask bench --quick --only filters`). *Not interrupted* is a stage with \
         `limits = {{ interrupt = false }}`.\n\n```\n{}\n```\n\nAll rules on real messages: {} (`cargo xtask bench \
         --quick --named \"all rules\" --on FILE`).\n\n```\n{}\n```\n",
        flood.trim_end(),
        SETS.map(|set| format!("`{set}`")).join(", "),
        real.trim_end()
    ))
}

/// What the benchmark prints.
fn printed(options: &[PathBuf]) -> Result<String> {
    let output = Command::new(std::env::current_exe()?).args(["bench", "--quick"]).args(options).output()?;
    if !output.status.success() {
        bail!("the benchmark failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}
