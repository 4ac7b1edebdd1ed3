//! A run goes on where the last one had come, and a file is followed wherever it goes.

#![allow(clippy::unwrap_used, reason = "it is a test")]

mod support;

use std::fs;

use crible_sdk::Next;
use support::{Folder, Read, gzip};

const FOLLOW: &str = r#"{"path":"vif.jsonl","follow":true,"poll":"20ms"}"#;

fn lines(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|number| format!("{{\"text\":\"{number}\"}}\n")).collect()
}

#[test]
fn a_followed_file_grows_and_half_a_line_waits_for_its_rest() {
    let folder = Folder::new();
    folder.write("vif.jsonl", "{\"text\":\"1\"}\n{\"te");
    let mut source = folder.source(FOLLOW, None, &["vif.jsonl"]);
    let mut read = Read::default();
    assert_eq!(read.all(&mut source, 10), Next::Idle(20));
    assert_eq!(read.texts(), ["1"]);
    folder.append("vif.jsonl", "xt\":\"2\"}\n");
    assert_eq!(read.all(&mut source, 10), Next::Idle(20));
    assert_eq!((read.texts(), read.malformed.len()), (vec!["1", "2"], 0));
}

#[test]
fn a_followed_file_that_is_rotated_is_read_to_its_end() {
    let folder = Folder::new();
    folder.write("vif.jsonl", lines(1..3));
    let mut source = folder.source(FOLLOW, None, &["vif.jsonl"]);
    let mut read = Read::default();
    read.all(&mut source, 10);
    folder.rename("vif.jsonl", "vif.jsonl.1");
    read.all(&mut source, 10);
    folder.append("vif.jsonl.1", "{\"text\":\"3\"}\n{\"text\":\"4\"}");
    folder.write("vif.jsonl", lines([5]));
    assert_eq!(read.all(&mut source, 10), Next::Idle(20));
    folder.append("vif.jsonl", &lines([6]));
    read.all(&mut source, 10);
    assert_eq!(read.texts(), ["1", "2", "3", "4", "5", "6"]);
}

#[test]
fn a_followed_file_that_is_emptied_is_read_from_the_start() {
    let folder = Folder::new();
    folder.write("vif.jsonl", lines(1..4));
    let mut source = folder.source(FOLLOW, None, &["vif.jsonl"]);
    let mut read = Read::default();
    read.all(&mut source, 10);
    fs::OpenOptions::new().write(true).truncate(true).open(folder.path("vif.jsonl")).unwrap();
    folder.append("vif.jsonl", &lines([4]));
    read.all(&mut source, 10);
    assert_eq!(read.texts(), ["1", "2", "3", "4"]);
    assert_eq!(read.messages[3].id.split(':').next_back().map(|id| &id[..2]), Some("0-"));
}

#[test]
fn a_followed_file_may_come_later() {
    let folder = Folder::new();
    let mut source = folder.source(FOLLOW, None, &["vif.jsonl"]);
    let mut read = Read::default();
    let error = read.page(&mut source, 10).unwrap_err();
    assert_eq!(error.kind, crible_sdk::ErrorKind::Failed);
    folder.write("vif.jsonl", lines([1]));
    assert_eq!(read.all(&mut source, 10), Next::Idle(20));
    assert_eq!(read.texts(), ["1"]);
}

#[test]
fn only_the_last_of_several_files_is_followed() {
    let folder = Folder::new();
    folder.write("old", lines([1]));
    folder.write("vif.jsonl", lines([2]));
    let config = r#"{"path":["old","vif.jsonl"],"follow":true}"#;
    let mut source = folder.source(config, None, &["old", "vif.jsonl"]);
    let mut read = Read::default();
    assert_eq!(read.all(&mut source, 10), Next::Idle(500));
    assert_eq!(read.texts(), ["1", "2"]);
}

/// Read a page of two, do something to the folder, and go on in another run.
fn interrupted(folder: &Folder, config: &str, granted: &[&str], meanwhile: impl FnOnce()) -> Read {
    let mut read = Read::default();
    read.page(&mut folder.source(config, None, granted), 2).unwrap();
    assert_eq!(read.texts(), ["1", "2"]);
    meanwhile();
    let cursor = read.cursor.clone();
    read.all(&mut folder.source(config, cursor.as_deref(), granted), 2);
    read
}

#[test]
fn lines_are_counted_on_after_a_run_was_interrupted() {
    let folder = Folder::new();
    folder.write("a", format!("{}oups\n", lines(1..4)));
    let config = r#"{"path":"a"}"#;
    let read = interrupted(&folder, config, &["a"], || ());
    assert_eq!((read.texts(), read.places()), (vec!["1", "2", "3"], vec!["a:4"]));
    folder.write("a", gzip(&format!("{}oups\n", lines(1..4))));
    let read = interrupted(&folder, config, &["a"], || ());
    assert_eq!((read.texts(), read.places()), (vec!["1", "2", "3"], vec!["a:4"]));
}

#[test]
fn a_file_that_was_rotated_meanwhile_is_finished_where_it_was_moved_to() {
    // Further away it cannot be found, and the log says so.
    for (moved_to, expected) in
        [("vif.jsonl.1", vec!["1", "2", "3", "4"]), ("vif-2026.jsonl", vec!["1", "2", "4"])]
    {
        let folder = Folder::new();
        folder.write("vif.jsonl", lines(1..4));
        let read = interrupted(&folder, FOLLOW, &["vif.jsonl"], || {
            folder.rename("vif.jsonl", moved_to);
            folder.write("vif.jsonl", lines([4]));
        });
        assert_eq!(read.texts(), expected);
    }
}

#[test]
fn a_file_that_got_shorter_is_read_from_the_start() {
    for pack in [|text: String| text.into_bytes(), |text: String| gzip(&text)] {
        let folder = Folder::new();
        folder.write("a", pack(lines(1..9)));
        let read = interrupted(&folder, r#"{"path":"a"}"#, &["a"], || folder.write("a", pack(lines([9]))));
        assert_eq!(read.texts(), ["1", "2", "9"]);
    }
}

#[test]
fn a_run_that_had_come_to_its_end_has_nothing_more_to_read() {
    let folder = Folder::new();
    folder.write("a", lines([1]));
    folder.write("b", lines([2]));
    let config = r#"{"path":["a","b"]}"#;
    let mut read = Read::default();
    read.all(&mut folder.source(config, None, &["a", "b"]), 10);
    let mut again = Read::default();
    assert_eq!(again.all(&mut folder.source(config, read.cursor.as_deref(), &["a", "b"]), 10), Next::End);
    assert_eq!(again.texts(), Vec::<&str>::new());
    assert_eq!(again.cursor, read.cursor);
}

#[test]
fn a_damaged_archive_is_not_read_twice() {
    let packed = gzip(&lines((0..300).map(|number| number * 7919 % 10007)));
    let folder = Folder::new();
    let config = r#"{"path":"a"}"#;
    for end in (0..packed.len()).rev().step_by(7) {
        folder.write("a", &packed[..end]);
        let mut read = Read::default();
        read.all(&mut folder.source(config, None, &["a"]), 10);
        let mut again = Read::default();
        again.all(&mut folder.source(config, read.cursor.as_deref(), &["a"]), 10);
        assert_eq!(again.texts(), Vec::<&str>::new(), "cut at {end}");
    }
}

#[test]
fn a_file_that_was_written_anew_in_the_same_place_is_read_from_the_start() {
    for pack in [|text: String| text.into_bytes(), |text: String| gzip(&text)] {
        let folder = Folder::new();
        folder.write("a", pack(lines(1..4)));
        let read =
            interrupted(&folder, r#"{"path":"a"}"#, &["a"], || folder.write("a", pack(lines(101..105))));
        assert_eq!(read.texts(), ["1", "2", "101", "102", "103", "104"]);
    }
}

#[test]
fn a_cursor_that_means_nothing_is_no_reason_to_stop() {
    let folder = Folder::new();
    folder.write("a", lines([1]));
    for cursor in [b"".as_slice(), b"\x07?", b"\x01short"] {
        let mut read = Read::default();
        read.all(&mut folder.source(r#"{"path":"a"}"#, Some(cursor), &["a"]), 10);
        assert_eq!(read.texts(), ["1"]);
    }
}
