//! The stage's options.

use serde::Deserialize;

/// The options of a `query` stage.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// A message that matches none of these is dropped; without any, all are kept.
    pub keep: RuleList,
    /// A message that matches one of these is dropped, whatever `keep` says.
    pub drop: RuleList,
    /// Each that matches adds its weight to the message's score.
    pub score: Vec<ScoreRule>,
    /// Whether letter case matters.
    pub case: bool,
    /// Whether accents and ligatures matter.
    pub accents: bool,
}

/// One query, or several of which any will do.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum RuleList {
    /// `keep = "rust OR wasm"`
    One(String),
    /// `keep = ["rust", { query = "wasm", because = "…", theme = "…" }]`
    Several(Vec<Rule>),
}

impl Default for RuleList {
    fn default() -> Self {
        RuleList::Several(Vec::new())
    }
}

/// A query, with the reason to give or without.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Rule {
    /// The query alone.
    Query(String),
    /// The query and why it is there.
    Because(BecauseRule),
}

/// A query and why it is there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BecauseRule {
    /// The query.
    pub query: String,
    /// The reason shown to the reader; by default the query.
    pub because: Option<String>,
    /// What a message that matches is about: it is labelled `theme:NAME`. Not for queries that drop.
    pub theme: Option<String>,
}

/// A query and what it is worth.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreRule {
    /// The query.
    pub query: String,
    /// What a match adds to the score; below 0 it takes away.
    #[serde(default = "one")]
    pub weight: f64,
    /// The reason shown to the reader; by default the query.
    pub because: Option<String>,
    /// What a message that matches is about: it is labelled `theme:NAME`.
    pub theme: Option<String>,
}

fn one() -> f64 {
    1.0
}
