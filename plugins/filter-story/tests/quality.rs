//! How many retellings of real titles are found, and how many titles are wrongly taken for one.

#![allow(clippy::unwrap_used)]

mod retelling;

use std::collections::{BTreeSet, HashMap};
use std::io::Read;

use crible_sdk::testing::judge;
use crible_sdk::{FilterPlugin, Message};
use crible_testkit::{real_data_test, shared_data};
use filter_story::Story;
use retelling::{Prng, WAYS, retell};
use serde_json::Value;

/// The messages of a file, at an even pace within the window.
fn messages(file: &str) -> Vec<Message> {
    let mut json = String::new();
    let packed = std::fs::File::open(shared_data(file)).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut json).unwrap();
    let message = |line| {
        let row: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        Message { id: field("id"), text: field("text"), url: field("url"), ..Message::default() }
    };
    json.lines().map(message).collect()
}

/// A tenth of the messages told again, each somewhere behind its original; ids of retellings name it.
fn with_retellings(originals: Vec<Message>, seed: u64) -> (Vec<Message>, HashMap<String, Vec<usize>>) {
    let mut prng = Prng(seed);
    let mut ways_of = HashMap::new();
    let mut placed: Vec<(usize, Message)> = Vec::new();
    let len = originals.len();
    for (at, original) in originals.into_iter().enumerate() {
        if prng.below(10) == 0 {
            let (text, ways) = retell(&original.text, &mut prng);
            let id = format!("retold:{}", original.id);
            ways_of.insert(id.clone(), ways);
            placed.push((at + 1 + prng.below(len - at), Message { id, text, ..Message::default() }));
        }
        placed.push((at, original));
    }
    placed.sort_by_key(|(at, message)| (*at, message.id.starts_with("retold:")));
    let pace = |(at, (_, mut message)): (usize, (usize, Message))| {
        message.created_at = at as i64 * 4_000;
        message
    };
    (placed.into_iter().enumerate().map(pace).collect(), ways_of)
}

/// The messages that stay, by those that tell their stories: themselves, or who is named.
fn stays(messages: &[Message]) -> HashMap<&str, String> {
    let mut filter = Story::configure(r#"{"by": ["text"]}"#, None).unwrap();
    let judged = judge(&mut filter, messages, 256);
    messages
        .iter()
        .zip(judged)
        .map(|(of, judged)| {
            let dropped = judged.verdict == "drop";
            (of.id.as_str(), if dropped { judged.about } else { of.id.clone() })
        })
        .collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

real_data_test! {
    fn retellings_of_real_titles_are_found() {
        let (messages, ways_of) = with_retellings(messages("reddit_top_titles_30k.jsonl.gz"), 7);
        let texts: HashMap<&str, &str> = messages.iter().map(|of| (of.id.as_str(), of.text.as_str())).collect();
        let stays = stays(&messages);
        // All titles, and those that say something.
        for least_words in [1, 4, 6, 8] {
            let (mut all, mut found, mut others, mut same_words) = (0_u32, 0_u32, 0_u32, 0_u32);
            let mut by_way = [(0, 0); WAYS.len()];
            for message in &messages {
                let (id, stay) = (message.id.as_str(), stays[message.id.as_str()].as_str());
                let original = id.strip_prefix("retold:").unwrap_or(id);
                if texts[original].split_whitespace().count() < least_words {
                    continue;
                }
                let right = original != id && (stay == original || (stay != id && stays[original] == stay));
                // What is missed and what is dropped besides is for reading: SHOW=1 prints it.
                let show = least_words == 1 && std::env::var_os("SHOW").is_some();
                if let Some(ways) = ways_of.get(id) {
                    if show && !right {
                        println!("missed {:?} of {:?}", texts[id], texts[original]);
                    }
                    all += 1;
                    found += u32::from(right);
                    ways.iter().for_each(|&way| by_way[way].1 += 1);
                    ways.iter().filter(|_| right).for_each(|&way| by_way[way].0 += 1);
                }
                if stay != id && !right {
                    let same = words(texts[id]) == words(texts[stay]);
                    others += u32::from(!same);
                    same_words += u32::from(same);
                    if show && !same {
                        println!("{:?} for {:?}", texts[id], texts[stay]);
                    }
                }
            }
            let share = |of: u32, all: u32| f64::from(of) / f64::from(all);
            let (recall, dropped) = (share(found, all), found + same_words + others);
            // Real titles with the same words are retellings, too, though not made up here.
            let (strict, precision) = (share(found, dropped), share(found + same_words, dropped));
            println!("titles of {least_words} words or more: {found} of {all} retellings, recall {recall:.4}");
            println!("  dropped besides: {same_words} with the same words, {others} others");
            println!("  precision {precision:.4}; {strict:.4} where those with the same words count as wrong");
            WAYS.iter().zip(by_way).for_each(|(way, (found, all))| println!("  {way}: {found} of {all}"));
            if least_words == 6 {
                assert!(recall >= 0.96 && precision >= 0.99);
            }
        }
    }
}
