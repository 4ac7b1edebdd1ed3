//! What can be asked of the command.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Selects the essential messages out of a flood.
#[derive(Parser)]
#[command(name = "crible", bin_name = "crible", version, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  crible run essential.toml              read the flood, write the essential messages
  zcat flood.gz | crible run pipe.toml   the same from a pipe (path = \"-\" in the config)
  crible check *.toml                    find the mistakes before anything runs
  crible test essential.toml             try the tests that stand in the config
  crible plugins inspect cap             the options of a plugin, and what it may touch

Every config names sources, filters and sinks; `crible plugins` lists them.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run a pipeline
    Run(Run),
    /// Check configs without running them
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// The config files
        #[arg(required = true, value_name = "CONFIG")]
        configs: Vec<PathBuf>,
    },
    /// Try the tests of a config
    #[command(after_help = TEST_EXAMPLES)]
    Test {
        /// The config file
        config: PathBuf,
    },
    /// Measure a pipeline on messages whose labels say which are essential
    Eval(Eval),
    /// Show what a change of rules would newly keep and newly drop
    Backtest(Backtest),
    /// Draw a pipeline
    #[command(after_help = GRAPH_EXAMPLES)]
    Graph {
        /// The config file
        config: PathBuf,
        /// The language of the drawing
        #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid)]
        format: GraphFormat,
    },
    /// List the bundled plugins, or look into one
    #[command(after_help = PLUGINS_EXAMPLES)]
    Plugins {
        #[command(subcommand)]
        action: Option<Plugins>,
    },
    /// Print the JSON Schema of configs, with which an editor completes them
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema,
}

#[derive(clap::Args)]
#[command(after_help = RUN_EXAMPLES)]
pub(crate) struct Run {
    /// The config file
    pub(crate) config: PathBuf,
    /// Say nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(clap::Args)]
#[command(after_help = EVAL_EXAMPLES)]
pub(crate) struct Eval {
    /// The config file
    pub(crate) pipeline: PathBuf,
    /// A file of messages, one JSON object a line, gzipped or not; `-` is standard input
    pub(crate) labelled: PathBuf,
    /// The field or attribute that holds the label; no filter sees the attribute
    #[arg(long, value_name = "FIELD")]
    pub(crate) label: String,
    /// The label of what is essential; may be given more than once
    #[arg(long, required = true, value_name = "VALUE")]
    pub(crate) positive: Vec<String>,
    /// Print one JSON object instead of tables
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(clap::Args)]
#[command(after_help = BACKTEST_EXAMPLES)]
pub(crate) struct Backtest {
    /// The config as it is
    pub(crate) old: PathBuf,
    /// The config as it would be
    pub(crate) new: PathBuf,
    /// Recorded messages, one JSON object a line, gzipped or not; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) on: PathBuf,
    /// How many to show of those newly kept, and of those newly dropped
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) show: usize,
}

#[derive(Subcommand)]
pub(crate) enum Plugins {
    /// Show all about a plugin: its options, what it reads, what it may be granted
    Inspect {
        /// The name of a bundled plugin, or the path to a .wasm file
        plugin: String,
    },
}

/// The language of a drawing.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// For Markdown files and wikis
    Mermaid,
    /// For Graphviz
    Dot,
}

const RUN_EXAMPLES: &str = "\
Examples:
  crible run essential.toml
  crible run essential.toml > essential.txt   the summary goes to standard error
  crible run --quiet nightly.toml             for cron
  CRIBLE_LOG=info crible run essential.toml   with what the plugins have to say

Ctrl-C ends a run in good order: what was read is brought to its end. A second one stops at once.
Exit codes: 0 done, 1 the run failed, 2 the config is wrong.";

const CHECK_EXAMPLES: &str = "\
Examples:
  crible check essential.toml
  crible check pipelines/*.toml && echo all fine

Exit codes: 0 all are fine, 2 something is wrong.";

const TEST_EXAMPLES: &str = "\
A test stands in the config, below the filters: messages, and what must become of them.

  [[test]]
  name = \"each thing is shown once\"
  messages = [
    { text = \"Le pont est fermé\" },
    { text = \"Le pont est fermé\", after = \"10m\" },
  ]
  expect = [\"kept\", { is = \"dropped\", stage = \"repeats\", reason = \"same text\" }]

Examples:
  crible test essential.toml
  crible check essential.toml && crible test essential.toml   before a change is put to work

Every test begins with filters that remember nothing. No file is read or written.
Exit codes: 0 all passed, 1 some failed, 2 the config is wrong or has no tests.";

const EVAL_EXAMPLES: &str = "\
Examples:
  crible eval essential.toml labelled.jsonl --label label --positive keep
  crible eval spam.toml sms.jsonl.gz --label class --positive ham
  crible eval town.toml town.jsonl --label theme --positive eau --positive transport
  crible eval essential.toml labelled.jsonl --label label --positive keep --json | jq .kept.f1

A line of the file is a message with a label: {\"text\": \"…\", \"label\": \"keep\"}. It is read as the
first source `jsonl` of the config reads, with the same `fields`. Nothing else is read or written.
Exit codes: 0 done, 1 it failed, 2 the config or the labels are wrong.";

const BACKTEST_EXAMPLES: &str = "\
Examples:
  crible backtest essential.toml stricter.toml --on yesterday.jsonl
  crible backtest essential.toml stricter.toml --on yesterday.jsonl.gz --show 50
  git show HEAD:essential.toml > old.toml && crible backtest old.toml essential.toml --on day.jsonl

The file is read as the first source `jsonl` of NEW reads. Nothing else is read or written, and the
time is that of the messages: yesterday gets yesterday's verdicts.
Exit codes: 0 done, whatever changes, 1 it failed, 2 a config is wrong.";

const GRAPH_EXAMPLES: &str = "\
Examples:
  crible graph essential.toml
  crible graph essential.toml --format dot | dot -Tsvg > essential.svg";

const PLUGINS_EXAMPLES: &str = "\
Examples:
  crible plugins
  crible plugins inspect cap
  crible plugins inspect ./my-filter.wasm";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  crible schema > crible.schema.json

Then write `#:schema ./crible.schema.json` on the first line of a config, and an editor that knows
TOML completes it.";
