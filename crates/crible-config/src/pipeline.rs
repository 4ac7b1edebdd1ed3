//! The table `[pipeline]`, and the limits and retries of a stage, as plain data.

use std::time::Duration;

use crate::document::Node;
use crate::plan::{AtEnd, Clock, Limits, OnError, PipelineSettings, QuarantineSettings, Retry};
use crate::problem::Problem;
use crate::units;

const SHORTEST_CHECKPOINT: Duration = Duration::from_millis(10);
const LEAST_QUARANTINE: u64 = 1_000_000;
const SHORTEST_QUARANTINE: Duration = Duration::from_secs(60);
const LEAST_MEMORY: u64 = 64 << 10;
const LEAST_ANSWER: u64 = 1 << 10;
const SHORTEST_CALL: Duration = Duration::from_millis(1);

/// Reads `[pipeline]`. What its schema refuses has its problem already and counts as left out.
pub(crate) fn pipeline_settings(table: &Node, problems: &mut Vec<Problem>) -> PipelineSettings {
    let settings = PipelineSettings {
        name: table.text("name").unwrap_or("crible").to_owned(),
        state: table.text("state").map(str::to_owned),
        clock: if table.text("clock") == Some("messages") { Clock::Messages } else { Clock::Wall },
        clock_chosen: table.get("clock").is_some(),
        checkpoint_every: time(table, "checkpoint_every", SHORTEST_CHECKPOINT, problems)
            .unwrap_or(Duration::from_secs(1)),
        dead_letters: table.text("dead_letters").map(str::to_owned),
        quarantine: table.get("quarantine").and_then(|node| quarantine(node, problems)),
        at_end: if table.text("at_end") == Some("keep") { AtEnd::Keep } else { AtEnd::Release },
        batch: count(table, "batch").filter(|rows| (1..=8192).contains(rows)).unwrap_or(2048),
        in_flight: count(table, "in_flight").filter(|most| *most > 0).unwrap_or(65_536),
        allow_native: table.flag("allow_native").unwrap_or(false),
    };
    if settings.in_flight < settings.batch
        && let Some(node) = table.get("in_flight")
    {
        problems.push(
            Problem::new(
                "out-of-range",
                node.span.clone(),
                format!("`in_flight` must be at least `batch`, which is {}", settings.batch),
                "not even one full batch could be under way",
            )
            .with_help("raise `in_flight`, or lower `batch`"),
        );
    }
    if settings.at_end == AtEnd::Keep
        && table.get("state").is_none()
        && let Some(node) = table.get("at_end")
    {
        problems.push(
            Problem::new(
                "needs-state",
                node.span.clone(),
                "held messages can only be kept when the pipeline has a `state`",
                "kept where?",
            )
            .with_help("add `state = \"DIR\"` below `[pipeline]`, or write `at_end = \"release\"`"),
        );
    }
    settings
}

/// Reads `quarantine`: a folder, or a table that names one.
fn quarantine(node: &Node, problems: &mut Vec<Problem>) -> Option<QuarantineSettings> {
    let usual = QuarantineSettings::at(node.as_text().or_else(|| node.text("path"))?);
    Some(QuarantineSettings {
        size: bytes(node, "size", LEAST_QUARANTINE, "1MB", problems).unwrap_or(usual.size),
        age: time(node, "age", SHORTEST_QUARANTINE, problems).unwrap_or(usual.age),
        ..usual
    })
}

/// Reads a stage's `limits`.
pub(crate) fn limits(stage: &Node, problems: &mut Vec<Problem>) -> Limits {
    let usual = Limits::default();
    let Some(table) = stage.get("limits") else { return usual };
    Limits {
        memory: bytes(table, "memory", LEAST_MEMORY, "64KiB", problems).unwrap_or(usual.memory),
        time: time(table, "time", SHORTEST_CALL, problems).unwrap_or(usual.time),
        answer: bytes(table, "answer", LEAST_ANSWER, "1KiB", problems).unwrap_or(usual.answer),
        log_per_second: small(table, "log_per_second").unwrap_or(usual.log_per_second),
        interrupt: table.flag("interrupt").unwrap_or(usual.interrupt),
    }
}

/// Reads a sink's `retry`.
pub(crate) fn retry(stage: &Node, problems: &mut Vec<Problem>) -> Retry {
    let usual = Retry::default();
    let Some(table) = stage.get("retry") else { return usual };
    let first = time(table, "first", SHORTEST_CALL, problems);
    let longest = time(table, "longest", SHORTEST_CALL, problems);
    let read = Retry {
        most: small(table, "most").unwrap_or(usual.most),
        first: first.unwrap_or(usual.first),
        longest: longest.unwrap_or(usual.longest),
    };
    if read.longest < read.first {
        let wrong = table.get("longest").or(table.get("first")).unwrap_or(table);
        problems.push(
            Problem::new(
                "out-of-range",
                wrong.span.clone(),
                "the `longest` wait is shorter than the `first` one",
                format!("`first` is {:?}, `longest` is {:?}", read.first, read.longest),
            )
            .with_help("waits grow from `first` to `longest`: make `longest` at least as long"),
        );
    }
    read
}

/// Reads a filter's `on_error`.
pub(crate) fn on_error(stage: &Node) -> OnError {
    match stage.text("on_error") {
        Some("keep") => OnError::Keep,
        Some("drop") => OnError::Drop,
        Some("stop") => OnError::Stop,
        _ => OnError::DeadLetter,
    }
}

fn count(table: &Node, key: &str) -> Option<usize> {
    table.integer(key).and_then(|number| usize::try_from(number).ok())
}

fn small(table: &Node, key: &str) -> Option<u32> {
    table.integer(key).and_then(|number| u32::try_from(number).ok())
}

fn time(table: &Node, key: &str, shortest: Duration, problems: &mut Vec<Problem>) -> Option<Duration> {
    let read = units::duration(table.text(key)?).ok()?;
    if read >= shortest {
        return Some(read);
    }
    too_small(table, key, &format!("{shortest:?}"), problems);
    None
}

fn bytes(table: &Node, key: &str, least: u64, words: &str, problems: &mut Vec<Problem>) -> Option<u64> {
    let read = units::size(table.text(key)?).ok()?;
    if read >= least {
        return Some(read);
    }
    too_small(table, key, words, problems);
    None
}

fn too_small(table: &Node, key: &str, least: &str, problems: &mut Vec<Problem>) {
    if let Some(node) = table.get(key) {
        problems.push(Problem::new(
            "out-of-range",
            node.span.clone(),
            format!("`{key}` must be at least {least}"),
            "too small",
        ));
    }
}
