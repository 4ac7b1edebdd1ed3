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
        let all = if config.ends_with("alerts.toml") { "1,601" } else { "3,146" };
        assert!(said.contains(all), "{}: the summary counts the messages: {said}", config.display());
        let text = fs::read_to_string(&config).unwrap();
        let tried = run(&["test", config.to_str().unwrap()]);
        assert_eq!(tried.status.success(), text.contains("[[test]]"), "{}", config.display());
    }
}

/// What an example prints, in one line.
fn screen(example: &str) -> String {
    let folder = examples();
    let output = run(&["run", folder.path().join(example).to_str().unwrap()]);
    let screen = String::from_utf8(output.stdout).unwrap();
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_alerts_are_all_that_must_be_heard_of_and_nothing_that_is_well() {
    let screen = screen("alerts.toml");
    for alert in crible_testkit::timeline::alert_texts().unwrap() {
        assert!(screen.contains(&alert), "{alert}");
    }
    assert!(!screen.contains("[OK]") && !screen.contains("no action needed"), "{screen}");
    assert_eq!(screen.matches("2026-03-14").count(), 12, "{screen}");
}

#[test]
fn the_quiet_day_has_ten_messages_that_matter() {
    let screen = screen("quiet-ten.toml");
    assert_eq!(screen.matches("among the 10 best of its day").count(), 10, "{screen}");
    let matter = that_matter().iter().filter(|text| screen.contains(text.as_str())).count();
    assert!(matter >= 9, "{matter} of 10 were written by hand: {screen}");
}

#[test]
fn the_journalist_reads_in_both_languages_what_was_written_by_hand() {
    let screen = screen("journalist.toml");
    let matter = that_matter().iter().filter(|text| screen.contains(text.as_str())).count();
    assert!(matter >= 14, "{matter} of 20 were written by hand: {screen}");
    assert!(screen.contains("In English: Bavard-41M") || screen.contains("Our study of 2,300"), "{screen}");
    assert!(!screen.contains("story:"), "labels for stages are not shown to readers: {screen}");
}

#[test]
fn a_report_names_the_specialist_of_the_water() {
    let folder = examples();
    let (config, data) = (folder.path().join("specialists.toml"), folder.path().join("data/timeline.jsonl"));
    let output = run(&["report", "authors", config.to_str().unwrap(), "--on", data.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("marc_tardieu") && said.contains("3 of 3"), "{said}");
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
