//! How fast rows become lines: `cargo bench -p sink-jsonl`.

#![allow(clippy::unwrap_used, reason = "it is a benchmark")]

use std::sync::Arc;

use crible_grants::{Console, Grant, GrantedStreams, Grants};
use crible_sdk::{Batch, Deliveries, Live, Message, Rows, Sink, SinkPlugin};
use divan::counter::ItemsCount;
use sink_jsonl::Jsonl;

const ROWS: usize = 1024;
const BATCHES: usize = 50;

fn main() {
    divan::main();
}

fn message(at: usize) -> Message {
    Message {
        id: format!("m{at:07}"),
        channel: "transports".into(),
        author: format!("lecteur_{}", at % 900),
        author_name: format!("Lecteur nº {}", at % 900),
        text: "Une rame arrêtée à Châtelet, trafic interrompu jusqu'à \"midi\" ; more on that later".into(),
        lang: "fr".into(),
        created_at: 1_773_479_520_000 + at as i64,
        followers: (at % 5000) as i64,
        likes: 3,
        links: vec![format!("https://example.org/a/{at}")],
        tags: vec!["metro".into()],
        ..Message::default()
    }
}

#[divan::bench]
fn write(bencher: divan::Bencher<'_, '_>) {
    let messages: Vec<Message> = (0..ROWS).map(message).collect();
    let live = Live::new(Batch::from_messages(&messages));
    let folder = tempfile::tempdir().unwrap();
    let bencher = bencher.counter(ItemsCount::new(ROWS * BATCHES));
    bencher.bench(|| {
        let grants = Grants { read: vec![], write: vec![Grant::new("out.jsonl", folder.path())] };
        let streams = GrantedStreams::new("bench", grants, folder.path(), Console::default());
        let config = r#"{"path":"out.jsonl","mode":"replace"}"#;
        let mut sink = Jsonl::configure(config, None, Arc::new(streams)).unwrap();
        let mut out = Deliveries::default();
        for _ in 0..BATCHES {
            out.start(ROWS);
            sink.write(&Rows::new(&live), &mut out).unwrap();
        }
    });
}
