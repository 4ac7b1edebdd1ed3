//! Scores down, and where asked drops, messages that say nothing. See `plugin.json`.

mod chunks;
mod content;
mod fold;
mod kind;
mod lexicon;
mod manner;
mod openings;
mod outline;
mod settings;
mod text;
mod token;
mod tokens;

use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextField, Verdicts};

use chunks::Seen;
use kind::{Kind, Kinds};
use manner::Manner;
use outline::Outline;
use settings::Settings;
use text::Text;
use tokens::{Memory, Tokens};

/// Tells greetings, check-ins, reactions, bait and the like from messages with content.
pub struct Noise {
    settings: Settings,
    title: Outline,
    text: Outline,
    memory: Memory,
}

impl Plugin for Noise {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Noise {
    fn configure(config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let (title, text) = (Outline::default(), Outline::default());
        Ok(Self { settings: Settings::read(config)?, title, text, memory: Memory::default() })
    }
}

impl Filter for Noise {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let (titles, texts) = (rows.texts(TextField::Title), rows.texts(TextField::Text));
        for (row, (title, text)) in Text::all(titles).zip(Text::all(texts)).enumerate() {
            let Some((noise, reason)) = self.noise(title, text) else { continue };
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
    fn noise(&mut self, title: Text<'_>, text: Text<'_>) -> Option<(f32, &'static str)> {
        self.title.look(title);
        self.text.look(text);
        let signs = self.title.signs.and(self.text.signs);
        let title = Seen { text: title, outline: &self.title };
        let text = Seen { text, outline: &self.text };
        let mut kinds = Kinds::default();
        // Most long messages are known to be too long for noise.
        if signs.tripled || signs.words <= tokens::WORDS {
            kinds = content::kinds(&self.settings.lexicon, &mut Tokens::of(&title, &text, &mut self.memory));
        }
        let manner = Manner::of(&title, &text, signs);
        kinds.set(Kind::Shouting, manner.shouting);
        kinds.set(Kind::Stretched, manner.stretched);
        if kinds.is_empty() { None } else { self.settings.weigh(kinds) }
    }
}

crible_sdk::export!(filter: Noise);
