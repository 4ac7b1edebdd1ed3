//! What a message costs, linked natively.

use crible_sdk::{Batch, Filter, FilterPlugin, Live, Message, Rows, Verdicts};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_language::Language;

const MESSAGES: usize = 50_000;

/// Of about 90, 160 and 40 letters.
const TEXTS: [&str; 4] = [
    "La bibliothèque du quartier ouvre ses portes samedi à neuf heures, après trois mois de travaux",
    "I don't understand why everybody is talking about this film https://example.org/a/long/address #film \
     @somebody and honestly I thought it was a bit boring, but the music was good",
    "Wir treffen uns um acht vor dem Bahnhof",
    "Библиотека района снова откроется в субботу утром после трёх месяцев ремонта",
];

fn main() {
    divan::main();
}

#[divan::bench(args = [r#"{}"#, r#"{"keep": ["fr", "en"], "score": {"fr": 1.0}}"#])]
fn a_message(bencher: Bencher<'_, '_>, config: &str) {
    let message = |at: usize| Message { text: TEXTS[at % TEXTS.len()].into(), ..Message::default() };
    let messages: Vec<Message> = (0..MESSAGES).map(message).collect();
    let of = |messages: &[Message]| {
        let mut batch = Batch::from_messages(messages);
        batch.stamp(0, vec![0; messages.len()]);
        Live::new(batch)
    };
    let batches: Vec<Live> = messages.chunks(256).map(of).collect();
    let mut filter = Language::configure(config, None).ok();
    let mut out = Verdicts::default();
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        let Some(filter) = &mut filter else { return };
        for live in &batches {
            out.start(live.len());
            filter.judge(&Rows::new(live), &mut out).unwrap_or_default();
        }
    });
}

#[divan::bench]
fn learning() -> bool {
    Language::configure("{}", None).is_ok()
}
