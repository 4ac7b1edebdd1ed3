//! What became of each message, and why, is remembered once, whatever happens.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crible_core::{Filter, Message, Rows, StageError, TextField, Verdicts};
use crible_engine::{
    Clock, Node, OnError, Pipeline, QuarantineSettings, RunError, Settings, quarantine_files, start,
};
use serde_json::Value;

use crate::stages::{Fuse, Paper, best, counting, filter, message, once, writing};

const MESSAGES: u64 = 300;

fn quarantine(folder: &Path) -> QuarantineSettings {
    let folder = folder.join("quarantine");
    QuarantineSettings { folder, size: 100 << 20, age: Duration::from_secs(3600) }
}

fn settings(folder: &Path, batch: usize) -> Settings {
    Settings {
        quarantine: Some(quarantine(folder)),
        clock: Clock::Messages,
        checkpoint_every: Duration::from_millis(1),
        batch,
        in_flight: batch * 4,
        ..Settings::default()
    }
}

/// source → once → a sink, and → best → another sink.
fn pipeline(settings: Settings, fuse: &Fuse, papers: &[Paper; 2]) -> Pipeline {
    Pipeline {
        name: "test".into(),
        sources: vec![counting("in", MESSAGES, fuse, &Arc::new(Mutex::new(0)))],
        filters: vec![once("once", &[Node::Source(0)], fuse), best("best", &[Node::Filter(0)], 500, fuse)],
        sinks: vec![
            writing("all", &[Node::Filter(0)], &papers[0], fuse),
            writing("few", &[Node::Filter(1)], &papers[1], fuse),
        ],
        settings,
    }
}

fn run(settings: Settings, fuse: &Fuse, papers: &[Paper; 2]) -> Result<(), RunError> {
    start(pipeline(settings, fuse, papers))?.wait().map(drop)
}

/// The lines of a quarantine, with nothing of the wall clock, in the order of the messages.
fn read(folder: &Path) -> Vec<Value> {
    let files = quarantine_files(&quarantine(folder).folder).unwrap();
    let text: String = files.into_iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &mut lines {
        let line = line.as_object_mut().unwrap();
        assert!(line.remove("stream").is_some() && line.remove("at").is_some());
    }
    lines.sort_by_key(|line| (line["seq"].as_u64(), line["is"] != "kept", line["stage"].to_string()));
    lines
}

fn undisturbed(batch: usize) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    run(settings(folder.path(), batch), &Fuse::never(), &Default::default()).unwrap();
    read(folder.path())
}

#[test]
fn every_message_says_what_became_of_it() {
    let lines = undisturbed(64);
    let of = |n: u64| -> Vec<&Value> {
        let id = format!("m{n}");
        lines.iter().filter(|line| line["id"] == *id).collect()
    };
    let mut texts = HashSet::new();
    for n in 0..MESSAGES {
        let ends: Vec<(&str, &str)> = of(n)
            .iter()
            .map(|line| (line["is"].as_str().unwrap(), line["stage"].as_str().unwrap()))
            .collect();
        // What repeats a text ends there; the rest reaches one sink, and the best of a window the other one too.
        if texts.insert(message(n).text) {
            let either = [[("kept", "all"), ("dropped", "best")], [("kept", "all"), ("kept", "few")]];
            assert!(either.iter().any(|either| ends == either), "m{n}: {ends:?}");
        } else {
            assert_eq!(ends, [("dropped", "once")], "m{n}");
        }
    }
    let dropped = of(2)[0];
    assert_eq!(dropped["why"][0]["reason"], "seen before");
    assert_eq!((&dropped["author"], &dropped["text"]), (&message(2).author.into(), &message(2).text.into()));
    assert_eq!(dropped["created_at"], 1020);
    let best: Vec<&Value> = lines.iter().filter(|line| line["stage"] == "few").collect();
    assert_eq!(best.len(), 6);
    assert_eq!(
        (&best[0]["score"], &best[0]["why"][0]["reason"]),
        (&1.0.into(), &"the best of its window".into())
    );
    // One that was the best until a better one came was held; another was dropped in the call that held it.
    let not_the_best = lines.iter().filter(|line| line["stage"] == "best");
    assert_eq!(
        not_the_best.filter(|line| line["why"][0]["reason"] == "not the best").count(),
        texts.len() - 6
    );
}

#[test]
fn how_messages_are_cut_into_batches_changes_nothing() {
    let whole = undisturbed(1000);
    for batch in [1, 7, 64] {
        assert!(undisturbed(batch) == whole, "batches of {batch}");
    }
}

#[test]
fn a_crash_at_any_step_forgets_nothing_and_repeats_nothing() {
    let expected = undisturbed(32);
    let mut crashes = 0;
    // The steps lie among the same things as their neighbours; every third is enough.
    for steps in (0..).step_by(3) {
        let folder = tempfile::tempdir().unwrap();
        let with_state =
            || Settings { state: Some(folder.path().join("state")), ..settings(folder.path(), 32) };
        let (fuse, papers) = (Fuse::after(steps), Default::default());
        let first = run(with_state(), &fuse, &papers);
        if fuse.is_left() {
            break;
        }
        if first.is_err() {
            crashes += 1;
            run(with_state(), &Fuse::never(), &papers).unwrap();
        }
        let got = read(folder.path());
        assert!(
            got == expected,
            "after a crash at step {steps}: {} lines, expected {}",
            got.len(),
            expected.len()
        );
    }
    assert!(crashes > 50, "{crashes} crashes");
}

#[test]
fn runs_that_remember_nothing_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        run(settings(folder.path(), 64), &Fuse::never(), &Default::default()).unwrap();
    }
    let files = quarantine_files(&quarantine(folder.path()).folder).unwrap();
    let text = fs::read_to_string(&files[0]).unwrap();
    let mut streams: Vec<u64> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["stream"].as_u64().unwrap())
        .collect();
    streams.dedup();
    assert_eq!((files.len(), streams.len()), (1, 2), "{streams:?}");
}

/// Fails on one message in ten.
struct Picky;

impl Filter for Picky {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        for message in rows.iter() {
            if message.text_of(TextField::Id).ends_with('7') {
                out.add_score(message.row(), 0.5);
                out.label(message.row(), "odd");
                out.fail(message.row(), "too odd to judge");
            }
        }
        Ok(())
    }
}

#[test]
fn what_fails_is_told_as_what_becomes_of_it() {
    for (on_error, is, expected) in
        [(OnError::DeadLetter, "failed", 30), (OnError::Drop, "dropped", 30), (OnError::Keep, "kept", 300)]
    {
        let folder = tempfile::tempdir().unwrap();
        let mut pipeline = pipeline(settings(folder.path(), 64), &Fuse::never(), &Default::default());
        pipeline.filters = vec![filter("picky", &[Node::Source(0)], |_| Picky)];
        pipeline.filters[0].on_error = on_error;
        pipeline.sinks.pop();
        start(pipeline).unwrap().wait().unwrap();
        let lines = read(folder.path());
        assert_eq!(lines.len(), MESSAGES as usize);
        let ended: Vec<&Value> = lines.iter().filter(|line| line["is"] == is).collect();
        assert_eq!(ended.len(), expected, "{on_error:?}");
        let odd = lines.iter().find(|line| line["id"] == "m7").unwrap();
        let why = serde_json::json!([{"stage": "picky", "score": 0.5, "reason": "too odd to judge", "labels": ["odd"]}]);
        assert_eq!((&odd["why"], &odd["score"]), (&why, &0.5.into()), "{on_error:?}");
    }
}

#[test]
fn a_quarantine_that_cannot_be_written_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(folder.path(), 32);
    let of = settings.quarantine.as_mut().unwrap();
    of.size = 20_000;
    let in_the_way = of.folder.join("quarantine-000002.jsonl");
    let mut pipeline = pipeline(settings, &Fuse::never(), &Default::default());
    pipeline.filters = vec![filter("picky", &[Node::Source(0)], move |_| {
        fs::create_dir(&in_the_way).unwrap();
        Picky
    })];
    pipeline.sinks.pop();
    let error = start(pipeline).unwrap().wait().unwrap_err();
    assert!(
        error.message.starts_with("the quarantine in ") && error.message.contains("cannot be written"),
        "{error}"
    );
    assert!(error.hint.is_some());
}

#[test]
fn a_quarantine_that_another_run_uses_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let slow = filter("slow", &[Node::Source(0)], |_| Slow);
    let mut first = pipeline(settings(folder.path(), 1), &Fuse::never(), &Default::default());
    first.filters = vec![slow];
    first.sinks.pop();
    let running = start(first).unwrap();
    let error = run(settings(folder.path(), 64), &Fuse::never(), &Default::default()).unwrap_err();
    assert!(error.message.contains("another run is using the quarantine"), "{error}");
    running.abort();
    running.wait().unwrap();
    run(settings(folder.path(), 64), &Fuse::never(), &Default::default()).unwrap();
}

struct Slow;

impl Filter for Slow {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        std::thread::sleep(Duration::from_millis(20));
        (0..rows.len()).for_each(|row| out.drop(row, "too late"));
        Ok(())
    }
}

#[test]
fn a_message_of_any_text_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    run(settings(folder.path(), 64), &Fuse::never(), &Default::default()).unwrap();
    for mut line in read(folder.path()) {
        let object = line.as_object_mut().unwrap();
        for own in ["is", "stage", "score", "why", "seq"] {
            object.remove(own);
        }
        serde_json::from_value::<Message>(line).unwrap();
    }
}
