//! What a message costs, linked natively, and what a snapshot of 100,000 costs.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{Filter, FilterPlugin, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_dedupe::Dedupe;

const MESSAGES: u64 = 100_000;

fn main() {
    divan::main();
}

/// A text of about 140 bytes; a quarter of the messages repeat an earlier one.
fn message(number: u64) -> Message {
    let of = if number % 4 == 3 { number / 2 } else { number };
    let text = format!(
        "Message numéro {of} : la bibliothèque du quartier ouvre aussi le samedi, de 9 h à 17 h, et l'entrée est \
         gratuite pour toutes et tous, {of}."
    );
    let url = if number.is_multiple_of(3) {
        format!("https://www.journal.fr/{of}/article?utm_source=fil")
    } else {
        String::new()
    };
    Message {
        id: (10_000_000 + number).to_string(),
        text,
        url,
        created_at: number as i64,
        ..Message::default()
    }
}

fn batches() -> Vec<Live> {
    let all: Vec<Message> = (0..MESSAGES).map(message).collect();
    testing::batches(&all, 256)
}

#[divan::bench(args = [r#"{}"#, r#"{"by": ["id"]}"#, r#"{"by": ["text"]}"#, r#"{"by": ["url"]}"#, r#"{"most": 5000}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let batches = batches();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Dedupe::configure(config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench]
fn a_snapshot(bencher: Bencher<'_, '_>) {
    let mut filter = Dedupe::configure("{}", None).ok();
    filter.iter_mut().for_each(|filter| judge_batches(filter, &batches()));
    let size = filter.as_mut().and_then(|filter| filter.snapshot().ok()).map_or(0, |state| state.len());
    println!("a snapshot of {} bytes", size);
    bencher.bench_local(|| filter.as_mut().map(|filter| filter.snapshot()));
}
