//! The filters by themselves: ns per message, sandboxed and native.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use crible::{Crible, Pupil};
use crible_core::{Batch, Filter, Live, Next, NumberField, Page, Rows, TextField, Verdict, Verdicts};
use crible_testkit::flood::words;
use serde_json::json;

use super::Scale;
use super::linked::How;
use super::timing::Times;
use crate::flood::{FloodPipeline, write_flood};

/// How many batches teach.
const LESSONS: usize = 4;

/// The row of all rules of relevance.
const ALL_RULES: &str = "all rules, one after the other";

/// A source and a sink, for filters that are used by themselves.
const ENDS: &str = "[[source]]\nid = \"in\"\nplugin = \"jsonl\"\nconfig.path = \"-\"\n\
                    [[sink]]\nid = \"out\"\nplugin = \"console\"\n";

/// Print the table of the filters on the flood.
pub(super) fn measure(folder: &Path, scale: Scale, named: &str) -> Result<()> {
    let input = folder.join(format!("flood-{}.jsonl", scale.filtered));
    write_flood(&input, scale.filtered)?;
    measure_on(&input, folder, scale, named)
}

/// Print the table of the filters on the messages of a file.
pub(super) fn measure_on(input: &Path, folder: &Path, scale: Scale, named: &str) -> Result<()> {
    let (wasm, native) = (How::Wasm.crible(), How::Native.crible());
    let batches = read(&native, input, folder)?;
    let messages: usize = batches.iter().map(Live::len).sum();
    let largest = batches.iter().map(Live::len).max().unwrap_or_default();
    ensure!(messages > 0, "{} has no messages", input.display());
    let bytes: usize = batches.iter().map(|live| live.text(TextField::Text).bytes().len()).sum();
    println!(
        "{messages} messages of {} bytes: ns per message, batches of {largest}, median [best] of {}",
        bytes / messages,
        scale.times
    );
    println!(
        "{:<34}{:>20}{:>20}{:>20}{:>14}{:>10}",
        "filter", "wasm", "not interrupted", "native", "native/wasm", "/not int."
    );
    let model = model(&native, &batches, folder)?;
    let wanted = |(name, _): &(String, String)| name.starts_with(named);
    for (name, filters) in cases(folder, input, &model)?.into_iter().filter(wanted) {
        let trusted = uninterrupted(&filters)?;
        let mut times = [(); 3].map(|()| Times::default());
        for _ in 0..scale.times {
            let ways = [(&wasm, &filters), (&wasm, &trusted), (&native, &filters)];
            for ((crible, filters), times) in ways.into_iter().zip(&mut times) {
                let mut filters = make(crible, filters, folder)?;
                times.measure(|| judge(&mut filters, &batches))?;
            }
        }
        let [sandboxed, trusted, linked] = &times;
        let ratios = [sandboxed, trusted].map(|times| times.ratio(linked));
        let [sandboxed, trusted, linked] =
            [sandboxed, trusted, linked].map(|times| times.each(messages as u64));
        let [ratio, of_trusted] = ratios;
        println!("{name:<34}{sandboxed:>20}{trusted:>20}{linked:>20}{ratio:>14.2}{of_trusted:>10.2}");
        if name == ALL_RULES {
            let [sandboxed, trusted, linked] = times.each_ref().map(|times| a_second(messages, times));
            let line = format!("{:<34}{sandboxed:>20}{trusted:>20}{linked:>20}", "messages a second");
            println!("{}", line.trim_end());
        }
    }
    println!();
    Ok(())
}

/// How many of these messages a thread judges in a second, by the median.
fn a_second(messages: usize, times: &Times) -> String {
    format!("{:>8.0}          ", messages as f64 / times.median().as_secs_f64())
}

/// The same filters without the interruption of endless loops, as a user may have them who trusts a plugin.
fn uninterrupted(filters: &str) -> Result<String> {
    let mut config: toml::Table = filters.parse()?;
    for filter in config.get_mut("filter").and_then(toml::Value::as_array_mut).context("no filters")? {
        let filter = filter.as_table_mut().context("no filter")?;
        filter.insert("limits".to_owned(), toml::Value::Table("interrupt = false".parse()?));
    }
    Ok(toml::to_string(&config)?)
}

/// What is measured: a name and the filters of a config.
fn cases(folder: &Path, input: &Path, model: &Path) -> Result<Vec<(String, String)>> {
    let one = |id: &str, plugin: &str, config: serde_json::Value| -> Result<String> {
        let filter = json!({ "filter": [{ "id": id, "plugin": plugin, "config": config }] });
        Ok(toml::to_string(&filter)?)
    };
    // Of 10,000 words each message has dozens: as rules of their own each adds its weight and its reason,
    // as one question they are one answer.
    let scored = |count: usize| {
        let words = words(count, 3).into_iter();
        json!({ "score": words.map(|word| json!({ "query": word, "weight": 1.0 })).collect::<Vec<_>>() })
    };
    let any_of =
        |count: usize| json!({ "score": [{ "query": words(count, 3).join(" OR "), "weight": 1.0 }] });
    let output = folder.join("out.jsonl");
    let pipeline = FloodPipeline {
        input: input.to_owned(),
        output,
        state: None,
        checkpoint_every: "1s",
        rules: 100,
        filters: true,
    };
    let whole: toml::Table = pipeline.config()?.parse()?;
    let of = |at: usize| -> Result<String> {
        let filter =
            whole["filter"].as_array().and_then(|filters| filters.get(at)).context("no such filter")?;
        Ok(toml::to_string(&json!({ "filter": [filter] }))?)
    };
    let chain = toml::to_string(&json!({ "filter": whole["filter"] }))?;
    Ok(vec![
        ("query, OR of 10 words".into(), one("words", "query", any_of(10))?),
        ("query, OR of 1,000 words".into(), one("words", "query", any_of(1_000))?),
        ("query, OR of 10,000 words".into(), one("words", "query", any_of(10_000))?),
        ("query, 10 words, each a rule".into(), one("words", "query", scored(10))?),
        ("query, 10,000 words, each a rule".into(), one("words", "query", scored(10_000))?),
        ("query, 100 rules".into(), of(0)?),
        ("dedupe".into(), of(1)?),
        ("cap".into(), of(2)?),
        ("top".into(), of(3)?),
        ("query → dedupe → cap → top".into(), chain),
        ("mute, 100 words".into(), one("mute", "mute", json!({ "mute": [{ "words": words(100, 5) }] }))?),
        ("noise".into(), one("noise", "noise", json!({}))?),
        ("language".into(), one("language", "language", json!({ "trust_given": false }))?),
        ("links".into(), one("links", "links", json!({}))?),
        ("story".into(), one("story", "story", json!({}))?),
        ("learned".into(), one("learned", "learned", json!({ "model": model }))?),
        ("interest, two sentences".into(), one("interest", "interest", interests())?),
        ("author".into(), one("author", "author", json!({}))?),
        ("engagement".into(), one("engagement", "engagement", json!({}))?),
        ("score, two rules".into(), one("score", "score", score_rules())?),
        (ALL_RULES.into(), all_rules(model)?),
    ])
}

fn interests() -> serde_json::Value {
    json!({ "interests": [
        { "name": "town", "about": "La vie de la ville : l'eau potable, la crue, les écoles, ce que vote le conseil municipal." },
        { "name": "craft", "about": "Programming with Rust and WebAssembly: plugin hosts, benchmarks, security advisories." },
    ] })
}

fn score_rules() -> serde_json::Value {
    json!({ "rules": [
        { "when": "followers < 1000 && likes > 20", "add": 2.0, "because": "a small voice that is heard" },
        { "when": "'theme:code' in labels", "add": 1.0, "because": "about my work" },
    ] })
}

/// Every rule of relevance, scoring and labelling; only the last one drops, so that each sees the whole flood.
fn all_rules(model: &Path) -> Result<String> {
    let rules = [
        ("mute", json!({ "mute": [{ "words": ["xyzzy", "plugh"] }] })),
        ("language", json!({ "trust_given": false })),
        ("noise", json!({})),
        ("links", json!({})),
        (
            "query",
            json!({ "score": [
            { "query": "rust OR webassembly OR \"plugin host\"", "weight": 1.0, "theme": "code" },
            { "query": "(eau OR crue) AND NOT piscine", "weight": 1.0, "theme": "water" },
        ] }),
        ),
        ("interest", interests()),
        ("learned", json!({ "model": model })),
        ("engagement", json!({})),
        ("author", json!({})),
        ("score", score_rules()),
        ("story", json!({})),
    ];
    let filters: Vec<_> =
        rules.iter().map(|(plugin, config)| json!({ "plugin": plugin, "config": config })).collect();
    Ok(toml::to_string(&json!({ "filter": filters }))?)
}

/// A model for `learned`, taught by the first messages: the long ones are good.
fn model(crible: &Crible, batches: &[Live], folder: &Path) -> Result<PathBuf> {
    let config = folder.join("lessons.toml");
    let filter = json!({ "filter": [{ "id": "taught", "plugin": "learned" }] });
    std::fs::write(&config, format!("{}\n{ENDS}", toml::to_string(&filter)?))?;
    let loaded =
        crible.load_pupil(&config, "taught", Pupil::InTraining).map_err(|error| anyhow!("{error}"))?;
    let mut lessons = loaded.lessons("taught")?;
    let batches = &batches[..batches.len().min(LESSONS)];
    let texts = batches.iter().flat_map(|live| live.rows().map(|row| live.batch().message(row).text.len()));
    let mut lengths: Vec<usize> = texts.collect();
    lengths.sort_unstable();
    let long = lengths[lengths.len() / 2];
    for live in batches {
        let messages = live.rows().map(|row| live.batch().message(row));
        lessons.teach(
            messages
                .map(|message| {
                    let good = message.text.len() >= long;
                    (message, good)
                })
                .collect(),
        )?;
    }
    let file = folder.join("lessons.model");
    std::fs::write(&file, lessons.model()?)?;
    Ok(file)
}

/// The messages of a file, as the source reads them, in batches as large as a run's.
fn read(crible: &Crible, input: &Path, folder: &Path) -> Result<Vec<Live>> {
    let config = toml::to_string(&json!({
        "source": [{ "plugin": "jsonl", "config": { "path": input } }],
        "sink": [{ "id": "out", "plugin": "jsonl", "config": { "path": folder.join("out.jsonl") } }],
    }))?;
    let pipeline = load(crible, &config, folder)?.pipeline();
    let source = pipeline.sources.first().context("no source")?;
    let mut source = (source.make)(None)?;
    let mut batches: Vec<Live> = Vec::new();
    let (mut seq, mut now) = (0, 0);
    loop {
        let mut page = Page::default();
        source.read(pipeline.settings.batch, &mut page)?;
        let mut batch: Batch = page.take_batch();
        let times = (0..batch.len()).map(|row| {
            now = now.max(batch.number_at(NumberField::CreatedAt, row));
            now
        });
        let times = times.collect();
        batch.stamp(seq, times);
        seq += batch.len() as u64;
        if !batch.is_empty() {
            batches.push(Live::new(batch));
        }
        if page.next == Next::End {
            return Ok(batches);
        }
    }
}

fn load(crible: &Crible, config: &str, folder: &Path) -> Result<crible::Loaded> {
    crible.load_text("bench.toml", config, folder).map_err(|error| anyhow!("{error}"))
}

/// The filters of a config, ready to judge.
pub(super) fn make(crible: &Crible, filters: &str, folder: &Path) -> Result<Vec<Box<dyn Filter>>> {
    let pipeline = load(crible, &format!("{filters}\n{ENDS}"), folder)?.pipeline();
    Ok(pipeline.filters.iter().map(|stage| (stage.make)(None)).collect::<Result<_, _>>()?)
}

/// Have the filters judge every batch, each what the one in front of it lets pass.
pub(super) fn judge(filters: &mut [Box<dyn Filter>], batches: &[Live]) -> Result<u64> {
    let mut verdicts = Verdicts::default();
    let mut kept = 0;
    for batch in batches {
        let mut live = batch.clone();
        for filter in &mut *filters {
            verdicts.start(live.len());
            filter.judge(&Rows::new(&live), &mut verdicts)?;
            if !verdicts.verdicts.is_empty() {
                let places =
                    (0..live.len() as u32).filter(|&place| verdicts.verdict(place as usize) == Verdict::Keep);
                live = live.narrow(&places.collect::<Vec<u32>>());
            }
            if live.is_empty() {
                break;
            }
        }
        kept += live.len() as u64;
    }
    Ok(kept)
}
