//! What a message costs, linked natively.

use crible_sdk::testing::judge_batches;
use crible_sdk::{Batch, FilterPlugin, Held, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_top::Top;

const MESSAGES: u64 = 500_000;

fn main() {
    divan::main();
}

/// A thousand authors, and scores without order, about ten minutes of a flood.
fn message(number: u64) -> Held {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let message = Message { author: format!("author_{}", mixed % 1000), ..Message::default() };
    Held { seq: number, time: number as i64, score: (mixed % 10_007) as f32, message, ..Held::default() }
}

fn batches() -> Vec<Live> {
    let all: Vec<Held> = (0..MESSAGES).map(message).collect();
    all.chunks(256).map(|held| Live::new(Batch::from_held(held))).collect()
}

#[divan::bench(args = [r#"{}"#, r#"{"window": "1m"}"#, r#"{"best": 1000}"#, r#"{"per": "author"}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let batches = batches();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Top::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}
