//! What a message costs, linked natively.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{Filter, FilterPlugin, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_links::Links;

const MESSAGES: u64 = 100_000;

fn main() {
    divan::main();
}

/// A text of about 140 bytes; half of the messages have a link, half of these in the text too.
fn message(number: u64) -> Message {
    let text = format!(
        "Message numéro {number} : la bibliothèque du quartier ouvre aussi le samedi, de 9 h à 17 h, et l'entrée \
         est gratuite pour toutes et tous, {number}."
    );
    let link = format!("https://www.site{}.fr/{}/article?utm_source=fil", number % 1000, number / 7);
    let text = if number.is_multiple_of(4) { format!("{text} {link}") } else { text };
    let links = if number.is_multiple_of(2) { vec![link] } else { Vec::new() };
    Message {
        id: number.to_string(),
        author: format!("author_{}", number % 5000),
        text,
        links,
        created_at: number as i64,
        ..Message::default()
    }
}

fn batches() -> Vec<Live> {
    let all: Vec<Message> = (0..MESSAGES).map(message).collect();
    testing::batches(&all, 256)
}

const SITES: &str = r#"{"trust": ["site1.fr", "site2.fr"], "distrust": ["site3.fr"], "weight": 0}"#;

#[divan::bench(args = ["{}", SITES, r#"{"most": 5000}"#, r#"{"window": "1s"}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let batches = batches();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Links::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench]
fn a_snapshot(bencher: Bencher<'_, '_>) {
    let mut filter = Links::configure("{}", None).ok();
    filter.iter_mut().for_each(|filter| judge_batches(filter, &batches()));
    let size = filter.as_mut().and_then(|filter| filter.snapshot().ok()).map_or(0, |state| state.len());
    println!("a snapshot of {size} bytes");
    bencher.bench_local(|| filter.as_mut().map(|filter| filter.snapshot()));
}
