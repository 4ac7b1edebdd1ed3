//! What a message of a flood costs, linked natively, and what a snapshot costs.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{Filter, FilterPlugin, Live, Message};
use crible_testkit::flood::{Flood, words};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_interest::InterestFilter;

const MESSAGES: u64 = 50_000;

fn main() {
    divan::main();
}

fn batches() -> Vec<Live> {
    let rows = Flood { messages: MESSAGES, ..Flood::default() }.rows();
    let message = |(at, row): (i64, crible_testkit::Row)| Message {
        id: row.id,
        title: row.title,
        text: row.text,
        created_at: at,
        ..Message::default()
    };
    let all: Vec<Message> = (0..).zip(rows).map(message).collect();
    testing::batches(&all, 256)
}

/// So many interests of eight words of the flood each.
fn config(interests: usize) -> String {
    let words = words(8 * interests, 7);
    let of = |(number, words): (usize, &[String])| {
        format!(r#"{{"name": "i{number}", "about": "{}"}}"#, words.join(" "))
    };
    let all: Vec<String> = words.chunks(8).enumerate().map(of).collect();
    format!(r#"{{"interests": [{}]}}"#, all.join(", "))
}

#[divan::bench(args = [1, 10, 100])]
fn a_message(bencher: Bencher<'_, '_>, interests: usize) {
    let (config, batches) = (config(interests), batches());
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| InterestFilter::configure(&config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench]
fn a_message_for_a_page(bencher: Bencher<'_, '_>) {
    let page = format!(r#"{{"about": "{}"}}"#, words(400, 7).join(" "));
    let batches = batches();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| InterestFilter::configure(&page, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench]
fn a_snapshot(bencher: Bencher<'_, '_>) {
    let mut filter = InterestFilter::configure(&config(1), None).ok();
    filter.iter_mut().for_each(|filter| judge_batches(filter, &batches()));
    let size = filter.as_mut().and_then(|filter| filter.snapshot().ok()).map_or(0, |state| state.len());
    println!("a snapshot of {size} bytes");
    bencher.bench_local(|| filter.as_mut().map(|filter| filter.snapshot()));
}
