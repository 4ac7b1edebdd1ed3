//! What a message costs, linked natively, and what training and a snapshot cost.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{Filter, FilterPlugin, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_learned::{Learned, Model, Sample, Trainer};

const MESSAGES: u64 = 20_000;

const WORDS: [&str; 40] = [
    "le",
    "pont",
    "est",
    "fermé",
    "the",
    "river",
    "rises",
    "tonight",
    "merci",
    "lunch",
    "was",
    "great",
    "école",
    "inondation",
    "rescue",
    "teams",
    "on",
    "site",
    "photo",
    "new",
    "album",
    "train",
    "retard",
    "ligne",
    "council",
    "votes",
    "tram",
    "pluie",
    "forte",
    "power",
    "cut",
    "station",
    "café",
    "matin",
    "goal",
    "match",
    "tired",
    "so",
    "happy",
    "weekend",
];

fn main() {
    divan::main();
}

/// A text of about 110 bytes, half of them from the second half of the words.
fn message(number: u64) -> Message {
    let mut text = String::new();
    let mut random = number;
    for _ in 0..16 {
        random = random.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        let word = (random >> 33) % 20 + 20 * (number % 2);
        text.push_str(WORDS[word as usize]);
        text.push(' ');
    }
    text.push_str("#tag http://t.co/abc");
    Message { author: format!("a{}", number % 997), text, created_at: number as i64, ..Message::default() }
}

fn model() -> Option<Model> {
    let mut trainer = Trainer::default();
    for number in 0..2_000 {
        trainer.add(&Sample::from(&message(number)), number % 2 == 0, "");
    }
    trainer.train().ok()
}

fn config() -> String {
    let model = model().map_or(String::new(), |model| BASE64_STANDARD.encode(model.to_bytes()));
    format!(r#"{{"model": "{model}", "drop_below": 0.3}}"#)
}

fn batches() -> Vec<Live> {
    let all: Vec<Message> = (0..MESSAGES).map(message).collect();
    testing::batches(&all, 256)
}

#[divan::bench]
fn a_message(bencher: Bencher<'_, '_>) {
    let (config, batches) = (config(), batches());
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Learned::configure(&config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}

#[divan::bench]
fn training_on_2000(bencher: Bencher<'_, '_>) {
    bencher.bench_local(model);
}

#[divan::bench]
fn a_snapshot(bencher: Bencher<'_, '_>) {
    let mut filter = Learned::configure(&config(), None).ok();
    filter.iter_mut().for_each(|filter| judge_batches(filter, &batches()));
    bencher.bench_local(|| filter.as_mut().map(|filter| filter.snapshot()));
}
