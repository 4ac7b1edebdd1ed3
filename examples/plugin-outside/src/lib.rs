//! Drops messages that shout. See `plugin.json` for its options.

use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextField, Verdicts};
use serde::Deserialize;

/// Drops messages most of whose letters are capitals.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calm {
    /// The share of capitals above which a message shouts, 0 to 1.
    most: f64,
    /// Texts with fewer letters are let pass.
    letters: usize,
}

impl Default for Calm {
    fn default() -> Self {
        Self { most: 0.7, letters: 8 }
    }
}

impl Plugin for Calm {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Calm {
    fn configure(config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
        crible_sdk::settings(config)
    }
}

impl Filter for Calm {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        // The one column that is asked for is the one that crosses.
        let texts = rows.texts(TextField::Text);
        for row in 0..rows.len() {
            if self.shouts(texts.get(row)) {
                out.drop(row, "it shouts");
            }
        }
        Ok(())
    }
}

impl Calm {
    fn shouts(&self, text: &str) -> bool {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = text.chars().filter(|c| c.is_uppercase()).count();
        letters >= self.letters && capitals as f64 > self.most * letters as f64
    }
}

crible_sdk::export!(filter: Calm);
