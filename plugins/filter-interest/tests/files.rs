//! Messages that were liked, in a file.

#![allow(clippy::unwrap_used)]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use crible_sdk::testing::judge;
use crible_sdk::{ConfigError, FilterPlugin, Message};
use filter_interest::InterestFilter;
use serde_json::{Value, json};

/// A file's content as the host gives it.
fn file(lines: &str) -> Value {
    BASE64_STANDARD.encode(lines).into()
}

fn scores(config: &Value) -> Vec<f32> {
    let texts =
        ["The light roast needs a hotter brew", "La grève des tramways continue", "I am at the beach"];
    let messages = texts.map(|text| Message { text: text.into(), ..Message::default() });
    let mut filter = InterestFilter::configure(&config.to_string(), None).unwrap();
    judge(&mut filter, &messages, 3).iter().map(|judged| judged.score).collect()
}

fn refused(config: &Value) -> ConfigError {
    InterestFilter::configure(&config.to_string(), None).err().unwrap()
}

const LIKED: &str = r#"{"id":"1","title":"How to brew a light roast","text":"Grind finer.","score":2.5,"why":[]}

{"text":"The roast matters more than the brew","title":null,"tags":["café"]}
"#;

#[test]
fn what_was_liked_in_a_file_is_an_interest_as_if_it_stood_in_the_config() {
    let from_file = scores(&json!({ "liked_file": file(LIKED) }));
    let texts = ["How to brew a light roast\nGrind finer.", "\nThe roast matters more than the brew"];
    assert_eq!(from_file, scores(&json!({ "liked": texts })));
    assert!(from_file[0] > 0.5 && from_file[1] == 0.0 && from_file[2] == 0.0, "{from_file:?}");
    let listed = json!({ "interests": [
        { "name": "coffee", "liked_file": file(LIKED), "unlike_file": file(r#"{"text":"light beach"}"#) },
        { "name": "tram", "about": "grève des tramways" },
    ] });
    let both = scores(&listed);
    assert!(both[0] > 0.3 && both[1] > 0.5, "{both:?}");
}

#[test]
fn of_a_long_file_the_last_messages_count() {
    let mut lines = "{\"text\":\"brew roast\"}\n".to_owned();
    (0..1_000).for_each(|number| lines += &format!("{{\"text\":\"grève tramways {number}\"}}\n"));
    let scores = scores(&json!({ "liked_file": file(&lines) }));
    assert!(scores[0] == 0.0 && scores[1] > 0.0, "{scores:?}");
}

#[test]
fn a_line_that_is_no_message_is_named() {
    for (lines, said) in [
        (
            "{\"text\":\"été\"}\n\nplain text\n",
            "line 3 of the file is no message: it is not an object of JSON",
        ),
        ("{\"id\":\"1\"}", "line 1 of the file is no message: it has neither `text` nor `title`"),
    ] {
        let error = refused(&json!({ "interests": [{ "about": "tram", "unlike_file": file(lines) }] }));
        assert_eq!((error.message.as_str(), error.pointer.as_str()), (said, "/interests/0/unlike_file"));
        assert!(error.hint.unwrap().contains("as the sink `jsonl` writes it"));
    }
    assert_eq!(refused(&json!({ "liked_file": "no base64!" })).message, "the file cannot be read");
    let beside = json!({ "interests": [{ "about": "tram" }], "unlike_file": file("{\"text\":\"x\"}") });
    assert_eq!(refused(&beside).pointer, "/unlike_file");
}
