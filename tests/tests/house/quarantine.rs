//! What became of each message is remembered once, also where the real process is killed; and it is told while
//! a run goes on.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crible_testkit::flood::Flood;

use crate::program::{crible, read_lines, run, run_well, text};

const MESSAGES: u64 = 20_000;

fn config(folder: &Path, name: &str, settings: &str) -> PathBuf {
    let config = folder.join(format!("{name}.toml"));
    let text = format!(
        "[pipeline]\nclock = 'messages'\ncheckpoint_every = '20ms'\nquarantine = '{name}.quarantine'\n{settings}\n\
         [[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'flood.jsonl'\n\
         [[filter]]\nid = 'themes'\nplugin = 'query'\nconfig.score = [{{ query = 'likes:>50 OR lang:fr', weight = 2.0 }}]\n\
         [[filter]]\nid = 'repeats'\nplugin = 'dedupe'\n\
         [[filter]]\nid = 'flood'\nplugin = 'cap'\nconfig.most = 3\nconfig.window = '1m'\n\
         [[filter]]\nid = 'best'\nplugin = 'top'\nconfig.best = 100\nconfig.window = '2s'\n\
         [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = '{name}.jsonl'\n"
    );
    fs::write(&config, text).unwrap();
    config
}

fn write_flood(folder: &Path) {
    let flood = fs::File::create(folder.join("flood.jsonl")).unwrap();
    Flood { messages: MESSAGES, ..Flood::default() }
        .write_ndjson(&mut std::io::BufWriter::new(flood))
        .unwrap();
}

/// What a quarantine says, without the wall clock, in the order of the messages.
fn read(folder: &Path, name: &str) -> Vec<serde_json::Value> {
    let files = fs::read_dir(folder.join(format!("{name}.quarantine"))).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    let mut lines: Vec<_> = files.flat_map(|path| read_lines(&path)).collect();
    for line in &mut lines {
        let line = line.as_object_mut().unwrap();
        assert!(line.remove("at").is_some() && line.remove("stream").is_some());
    }
    lines.sort_by_key(|line| line["seq"].as_u64());
    lines
}

#[test]
fn killed_at_any_moment_each_message_is_accounted_for_once() {
    let folder = tempfile::tempdir().unwrap();
    write_flood(folder.path());
    run_well(&config(folder.path(), "undisturbed", ""));
    // By now the plugins are compiled.
    let started = Instant::now();
    run_well(&config(folder.path(), "again", ""));
    let whole = started.elapsed();
    let expected = read(folder.path(), "undisturbed");
    let ids: BTreeSet<&str> = expected.iter().map(|line| text(line, "id")).collect();
    assert_eq!((expected.len(), ids.len()), (MESSAGES as usize, MESSAGES as usize));
    let stages: BTreeSet<&str> = expected.iter().map(|line| text(line, "stage")).collect();
    assert_eq!(stages.into_iter().collect::<Vec<_>>(), ["best", "flood", "out", "repeats"]);

    let mut random = fastrand::Rng::with_seed(11);
    let mut killed = 0;
    for round in 0..10 {
        let name = format!("round{round}");
        let config = config(folder.path(), &name, &format!("state = '{name}.state'"));
        for _ in 0..random.u32(1..3) {
            let mut child = crible(&["run", "--quiet", config.to_str().unwrap()]).spawn().unwrap();
            thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * random.f64()));
            if child.try_wait().unwrap().is_none() {
                child.kill().unwrap();
                killed += 1;
            }
            child.wait().unwrap();
        }
        run_well(&config);
        let got = read(folder.path(), &name);
        assert!(got == expected, "round {round}: {} lines, expected {}", got.len(), expected.len());
    }
    assert!(killed >= 5, "only {killed} runs were killed in the middle");
}

#[test]
fn a_run_is_asked_why_while_it_goes_on_and_no_other_may_write() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("live.toml");
    let text = "[pipeline]\nquarantine = 'quarantine'\n\
        [[source]]\nplugin = 'jsonl'\nconfig.path = '-'\n\
        [[filter]]\nid = 'themes'\nplugin = 'query'\nconfig.keep = 'pont'\n\
        [[sink]]\nplugin = 'console'\n";
    fs::write(&at, text).unwrap();
    let at = at.to_str().unwrap();
    let mut child =
        crible(&["run", "--quiet", at]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all("{\"id\":\"é\\\"1\",\"text\":\"à la plage\"}\n".as_bytes()).unwrap();
    stdin.flush().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    let answer = loop {
        let output = run(&["why", at, "é\"1"]);
        if output.status.success() {
            break String::from_utf8(output.stdout).unwrap();
        }
        assert!(Instant::now() < until, "{}", String::from_utf8_lossy(&output.stderr));
        thread::sleep(Duration::from_millis(20));
    };
    assert!(answer.contains("dropped by themes: does not match “pont”"), "{answer}");

    let second = run(&["run", at]);
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1), "{said}");
    assert!(said.contains("another run is using the quarantine in "), "{said}");
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_was_hidden_is_a_file_of_messages_again() {
    let folder = tempfile::tempdir().unwrap();
    write_flood(folder.path());
    run_well(&config(folder.path(), "first", ""));
    let again = folder.path().join("again.toml");
    let text = "[[source]]\nid = 'hidden'\nplugin = 'jsonl'\nconfig.path = 'first.quarantine/quarantine-000001.jsonl'\n\
        [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'again.jsonl'\n";
    fs::write(&again, text).unwrap();
    run_well(&again);
    let written = read_lines(&folder.path().join("flood.jsonl"));
    let written: HashMap<&str, &serde_json::Value> =
        written.iter().map(|line| (self::text(line, "id"), line)).collect();
    let again = read_lines(&folder.path().join("again.jsonl"));
    let hidden = folder.path().join("first.quarantine/quarantine-000001.jsonl");
    assert_eq!(again.len(), read_lines(&hidden).len());
    for line in again.iter().filter(|line| line["attrs"]["is"] == "dropped") {
        let before = written[self::text(line, "id")];
        for field in ["author", "text", "links", "created_at"] {
            assert_eq!(line[field], before[field], "{field} of {line}");
        }
    }
}
