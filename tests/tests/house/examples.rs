//! The examples run as they stand and select what they promise.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{read_lines, root, run, run_well, text};

/// A copy of the examples, so that running them leaves nothing behind.
fn examples() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("examples"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        match path.is_dir() {
            true if name != "out" && name != "target" => copy(&path, &to.join(name)),
            true => {}
            false => drop(fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}

fn configs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

/// The texts of the messages that were written by hand: the ones that matter.
fn that_matter() -> HashSet<String> {
    crible_testkit::timeline::essential_texts().unwrap().into_iter().collect()
}

#[test]
fn every_example_is_fine_and_runs() {
    let folder = examples();
    let configs = configs(folder.path());
    assert!(configs.len() >= 4, "{configs:?}");
    for config in configs {
        let checked = run(&["check", config.to_str().unwrap()]);
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        let said = run_well(&config);
        assert!(said.contains("3,146"), "{}: the summary counts the messages: {said}", config.display());
    }
}

#[test]
fn the_first_example_shows_ten_messages_that_matter() {
    let output = run(&["run", root().join("examples/essential.toml").to_str().unwrap()]);
    let screen = String::from_utf8(output.stdout).unwrap();
    assert!(!screen.contains('\u{1b}'), "no colours in a pipe");
    let again = run(&["run", root().join("examples/essential.toml").to_str().unwrap()]);
    assert_eq!(
        screen,
        String::from_utf8(again.stdout).unwrap(),
        "the same command prints the same thing twice"
    );
    // Reasons are folded to the width of the screen.
    let words: Vec<&str> = screen.split_whitespace().collect();
    assert_eq!(words.join(" ").matches("among the 10 best of its day").count(), 10, "{screen}");
}

#[test]
fn the_anti_flood_keeps_each_text_once_and_caps_authors() {
    let folder = examples();
    run_well(&folder.path().join("anti-flood.toml"));
    let kept = written(folder.path());
    let ids: HashSet<&str> = kept.iter().map(|line| text(line, "id")).collect();
    assert_eq!(ids.len(), kept.len(), "nothing twice");
    assert!(kept.len() < 2_000, "{} of 3146", kept.len());
}

#[test]
fn the_ten_best_are_those_that_were_written_by_hand() {
    let folder = examples();
    run_well(&folder.path().join("daily-best-ten.toml"));
    let kept = written(folder.path());
    let matter = that_matter();
    assert!(kept.len() >= 10, "{}", kept.len());
    for line in &kept {
        assert!(matter.contains(text(line, "text")), "{line}");
        let whys = line["why"].as_array().unwrap();
        assert!(
            whys.iter().any(|why| why["reason"].as_str().is_some_and(|reason| reason.contains("best"))),
            "{line}"
        );
    }
}

/// All that the JSONL sinks of an example wrote.
fn written(folder: &Path) -> Vec<serde_json::Value> {
    let files = fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.flat_map(|path| read_lines(&path)).collect()
}
