//! Filters.

use std::fs;

use crible_testkit::guests;
use crible_wit::WIT;

use super::{Case, IN, OUT, all_ids, ids, ids_of, suspect};

const LIMITS: &str = "limits = { time = '100ms', answer = '1MiB' }";

/// How each misbehaves, and what is said of it.
const WORKS: [(&str, &str); 6] = [
    ("trap", "it trapped (unreachable)"),
    ("panic", "it trapped (unreachable): panicked at src/lib.rs:9:5: à court d'idées 🙃"),
    ("endless-loop", "it ran longer than 100ms"),
    ("memory-bomb", "it wanted more than 64 MiB of memory"),
    ("wrong-row-count", "it answered with 2 verdicts for 1 message"),
    ("huge-answer", "it answered with more than 1 MiB"),
];

#[test]
fn what_a_filter_stumbles_over_is_a_dead_letter_and_the_rest_arrives() {
    for (work, reason) in WORKS {
        let case = Case::new(&guests::filter_at_short(work));
        let ended = case.run(&format!("{IN}{}{OUT}", suspect("filter", LIMITS)));
        ended.assert(0, &["suspect", reason, "6 dead letters in "]);
        assert_eq!(ids_of(&case.lines("out.jsonl")), ids(false), "{work}");
        let dead = case.lines("dead.jsonl");
        assert_eq!(ids_of(dead.iter().map(|letter| &letter["message"])), ids(true), "{work}");
        for letter in dead {
            assert_eq!((&letter["stage"], &letter["reason"]), (&"suspect".into(), &reason.into()));
        }
    }
}

#[test]
fn on_error_says_what_becomes_of_it() {
    for (on_error, arrive) in [("keep", all_ids()), ("drop", ids(false))] {
        let case = Case::new(&guests::filter_at_short("trap"));
        let ended = case.run(&format!("{IN}{}{OUT}", suspect("filter", &format!("on_error = '{on_error}'"))));
        ended.assert(0, &["it trapped (unreachable)"]);
        assert_eq!(ids_of(&case.lines("out.jsonl")), arrive, "{on_error}");
        assert_eq!(case.lines("dead.jsonl").len(), 0, "{on_error}");
    }
    let case = Case::new(&guests::filter_at_short("trap"));
    let ended = case.run(&format!("{IN}{}{OUT}", suspect("filter", "on_error = 'stop'")));
    let said = "error: `suspect`: message \"3\" could not be judged: it trapped (unreachable)\n";
    ended.assert(1, &[said, "  = help: on_error = \"dead_letter\" would set such messages aside"]);
}

/// A filter that never works ends the run; with a state, nothing is lost by that.
fn assert_ends_the_run(work: &str, said: &[&str]) {
    let case = Case::new(&guests::filter(work));
    let stages = format!("{IN}{}{OUT}", suspect("filter", "limits.time = '20ms'"));
    case.run_with("state = 'state'", &stages).assert(1, said);
    assert_eq!((case.lines("out.jsonl").len(), case.lines("dead.jsonl").len()), (0, 0));
    fs::write(case.at("guest.wasm"), guests::filter("keep")).unwrap();
    case.run_with("state = 'state'", &stages).assert(0, &[]);
    assert_eq!(ids_of(&case.lines("out.jsonl")), all_ids(), "{work}");
}

#[test]
fn a_filter_that_always_panics_ends_the_run() {
    let cause = "it trapped (unreachable): panicked at src/lib.rs:9:5: à court d'idées 🙃\n";
    let error = format!("error: `suspect`: it failed 64 times in a row: {cause}");
    assert_ends_the_run("panic", &[&error, "  = help: this is a mistake in the plugin: tell its author"]);
}

#[test]
fn a_filter_that_never_comes_to_an_end_ends_the_run() {
    let error = "error: `suspect`: it failed 64 times in a row: it ran longer than 20ms\n";
    assert_ends_the_run(
        "endless-loop",
        &[error, "  = help: if it needs longer, set `limits = { time = \"40ms\" }`"],
    );
}

#[test]
fn a_filter_that_cannot_say_what_it_remembers_ends_a_run_that_wants_to_know() {
    let snapshot = "(func (export \"snapshot\") (result i32) ";
    let text = guests::text("filter", "keep")
        .replace(&format!("{snapshot}(i32.const 64))"), &format!("{snapshot}unreachable)"));
    let case = Case::new(&guests::component("filter", WIT, &text));
    let stages = format!("{IN}{}{OUT}", suspect("filter", ""));
    case.run(&stages).assert(0, &[]);
    fs::remove_file(case.at("out.jsonl")).unwrap();
    case.run_with("state = 'state'", &stages).assert(1, &["error: `suspect`: it trapped (unreachable)\n"]);
}
