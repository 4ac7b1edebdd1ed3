//! The stage's config.

use std::collections::BTreeMap;

use crible_sdk::ConfigError;
use serde::Deserialize;

use crate::kind::{Kind, Kinds};
use crate::lexicon::{Lexicon, Meaning};

/// The config as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    weights: BTreeMap<String, f32>,
    phrases: Vec<String>,
    ignore: Vec<String>,
    drop_above: Option<f32>,
}

/// The config, checked.
pub(crate) struct Settings {
    /// What each of [`Kind::ALL`] weighs.
    pub(crate) weights: [f32; Kind::ALL.len()],
    pub(crate) lexicon: Lexicon,
    /// A message with more noise is dropped.
    pub(crate) drop_above: Option<f32>,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written { weights: written, phrases, ignore, drop_above } = crible_sdk::settings(config)?;
        if drop_above.is_some_and(|above| !above.is_finite() || above < 0.0) {
            return Err(ConfigError::new("`drop_above` must not be below 0")
                .at("/drop_above")
                .hint("Leave it out to drop nothing; 1.0 drops what says nothing."));
        }
        let mut weights = Kind::ALL.map(Kind::weight);
        for (name, weight) in &written {
            let place = format!("/weights/{name}");
            let kind = Kind::named(name).ok_or_else(|| {
                ConfigError::new(format!("`{name}` is not a kind of noise")).at(&place).hint(all_kinds())
            })?;
            if !weight.is_finite() || *weight < 0.0 {
                let error = ConfigError::new(format!("the weight of `{name}` must not be below 0"));
                return Err(error.at(&place).hint("0 switches a kind off."));
            }
            set(&mut weights, kind, *weight);
        }
        let mut lexicon = Lexicon::new();
        for (place, phrase) in phrases.iter().enumerate() {
            if !lexicon.add(phrase, Meaning::Noise(Kind::Phrase)) {
                return Err(ConfigError::new(format!("`{phrase}` has no words"))
                    .at(format!("/phrases/{place}"))
                    .hint(
                        "Emoji, signs, links and mentions are no words; a message of nothing else is `bare`.",
                    ));
            }
        }
        for (place, ignored) in ignore.iter().enumerate() {
            if let Some(kind) = Kind::named(ignored) {
                set(&mut weights, kind, 0.0);
            } else if !lexicon.silence(ignored) {
                return Err(ConfigError::new(format!(
                    "`{ignored}` is neither a kind of noise nor a phrase of one"
                ))
                .at(format!("/ignore/{place}"))
                .hint(all_kinds()));
            }
        }
        Ok(Self { weights, lexicon, drop_above })
    }

    /// How much noise these kinds are, and the reason of what weighs most; none where all weigh nothing.
    pub(crate) fn weigh(&self, kinds: Kinds) -> Option<(f32, &'static str)> {
        let mut noise = 0.0;
        let mut strongest: Option<(f32, Kind)> = None;
        for (kind, &weight) in Kind::ALL.into_iter().zip(&self.weights) {
            if !kinds.has(kind) || weight == 0.0 {
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

fn set(weights: &mut [f32; Kind::ALL.len()], kind: Kind, weight: f32) {
    for (place, _) in Kind::ALL.iter().enumerate().filter(|(_, of)| **of == kind) {
        weights[place] = weight;
    }
}

fn all_kinds() -> String {
    let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    format!("The kinds are {}.", names.join(", "))
}
