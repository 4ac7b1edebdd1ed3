//! What lines become messages, and which.

#![allow(clippy::unwrap_used, reason = "it is a test")]

mod support;

use crible_sdk::{ErrorKind, Message, Next, Page, Plugin, Source, Spec};
use source_jsonl::Jsonl;
use support::{Folder, Read, gzip, read};

fn read_text(text: impl AsRef<[u8]>) -> Read {
    let folder = Folder::new();
    folder.write("flux.jsonl", text);
    read(&folder, r#"{"path":"flux.jsonl"}"#, &["flux.jsonl"])
}

fn one(line: &str) -> Message {
    let read = read_text(line);
    assert_eq!(read.malformed, []);
    read.messages[0].clone()
}

#[test]
fn every_field_is_read_under_its_own_name() {
    let message = one(
        r##"{"id":"1","channel":"#été","author":"zoe","author_name":"Zoé 🦀","title":"T","text":"L\u2019été\n",
        "lang":"fr","url":"https://a","reply_to":"0","repost_of":"9","created_at":"2026-03-14T09:12:00Z",
        "followers":5,"likes":"6","reposts":7.0,"replies":8,"links":["https://b","https://c"],"tags":["x"],
        "attrs":{"label":"ham","n":1.50},"score":3.5,"why":[{"stage":"a"}],"deep":{"a":1},"yes":true,"none":null}"##
            .replace('\n', "")
            .as_str(),
    );
    let expected = Message {
        id: "1".into(),
        channel: "#été".into(),
        author: "zoe".into(),
        author_name: "Zoé 🦀".into(),
        title: "T".into(),
        text: "L’été\n".into(),
        lang: "fr".into(),
        url: "https://a".into(),
        reply_to: "0".into(),
        repost_of: "9".into(),
        created_at: 1_773_479_520_000,
        followers: 5,
        likes: 6,
        reposts: 7,
        replies: 8,
        links: vec!["https://b".into(), "https://c".into()],
        tags: vec!["x".into()],
        attrs: [("label", "ham"), ("n", "1.50"), ("score", "3.5"), ("yes", "true")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
    };
    assert_eq!(message, expected);
}

#[test]
fn a_number_is_an_id_as_it_is_written() {
    assert_eq!(one(r#"{"id": 123456789012345678901234567890}"#).id, "123456789012345678901234567890");
}

#[test]
fn of_two_the_first_stays() {
    let message =
        one(r#"{"text":"a","tags":["x"],"k":"1","likes":1,"text":"b","tags":["y"],"k":"2","likes":2}"#);
    assert_eq!((message.text.as_str(), message.likes), ("a", 1));
    assert_eq!((message.tags, message.attrs["k"].as_str()), (vec!["x".to_owned()], "1"));
}

#[test]
fn a_date_that_cannot_be_read_is_kept_as_it_is() {
    let message = one(r#"{"created_at":"hier soir"}"#);
    assert_eq!((message.created_at, message.attrs["created_at"].as_str()), (0, "hier soir"));
    assert_eq!(one(r#"{"created_at":null}"#).created_at, 0);
    assert_eq!(one(r#"{"created_at":1175714200}"#).created_at, 1_175_714_200_000);
}

#[test]
fn a_count_is_as_large_as_it_can_be_and_words_are_none() {
    assert_eq!(one(r#"{"likes":1e999}"#).likes, i64::MAX);
    assert_eq!(one(r#"{"likes":-12.9}"#).likes, -12);
    for none in ["inf", "Infinity", "NaN", "beaucoup", ""] {
        assert_eq!(one(&format!(r#"{{"id":"1","likes":"{none}"}}"#)).likes, 0, "{none}");
    }
}

#[test]
fn a_message_without_an_id_gets_one_that_stays_the_same() {
    let lines = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"b\"}\n";
    let ids = |read: &Read| read.messages.iter().map(|message| message.id.clone()).collect::<Vec<_>>();
    let first = read_text(lines);
    assert_eq!(ids(&first), ["flux.jsonl:0-15e4c38e", "flux.jsonl:13-17a27dd7", "flux.jsonl:26-17a27dd7"]);
    assert_eq!(ids(&read_text(lines)), ids(&first));
}

#[test]
fn places_are_chosen_by_pointer() {
    let folder = Folder::new();
    folder.write(
        "post.jsonl",
        r#"{"by":"dhouston","commit":{"record":{"text":"Salut","langs":["fr","en"]}},"time_us":1783175888085434,"text":"autre","n":[{"u":"a"},{"u":"b"}]}"#,
    );
    let config = r#"{"path":"post.jsonl","fields":{"author":"/by","author_name":"/by","text":"/commit/record/text",
        "lang":"/commit/record/langs/0","tags":"/commit/record/langs","created_at":"/time_us","url":"/n/1/u"}}"#;
    let message = read(&folder, config, &["post.jsonl"]).messages.remove(0);
    assert_eq!((message.author.as_str(), message.author_name.as_str()), ("dhouston", "dhouston"));
    assert_eq!((message.text.as_str(), message.lang.as_str(), message.url.as_str()), ("Salut", "fr", "b"));
    assert_eq!(
        (message.tags, message.created_at),
        (vec!["fr".to_owned(), "en".to_owned()], 1_783_175_888_085)
    );
    assert_eq!(message.attrs["text"], "autre", "what is not a field any more is an attribute");
    let config = config.replace("\"path\"", "\"attrs\":false,\"path\"");
    assert!(read(&folder, &config, &["post.jsonl"]).messages[0].attrs.is_empty());
}

#[test]
fn attributes_are_found_by_pointer_too() {
    let folder = Folder::new();
    folder.write(
        "tweet.jsonl",
        r#"{"text":"été","event":"flood","info":"top","class":{"info":1,"sure":true,"by":["zoe","max"],"no":null}}"#,
    );
    let config = r#"{"path":"tweet.jsonl","attrs":
        {"info":"/class/info","sure":"/class/sure","by":"/class/by/1","all":"/class/by","no":"/class/no","gone":"/x/y"}}"#;
    let attrs = read(&folder, config, &["tweet.jsonl"]).messages.remove(0).attrs;
    let expected = [("by", "max"), ("event", "flood"), ("info", "1"), ("sure", "true")];
    assert_eq!(attrs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[test]
fn what_is_no_message_is_told_with_its_line() {
    let long = "x".repeat(2 << 20);
    let mut text =
        b"\xef\xbb\xbf{\"text\":\"un\"}\n\n  \r\n{\"text\": oups}\n[1]\n{\"text\":\"deux\"}\r\n".to_vec();
    text.extend(b"{\"text\":\"\xe9t\xe9\"}\n");
    text.extend(format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"trois\"}}").bytes());
    let read = read_text(text);
    assert_eq!(read.texts(), ["un", "deux", "trois"]);
    let told: Vec<(&str, &str)> =
        read.malformed.iter().map(|malformed| (malformed.place.as_str(), malformed.why.as_str())).collect();
    assert_eq!(
        told,
        [
            ("flux.jsonl:4", "the line is no JSON object: there should be a value at character 10"),
            ("flux.jsonl:5", "the line is no JSON object: there should be an object, `{…}`, at character 1"),
            ("flux.jsonl:7", "the line is not UTF-8: it is written in another encoding, or damaged"),
            ("flux.jsonl:8", "the line has 2097164 bytes, more than `longest` allows"),
        ]
    );
    assert_eq!(read.malformed[0].raw, "{\"text\": oups}");
    assert_eq!(read.malformed[2].raw, "{\"text\":\"\u{fffd}t\u{fffd}\"}");
    assert_eq!(read.malformed[3].raw.len(), 4096);
}

#[test]
fn what_a_broken_line_held_is_not_in_the_next_message() {
    let read = read_text("{\"author\":\"zoe\",\"tags\":[\"a\"],\"k\":1,\"likes\":5 oups\n{\"id\":\"2\"}\n");
    assert_eq!(read.messages, [Message { id: "2".into(), ..Message::default() }]);
}

#[test]
fn files_are_read_one_after_the_other_packed_or_not() {
    let folder = Folder::new();
    folder.write("a.jsonl", "{\"text\":\"1\"}\n{\"text\":\"2\"}");
    let members = [gzip("{\"text\":\"3\"}\n{\"te"), gzip(""), gzip("xt\":\"4\"}\n")].concat();
    folder.write("b.gz", members);
    folder.write("vide", "");
    folder.write("c", "{");
    let paths = ["a.jsonl", "b.gz", "vide", "c"];
    let read = read(&folder, r#"{"path":["a.jsonl","b.gz","vide","c"]}"#, &paths);
    assert_eq!(read.texts(), ["1", "2", "3", "4"]);
    assert_eq!(read.places(), ["c:1"]);
}

#[test]
fn gzip_that_breaks_off_gives_what_it_holds_and_says_so() {
    let lines: String = (0..2000).map(|at| format!("{{\"text\":\"{}\"}}\n", at * 7919 % 10007)).collect();
    let packed = gzip(&lines);
    let folder = Folder::new();
    folder.write("a.gz", &packed[..packed.len() / 2]);
    folder.write("b.jsonl", "{\"text\":\"fin\"}\n");
    let mut damaged = packed.clone();
    damaged[200..260].fill(0xff);
    folder.write("c.gz", damaged);
    let paths = ["a.gz", "b.jsonl", "c.gz"];
    let read = read(&folder, r#"{"path":["a.gz","b.jsonl","c.gz"]}"#, &paths);
    let whole: Vec<String> = (0..2000).map(|at| (at * 7919 % 10007).to_string()).collect();
    let first = read.texts().iter().position(|text| *text == "fin").unwrap();
    assert!(first > 100 && read.texts()[..first] == whole[..first]);
    assert_eq!(read.malformed.len(), 2);
    assert_eq!(read.places()[0], format!("a.gz:{}", first + 1));
    assert!(read.malformed.iter().all(|malformed| malformed.why.contains("gzip")));
}

#[test]
fn a_file_that_is_missing_is_found_out_before_the_others_are_read() {
    let folder = Folder::new();
    folder.write("a", "{}");
    let mut source = folder.source(r#"{"path":["a","absent"]}"#, None, &["a", "absent"]);
    let error = source.read(10, &mut Page::default()).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Fatal, "absent: there is no such file"));
    let mut source = folder.source(r#"{"path":"a"}"#, None, &[]);
    let error = source.read(10, &mut Page::default()).unwrap_err();
    assert!(error.message.contains("add allow = [\"read:a\"]"));
}

#[test]
fn a_page_is_no_longer_than_was_asked_for() {
    let folder = Folder::new();
    folder.write("a", "{}\noups\n".repeat(50));
    let mut source = folder.source(r#"{"path":"a"}"#, None, &["a"]);
    let mut total = Read::default();
    loop {
        let mut read = Read::default();
        let next = read.page(&mut source, 7).unwrap();
        assert!(read.messages.len() + read.malformed.len() <= 7);
        total.messages.extend(read.messages);
        if next == Next::End {
            break;
        }
    }
    assert_eq!(total.messages.len(), 50);
}

#[test]
fn a_flood_of_attribute_names_is_bounded() {
    let line = |row: usize| {
        let members: Vec<String> = (0..100).map(|at| format!("\"k{row}_{at}\":1")).collect();
        format!("{{{}}}\n", members.join(","))
    };
    let read = read_text((0..3).map(line).collect::<String>());
    assert_eq!(read.messages.iter().map(|message| message.attrs.len()).collect::<Vec<_>>(), [100, 100, 56]);
}

#[test]
fn the_spec_can_be_read() {
    let spec = Spec::from_json(Jsonl::SPEC).unwrap();
    assert_eq!(spec.name, "jsonl");
    let fields: Vec<&String> =
        spec.config["properties"]["fields"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(fields.len(), 17);
}
