//! Branches, joins, counting, stopping.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crible_core::{Filter, Kind, NumberField, Rows, StageError, Verdicts};
use crible_engine::{Node, Pipeline, Settings, start};

use crate::stages::{Fuse, Paper, best, counting, filter, once, writing};

/// Keeps what has an even or odd number of likes, with a score.
struct Parity(i64);

impl Filter for Parity {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        for message in rows.iter() {
            if message.number(NumberField::Likes) % 3 == self.0 {
                out.drop(message.row(), "not mine");
            } else {
                out.add_score(message.row(), 1.0);
            }
        }
        Ok(())
    }
}

#[test]
fn branches_that_meet_again_deliver_each_message_once() {
    let paper = Paper::default();
    let (fuse, committed) = (Fuse::never(), Arc::new(Mutex::new(0)));
    let pipeline = Pipeline {
        name: "diamond".into(),
        sources: vec![counting("in", 99, &fuse, &committed)],
        filters: vec![
            filter("left", &[Node::Source(0)], |_| Parity(0)),
            filter("right", &[Node::Source(0)], |_| Parity(1)),
        ],
        sinks: vec![writing("out", &[Node::Filter(0), Node::Filter(1)], &paper, &fuse)],
        settings: Settings { batch: 10, in_flight: 40, ..Settings::default() },
    };
    let report = start(pipeline).unwrap().wait().unwrap();
    let lines = paper.lock().unwrap().clone();
    assert_eq!(lines.len(), 99);
    let likes = |n: u64| n * 7919 % 101 % 3;
    for (n, line) in lines.iter().enumerate() {
        let score = if likes(n as u64) == 2 { 2 } else { 1 };
        assert!(line.starts_with(&format!("m{n} {score} ")), "{line}");
    }
    assert_eq!(report.stages.iter().map(|stage| stage.received).collect::<Vec<_>>(), [99, 99, 99, 99]);
}

#[test]
fn the_report_accounts_for_every_message() {
    let paper = Paper::default();
    let (fuse, committed) = (Fuse::never(), Arc::new(Mutex::new(0)));
    let pipeline = Pipeline {
        name: "counts".into(),
        sources: vec![counting("one", 120, &fuse, &committed), counting("two", 80, &fuse, &committed)],
        filters: vec![
            once("once", &[Node::Source(0), Node::Source(1)], &fuse),
            best("best", &[Node::Filter(0)], 100, &fuse),
        ],
        sinks: vec![writing("out", &[Node::Filter(1)], &paper, &fuse)],
        settings: Settings { clock: crible_engine::Clock::Messages, batch: 16, ..Settings::default() },
    };
    let report = start(pipeline).unwrap().wait().unwrap();
    assert_eq!(report.in_flight, 0);
    for stage in report.stages.iter().filter(|stage| stage.kind == Kind::Filter) {
        assert_eq!(stage.received, stage.kept + stage.dropped + stage.held + stage.failed, "{stage:?}");
        assert_eq!(stage.dropped, stage.reasons.iter().map(|reason| reason.count).sum::<u64>());
    }
    assert_eq!(report.stages[4].kept, paper.lock().unwrap().len() as u64);
    assert_eq!(report.stages[2].received, 200);
}

#[test]
fn a_stopped_run_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let paper = Paper::default();
    let (fuse, committed) = (Fuse::never(), Arc::new(Mutex::new(0)));
    let run = || Pipeline {
        name: "stop".into(),
        sources: vec![counting("in", 200_000, &fuse, &committed)],
        filters: vec![],
        sinks: vec![writing("out", &[Node::Source(0)], &paper, &fuse)],
        settings: Settings {
            batch: 16,
            in_flight: 64,
            state: Some(folder.path().into()),
            checkpoint_every: Duration::from_millis(5),
            ..Settings::default()
        },
    };
    let running = start(run()).unwrap();
    let started = Instant::now();
    while paper.lock().unwrap().len() < 500 && started.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(1));
    }
    running.stop();
    let report = running.wait().unwrap();
    assert!(report.stopped);
    let durable = *committed.lock().unwrap();
    assert_eq!(
        durable,
        paper.lock().unwrap().len() as u64,
        "a stop loses nothing and leaves nothing half done"
    );
    start(run()).unwrap().wait().unwrap();
    assert_eq!(paper.lock().unwrap().len(), 200_000);
}
