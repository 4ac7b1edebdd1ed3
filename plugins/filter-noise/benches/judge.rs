//! What a message costs, linked natively.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{FilterPlugin, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_noise::Noise;

const MESSAGES: usize = 50_000;

const TEXTS: [&str; 5] = [
    "La bibliothèque du quartier ouvre ses portes samedi à neuf heures, après trois mois de travaux",
    "I don't understand why everybody is talking about this film https://example.org/a/long/address #film \
     @somebody and honestly I thought it was a bit boring, but the music was good",
    "Bonjour à tous !",
    "@zoé mdrrrr 😂",
    "RT @somebody: flood warnings are in force for the whole valley until Tuesday",
];

fn main() {
    divan::main();
}

#[divan::bench(args = [r#"{}"#, r#"{"drop_above": 1.0}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let message = |at: usize| Message { text: TEXTS[at % TEXTS.len()].into(), ..Message::default() };
    let messages: Vec<Message> = (0..MESSAGES).map(message).collect();
    let batches = testing::batches(&messages, 256);
    let mut filter = Noise::configure(config, None).ok();
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        filter.iter_mut().for_each(|filter| judge_batches(filter, &batches));
    });
}
