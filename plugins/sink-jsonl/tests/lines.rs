//! What a message becomes, and what becomes of the file.

#![allow(clippy::unwrap_used, reason = "it is a test")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crible_grants::{Console, Grant, GrantedStreams, Grants};
use crible_sdk::{Batch, Deliveries, Held, Live, Message, Plugin, Rows, Sink, SinkPlugin, Spec};
use proptest::prelude::*;
use sink_jsonl::Jsonl;

fn sink(folder: &Path, config: &str, state: Option<&[u8]>) -> Jsonl {
    let grants = Grants { read: vec![], write: vec![Grant::new("out.jsonl", folder)] };
    let streams = GrantedStreams::new("essai", grants, folder, Console::default());
    Jsonl::configure(config, state, Arc::new(streams)).unwrap()
}

fn write(sink: &mut Jsonl, live: &Live) {
    let mut out = Deliveries::default();
    out.start(live.len());
    sink.write(&Rows::new(live), &mut out).unwrap();
    assert!(out.outcomes.is_empty());
}

fn live(ids: &[&str]) -> Live {
    let message = |id: &&str| Message { id: (*id).to_owned(), ..Message::default() };
    Live::new(Batch::from_messages(&ids.iter().map(message).collect::<Vec<_>>()))
}

fn written(live: &Live) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut sink = sink(folder.path(), r#"{"path":"out.jsonl"}"#, None);
    write(&mut sink, live);
    sink.flush().unwrap();
    fs::read_to_string(folder.path().join("out.jsonl")).unwrap()
}

#[test]
fn every_field_that_is_not_empty_is_written_in_order() {
    let message = Message {
        id: "1".into(),
        channel: "#été".into(),
        author: "zoe".into(),
        author_name: "Zoé \"Z\"".into(),
        title: "T".into(),
        text: "L’été\n🦀\u{1}".into(),
        lang: "fr".into(),
        url: "https://a".into(),
        reply_to: "0".into(),
        repost_of: "9".into(),
        created_at: 1_773_479_520_250,
        followers: 5,
        likes: 6,
        reposts: 7,
        replies: 8,
        links: vec!["https://b".into(), "https://c".into()],
        tags: vec!["x".into()],
        attrs: [("label".to_owned(), "ham".to_owned()), ("n".to_owned(), "1".to_owned())].into(),
    };
    let whys = r#"{"stage":"themes","score":2.5,"reason":"names our product"}"#;
    let full = Held { score: 2.5, whys: whys.to_owned(), message, ..Held::default() };
    let text = written(&Live::new(Batch::from_held(&[full, Held::default()])));
    assert_eq!(
        text,
        "{\"id\":\"1\",\"channel\":\"#été\",\"author\":\"zoe\",\"author_name\":\"Zoé \\\"Z\\\"\",\"title\":\"T\",\
         \"text\":\"L’été\\n🦀\\u0001\",\"lang\":\"fr\",\"url\":\"https://a\",\"reply_to\":\"0\",\"repost_of\":\"9\",\
         \"created_at\":\"2026-03-14T09:12:00.250Z\",\"links\":[\"https://b\",\"https://c\"],\"tags\":[\"x\"],\
         \"followers\":5,\"likes\":6,\"reposts\":7,\"replies\":8,\"attrs\":{\"label\":\"ham\",\"n\":\"1\"},\
         \"score\":2.5,\"why\":[{\"stage\":\"themes\",\"score\":2.5,\"reason\":\"names our product\"}]}\n{}\n"
    );
}

proptest! {
    #[test]
    fn every_line_is_json(text: String, name: String, link: String, created_at: i64, score: f32) {
        let message = Message {
            text: text.clone(),
            links: vec![link.clone()],
            created_at,
            attrs: [(name.clone(), "é\"".to_owned())].into(),
            ..Message::default()
        };
        let held = Held { message, score, ..Held::default() };
        let line = written(&Live::new(Batch::from_held(&[held])));
        let json: serde_json::Value = serde_json::from_str(&line).unwrap();
        prop_assert_eq!(json["text"].as_str().unwrap_or_default(), text);
        prop_assert_eq!(json["links"][0].as_str(), Some(link.as_str()));
        prop_assert_eq!(json["attrs"][&name].as_str(), Some("é\""));
        prop_assert_eq!(json["score"].is_null(), score == 0.0 || !score.is_finite());
    }
}

#[test]
fn a_run_that_is_resumed_cuts_back_what_it_wrote_after_its_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    fs::write(&path, "before\n").unwrap();
    let config = r#"{"path":"out.jsonl"}"#;
    let mut first = sink(folder.path(), config, None);
    write(&mut first, &live(&["1"]));
    let state = first.flush().unwrap();
    write(&mut first, &live(&["2", "3"]));
    drop(first);
    let mut second = sink(folder.path(), config, Some(&state));
    write(&mut second, &live(&["2"]));
    second.finish().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "before\n{\"id\":\"1\"}\n{\"id\":\"2\"}\n");
}

#[test]
fn half_a_line_that_a_crash_left_does_not_spoil_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    fs::write(&path, "{\"id\":\"1\"}\n{\"id\":\"2").unwrap();
    let mut sink = sink(folder.path(), r#"{"path":"out.jsonl"}"#, None);
    write(&mut sink, &live(&["2"]));
    sink.finish().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"id\":\"1\"}\n{\"id\":\"2\n{\"id\":\"2\"}\n");
}

#[test]
fn a_file_that_somebody_put_in_its_place_is_not_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let mut first = sink(folder.path(), r#"{"path":"out.jsonl"}"#, None);
    let state = first.flush().unwrap();
    fs::rename(&path, folder.path().join("elsewhere")).unwrap();
    fs::write(&path, "mine\n").unwrap();
    let mut second = sink(folder.path(), r#"{"path":"out.jsonl"}"#, Some(&state));
    write(&mut second, &live(&["1"]));
    second.flush().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine\n{\"id\":\"1\"}\n");
}

#[test]
fn a_replaced_file_is_whole_before_and_after() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    fs::write(&path, "old\n").unwrap();
    let config = r#"{"path":"out.jsonl","mode":"replace"}"#;
    let mut first = sink(folder.path(), config, None);
    write(&mut first, &live(&["1"]));
    first.flush().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "old\n");
    first.finish().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"id\":\"1\"}\n");
    sink(folder.path(), config, None).finish().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "", "an empty result is a result");
    assert!(!folder.path().join("out.jsonl.part").exists());
}

#[test]
fn a_long_file_is_rotated_and_few_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut sink = sink(folder.path(), r#"{"path":"out.jsonl","rotate":"25B","keep":2}"#, None);
    for ids in [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"], ["9", "a long one, longer than a file"]] {
        write(&mut sink, &live(&ids));
        sink.flush().unwrap();
    }
    sink.finish().unwrap();
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).ok();
    assert_eq!(text("out.jsonl").unwrap(), "{\"id\":\"a long one, longer than a file\"}\n");
    assert_eq!(text("out.jsonl.1").unwrap(), "{\"id\":\"9\"}\n");
    assert_eq!(text("out.jsonl.2").unwrap(), "{\"id\":\"7\"}\n{\"id\":\"8\"}\n");
    assert_eq!(text("out.jsonl.3"), None);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let refused = |config: &str| {
        let grants = GrantedStreams::new("essai", Grants::default(), Path::new("/"), Console::default());
        let error = Jsonl::configure(config, None, Arc::new(grants)).err().unwrap();
        (error.pointer, error.message)
    };
    assert_eq!(refused(r#"{"path":"-","mode":"replace"}"#).0, "/mode");
    assert_eq!(refused(r#"{"path":"-","rotate":"1MB"}"#).0, "/rotate");
    assert_eq!(
        refused(r#"{"path":"a","rotate":"beaucoup"}"#).1,
        "`beaucoup` is no length that a file may have"
    );
    assert_eq!(refused(r#"{"path":"a","keep":3}"#).0, "/keep");
}

#[test]
fn the_spec_can_be_read() {
    assert_eq!(Spec::from_json(Jsonl::SPEC).unwrap().name, "jsonl");
}
