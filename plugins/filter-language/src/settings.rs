//! The stage's config.

use std::collections::BTreeMap;

use crible_sdk::ConfigError;
use serde::Deserialize;

use crate::tag;

/// What becomes of a message whose language cannot be told.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unknown {
    #[default]
    Keep,
    Drop,
}

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    keep: Vec<String>,
    score: BTreeMap<String, f32>,
    unknown: Unknown,
    trust_given: bool,
}

impl Default for Written {
    fn default() -> Self {
        Self { keep: Vec::new(), score: BTreeMap::new(), unknown: Unknown::Keep, trust_given: true }
    }
}

/// The config, checked.
pub(crate) struct Settings {
    /// The languages that are kept; empty: all.
    pub(crate) keep: Vec<String>,
    /// What is added to the score of a language's messages.
    pub(crate) score: Vec<(String, f32)>,
    pub(crate) unknown: Unknown,
    /// Whether a language that a message comes with is believed.
    pub(crate) trust_given: bool,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written { keep, score, unknown, trust_given } = crible_sdk::settings(config)?;
        for (place, language) in keep.iter().enumerate() {
            check(language, &format!("/keep/{place}"))?;
        }
        for (language, score) in &score {
            check(language, &format!("/score/{language}"))?;
            if !score.is_finite() {
                let error = ConfigError::new(format!("the score of `{language}` is too large"));
                return Err(error.at(format!("/score/{language}")));
            }
        }
        let mut score: Vec<(String, f32)> = score.into_iter().collect();
        // Of `pt-BR` and `pt` the one that says more comes first.
        score.sort_by_key(|(language, _)| std::cmp::Reverse(language.len()));
        Ok(Self { keep, score, unknown, trust_given })
    }
}

fn check(language: &str, place: &str) -> Result<(), ConfigError> {
    if tag::is_language(language) {
        return Ok(());
    }
    Err(ConfigError::new(format!("`{language}` is not the code of a language")).at(place).hint(
        "Write the code of BCP 47, such as fr, en or pt-BR; what cannot be told is the option `unknown`.",
    ))
}
