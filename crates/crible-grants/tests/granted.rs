//! What a stage can do with the files that it was granted, and that it can do nothing with others.

#![allow(clippy::unwrap_used, reason = "it is a test")]

use std::fs;
use std::path::Path;

use crible_core::Streams;
use crible_grants::{Console, Grant, GrantedStreams, Grants};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn streams(base: &Path, read: &[&str], write: &[&str]) -> GrantedStreams {
    let grants = |paths: &[&str]| paths.iter().map(|path| Grant::new(path, base)).collect();
    let grants = Grants { read: grants(read), write: grants(write) };
    GrantedStreams::new("essai", grants, base, Console::default())
}

fn read_all(streams: &GrantedStreams, path: &str) -> Result<String, String> {
    let mut input = streams.open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    loop {
        let piece = input.read(7).unwrap();
        if piece.is_empty() {
            return Ok(String::from_utf8(bytes).unwrap());
        }
        bytes.extend(piece);
    }
}

fn refusal<T>(of: Result<T, crible_core::StreamError>) -> String {
    of.map(drop).unwrap_err().to_string()
}

#[test]
fn nothing_is_granted_by_default() {
    let dir = folder();
    fs::write(dir.path().join("a"), "x").unwrap();
    let streams = streams(dir.path(), &[], &[]);
    assert_eq!(
        refusal(streams.open("a")),
        "reading a was not granted to stage \"essai\": add allow = [\"read:a\"] to it"
    );
    assert_eq!(
        refusal(streams.open("-")),
        "reading standard input was not granted to stage \"essai\": add allow = [\"read:-\"] to it"
    );
    assert_eq!(
        refusal(streams.create("a")),
        "writing a was not granted to stage \"essai\": add allow = [\"write:a\"] to it"
    );
    assert!(refusal(streams.create("-")).contains("standard output"));
    assert!(streams.identity("a").is_err());
    assert!(streams.rename("a", "b").is_err());
    assert!(streams.remove("a").is_err());
    assert!(dir.path().join("a").exists());
}

#[test]
fn to_read_is_not_to_write_and_to_write_is_not_to_read() {
    let dir = folder();
    fs::write(dir.path().join("in"), "entrée").unwrap();
    fs::write(dir.path().join("out"), "sortie").unwrap();
    let streams = streams(dir.path(), &["in"], &["out"]);
    assert_eq!(read_all(&streams, "in").unwrap(), "entrée");
    assert!(streams.create("in").is_err());
    assert!(streams.create("in.1").is_err());
    assert!(streams.open("in.1").is_err());
    assert!(streams.open("out").is_err());
    assert!(streams.identity("out").is_ok(), "a sink must be able to recognise its own file");
}

#[test]
fn dots_lead_nowhere_else() {
    let dir = folder();
    fs::create_dir(dir.path().join("data")).unwrap();
    fs::write(dir.path().join("secret"), "x").unwrap();
    let streams = streams(dir.path(), &["data/in"], &["data/out"]);
    assert!(streams.open("data/../secret").is_err());
    assert!(streams.open("data/in/../../secret").is_err());
    assert!(streams.create("data/out.x/../../secret").is_err());
    assert!(streams.create("data/out./../../secret").is_err());
    assert!(streams.remove("data/out/../../secret").is_err());
    assert!(dir.path().join("secret").exists());
}

#[cfg(unix)]
#[test]
fn a_file_can_be_read_where_it_is_moved_to_when_it_is_rotated() {
    let dir = folder();
    fs::write(dir.path().join("log.1"), "ancien").unwrap();
    fs::write(dir.path().join("log.2"), "plus ancien").unwrap();
    let streams = streams(dir.path(), &["log"], &[]);
    assert_eq!(read_all(&streams, "log.1").unwrap(), "ancien");
    assert!(refusal(streams.open("log.2")).starts_with("reading log.2 was not granted"));
    fs::rename(dir.path().join("log.2"), dir.path().join("secret")).unwrap();
    fs::remove_file(dir.path().join("log.1")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(dir.path().join("secret"), dir.path().join("log.1")).unwrap();
        assert_eq!(refusal(streams.open("log.1")), "log.1: it is a link to another file; remove it");
    }
}

#[test]
fn a_link_beside_a_granted_file_is_not_followed() {
    let dir = folder();
    fs::write(dir.path().join("secret"), "untouched").unwrap();
    std::os::unix::fs::symlink(dir.path().join("secret"), dir.path().join("out.part")).unwrap();
    std::os::unix::fs::symlink(dir.path().join("secret"), dir.path().join("link")).unwrap();
    let streams = streams(dir.path(), &["link"], &["out"]);
    assert_eq!(refusal(streams.create("out.part")), "out.part: it is a link to another file; remove it");
    assert_eq!(fs::read_to_string(dir.path().join("secret")).unwrap(), "untouched");
    assert_eq!(read_all(&streams, "link").unwrap(), "untouched", "a link that the author wrote is meant");
}

#[test]
fn a_file_is_written_at_its_end_synced_and_cut_back() {
    let dir = folder();
    let streams = streams(dir.path(), &[], &["neuf/été.jsonl"]);
    let mut out = streams.create("neuf/été.jsonl").unwrap();
    out.write(b"one\n").unwrap();
    out.write(b"two\n").unwrap();
    assert_eq!((out.length(), out.width(), out.colour()), (8, 0, false));
    assert_eq!(out.sync().unwrap(), 8);
    let path = dir.path().join("neuf/été.jsonl");
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
    out.write(b"three\n").unwrap();
    out.truncate(4).unwrap();
    out.write(b"deux\n").unwrap();
    assert!(out.truncate(100).is_err(), "cutting back never makes a file longer");
    drop(out);
    let mut out = streams.create("neuf/été.jsonl").unwrap();
    assert_eq!(out.length(), 9);
    out.write(b"3\n").unwrap();
    out.sync().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\ndeux\n3\n");
}

#[test]
fn what_is_appended_begins_on_a_line_of_its_own() {
    let dir = folder();
    let streams = streams(dir.path(), &[], &["out"]);
    let path = dir.path().join("out");
    fs::write(&path, "one\nhal").unwrap();
    let mut out = streams.create("out").unwrap();
    assert_eq!(out.length(), 8);
    out.write(b"two\n").unwrap();
    assert_eq!(out.sync().unwrap(), 12);
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\nhal\ntwo\n");

    fs::write(&path, "one\nhal").unwrap();
    let mut out = streams.create("out").unwrap();
    out.truncate(4).unwrap();
    out.write(b"deux\n").unwrap();
    out.sync().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\ndeux\n", "a line that is cut off needs no end");
}

#[test]
fn more_than_the_buffer_arrives_whole() {
    let dir = folder();
    let streams = streams(dir.path(), &["big"], &["big"]);
    let mut out = streams.create("big").unwrap();
    let piece = "0123456789".repeat(10_000);
    for _ in 0..10 {
        out.write(piece.as_bytes()).unwrap();
    }
    assert_eq!(out.sync().unwrap(), 1_000_000);
    assert!(fs::read_to_string(dir.path().join("big")).unwrap() == piece.repeat(10));
    let mut input = streams.open("big").unwrap();
    input.seek(999_995).unwrap();
    assert_eq!(input.read(100).unwrap(), b"56789");
    assert_eq!((input.length(), input.ended()), (Ok(1_000_000), false));
}

#[test]
fn a_file_keeps_its_identity_under_another_name() {
    let dir = folder();
    let streams = streams(dir.path(), &["f"], &["f"]);
    streams.create("f").unwrap().write(b"old").unwrap();
    let (first, input) = (streams.identity("f").unwrap(), streams.open("f").unwrap());
    assert_eq!(first, input.identity());
    streams.rename("f", "f.1").unwrap();
    assert_eq!(streams.identity("f.1"), Ok(first));
    assert!(streams.identity("f").is_err());
    streams.create("f").unwrap();
    assert_ne!(streams.identity("f"), Ok(first));
    streams.remove("f.1").unwrap();
    streams.remove("f.1").unwrap();
    assert!(!dir.path().join("f.1").exists());
}

#[test]
fn what_cannot_be_opened_is_said_in_words() {
    let dir = folder();
    fs::create_dir(dir.path().join("dossier")).unwrap();
    fs::write(dir.path().join("fichier"), "").unwrap();
    let paths = ["absent.jsonl", "dossier", "fichier/x"];
    let streams = streams(dir.path(), &paths, &paths);
    let looked = dir.path().join("absent.jsonl");
    assert_eq!(
        refusal(streams.open("absent.jsonl")),
        format!("absent.jsonl: there is no such file (looked for {})", looked.display())
    );
    assert_eq!(refusal(streams.open("dossier")), "dossier: it is a folder; name a file in it");
    assert_eq!(refusal(streams.create("dossier")), "dossier: it is a folder; name a file in it");
    assert!(refusal(streams.open("fichier/x")).starts_with("fichier/x: one of the folders"));
}
