//! How often the language of messages that others wrote is told, wrongly told, or left unknown.

#![allow(clippy::unwrap_used)]

use std::io::Read;

use crible_sdk::{Batch, Filter, FilterPlugin, Live, Message, Rows, Verdicts};
use crible_testkit::{real_data_test, shared_data};
use filter_language::Language;

fn texts(file: &str) -> Vec<Message> {
    let mut lines = String::new();
    let packed = std::fs::File::open(shared_data(file)).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut lines).unwrap();
    let message = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        Message { text: row["text"].as_str().unwrap().into(), ..Message::default() }
    };
    lines.lines().map(message).collect()
}

/// Which share of the messages is told to be in this language, and which in another one.
fn shares(file: &str, language: &str) -> (f64, f64) {
    let messages = texts(file);
    let mut batch = Batch::from_messages(&messages);
    batch.stamp(0, vec![0; messages.len()]);
    let live = Live::new(batch);
    let mut out = Verdicts::default();
    out.start(messages.len());
    Language::configure("{}", None).unwrap().judge(&Rows::new(&live), &mut out).unwrap();
    let set = || out.sets.iter().flat_map(|(_, values)| values.iter());
    let right = set().filter(|(_, found)| *found == language).count() as f64;
    let all = messages.len() as f64;
    let (right, wrong) = (right / all, (set().count() as f64 - right) / all);
    println!("{file}: {:.1}% {language}, {:.1}% another language", 100.0 * right, 100.0 * wrong);
    (right, wrong)
}

real_data_test! {
    fn english_is_told_and_hardly_ever_mistaken() {
        for (file, least, most_wrong) in
            [("crisislex_t6.jsonl.gz", 0.92, 0.005), ("sms_spam.jsonl.gz", 0.88, 0.006), ("reddit_top_titles_30k.jsonl.gz", 0.74, 0.025)]
        {
            let (right, wrong) = shares(file, "en");
            assert!(right >= least && wrong <= most_wrong, "{file}: {right} right, {wrong} wrong");
        }
    }
}

real_data_test! {
    fn french_is_told_in_channels_of_two_languages() {
        let (french, other) = shares("reddit_top_french_subreddits.jsonl.gz", "fr");
        // By hand, 41% of a sample of 120 are French and 52% English.
        assert!((0.33..0.45).contains(&french) && (0.38..0.52).contains(&other), "{french} French, {other} other");
    }
}
