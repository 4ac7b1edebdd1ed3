//! Guests that misbehave, in whole runs of the program: what people are told, and what becomes of the
//! messages.

mod filters;
mod loading;
mod sinks;
mod sources;

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{crible, read_lines};

/// Which messages are sent: every seventh is short, which is what guests stumble over.
const MESSAGES: usize = 40;

/// The text of a message, a line of its own where a sink prints it.
fn text(n: usize) -> String {
    if is_short(n) { "ü\n".to_owned() } else { format!("l'été {n} 🏖\n") }
}

fn is_short(n: usize) -> bool {
    n % 7 == 3
}

/// The ids of the messages that are short, or of the others.
fn ids(short: bool) -> Vec<String> {
    all_ids().into_iter().filter(|id| is_short(id.parse().unwrap()) == short).collect()
}

/// The ids of all messages.
fn all_ids() -> Vec<String> {
    (0..MESSAGES).map(|n| n.to_string()).collect()
}

/// A folder with messages and a guest.
struct Case {
    folder: TempDir,
}

/// How a run ended.
struct Ended {
    code: Option<i32>,
    said: String,
    printed: String,
}

impl Case {
    fn new(guest: &[u8]) -> Self {
        let case = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(case.at("guest.wasm"), guest).unwrap();
        let line = |n: usize| serde_json::json!({"id": n.to_string(), "text": text(n)}).to_string() + "\n";
        fs::write(case.at("in.jsonl"), (0..MESSAGES).map(line).collect::<String>()).unwrap();
        case
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Run these stages, with dead letters.
    fn run(&self, stages: &str) -> Ended {
        self.run_with("", stages)
    }

    /// Run these stages with more settings of the pipeline.
    fn run_with(&self, settings: &str, stages: &str) -> Ended {
        let config = self.at("p.toml");
        fs::write(&config, format!("[pipeline]\ndead_letters = 'dead.jsonl'\n{settings}\n{stages}")).unwrap();
        let output = crible(&["run", config.to_str().unwrap()]).output().unwrap();
        Ended::of(&output)
    }

    /// The lines of a file, none where there is none.
    fn lines(&self, name: &str) -> Vec<Value> {
        let file = self.at(name);
        if file.exists() { read_lines(&file) } else { Vec::new() }
    }
}

impl Ended {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code(), said: text(&output.stderr), printed: text(&output.stdout) }
    }

    /// It ended with this code and said all of this.
    #[track_caller]
    fn assert(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, Some(code), "{}", self.said);
        for part in parts {
            assert!(self.said.contains(part), "{part:?} is not in\n{}", self.said);
        }
        assert!(!self.said.contains("RUST_BACKTRACE"), "{}", self.said);
        assert_eq!(self.said.contains("essential."), code == 0, "{}", self.said);
    }
}

/// A source of the messages.
const IN: &str = "[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'in.jsonl'\n";
/// A sink that keeps what it gets.
const OUT: &str = "[[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'out.jsonl'\n";

/// The ids of messages, in order.
fn ids_of<'a>(messages: impl IntoIterator<Item = &'a Value>) -> Vec<String> {
    messages.into_iter().map(|message| message["id"].as_str().unwrap().to_owned()).collect()
}

/// The guest as a stage of this kind, under the name of `suspect`.
fn suspect(kind: &str, options: &str) -> String {
    format!("[[{kind}]]\nid = 'suspect'\nplugin = './guest.wasm'\n{options}\n")
}
