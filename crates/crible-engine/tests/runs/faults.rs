//! Stages that fail.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use crible_core::{Deliveries, Filter, Rows, Sink, StageError, TextField, Verdicts};
use crible_engine::{FilterStage, Node, OnError, Pipeline, Report, RunError, Settings, SinkStage, start};

use crate::stages::{Fuse, Paper, counting, filter, message, once, sink, writing};

/// Is lost at every message whose id ends in 7.
struct Fragile;

impl Filter for Fragile {
    fn judge(&mut self, rows: &Rows<'_>, _out: &mut Verdicts) -> Result<(), StageError> {
        match rows.texts(TextField::Id).iter().any(|id| id.ends_with('7')) {
            true => Err(StageError::fault("it trapped: seven")),
            false => Ok(()),
        }
    }
}

fn run(filters: Vec<FilterStage>, sinks: Vec<SinkStage>, settings: Settings) -> Result<Report, RunError> {
    let committed = Arc::new(Mutex::new(0));
    let sources = vec![counting("in", 100, &Fuse::never(), &committed)];
    start(Pipeline { name: "faults".into(), sources, filters, sinks, settings })?.wait()
}

fn fragile(on_error: OnError) -> Vec<FilterStage> {
    let fragile = filter("fragile", &[Node::Source(0)], |_| Fragile);
    vec![FilterStage { on_error, ..fragile }, once("once", &[Node::Filter(0)], &Fuse::never())]
}

#[test]
fn what_cannot_be_judged_becomes_what_on_error_says() {
    let folder = tempfile::tempdir().unwrap();
    let dead = folder.path().join("dead.jsonl");
    // What is judged again behind the fault meets the same texts as if nothing had been.
    let once = |judged: &dyn Fn(u64) -> bool| {
        let texts = (0..100).filter(|&n| judged(n)).map(|n| message(n).text);
        texts.collect::<std::collections::HashSet<_>>().len()
    };
    let (all, sound) = (once(&|_| true), once(&|n| n % 10 != 7));
    for (on_error, delivered, letters) in
        [(OnError::Keep, all, 0), (OnError::Drop, sound, 0), (OnError::DeadLetter, sound, 10)]
    {
        let paper = Paper::default();
        let _ = std::fs::remove_file(&dead);
        let out = vec![writing("out", &[Node::Filter(1)], &paper, &Fuse::never())];
        let settings = Settings { dead_letters: Some(dead.clone()), batch: 33, ..Settings::default() };
        let report = run(fragile(on_error), out, settings).unwrap();
        assert_eq!(report.stages[1].failed, 10);
        let lines = std::fs::read_to_string(&dead).unwrap();
        assert_eq!(
            (paper.lock().unwrap().len(), lines.lines().count()),
            (delivered, letters),
            "{on_error:?}"
        );
        for line in lines.lines() {
            let letter: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(
                (letter["stage"].as_str(), letter["reason"].as_str()),
                (Some("fragile"), Some("it trapped: seven"))
            );
            assert!(letter["message"]["id"].as_str().unwrap().ends_with('7'));
        }
    }
    let out = vec![writing("out", &[Node::Filter(1)], &Paper::default(), &Fuse::never())];
    let error = run(fragile(OnError::Stop), out, Settings::default()).unwrap_err();
    assert_eq!(error.stage.as_deref(), Some("fragile"));
    assert!(error.message.contains("\"m7\" could not be judged: it trapped: seven"), "{error}");
}

/// Takes a message only at the third try, never one whose id ends in 9, and is lost once.
struct Moody {
    tries: Arc<AtomicU32>,
    paper: Paper,
}

impl Sink for Moody {
    fn write(&mut self, rows: &Rows<'_>, out: &mut Deliveries) -> Result<(), StageError> {
        match self.tries.fetch_add(1, Ordering::SeqCst) {
            0 => return Err(StageError::failed("not now")),
            1 => return Err(StageError::fault("lost")),
            _ => {}
        }
        for message in rows.iter() {
            let id = message.text_of(TextField::Id);
            if id.ends_with('9') {
                out.rejected(message.row(), "no nines");
            } else if id.ends_with('3') {
                out.errored(message.row(), "no threes today");
            } else {
                self.paper.lock().unwrap().push(id.to_owned());
            }
        }
        Ok(())
    }
}

#[test]
fn a_sink_is_tried_again_and_what_it_will_not_take_is_a_dead_letter() {
    let folder = tempfile::tempdir().unwrap();
    let dead = folder.path().join("dead.jsonl");
    let (paper, tries) = (Paper::default(), Arc::new(AtomicU32::new(0)));
    let moody = {
        let (paper, tries) = (Arc::clone(&paper), Arc::clone(&tries));
        sink("out", &[Node::Source(0)], move |_| Moody {
            tries: Arc::clone(&tries),
            paper: Arc::clone(&paper),
        })
    };
    let report =
        run(vec![], vec![moody], Settings { dead_letters: Some(dead.clone()), ..Settings::default() })
            .unwrap();
    assert_eq!(paper.lock().unwrap().len(), 80);
    assert_eq!((report.stages[1].kept, report.stages[1].failed, report.stages[1].faults), (80, 20, 1));
    let reasons: Vec<String> = std::fs::read_to_string(&dead)
        .unwrap()
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["reason"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(reasons.iter().filter(|reason| *reason == "no nines").count(), 10);
    assert_eq!(reasons.iter().filter(|reason| *reason == "no threes today").count(), 10);
}

/// Is lost over every message whose id ends in 7, and writes at once what it takes.
struct Stumbling {
    paper: Paper,
    pending: Vec<String>,
}

impl Sink for Stumbling {
    fn write(&mut self, rows: &Rows<'_>, out: &mut Deliveries) -> Result<(), StageError> {
        let ids = rows.texts(TextField::Id);
        if ids.iter().any(|id| id.ends_with('7')) {
            return Err(StageError::fault("it trapped: seven"));
        }
        self.pending.extend(ids.iter().map(str::to_owned));
        out.start(rows.len());
        Ok(())
    }

    fn flush(&mut self) -> Result<Vec<u8>, StageError> {
        self.paper.lock().unwrap().append(&mut self.pending);
        Ok(vec![])
    }
}

#[test]
fn only_the_message_that_a_sink_stumbles_over_is_a_dead_letter() {
    let folder = tempfile::tempdir().unwrap();
    let dead = folder.path().join("dead.jsonl");
    let paper = Paper::default();
    let out = {
        let paper = Arc::clone(&paper);
        sink("out", &[Node::Source(0)], move |_| Stumbling { paper: Arc::clone(&paper), pending: vec![] })
    };
    let settings = Settings { dead_letters: Some(dead.clone()), ..Settings::default() };
    let report = run(vec![], vec![out], settings).unwrap();
    let delivered: Vec<String> = (0..100).filter(|n| n % 10 != 7).map(|n| message(n).id).collect();
    assert_eq!(*paper.lock().unwrap(), delivered, "each once, in their order");
    assert_eq!((report.stages[1].kept, report.stages[1].failed), (90, 10));
    let letters = std::fs::read_to_string(&dead).unwrap();
    assert_eq!(letters.matches("it trapped: seven").count(), 10);
}

#[test]
fn a_stage_that_cannot_be_made_is_named() {
    let broken = FilterStage {
        make: Box::new(|_| Err(StageError::fatal("no such thing"))),
        ..filter("broken", &[Node::Source(0)], |_| Fragile)
    };
    let out = vec![writing("out", &[Node::Filter(0)], &Paper::default(), &Fuse::never())];
    let error = run(vec![broken], out, Settings::default()).unwrap_err();
    assert_eq!((error.stage.as_deref(), error.message.as_str()), (Some("broken"), "no such thing"));
}
