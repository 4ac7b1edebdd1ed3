//! Filters without sources and sinks judge as they do in a run.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crible_core::{Filter, NumberField, Rows, StageError, Verdicts};
use crible_engine::{Clock, Judge, Node, OnError, Pipeline, Settings, start};

use crate::stages::{Fuse, Paper, best, counting, filter, message, once, writing};

const MESSAGES: u64 = 400;

/// Drops some, and is lost at others.
struct Fragile;

impl Filter for Fragile {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        for message in rows.iter() {
            match message.number(NumberField::Likes) % 20 {
                0 => return Err(StageError::fault("it trapped")),
                1 => out.drop(message.row(), "not that"),
                _ => out.add_score(message.row(), 0.5),
            }
        }
        Ok(())
    }
}

/// A trunk, a branch that holds and one that does not, and where they meet.
fn pipeline(paper: &Paper, on_error: OnError) -> Pipeline {
    let (fuse, committed) = (Fuse::never(), Arc::new(Mutex::new(0)));
    let mut fragile = filter("fragile", &[Node::Source(0)], |_| Fragile);
    fragile.on_error = on_error;
    Pipeline {
        name: "judging".into(),
        sources: vec![counting("in", MESSAGES, &fuse, &committed)],
        filters: vec![
            fragile,
            best("best", &[Node::Filter(0)], 300, &fuse),
            once("left", &[Node::Filter(1)], &fuse),
            once("right", &[Node::Filter(1)], &fuse),
        ],
        sinks: vec![writing("out", &[Node::Filter(2), Node::Filter(3)], paper, &fuse)],
        settings: Settings { clock: Clock::Messages, batch: 30, ..Settings::default() },
    }
}

#[test]
fn a_judge_keeps_what_a_run_delivers_however_it_is_asked() {
    for on_error in [OnError::Keep, OnError::Drop, OnError::DeadLetter] {
        let paper = Paper::default();
        start(pipeline(&paper, on_error)).unwrap().wait().unwrap();
        let delivered: BTreeSet<String> =
            paper.lock().unwrap().iter().map(|line| line.split(' ').take(2).collect()).collect();
        assert!(delivered.len() > 5);
        let messages: Vec<_> = (0..MESSAGES).map(message).collect();
        for batch in [1, 7, 400] {
            let mut judge = Judge::new(pipeline(&Paper::default(), on_error)).unwrap();
            let mut told = Vec::new();
            for batch in messages.chunks(batch) {
                told.extend(judge.judge(batch).unwrap());
                told.extend(judge.decided());
            }
            told.extend(judge.end().unwrap());
            let kept = told.iter().filter(|judgement| judgement.kept());
            let kept: BTreeSet<String> =
                kept.map(|judgement| format!("m{}{}", judgement.number, judgement.score)).collect();
            assert_eq!(kept, delivered, "{on_error:?}, {batch} at a time");
        }
    }
}
