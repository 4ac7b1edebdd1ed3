//! A crash at any step, and the run goes on from its last checkpoint: each message is in the files once.

#![allow(clippy::unwrap_used, reason = "it is a test")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crible_sdk::{
    Batch, Deliveries, Input, Live, Message, Outcome, Output, Rows, Sink, SinkPlugin, StreamError, Streams,
};
use proptest::prelude::*;
use sink_jsonl::Jsonl;

/// A disk that can lose its power.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    names: BTreeMap<String, u64>,
    /// What each file holds, and how much of it is safe.
    files: BTreeMap<u64, (Vec<u8>, usize)>,
    /// How many steps it still makes.
    steps: Option<usize>,
}

struct File {
    disk: Disk,
    id: u64,
}

impl Disk {
    fn step<T>(&self, step: impl FnOnce(&mut State) -> T) -> Result<T, StreamError> {
        let mut state = self.0.lock().unwrap();
        match &mut state.steps {
            Some(0) => return Err(StreamError("no power".to_owned())),
            Some(steps) => *steps -= 1,
            None => {}
        }
        Ok(step(&mut state))
    }

    /// The power is back, for so many steps. What was not safe is gone, or is not.
    fn restart(&self, steps: Option<usize>, is_forgetful: bool) {
        let mut state = self.0.lock().unwrap();
        state.steps = steps;
        if is_forgetful {
            state.files.values_mut().for_each(|(bytes, safe)| bytes.truncate(*safe));
        }
    }

    fn text(&self, name: &str) -> Option<String> {
        let state = self.0.lock().unwrap();
        let (bytes, _) = &state.files[state.names.get(name)?];
        Some(String::from_utf8(bytes.clone()).unwrap())
    }
}

impl Streams for Disk {
    fn open(&self, _path: &str) -> Result<Box<dyn Input>, StreamError> {
        Err(StreamError("a sink reads nothing".to_owned()))
    }
    fn identity(&self, path: &str) -> Result<u64, StreamError> {
        let state = self.0.lock().unwrap();
        state.names.get(path).copied().ok_or_else(|| StreamError("there is no such file".to_owned()))
    }
    fn create(&self, path: &str) -> Result<Box<dyn Output>, StreamError> {
        let id = self.step(|state| {
            let free = state.files.keys().last().map_or(1, |last| last + 1);
            let id = *state.names.entry(path.to_owned()).or_insert(free);
            state.files.entry(id).or_default();
            id
        })?;
        Ok(Box::new(File { disk: self.clone(), id }))
    }
    fn rename(&self, from: &str, to: &str) -> Result<(), StreamError> {
        self.step(|state| {
            let id = state.names.remove(from).expect("it is there");
            state.names.insert(to.to_owned(), id);
        })
    }
    fn remove(&self, path: &str) -> Result<(), StreamError> {
        self.step(|state| {
            state.names.remove(path);
        })
    }
}

impl File {
    fn step<T>(&self, step: impl FnOnce(&mut (Vec<u8>, usize)) -> T) -> Result<T, StreamError> {
        self.disk.step(|state| step(state.files.get_mut(&self.id).unwrap()))
    }
}

impl Output for File {
    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamError> {
        self.step(|(all, _)| all.extend_from_slice(bytes))
    }
    fn sync(&mut self) -> Result<u64, StreamError> {
        self.step(|(all, safe)| {
            *safe = all.len();
            *safe as u64
        })
    }
    fn truncate(&mut self, length: u64) -> Result<(), StreamError> {
        self.step(|(all, safe)| {
            all.truncate(length as usize);
            *safe = (*safe).min(all.len());
        })
    }
    fn length(&self) -> u64 {
        self.disk.0.lock().unwrap().files[&self.id].0.len() as u64
    }
    fn width(&self) -> u32 {
        0
    }
    fn colour(&self) -> bool {
        false
    }
}

const MESSAGES: usize = 60;
const BATCH: usize = 4;

/// The last checkpoint: how many messages were delivered, and the sink's state.
#[derive(Default)]
struct Checkpoint(usize, Option<Vec<u8>>);

/// Run until the end or until the power is gone.
fn run(disk: &Disk, config: &str, checkpoint: &mut Checkpoint) -> Result<(), String> {
    let state = checkpoint.1.as_deref();
    let mut sink =
        Jsonl::configure(config, state, Arc::new(disk.clone())).map_err(|error| error.to_string())?;
    let mut batches = 0;
    loop {
        // Also before the first message, as the engine does.
        if batches % 3 == 0 || checkpoint.0 + batches * BATCH >= MESSAGES {
            let state = sink.flush().map_err(|error| error.to_string())?;
            *checkpoint = Checkpoint(checkpoint.0 + batches * BATCH, Some(state));
            batches = 0;
        }
        let next = checkpoint.0 + batches * BATCH;
        if next >= MESSAGES {
            return sink.finish().map_err(|error| error.to_string());
        }
        let messages =
            (next..next + BATCH).map(|at| Message { id: format!("{at:03}"), ..Message::default() });
        let live = Live::new(Batch::from_messages(&messages.collect::<Vec<_>>()));
        let mut out = Deliveries::default();
        out.start(BATCH);
        sink.write(&Rows::new(&live), &mut out).map_err(|error| error.to_string())?;
        if (0..BATCH).any(|row| out.outcome(row) != Outcome::Delivered) {
            return Err("not all were delivered".to_owned());
        }
        batches += 1;
    }
}

/// Run with crashes after so many steps each, then without.
fn crash(config: &str, crashes: &[(usize, bool)]) -> Disk {
    let disk = Disk::default();
    let mut checkpoint = Checkpoint::default();
    for &(steps, is_forgetful) in crashes {
        disk.restart(Some(steps), is_forgetful);
        if run(&disk, config, &mut checkpoint).is_ok() {
            return disk;
        }
    }
    disk.restart(None, true);
    run(&disk, config, &mut checkpoint).unwrap();
    disk
}

fn expected() -> String {
    (0..MESSAGES).map(|at| format!("{{\"id\":\"{at:03}\"}}\n")).collect()
}

/// All files, the oldest first.
fn all(disk: &Disk) -> String {
    let rotated = (1..200).rev().filter_map(|number| disk.text(&format!("out.{number}")));
    rotated.chain(disk.text("out")).collect()
}

fn crashes() -> impl Strategy<Value = Vec<(usize, bool)>> {
    proptest::collection::vec((0usize..40, any::<bool>()), 0..6)
}

#[test]
fn a_crash_at_each_single_step() {
    for steps in 0..160 {
        let disk = crash(r#"{"path":"out","rotate":"30B","keep":100}"#, &[(steps, true)]);
        assert_eq!(all(&disk), expected(), "after {steps} steps");
        let disk = crash(r#"{"path":"out"}"#, &[(steps, false)]);
        assert_eq!(all(&disk), expected(), "after {steps} steps");
        let disk = crash(r#"{"path":"out","mode":"replace"}"#, &[(steps, false)]);
        assert_eq!(all(&disk), expected(), "after {steps} steps");
        assert_eq!(disk.text("out.part"), None);
    }
}

proptest! {
    #[test]
    fn appending(crashes in crashes()) {
        prop_assert_eq!(all(&crash(r#"{"path":"out"}"#, &crashes)), expected());
    }

    #[test]
    fn replacing(crashes in crashes()) {
        let disk = crash(r#"{"path":"out","mode":"replace"}"#, &crashes);
        prop_assert_eq!(all(&disk), expected());
    }

    #[test]
    fn rotating(crashes in crashes(), longest in 10usize..90) {
        let config = format!(r#"{{"path":"out","rotate":"{longest}B","keep":100}}"#);
        prop_assert_eq!(all(&crash(&config, &crashes)), expected());
    }

    #[test]
    fn rotating_and_keeping_few(crashes in crashes(), longest in 10usize..90, keep in 1usize..4) {
        let config = format!(r#"{{"path":"out","rotate":"{longest}B","keep":{keep}}}"#);
        let disk = crash(&config, &crashes);
        let (all, expected) = (all(&disk), expected());
        prop_assert!(expected.ends_with(&all), "{}", all);
        prop_assert!(!disk.text("out").unwrap().is_empty());
        prop_assert!(all.len() >= expected.len().min(longest / 13 * 13 * keep), "{}", all);
    }
}
