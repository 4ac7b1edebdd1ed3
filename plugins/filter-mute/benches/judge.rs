//! What a message costs, linked natively.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{FilterPlugin, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_mute::Mute;

const MESSAGES: u64 = 100_000;

fn main() {
    divan::main();
}

/// A text of about 140 bytes; a third of the messages have a link, a quarter answer another.
fn message(number: u64) -> Message {
    let text = format!(
        "Message numéro {number} : la bibliothèque du quartier ouvre aussi le samedi, de 9 h à 17 h, et l'entrée \
         est gratuite pour toutes et tous, {number}."
    );
    let links = if number.is_multiple_of(3) {
        vec![format!("https://www.site{}.fr/{number}/article", number % 1000)]
    } else {
        Vec::new()
    };
    let reply_to = if number.is_multiple_of(4) { (number / 2).to_string() } else { String::new() };
    Message {
        id: number.to_string(),
        author: format!("author_{}", number % 5000),
        author_name: format!("Auteur {}", number % 5000),
        text,
        links,
        reply_to,
        created_at: number as i64,
        ..Message::default()
    }
}

fn batches() -> Vec<Live> {
    let all: Vec<Message> = (0..MESSAGES).map(message).collect();
    testing::batches(&all, 256)
}

/// A config that mutes so many things of one kind.
fn config(kind: &str, things: usize) -> String {
    let one = |number| match kind {
        "words" => format!("\"mot{number} du jour\""),
        "authors" => format!("\"author_{}\"", 7 * number),
        "domains" => format!("\"site{}.fr\"", 7 * number),
        _ => format!("\"{}\"", 700 * number),
    };
    let things: Vec<String> = (0..things).map(one).collect();
    format!(r#"{{"mute": [{{"{kind}": [{}]}}]}}"#, things.join(","))
}

#[divan::bench(args = [("words", 10), ("words", 10_000), ("authors", 100), ("domains", 100), ("threads", 100)])]
fn a_message(bencher: Bencher<'_, '_>, (kind, things): (&str, usize)) {
    let batches = batches();
    let config = config(kind, things);
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Mute::configure(&config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}
