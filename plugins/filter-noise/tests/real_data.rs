//! How much of what others wrote is noise: much of a chat, hardly anything of link titles and crisis reports.

#![allow(clippy::unwrap_used)]

use std::io::Read;

use crible_sdk::testing::judge;
use crible_sdk::{FilterPlugin, Message};
use crible_testkit::{real_data_test, shared_data};
use filter_noise::Noise;
use serde_json::Value;

/// Which share of the messages that are chosen is dropped above 1.
fn dropped(file: &str, chosen: fn(&Value) -> bool) -> f64 {
    let mut lines = String::new();
    let packed = std::fs::File::open(shared_data(file)).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut lines).unwrap();
    let rows = lines.lines().map(|line| serde_json::from_str(line).unwrap());
    let text = |row: Value| Message { text: row["text"].as_str().unwrap().into(), ..Message::default() };
    let messages: Vec<Message> = rows.filter(chosen).map(text).collect();
    let judged = judge(&mut Noise::configure(r#"{"drop_above": 1.0}"#, None).unwrap(), &messages, 256);
    let share =
        judged.iter().filter(|judged| judged.verdict == "drop").count() as f64 / messages.len() as f64;
    println!("{file}: {:.2}% of {} dropped", 100.0 * share, messages.len());
    share
}

real_data_test! {
    fn joins_and_parts_and_one_word_answers_of_a_chat_go() {
        let irc = "irc_ubuntu_train_30k.jsonl.gz";
        assert!(dropped(irc, |row| row["kind"] == "system") > 0.9);
        let said = dropped(irc, |row| row["kind"] != "system");
        assert!((0.08..0.2).contains(&said), "{said}");
    }
}

real_data_test! {
    fn what_is_on_topic_stays() {
        assert!(dropped("crisislex_t6.jsonl.gz", |row| row["label"] == "on-topic") < 0.006);
        assert!(dropped("reddit_top_titles_30k.jsonl.gz", |_| true) < 0.01);
        assert!(dropped("reddit_top_french_subreddits.jsonl.gz", |_| true) < 0.01);
    }
}
