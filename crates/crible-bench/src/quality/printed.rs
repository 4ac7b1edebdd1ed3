//! What the measurements of single plugins print: stories that are told again, and interests.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Bench;
use crate::program;

pub(super) fn measure(bench: &Bench) -> Result<String> {
    let of_story = |which: &[&str]| {
        let test = ["test", "--quiet", "--release", "--package", "filter-story"];
        printed(bench, &[&test, which].concat())
    };
    let stories = of_story(&["--test", "quality", "--", "--nocapture"])?;
    let exact = of_story(&["--lib", "--", "--ignored", "--nocapture", "exact"])?;
    let interests = printed(
        bench,
        &["run", "--quiet", "--release", "--package", "filter-interest", "--example", "ranking"],
    )?;
    Ok(format!(
        "## Stories told again\n\nThe titles of `reddit_top_titles_30k`, a tenth of them told again by a generator: \
         reordered, cut off, with typos, as \"RT @x:\"; see [story](story.md).\n\n```\n{stories}\n```\n\n\
         Of 20,000 titles and 2,000 told again, compared with every story before them:\n\n```\n{}\n```\n\n\
         ## Interests\n\nAverage precision and precision of the best thirty, for an interest written as a sentence, in \
         a few words, or as messages that were liked; see [interest](interest.md).\n\n```\n{interests}\n```\n",
        exact.trim()
    ))
}

/// What a command of cargo's prints, without what the test harness says.
fn printed(bench: &Bench, arguments: &[&str]) -> Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(program::root()).env("CRIBLE_DATA", &bench.data);
    let output = command.output().context("cargo cannot be started")?;
    if !output.status.success() {
        bail!("cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8(output.stdout)?;
    let harness = |line: &&str| {
        line.starts_with("running ") || line.starts_with("test result:") || line.chars().all(|of| of == '.')
    };
    Ok(text.lines().filter(|line| !harness(line)).collect::<Vec<_>>().join("\n"))
}
