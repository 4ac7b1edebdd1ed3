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
  crible why essential.toml m5           was it kept or dropped, and why?
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
    /// Teach a stage by labelled messages
    Train(Train),
    /// Tell a stage that a message is good or bad, so that it learns from it
    Feedback(Feedback),
    /// Show what a change of rules would newly keep and newly drop
    Backtest(Backtest),
    /// Say who and where is worth following, found on recorded messages
    #[command(subcommand, after_help = REPORT_EXAMPLES)]
    Report(Report),
    /// Say what became of a message, and why
    Why(crate::why::Why),
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
    #[command(flatten)]
    pub(crate) labels: Labels,
    /// Train on all groups of this field but one and test on that one, in turn
    #[arg(long, value_name = "FIELD", requires = "stage")]
    pub(crate) by: Option<String>,
    /// With --by, the stage to train
    #[arg(long, value_name = "ID", requires = "by")]
    pub(crate) stage: Option<String>,
    /// Print one JSON object instead of tables
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which messages are essential.
#[derive(clap::Args)]
pub(crate) struct Labels {
    /// The field or attribute that holds the label; no filter sees the attribute
    #[arg(long, value_name = "FIELD")]
    pub(crate) label: String,
    /// The label of what is essential; may be given more than once
    #[arg(long, required = true, value_name = "VALUE")]
    pub(crate) positive: Vec<String>,
}

#[derive(clap::Args)]
#[command(after_help = TRAIN_EXAMPLES)]
pub(crate) struct Train {
    /// The config file
    pub(crate) pipeline: PathBuf,
    /// The examples: messages, one JSON object a line, gzipped or not; `-` is standard input
    pub(crate) examples: PathBuf,
    /// The stage to train
    #[arg(long, value_name = "ID")]
    pub(crate) stage: String,
    #[command(flatten)]
    pub(crate) labels: Labels,
    /// Labelled messages to try the model on
    #[arg(long, value_name = "FILE")]
    pub(crate) valid: Option<PathBuf>,
    /// The file to write the model to
    #[arg(long, short, value_name = "MODEL")]
    pub(crate) output: PathBuf,
}

#[derive(clap::Args)]
#[command(after_help = FEEDBACK_EXAMPLES)]
pub(crate) struct Feedback {
    /// The config file
    pub(crate) pipeline: PathBuf,
    /// What to tell the stage
    #[arg(value_enum)]
    pub(crate) lesson: Lesson,
    /// The message's id
    #[arg(required_if_eq_any([("lesson", "good"), ("lesson", "bad")]))]
    pub(crate) id: Option<String>,
    /// The stage, where several can be taught
    #[arg(long, value_name = "ID")]
    pub(crate) stage: Option<String>,
    /// A file that has the message, one JSON object a line, gzipped or not; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) on: Option<PathBuf>,
}

/// What a stage is told.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lesson {
    /// The message is worth reading
    Good,
    /// It is not
    Bad,
    /// Forget all that feedback and the stream taught
    Forget,
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
pub(crate) enum Report {
    /// The specialists of each theme, and the channels where the same person writes
    Authors(ReportAuthors),
    /// Which channel was first, how often, and by how much
    Channels(ReportChannels),
}

#[derive(clap::Args)]
#[command(after_help = REPORT_AUTHORS_EXAMPLES)]
pub(crate) struct ReportAuthors {
    /// The config file
    pub(crate) pipeline: PathBuf,
    /// Recorded messages, JSON a line each, gzipped or not; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) on: PathBuf,
    /// Only the specialists of this theme
    #[arg(long, value_name = "NAME")]
    pub(crate) theme: Option<String>,
    /// How many authors to show of each theme, and on several channels
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) show: usize,
    /// Print one JSON object instead of tables
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(clap::Args)]
#[command(after_help = REPORT_CHANNELS_EXAMPLES)]
pub(crate) struct ReportChannels {
    /// The config file
    pub(crate) pipeline: PathBuf,
    /// Recorded messages, JSON a line each, gzipped or not; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) on: PathBuf,
    /// How many channels to show, and how many pairs of them
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) show: usize,
    /// Print one JSON object instead of tables
    #[arg(long)]
    pub(crate) json: bool,
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
  crible eval crisis.toml tweets.jsonl --label label --positive on-topic --by channel --stage taught

A line of the file is a message with a label: {\"text\": \"…\", \"label\": \"keep\"}. It is read as the
first source `jsonl` of the config reads, with the same `fields`. Nothing else is read or written.
Exit codes: 0 done, 1 it failed, 2 the config or the labels are wrong.";

const TRAIN_EXAMPLES: &str = "\
Examples:
  crible train spam.toml --stage taught --label class --positive ham train.jsonl -o spam.model
  crible train spam.toml --stage taught --label class --positive ham train.jsonl \\
      --valid other.jsonl -o spam.model   and say how well it does on other messages

What the filters in front of the stage let pass reaches it as an example. Then write
`model = \"spam.model\"` into the stage's config. A line of the file is a message with a label:
{\"text\": \"…\", \"class\": \"ham\"}.
Exit codes: 0 done, 1 it failed, 2 the config or the labels are wrong.";

const FEEDBACK_EXAMPLES: &str = "\
Examples:
  crible feedback essential.toml bad 4711                       it should not have come through
  crible feedback essential.toml good 4712                      it should not have been hidden
  crible feedback essential.toml good 4712 --on day.jsonl.gz    where to find it
  crible feedback essential.toml forget --stage taught          begin afresh

The message is looked for in the quarantine and in what the pipeline's sinks `jsonl` wrote. What the
stage learns is kept in the pipeline's `state`, and a run must not be using it meanwhile.
Exit codes: 0 done, 1 it failed, 2 the config, the stage or the message is wrong.";

const BACKTEST_EXAMPLES: &str = "\
Examples:
  crible backtest essential.toml stricter.toml --on yesterday.jsonl
  crible backtest essential.toml stricter.toml --on yesterday.jsonl.gz --show 50
  git show HEAD:essential.toml > old.toml && crible backtest old.toml essential.toml --on day.jsonl

The file is read as the first source `jsonl` of NEW reads. Nothing else is read or written, and the
time is that of the messages: yesterday gets yesterday's verdicts.
Exit codes: 0 done, whatever changes, 1 it failed, 2 a config is wrong.";

const REPORT_EXAMPLES: &str = "\
Examples:
  crible report authors essential.toml --on month.jsonl.gz
  crible report channels essential.toml --on month.jsonl.gz

The file is read as the first source `jsonl` of the config reads. Nothing else is read or written.";

const REPORT_AUTHORS_EXAMPLES: &str = "\
Examples:
  crible report authors essential.toml --on month.jsonl.gz
  crible report authors essential.toml --on month.jsonl.gz --theme eau --show 20
  crible report authors essential.toml --on month.jsonl.gz --json | jq '.same_person[]'

A theme is what a rule of `query` names, theme = \"eau\", or an interest. Its specialists are those
whose messages on it are often kept; of a newcomer fewer than three were.
Exit codes: 0 done, 1 it failed, 2 the config, the file or the theme is wrong.";

const REPORT_CHANNELS_EXAMPLES: &str = "\
Examples:
  crible report channels essential.toml --on month.jsonl.gz
  zcat month/*.gz | crible report channels essential.toml --on - --json | jq '.channels[0]'

The config needs a filter `story`, which knows a story again when it is told on another channel.
Exit codes: 0 done, 1 it failed, 2 the config has no `story`, or something else is wrong.";

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
