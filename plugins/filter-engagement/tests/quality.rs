//! How well the attention of real link titles is foretold.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::io::Read;

use crible_sdk::testing::judge;
use crible_sdk::{FilterPlugin, Message};
use crible_testkit::{real_data_test, shared_data};
use filter_engagement::Engagement;
use serde_json::Value;

/// The titles of a file with the final counts of their links; their author is the link's site.
fn titles(file: &str) -> Vec<Message> {
    let mut json = String::new();
    let packed = std::fs::File::open(shared_data(file)).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut json).unwrap();
    let message = |line| {
        let row: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let (likes, replies) = (row["score"].as_i64().unwrap(), row["num_comments"].as_i64().unwrap());
        Message { id: field("id"), author: field("author"), likes, replies, ..Message::default() }
    };
    json.lines().map(message).collect()
}

/// How the messages of authors with at least three before them compare with the usual.
struct Quality {
    /// The mean number of doublings and halvings between what was usual and what came.
    missed: f64,
    /// The part of them that had at least twice the usual, and less than half of it.
    more: f64,
    less: f64,
}

/// By `author` each message is measured against that of its author.
fn quality(messages: &[Message], author: impl Fn(&Message) -> String) -> Quality {
    let told_apart = |message: &Message| Message { author: author(message), ..message.clone() };
    let told_apart: Vec<Message> = messages.iter().map(told_apart).collect();
    let mut filter = Engagement::configure(r#"{"doublings": 64}"#, None).unwrap();
    let judged = judge(&mut filter, &told_apart, 256);
    let mut before: HashMap<&str, usize> = HashMap::new();
    let known = messages.iter().map(|message| {
        let before = before.entry(message.author.as_str()).or_default();
        *before += 1;
        *before > 3
    });
    let of_known = judged.iter().zip(known).filter(|(_, known)| *known);
    let scores: Vec<f64> = of_known.map(|(of, _)| f64::from(of.score)).collect();
    let part = |of: &dyn Fn(f64) -> bool| {
        scores.iter().filter(|score| of(**score)).count() as f64 / scores.len() as f64
    };
    Quality {
        missed: scores.iter().map(|score| score.abs()).sum::<f64>() / scores.len() as f64,
        more: part(&|score| score >= 1.0),
        less: part(&|score| score < -1.0),
    }
}

real_data_test! {
    fn an_authors_own_normal_foretells_more_than_that_of_the_stream() {
        for file in ["reddit_top_titles_30k.jsonl.gz", "reddit_top_french_subreddits.jsonl.gz"] {
            let messages = titles(file);
            let own = quality(&messages, |message| message.author.clone());
            let all = quality(&messages, |_| "all".into());
            println!(
                "{file}: {:.2} doublings missed, {:.2} where authors are not told apart; {:.0}% more, {:.0}% less",
                own.missed,
                all.missed,
                100.0 * own.more,
                100.0 * own.less
            );
            assert!(own.missed < 0.95 * all.missed);
            // What is usual is neither too high nor too low.
            assert!((own.more - own.less).abs() < 0.1);
        }
    }
}
