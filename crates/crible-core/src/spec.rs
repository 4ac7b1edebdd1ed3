//! What a plugin says of itself.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Message;

/// What a plugin says of itself: `plugin.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    /// The name that configs use.
    pub name: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// What it does, in a sentence.
    pub about: Localised,
    /// Whether it judges each message by itself, remembering nothing.
    #[serde(default)]
    pub stateless: bool,
    /// The JSON Schema of its config.
    pub config: Value,
    /// How it is taught by examples, where it can be.
    #[serde(default)]
    pub teaching: Option<Teaching>,
    /// Messages and what becomes of them; they are run as tests.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// How a filter is taught, by the names of three of its options. A stage learns from each message that is
/// marked `good` or `bad`, and drops it. In training these are examples, and its snapshot is the model; else
/// they are feedback, which its snapshot remembers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Teaching {
    /// The option that names the file with the model. Its schema grants `content`.
    pub model: String,
    /// The switch.
    pub training: String,
    /// The option that names the attribute which bears the mark.
    pub mark: String,
}

/// A text for people in more than one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localised {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

/// Messages and what becomes of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// What it shows.
    #[serde(default)]
    pub about: String,
    /// The config of the stage.
    pub config: Value,
    /// The messages, in order; each is its own batch's clock (`created_at`).
    pub messages: Vec<Message>,
    /// What becomes of each, once the stream has ended.
    pub verdicts: Vec<ExampleVerdict>,
}

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleVerdict {
    /// `keep`, `drop` or `fail`.
    pub verdict: String,
    /// What is added to its score.
    #[serde(default)]
    pub score: f32,
    /// Why; not compared where it is absent.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Spec {
    /// Read a spec.
    ///
    /// # Errors
    /// What is wrong with the JSON, in a sentence.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("its spec cannot be read: {error}"))
    }
}
