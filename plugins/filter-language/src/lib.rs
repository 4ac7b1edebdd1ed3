//! Finds the language that a message is written in, and keeps or scores by language. See `plugin.json`.

mod ascii;
mod eights;
mod greatest;
mod guess;
mod languages;
mod lead;
mod lexicon;
mod model;
mod plain;
mod script;
mod settings;
mod table;
mod tag;
mod words;

use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextField, Verdicts};

use guess::Guesser;
use settings::{Settings, Unknown};

const OTHER_LANGUAGE: &str = "not in a language that you read";
const UNKNOWN_LANGUAGE: &str = "its language cannot be told";
const SCORED: &str = "for its language";

/// Sets the language where there is none, drops messages in languages that nobody asked for, and scores the
/// others.
pub struct Language {
    settings: Settings,
    guesser: Guesser,
}

impl Plugin for Language {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Language {
    fn configure(config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
        Ok(Self { settings: Settings::read(config)?, guesser: Guesser::new() })
    }
}

impl Filter for Language {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let Self { settings, guesser } = self;
        let (titles, texts) = (rows.texts(TextField::Title), rows.texts(TextField::Text));
        let given = rows.texts(TextField::Lang);
        for row in 0..rows.len() {
            let given = Some(given.get(row)).filter(|given| tag::is_language(given));
            let language = match given {
                Some(given) if settings.trust_given => Some(given),
                _ => {
                    let found = guesser.guess(titles.get(row), texts.get(row));
                    if let Some(found) = found
                        && given != Some(found)
                    {
                        out.set(row, TextField::Lang, found);
                    }
                    found
                }
            };
            match language {
                Some(language) => judge(settings, language, row, out),
                None if settings.unknown == Unknown::Drop => out.drop(row, UNKNOWN_LANGUAGE),
                None => {}
            }
        }
        Ok(())
    }
}

fn judge(settings: &Settings, language: &str, row: usize, out: &mut Verdicts) {
    if !settings.keep.is_empty() && !settings.keep.iter().any(|kept| tag::is_of(language, kept)) {
        out.drop(row, OTHER_LANGUAGE);
        out.about(row, language);
    } else if let Some((_, score)) = settings.score.iter().find(|(of, _)| tag::is_of(language, of)) {
        out.add_score(row, *score);
        out.reason(row, SCORED);
        out.about(row, language);
    }
}

crible_sdk::export!(filter: Language);
