//! Whether a standing foretells how good the next message of a real author is.

use std::collections::BTreeMap;
use std::io::Read;

use crible_sdk::testing::Judged;
use crible_sdk::{FilterPlugin, Held, instant};
use crible_testkit::{real_data_test, shared_data};
use filter_author::Standings;
use serde_json::Value;

use crate::stream::{judge, scored};

/// The messages of a file that have an author and a time, in order of time.
fn messages(file: &str) -> Vec<(i64, Value)> {
    let mut lines = String::new();
    let packed = std::fs::File::open(shared_data(file)).unwrap();
    flate2::read::MultiGzDecoder::new(packed).read_to_string(&mut lines).unwrap();
    let all = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let with_time = |of: Value| Some((instant(of["created_at"].as_str()?)?, of));
    let mut all: Vec<_> = all.filter_map(with_time).filter(|(_, of)| of["author"] != "").collect();
    all.sort_by_key(|(time, _)| *time);
    all
}

/// The area under the ROC curve of the scores: how probably one of two messages, of which one is worth reading,
/// has the better score; a tie is half of a yes.
fn area(judged: &[Judged], is_worth: &[bool]) -> f64 {
    let mut counts: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
    for (judged, is_worth) in judged.iter().zip(is_worth) {
        let (good, bad) = counts.entry((f64::from(judged.score) * 1000.0).round() as i64).or_default();
        *(if *is_worth { good } else { bad }) += 1.0;
    }
    let (mut worse, mut pairs, mut all) = (0.0, 0.0, (0.0, 0.0));
    for (good, bad) in counts.into_values() {
        pairs += good * (worse + bad / 2.0);
        worse += bad;
        all = (all.0 + good, all.1 + bad);
    }
    pairs / (all.0 * all.1)
}

/// Judge messages that are worth reading or not: the area, and the share whose score changed.
fn foretold(config: &str, all: &[(i64, Value)], is_worth: &[bool]) -> (f64, f64) {
    let of = |((time, of), is_worth): (&(i64, Value), &bool)| {
        scored(of["author"].as_str().unwrap(), f32::from(u8::from(*is_worth)), &[], *time)
    };
    let rows: Vec<Held> = all.iter().zip(is_worth).map(of).collect();
    let judged = judge(&mut Standings::configure(config, None).unwrap(), &rows, 256);
    let changed = judged.iter().filter(|judged| judged.score != 0.0).count();
    (area(&judged, is_worth), changed as f64 / judged.len() as f64)
}

const NO_FLOODS: &str = r#"{"flood_cost": 0}"#;

real_data_test! {
    fn who_answers_in_a_chat_can_be_foretold() {
        // Worth reading: an answer of eight words or more to someone.
        let all = messages("irc_ubuntu_train_30k.jsonl.gz");
        let is_worth: Vec<bool> = all.iter().map(|(_, of)| {
            let mut words = of["text"].as_str().unwrap().split_whitespace();
            words.next().is_some_and(|first| first.ends_with([':', ','])) && words.count() >= 7
        }).collect();
        let (area, changed) = foretold(NO_FLOODS, &all, &is_worth);
        println!("{} messages, area {area:.3}, {changed:.3} of the scores changed", all.len());
        assert!(area > 0.7);
        let (_, changed) = foretold(r#"{"weight": 0}"#, &all, &is_worth);
        println!("{changed:.3} of the messages are of a flood");
    }
}

real_data_test! {
    fn who_gets_votes_can_be_foretold() {
        // Worth reading: what got more votes than 70 in 100 of those before it on its channel. Authors are sites.
        let all = messages("reddit_top_titles_30k.jsonl.gz");
        let mut before: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        let is_worth: Vec<bool> = all.iter().map(|(_, of)| {
            let (votes, of_channel) = (of["score"].as_i64().unwrap(), before.entry(of["channel"].as_str().unwrap()).or_default());
            let good = of_channel.len() > 5 && votes > of_channel[of_channel.len() * 7 / 10];
            of_channel.insert(of_channel.partition_point(|&of| of <= votes), votes);
            good
        }).collect();
        let (area, changed) = foretold(NO_FLOODS, &all, &is_worth);
        println!("{} messages, area {area:.3}, {changed:.3} of the scores changed", all.len());
        assert!(area > 0.6);
    }
}
