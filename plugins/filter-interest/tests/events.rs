//! Real messages: two words find what was written about one flood among six disasters.

#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};

use crible_sdk::testing::judge;
use crible_sdk::{FilterPlugin, Message};
use crible_testkit::{real_data_test, shared_data};
use filter_interest::InterestFilter;

/// The messages of the six disasters in the order in which they were written, and whether each is about the flood in Alberta.
fn messages() -> Vec<(Message, bool)> {
    let packed = std::fs::File::open(shared_data("crisislex_t6.jsonl.gz")).unwrap();
    let read = |line: std::io::Result<String>| {
        let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = row["text"].as_str().unwrap().to_owned();
        let relevant = row["channel"] == "2013_Alberta_Floods" && row["label"] == "on-topic";
        (row["created_at"].as_str().unwrap().to_owned(), Message { text, ..Message::default() }, relevant)
    };
    let mut all: Vec<_> = BufReader::new(flate2::read::GzDecoder::new(packed)).lines().map(read).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter().map(|(_, message, relevant)| (message, relevant)).collect()
}

real_data_test! {
    fn a_flood_is_found_among_other_disasters() {
        let (messages, relevant): (Vec<Message>, Vec<bool>) = messages().into_iter().unzip();
        let mut filter = InterestFilter::configure(r#"{"about": "alberta floods"}"#, None).unwrap();
        let judged = judge(&mut filter, &messages, 256);
        let mut ranking: Vec<usize> = (0..messages.len()).collect();
        ranking.sort_by(|&a, &b| judged[b].score.total_cmp(&judged[a].score).then(a.cmp(&b)));
        let (mut found, mut average) = (0.0, 0.0);
        for (rank, _) in ranking.iter().enumerate().filter(|&(_, &row)| relevant[row]) {
            found += 1.0;
            average += found / (rank + 1) as f64;
        }
        average /= found;
        println!("average precision {average:.3}");
        assert!(average > 0.9, "average precision {average:.3}");
    }
}
