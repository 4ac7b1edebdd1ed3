//! How fast a flood is made: slower than the pipeline, and benchmarks would measure the generator.

use crible_testkit::flood::Flood;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const MESSAGES: u64 = 100_000;

fn main() {
    divan::main();
}

fn flood() -> Flood {
    Flood { messages: MESSAGES, authors: 20_000, ..Flood::default() }
}

#[divan::bench]
fn rows(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(MESSAGES)).bench(|| flood().rows().count());
}

#[divan::bench]
fn lines(bencher: Bencher<'_, '_>) {
    let bytes = flood().write_ndjson(&mut std::io::sink()).unwrap_or_default();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .counter(BytesCount::new(bytes))
        .bench(|| flood().write_ndjson(&mut std::io::sink()));
}
