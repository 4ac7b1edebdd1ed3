//! Sources.

use crible_testkit::guests;

use super::{Case, OUT, suspect};

fn assert_ends_the_run(work: &str, said: &[&str]) {
    let case = Case::new(&guests::source(work));
    let ended = case.run(&format!("{}{OUT}", suspect("source", "limits.time = '50ms'")));
    ended.assert(1, said);
    assert_eq!(case.lines("out.jsonl").len(), 0);
}

#[test]
fn a_source_that_always_panics_ends_the_run() {
    let cause = "it trapped (unreachable): panicked at src/lib.rs:9:5: à court d'idées 🙃\n";
    let error = format!("error: `suspect`: it failed 8 times in a row: {cause}");
    assert_ends_the_run("panic", &[&error, "  = help: this is a mistake in the plugin: tell its author"]);
}

#[test]
fn a_source_that_never_comes_to_an_end_ends_the_run() {
    let error = "error: `suspect`: it failed 8 times in a row: it ran longer than 50ms\n";
    assert_ends_the_run(
        "endless-loop",
        &[error, "  = help: if it needs longer, set `limits = { time = \"100ms\" }`"],
    );
}

#[test]
fn a_source_that_wants_too_much_memory_ends_the_run() {
    let error = "error: `suspect`: it failed 8 times in a row: it wanted more than 64 MiB of memory\n";
    assert_ends_the_run(
        "memory-bomb",
        &[error, "  = help: if it needs more, set `limits = { memory = \"128MiB\" }`"],
    );
}

#[test]
fn a_source_that_is_lost_goes_on_at_its_cursor() {
    let case = Case::new(&guests::source("lost-after-a-page"));
    let ended = case.run(&format!("{}{OUT}", suspect("source", "")));
    ended.assert(0, &["reading failed, it is tried again", "it trapped (unreachable)"]);
    let lines = case.lines("out.jsonl");
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["abcd", "efgh", "ij", "klmn", "opqr", "st"]);
}
