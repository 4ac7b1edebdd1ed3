//! A file that grows while it is read.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::program::{crible, read_lines, text};

fn append(path: &Path, ids: std::ops::Range<u32>) {
    let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    ids.for_each(|id| writeln!(file, "{{\"id\":\"{id}\",\"text\":\"message {id}\"}}").unwrap());
}

/// Wait until the output has so many lines.
fn wait_for(path: &Path, lines: usize, child: &mut Child) {
    let until = Instant::now() + Duration::from_secs(30);
    while fs::read_to_string(path).map_or(0, |text| text.lines().count()) < lines {
        if Instant::now() >= until {
            let ids: Vec<String> = read_lines(path).iter().map(|line| text(line, "id").to_owned()).collect();
            panic!("{lines} lines never came, but {}: {}", ids.len(), ids.join(" "));
        }
        assert!(child.try_wait().unwrap().is_none(), "the run ended too early");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_growing_file_is_followed_across_rotation_and_restart() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(
        at("p.toml"),
        "[pipeline]\nstate = 'state'\ncheckpoint_every = '50ms'\n\
         [[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig = { path = 'log.jsonl', follow = true, poll = '20ms' }\n\
         [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'out.jsonl'\n",
    )
    .unwrap();
    let start = || crible(&["run", "--quiet", at("p.toml").to_str().unwrap()]).spawn().unwrap();
    append(&at("log.jsonl"), 0..100);
    let mut child = start();
    wait_for(&at("out.jsonl"), 100, &mut child);
    append(&at("log.jsonl"), 100..150);
    wait_for(&at("out.jsonl"), 150, &mut child);
    fs::rename(at("log.jsonl"), at("log.jsonl.1")).unwrap();
    append(&at("log.jsonl.1"), 150..160);
    append(&at("log.jsonl"), 160..200);
    wait_for(&at("out.jsonl"), 200, &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    append(&at("log.jsonl"), 200..230);
    let mut child = start();
    wait_for(&at("out.jsonl"), 230, &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let lines = read_lines(&at("out.jsonl"));
    let ids: Vec<u32> = lines.iter().map(|line| text(line, "id").parse().unwrap()).collect();
    assert_eq!(ids, (0..230).collect::<Vec<_>>());
}
