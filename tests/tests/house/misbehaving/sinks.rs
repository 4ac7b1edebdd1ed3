//! Sinks. The guest prints what it takes.

use std::collections::BTreeSet;
use std::fs;

use crible_testkit::guests;

use super::{Case, IN, all_ids, ids, ids_of, suspect, text};

const LIMITS: &str = "limits = { time = '100ms', answer = '1MiB' }";

#[test]
fn a_sink_that_never_works_ends_the_run_and_the_next_run_delivers() {
    for (work, cause) in [
        ("trap", "it trapped (unreachable)\n"),
        ("panic", "it trapped (unreachable): panicked at src/lib.rs:9:5: à court d'idées 🙃\n"),
        ("endless-loop", "it ran longer than 100ms\n  = help: if it needs longer"),
        ("memory-bomb", "it wanted more than 64 MiB of memory\n  = help: if it needs more"),
        ("wrong-row-count", "it answered with 2 outcomes for 1 message\n"),
        ("huge-answer", "it answered with more than 1 MiB\n  = help: if it has so much to say"),
    ] {
        let case = Case::new(&guests::sink(work));
        let stages = format!("{IN}{}", suspect("sink", &format!("{LIMITS}\nretry.first = '1ms'")));
        let ended = case.run_with("state = 'state'", &stages);
        ended.assert(1, &[&format!("error: `suspect`: it failed 64 times in a row: {cause}"), "  = help: "]);
        assert_eq!(case.lines("dead.jsonl").len(), 0, "{work}");
        fs::write(case.at("guest.wasm"), guests::sink("take")).unwrap();
        let ended = case.run_with("state = 'state'", &stages);
        ended.assert(0, &[]);
        assert_eq!(ended.printed, (0..40).map(text).collect::<String>(), "{work}");
    }
}

#[test]
fn what_a_sink_stumbles_over_is_a_dead_letter_and_nothing_is_lost() {
    let case = Case::new(&guests::sink_at_short("trap"));
    let stages = format!("{IN}{}", suspect("sink", "retry.first = '1ms'"));
    let ended = case.run_with("batch = 4", &stages);
    let said = "messages, they are delivered in parts: it trapped (unreachable)";
    ended.assert(0, &[said, "dead letters in "]);
    let dead = case.lines("dead.jsonl");
    for letter in &dead {
        assert_eq!(
            (&letter["stage"], &letter["reason"]),
            (&"suspect".into(), &"it trapped (unreachable)".into())
        );
    }
    // The guilty messages and no others.
    let dead = ids_of(dead.iter().map(|letter| &letter["message"]));
    assert_eq!(dead, ids(true));
    let delivered: BTreeSet<String> = ids(false).into_iter().map(|id| text(id.parse().unwrap())).collect();
    // What a lost instance had taken is given to the next one: what cannot go back prints it again.
    let printed: BTreeSet<String> = ended.printed.split_inclusive('\n').map(str::to_owned).collect();
    assert_eq!(printed, delivered);
    assert!(delivered.len() > 10, "{delivered:?}");
}

#[test]
fn what_a_sink_never_takes_is_a_dead_letter_with_its_reason() {
    let case = Case::new(&guests::sink("try-later"));
    let stages = format!("{IN}{}", suspect("sink", "retry = { first = '1ms', most = 2 }"));
    let ended = case.run(&stages);
    let said = "(40 of 40), tried again in 2ms: not today, hélas";
    ended.assert(0, &[said, "40 dead letters in "]);
    assert_eq!(ended.printed, "");
    let dead = case.lines("dead.jsonl");
    assert!(dead.iter().all(|letter| letter["reason"] == "not today, hélas"), "{:?}", dead.first());
    assert_eq!(ids_of(dead.iter().map(|letter| &letter["message"])), all_ids());
}
