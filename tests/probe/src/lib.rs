//! A filter that reads columns and keeps everything: what the crossing itself costs.

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, NumberField, Plugin, Rows, StageError, TextField, Verdicts, settings,
};
use serde::Deserialize;

/// The text columns that it reads first, in this order.
const TEXTS: [TextField; 10] = [
    TextField::Text,
    TextField::Id,
    TextField::Author,
    TextField::AuthorName,
    TextField::Channel,
    TextField::Title,
    TextField::Lang,
    TextField::Url,
    TextField::ReplyTo,
    TextField::RepostOf,
];
/// The number columns that it reads next.
const NUMBERS: [NumberField; 2] = [NumberField::CreatedAt, NumberField::Likes];

/// Reads columns and keeps everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    #[serde(default)]
    columns: usize,
    /// Whether it goes through the rows, or leaves it at having the columns.
    #[serde(default = "yes")]
    rows: bool,
    /// What was read, so that reading cannot be left out.
    #[serde(skip)]
    seen: i64,
}

fn yes() -> bool {
    true
}

impl Plugin for Probe {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Probe {
    fn configure(config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
        settings(config)
    }
}

impl Filter for Probe {
    fn judge(&mut self, rows: &Rows<'_>, _out: &mut Verdicts) -> Result<(), StageError> {
        for field in TEXTS.into_iter().take(self.columns) {
            let texts = rows.texts(field);
            self.seen += match self.rows {
                true => texts.iter().map(|text| text.len() as i64).sum(),
                false => texts.len() as i64,
            };
        }
        for field in NUMBERS.into_iter().take(self.columns.saturating_sub(TEXTS.len())) {
            let numbers = rows.numbers(field);
            self.seen = self.seen.wrapping_add(match self.rows {
                true => numbers.iter().sum(),
                false => numbers.len() as i64,
            });
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(self.seen.to_le_bytes().to_vec())
    }
}

crible_sdk::export!(filter: Probe);
