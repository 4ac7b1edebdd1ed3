//! What a message costs, linked natively, and what a snapshot of many authors costs.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{Filter, FilterPlugin, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_engagement::Engagement;

const MESSAGES: u64 = 500_000;

fn main() {
    divan::main();
}

/// A few authors write most: the rank is skewed by the square of an even spread over 100,000 of them. Who
/// writes more has more followers and more likes.
fn message(number: u64) -> Message {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let even = mixed >> 32;
    let rank = (((even * even) >> 32) * 100_000) >> 32;
    Message {
        id: number.to_string(),
        author: format!("author_{rank}"),
        followers: (2_000_000 / (rank + 1)) as i64,
        likes: ((mixed & 0xFF) * 1000 / (rank + 1)) as i64,
        created_at: (number * 10 + mixed % 3_600_000) as i64,
        ..Message::default()
    }
}

fn batches() -> Vec<Live> {
    let all: Vec<Message> = (0..MESSAGES).map(message).collect();
    testing::batches(&all, 256)
}

#[divan::bench(args = ["{}", r#"{"half": "0s"}"#, r#"{"most": 10000}"#, r#"{"drop_below": 0.25}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let batches = batches();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Engagement::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench]
fn a_snapshot(bencher: Bencher<'_, '_>) {
    let mut filter = Engagement::configure("{}", None).ok();
    filter.iter_mut().for_each(|filter| judge_batches(filter, &batches()));
    let size = filter.as_mut().and_then(|filter| filter.snapshot().ok()).map_or(0, |state| state.len());
    println!("a snapshot of {size} bytes");
    bencher.bench_local(|| filter.as_mut().map(|filter| filter.snapshot()));
}
