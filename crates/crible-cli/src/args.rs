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
