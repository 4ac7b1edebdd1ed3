//! A run that is asked to stop while a sink takes nothing.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crible_core::{Deliveries, Rows, Sink, StageError};
use crible_engine::{Node, Pipeline, Retry, Settings, SinkStage, start};

use crate::stages::{Fuse, Paper, counting, sink, writing};

const MESSAGES: u64 = 300;

/// Takes nothing, and counts how often it was asked to.
struct Refusing(Arc<Mutex<u32>>);

impl Sink for Refusing {
    fn write(&mut self, rows: &Rows<'_>, out: &mut Deliveries) -> Result<(), StageError> {
        *self.0.lock().unwrap() += 1;
        (0..rows.len()).for_each(|row| out.errored(row, "the server does not answer"));
        Ok(())
    }

    /// As the sink that does take messages would say it.
    fn flush(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(0_u64.to_le_bytes().to_vec())
    }
}

fn pipeline(out: SinkStage, state: Option<&Path>) -> Pipeline {
    // It would be tried again for hours.
    let retry = Retry { most: 1000, first: Duration::from_secs(20), longest: Duration::from_secs(3600) };
    let (fuse, committed) = (Fuse::never(), Arc::new(Mutex::new(0)));
    Pipeline {
        name: "stopping".into(),
        sources: vec![counting("in", MESSAGES, &fuse, &committed)],
        filters: vec![],
        sinks: vec![SinkStage { retry, ..out }],
        settings: Settings { batch: 20, state: state.map(Path::to_owned), ..Settings::default() },
    }
}

fn refusing(asked: &Arc<Mutex<u32>>) -> SinkStage {
    let asked = Arc::clone(asked);
    sink("out", &[Node::Source(0)], move |_| Refusing(Arc::clone(&asked)))
}

/// Run until the sink was asked for the first time, then ask the run to stop.
fn stopped(pipeline: Pipeline, asked: &Mutex<u32>) -> Result<crible_engine::Report, crible_engine::RunError> {
    let running = start(pipeline).unwrap();
    let begun = Instant::now();
    while *asked.lock().unwrap() == 0 && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(1));
    }
    running.stop();
    let ended = running.wait();
    assert!(begun.elapsed() < Duration::from_secs(15), "it waits for retries: {:?}", begun.elapsed());
    ended
}

#[test]
fn with_a_state_what_was_not_delivered_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Arc::default();
    let error = stopped(pipeline(refusing(&asked), Some(folder.path())), &asked).unwrap_err();
    assert_eq!(error.stage.as_deref(), Some("out"));
    let expected = "20 messages could not be delivered before the end of the run: the server does not answer";
    assert_eq!(error.message, expected);
    assert!(error.hint.is_some_and(|hint| hint.starts_with("nothing is lost")));
    let paper = Paper::default();
    let well = writing("out", &[Node::Source(0)], &paper, &Fuse::never());
    let report = start(pipeline(well, Some(folder.path()))).unwrap().wait().unwrap();
    assert_eq!((paper.lock().unwrap().len() as u64, report.dead_letters), (MESSAGES, 0));
}

#[test]
fn without_a_state_what_was_not_delivered_is_a_dead_letter() {
    let asked = Arc::default();
    let report = stopped(pipeline(refusing(&asked), None), &asked).unwrap();
    assert!(report.stopped);
    let (source, sink) = (&report.stages[0], &report.stages[1]);
    assert!(report.dead_letters > 0);
    assert_eq!((sink.kept, sink.failed, report.dead_letters), (0, source.kept, source.kept));
    assert_eq!(report.in_flight, 0);
}

/// Takes none whose number ends in 3, rejects those that end in 9.
struct Picky;

impl Sink for Picky {
    fn write(&mut self, rows: &Rows<'_>, out: &mut Deliveries) -> Result<(), StageError> {
        for message in rows.iter() {
            match message.text_of(crible_core::TextField::Id) {
                id if id.ends_with('3') => out.errored(message.row(), &format!("{id} cannot be taken")),
                id if id.ends_with('9') => out.rejected(message.row(), &format!("{id} is refused")),
                _ => {}
            }
        }
        Ok(())
    }
}

#[test]
fn a_dead_letter_has_the_reason_of_its_own_message() {
    let folder = tempfile::tempdir().unwrap();
    let dead = folder.path().join("dead.jsonl");
    let mut pipeline = pipeline(sink("out", &[Node::Source(0)], |_| Picky), None);
    pipeline.sinks[0].retry.most = 0;
    pipeline.settings.dead_letters = Some(dead.clone());
    start(pipeline).unwrap().wait().unwrap();
    let lines = std::fs::read_to_string(&dead).unwrap();
    assert_eq!(lines.lines().count() as u64, MESSAGES / 5);
    for line in lines.lines() {
        let letter: serde_json::Value = serde_json::from_str(line).unwrap();
        let (reason, id) = (letter["reason"].as_str().unwrap(), letter["message"]["id"].as_str().unwrap());
        assert!(reason.starts_with(&format!("{id} ")), "{line}");
    }
}
