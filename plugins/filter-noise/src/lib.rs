//! Scores down, and where asked drops, messages that say nothing. See `plugin.json`.

mod chunks;
mod content;
mod fold;
mod kind;
mod lexicon;
mod manner;
mod settings;
mod signs;
mod tokens;

use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextField, Verdicts};

use kind::Kind;
use manner::Manner;
use settings::Settings;
use tokens::{Memory, Tokens};

/// Tells greetings, check-ins, reactions, bait and the like from messages with content.
pub struct Noise {
    settings: Settings,
    memory: Memory,
}

impl Plugin for Noise {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Noise {
    fn configure(config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
        Ok(Self { settings: Settings::read(config)?, memory: Memory::default() })
    }
}

impl Filter for Noise {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let (titles, texts) = (rows.texts(TextField::Title), rows.texts(TextField::Text));
        for row in 0..rows.len() {
            let Some((noise, reason)) = self.noise(titles.get(row), texts.get(row)) else { continue };
            out.add_score(row, -noise);
            if self.settings.drop_above.is_some_and(|above| noise > above) {
                out.drop(row, reason);
            } else {
                out.reason(row, reason);
            }
        }
        Ok(())
    }
}

impl Noise {
    /// How much noise a message is, and the reason of what weighs most; none where it is none.
    fn noise(&mut self, title: &str, text: &str) -> Option<(f32, &'static str)> {
        let mut tokens = Tokens::of(title, text, &mut self.memory);
        let mut kinds = content::kinds(&self.settings.lexicon, &mut tokens);
        let manner = Manner::of(title, text);
        let mut noise = 0.0;
        let mut strongest: Option<(f32, Kind)> = None;
        for ((kind, is), &weight) in Kind::ALL.into_iter().zip(&mut kinds).zip(&self.settings.weights) {
            *is |= kind == Kind::Shouting && manner.shouting || kind == Kind::Stretched && manner.stretched;
            if !*is || weight == 0.0 {
                continue;
            }
            noise += weight;
            if strongest.is_none_or(|(most, _)| weight > most) {
                strongest = Some((weight, kind));
            }
        }
        strongest.map(|(_, kind)| (noise, kind.reason()))
    }
}

crible_sdk::export!(filter: Noise);
