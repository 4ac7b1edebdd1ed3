//! A crash at every step, and a restart from what was durable.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crible_engine::{AtEnd, Clock, Node, Pipeline, Report, RunError, Settings, start};
use proptest::prelude::*;

use crate::stages::{Fuse, Paper, best, counting, once, writing};

const MESSAGES: u64 = 300;

/// One run: source → once → a sink, and → best → another sink.
fn run(
    state: Option<&Path>,
    settings: &Settings,
    papers: &[Paper; 2],
    fuse: &Fuse,
) -> Result<Report, RunError> {
    let committed = Arc::new(Mutex::new(0));
    let pipeline = Pipeline {
        name: "test".into(),
        sources: vec![counting("in", MESSAGES, fuse, &committed)],
        filters: vec![once("once", &[Node::Source(0)], fuse), best("best", &[Node::Filter(0)], 500, fuse)],
        sinks: vec![
            writing("all", &[Node::Filter(0)], &papers[0], fuse),
            writing("few", &[Node::Filter(1)], &papers[1], fuse),
        ],
        settings: Settings { state: state.map(Path::to_owned), ..settings.clone() },
    };
    let ended = start(pipeline)?.wait()?;
    if state.is_some() {
        assert_eq!(*committed.lock().unwrap(), MESSAGES, "the source hears that all is durable");
    }
    Ok(ended)
}

fn settings(batch: usize) -> Settings {
    Settings {
        clock: Clock::Messages,
        checkpoint_every: Duration::from_millis(1),
        batch,
        in_flight: batch * 4,
        ..Settings::default()
    }
}

fn read(papers: &[Paper; 2]) -> [Vec<String>; 2] {
    papers.each_ref().map(|paper| paper.lock().unwrap().clone())
}

fn undisturbed(batch: usize) -> [Vec<String>; 2] {
    let papers = Default::default();
    run(None, &settings(batch), &papers, &Fuse::never()).unwrap();
    read(&papers)
}

#[test]
fn how_messages_are_cut_into_batches_changes_nothing() {
    let whole = undisturbed(1000);
    assert_eq!(whole[1].len(), 6, "a best message for each of six windows");
    assert!(whole[1][0].contains("\"reason\":\"the best of its window\""), "{}", whole[1][0]);
    for batch in [1, 7, 64] {
        assert_eq!(undisturbed(batch), whole);
    }
}

#[test]
fn a_crash_at_every_step_loses_nothing_and_repeats_nothing() {
    let expected = undisturbed(32);
    let mut crashes = 0;
    for steps in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let papers: [Paper; 2] = Default::default();
        let fuse = Fuse::after(steps);
        let first = run(Some(folder.path()), &settings(32), &papers, &fuse);
        if fuse.is_left() {
            break;
        }
        if let Err(error) = first {
            crashes += 1;
            assert_eq!(error.message, "crash");
            run(Some(folder.path()), &settings(32), &papers, &Fuse::never()).unwrap();
        }
        assert!(
            read(&papers) == expected,
            "after a crash at step {steps}: {} and {} messages, expected {} and {}",
            read(&papers)[0].len(),
            read(&papers)[1].len(),
            expected[0].len(),
            expected[1].len()
        );
    }
    assert!(crashes > 100, "{crashes} crashes");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Any number of crashes, one after the other.
    #[test]
    fn crash_after_crash(crashes in prop::collection::vec(0i64..120, 0..6), batch in 1usize..64) {
        let folder = tempfile::tempdir().unwrap();
        let papers: [Paper; 2] = Default::default();
        for steps in crashes {
            let _ = run(Some(folder.path()), &settings(batch), &papers, &Fuse::after(steps));
        }
        run(Some(folder.path()), &settings(batch), &papers, &Fuse::never()).unwrap();
        prop_assert!(read(&papers) == undisturbed(batch));
    }
}

#[test]
fn a_finished_stream_that_is_run_again_says_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let papers: [Paper; 2] = Default::default();
    for _ in 0..2 {
        run(Some(folder.path()), &settings(50), &papers, &Fuse::never()).unwrap();
    }
    assert_eq!(read(&papers), undisturbed(50));
}

#[test]
fn what_is_kept_at_the_end_is_there_for_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let papers: [Paper; 2] = Default::default();
    let keep = Settings { at_end: AtEnd::Keep, ..settings(50) };
    let report = run(Some(folder.path()), &keep, &papers, &Fuse::never()).unwrap();
    assert_eq!(report.stages[2].held, 1, "the last window is still open");
    assert_eq!(papers[1].lock().unwrap().len(), 5);
    run(Some(folder.path()), &settings(50), &papers, &Fuse::never()).unwrap();
    assert_eq!(read(&papers), undisturbed(50));
}
