//! What a message costs, linked natively, and what a snapshot costs.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{Filter, FilterPlugin, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_story::Story;

const MESSAGES: u64 = 100_000;

fn main() {
    divan::main();
}

/// Twelve words, some of them common and some rare; a tenth of the messages tell an earlier one again.
fn message(number: u64) -> Message {
    let of = if number % 10 == 9 { number / 2 } else { number };
    let mut text = if of == number { String::new() } else { "RT @zoe: ".into() };
    for place in 0..12 {
        let mixed = (of * 12 + place)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(29)
            .wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let even = mixed >> 32;
        let rank = (((((even * even) >> 32) * even) >> 32) * 60_000) >> 32;
        text.push_str(&format!("mot{rank} "));
    }
    let url = format!("https://www.journal.fr/{number}/article");
    let author = format!("author_{}", number % 997);
    Message { id: number.to_string(), text, url, author, created_at: number as i64, ..Message::default() }
}

fn batches(messages: u64) -> Vec<Live> {
    let all: Vec<Message> = (0..messages).map(message).collect();
    testing::batches(&all, 256)
}

#[divan::bench(sample_count = 5, args = [r#"{}"#, r#"{"by": ["text"]}"#, r#"{"by": ["repost", "link"]}"#, r#"{"most": 5000}"#, r#"{"wait": "10s", "keep": "best"}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let batches = batches(MESSAGES);
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Story::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench(sample_count = 5)]
fn a_snapshot(bencher: Bencher<'_, '_>) {
    let mut filter = Story::configure("{}", None).ok();
    filter.iter_mut().for_each(|filter| judge_batches(filter, &batches(MESSAGES)));
    let size = filter.as_mut().and_then(|filter| filter.snapshot().ok()).map_or(0, |state| state.len());
    println!("a snapshot of {size} bytes");
    bencher.bench_local(|| filter.as_mut().map(|filter| filter.snapshot()));
}
