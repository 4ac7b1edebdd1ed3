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

/// A thousand authors, fifty channels, three themes, some stories told often, and scores without order: about ten
/// minutes of a flood.
fn message(number: u64) -> Held {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let message = Message {
        author: format!("author_{}", mixed % 1000),
        channel: format!("channel_{}", mixed % 50),
        ..Message::default()
    };
    let labels = vec![format!("theme:{}", mixed % 3), format!("story:{}", mixed % 70_001)];
    Held {
        seq: number,
        time: number as i64,
        score: (mixed % 10_007) as f32,
        labels,
        message,
        ..Held::default()
    }
}

fn batches() -> Vec<Live> {
    let all: Vec<Held> = (0..MESSAGES).map(message).collect();
    all.chunks(256).map(|held| Live::new(Batch::from_held(held))).collect()
}

/// A flood whose every message is better than the one before it, by nobody who wrote before.
fn rising() -> Vec<Live> {
    let message = |number| {
        let message = message(number);
        let author = format!("author_{number}");
        Held { score: number as f32, message: Message { author, ..message.message }, ..message }
    };
    let all: Vec<Held> = (0..MESSAGES / 10).map(message).collect();
    all.chunks(256).map(|held| Live::new(Batch::from_held(held))).collect()
}

const BUDGETS: &str = r#"{"at_most": {"author": 1, "channel": 3}, "variety": true}"#;
const BUDGETS_AND_THEMES: &str =
    r#"{"at_most": {"author": 1, "channel": 3, "domain": 2, "lang": 5, "theme": 3}, "variety": true}"#;

#[divan::bench(args = [BUDGETS, BUDGETS_AND_THEMES])]
fn a_message_of_a_rising_flood(bencher: Bencher<'_, '_>, config: &str) {
    let batches = rising();
    bencher
        .counter(ItemsCount::new(MESSAGES / 10))
        .with_inputs(|| Top::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench(args = [r#"{}"#, r#"{"window": "1m"}"#, r#"{"best": 1000}"#, r#"{"per": "author"}"#, BUDGETS,
    BUDGETS_AND_THEMES])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let batches = batches();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Top::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}
