//! What a message costs, linked natively, and what a snapshot of many authors costs.

use crible_sdk::testing::judge_batches;
use crible_sdk::{Batch, Filter, FilterPlugin, Held, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_author::Standings;

const MESSAGES: u64 = 500_000;

fn main() {
    divan::main();
}

/// A few of 100,000 authors write most, as in `filter-cap`; a quarter of the messages is worth reading, each on
/// one of ten themes.
fn message(number: u64) -> Held {
    let even = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let rank = (((even * even) >> 32) * 100_000) >> 32;
    let is_worth = (number + rank).is_multiple_of(4);
    let message = Message { author: format!("author_{rank}"), ..Message::default() };
    let labels = if is_worth { vec![format!("theme:{}", number % 10)] } else { Vec::new() };
    Held {
        time: number as i64 * 20,
        score: if is_worth { 1.5 } else { 0.0 },
        labels,
        message,
        ..Held::default()
    }
}

fn batches() -> Vec<Live> {
    let all: Vec<Held> = (0..MESSAGES).map(message).collect();
    all.chunks(256).map(|rows| Live::new(Batch::from_held(rows))).collect()
}

/// With 1,000 authors all is in the processor's cache; with a half-life of an hour much fades.
#[divan::bench(args = ["{}", r#"{"weight": 0, "flood_cost": 0}"#, r#"{"most": 1000}"#, r#"{"half_life": "1h"}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let batches = batches();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Standings::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench]
fn a_snapshot(bencher: Bencher<'_, '_>) {
    let mut filter = Standings::configure("{}", None).ok();
    filter.iter_mut().for_each(|filter| judge_batches(filter, &batches()));
    let size = filter.as_mut().and_then(|filter| filter.snapshot().ok()).map_or(0, |state| state.len());
    println!("a snapshot of {size} bytes");
    bencher.bench_local(|| filter.as_mut().map(|filter| filter.snapshot()));
}
