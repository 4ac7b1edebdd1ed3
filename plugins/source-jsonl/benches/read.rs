//! How fast lines of 300 bytes become rows: `cargo bench -p source-jsonl`.

#![allow(clippy::unwrap_used, reason = "it is a benchmark")]

use std::path::Path;
use std::sync::Arc;

use crible_grants::{Console, Grant, GrantedStreams, Grants};
use crible_sdk::{Next, Page, Source, SourcePlugin};
use divan::counter::ItemsCount;
use source_jsonl::Jsonl;

const LINES: usize = 200_000;

fn main() {
    divan::main();
}

fn line(at: usize) -> String {
    let text =
        "Une rame arrêtée à Châtelet, trafic interrompu jusqu'à midi ; more on that later, with pictures";
    format!(
        "{{\"id\":\"m{at:07}\",\"author\":\"lecteur_{}\",\"author_name\":\"Lecteur nº {}\",\"text\":\"{text}\",\
         \"lang\":\"fr\",\"created_at\":\"2026-03-14T09:12:{:02}Z\",\"channel\":\"transports\",\
         \"links\":[\"https://example.org/a/{at}\"],\"tags\":[\"metro\"],\"followers\":{},\"likes\":{},\"reposts\":2}}\n",
        at % 900,
        at % 900,
        at % 60,
        at % 5000,
        at % 7,
    )
}

fn read_all(folder: &Path, path: &str) -> usize {
    let grants = Grants { read: vec![Grant::new(path, folder)], write: vec![] };
    let streams = Arc::new(GrantedStreams::new("bench", grants, folder, Console::default()));
    let mut source = Jsonl::configure(&format!("{{\"path\":\"{path}\"}}"), None, streams).unwrap();
    let mut rows = 0;
    loop {
        let mut page = Page::default();
        source.read(1024, &mut page).unwrap();
        let next = page.next;
        rows += page.messages.finish().len();
        if next == Next::End {
            return rows;
        }
    }
}

#[divan::bench]
fn plain(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let text: String = (0..LINES).map(line).collect();
    eprintln!("{} bytes a line", text.len() / LINES);
    std::fs::write(folder.path().join("flood.jsonl"), text).unwrap();
    let bencher = bencher.counter(ItemsCount::new(LINES));
    bencher.bench(|| assert_eq!(read_all(folder.path(), "flood.jsonl"), LINES));
}

#[divan::bench]
fn gzip(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let file = std::fs::File::create(folder.path().join("flood.gz")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    for at in 0..LINES {
        std::io::Write::write_all(&mut packed, line(at).as_bytes()).unwrap();
    }
    packed.finish().unwrap();
    let bencher = bencher.counter(ItemsCount::new(LINES));
    bencher.bench(|| assert_eq!(read_all(folder.path(), "flood.gz"), LINES));
}
