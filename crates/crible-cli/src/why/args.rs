//! What `crible why` can be asked.

use std::path::PathBuf;

/// A question about one message, or about what was dropped.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Why {
    /// The config file
    pub(crate) config: PathBuf,
    /// The id of the message
    #[arg(required_unless_present = "dropped", conflicts_with = "dropped")]
    pub(crate) id: Option<String>,
    /// List what was dropped last
    #[arg(long)]
    pub(crate) dropped: bool,
    /// Only what this filter dropped
    #[arg(long, value_name = "ID", requires = "dropped")]
    pub(crate) stage: Option<String>,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, requires = "dropped")]
    pub(crate) last: usize,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

const EXAMPLES: &str = "\
Examples:
  crible why essential.toml m5                     was it kept or dropped, and why?
  crible why essential.toml --dropped              what was hidden lately?
  crible why essential.toml --dropped --stage flood --last 100
  crible why essential.toml m5 --json | jq '.readings[-1].endings'

The pipeline must have a quarantine, a folder that remembers what became of each message:

  [pipeline]
  quarantine = \"quarantine\"

It may run meanwhile. Nothing is written.
Exit codes: 0 done, 1 nothing is known of the message, 2 the config is wrong or has no quarantine.";
