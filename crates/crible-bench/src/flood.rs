//! The flood that crash runs and benchmarks read, and the pipeline that selects from it.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use crible_testkit::flood::{Flood, query_rules};
use serde::Serialize;
use serde_json::{Value, json};

/// A flood on disk and what is to be done with it.
#[derive(Clone, Debug)]
pub(crate) struct FloodPipeline {
    /// The file of messages.
    pub(crate) input: PathBuf,
    /// Where the essential goes.
    pub(crate) output: PathBuf,
    /// The state folder, where the run is to remember.
    pub(crate) state: Option<PathBuf>,
    /// How often there is a checkpoint.
    pub(crate) checkpoint_every: &'static str,
    /// How many rules the query has.
    pub(crate) rules: usize,
    /// Whether dedupe, cap and top follow the query.
    pub(crate) filters: bool,
}

#[derive(Serialize)]
struct Config {
    pipeline: Value,
    source: Vec<Value>,
    filter: Vec<Value>,
    sink: Vec<Value>,
}

/// Write so many messages of the flood, unless the file is there already.
pub(crate) fn write_flood(path: &Path, messages: u64) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    let partial = path.with_extension("part");
    let file = File::create(&partial).with_context(|| format!("{} cannot be written", partial.display()))?;
    Flood { messages, ..Flood::default() }.write_ndjson(&mut BufWriter::new(file))?;
    std::fs::rename(&partial, path)?;
    Ok(())
}

impl FloodPipeline {
    /// The config file's text.
    pub(crate) fn config(&self) -> Result<String> {
        let mut pipeline = json!({
            "name": "flood", "clock": "messages", "checkpoint_every": self.checkpoint_every,
        });
        if let Some(state) = &self.state {
            pipeline["state"] = json!(state);
        }
        let rules = query_rules(self.rules, 7);
        let mut filter = vec![json!({ "id": "themes", "plugin": "query", "config": { "score": rules } })];
        if self.filters {
            filter.push(json!({ "id": "repeats", "plugin": "dedupe", "config": { "window": "1h" } }));
            filter.push(json!({ "id": "flood", "plugin": "cap", "config": { "most": 5, "window": "1m" } }));
            filter.push(json!({ "id": "best", "plugin": "top", "config": { "best": 200, "window": "10s" } }));
        }
        let config = Config {
            pipeline,
            source: vec![json!({ "id": "in", "plugin": "jsonl", "config": { "path": self.input } })],
            filter,
            sink: vec![json!({ "id": "out", "plugin": "jsonl", "config": { "path": self.output } })],
        };
        Ok(toml::to_string(&config)?)
    }
}
