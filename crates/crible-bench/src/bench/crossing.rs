//! What the crossing itself costs: a filter that reads columns and keeps everything.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use crible::Kind;
use crible_core::{Batch, Live, Message};

use super::Scale;
use super::filters::{judge, make};
use super::linked::How;
use super::timing::Times;

/// How many messages cross at a time: fewer than in most runs, where a crossing costs each message less.
const BATCH: usize = 256;

/// How many batches there are, and how often each is judged for one measurement. Together they lie in the
/// processor's last cache, as a batch does that a source has just read.
const BATCHES: usize = 50;
const ROUNDS: usize = 40;

/// Print the table of the crossing.
pub(super) fn measure(folder: &Path, scale: Scale) -> Result<()> {
    let component = folder.join("probe.wasm");
    build(&component)?;
    let component: &'static [u8] = std::fs::read(&component)?.leak();
    let wasm = How::Wasm.builder().with_bundled(Kind::Filter, "probe", component).build();
    let native = How::Native.builder().with_linked(Kind::Filter, "probe", filter_probe::linked()).build();
    let batches: Vec<Live> = (0..BATCHES).map(|of| Live::new(batch(of))).collect();
    let messages = (ROUNDS * BATCHES * BATCH) as u64;
    println!(
        "the crossing: ns per message, batches of {BATCH}, 223-byte texts, median [best] of {}",
        scale.times
    );
    println!("{:<34}{:>20}{:>20}{:>16}", "a filter that reads", "wasm", "native", "wasm - native");
    for (name, columns, rows) in [
        ("nothing", 0, true),
        ("one text column", 1, true),
        ("three columns", 3, true),
        ("twelve columns", 12, true),
        ("one, but none of its rows", 1, false),
        ("twelve, but none of their rows", 12, false),
    ] {
        let config = format!(
            "[[filter]]\nid = \"probe\"\nplugin = \"probe\"\nconfig = {{ columns = {columns}, rows = {rows} }}\n"
        );
        let (mut sandboxed, mut linked) = (Times::default(), Times::default());
        for _ in 0..scale.times {
            for (crible, times) in [(&wasm, &mut sandboxed), (&native, &mut linked)] {
                let mut filters = make(crible, &config, folder)?;
                times.measure(|| (0..ROUNDS).try_for_each(|_| judge(&mut filters, &batches).map(drop)))?;
            }
        }
        let more = sandboxed.median().saturating_sub(linked.median()).as_nanos() as f64 / messages as f64;
        let (sandboxed, linked) = (sandboxed.each(messages), linked.each(messages));
        println!("{name:<34}{sandboxed:>20}{linked:>20}{more:>16.1}");
    }
    println!();
    Ok(())
}

fn batch(of: usize) -> Batch {
    let message = |n: usize| Message {
        id: format!("{of}-{n}"),
        author: format!("author{}", n % 50),
        author_name: format!("Author {}", n % 50),
        channel: "general".into(),
        text: format!("{n:>223}"),
        lang: "fr".into(),
        url: format!("https://example.org/{n}"),
        created_at: n as i64,
        likes: n as i64 % 7 + 1,
        ..Message::default()
    };
    let messages: Vec<Message> = (0..BATCH).map(message).collect();
    Batch::from_messages(&messages)
}

/// Build the probe.
fn build(file: &Path) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(crate::program::root()).args(["xtask", "component", "filter-probe"]).arg(file);
    let status = command.status().context("cargo cannot be started")?;
    ensure!(status.success(), "the probe cannot be built");
    Ok(())
}
