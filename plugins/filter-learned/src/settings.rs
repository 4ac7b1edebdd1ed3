//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

/// What the score follows.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ScoreBy {
    /// The log-odds, as evidence of several rules may be added up.
    #[default]
    Evidence,
    Probability,
}

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    model: String,
    training: bool,
    feedback_attr: String,
    drop_below: f64,
    keep_above: f64,
    weight: f64,
    score_by: ScoreBy,
    half_life: String,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            model: String::new(),
            training: false,
            feedback_attr: String::new(),
            drop_below: 0.0,
            keep_above: 0.0,
            weight: 1.0,
            score_by: ScoreBy::default(),
            half_life: "30d".into(),
        }
    }
}

/// The config, checked.
pub(crate) struct Settings {
    /// The model's bytes; empty where there is none.
    pub(crate) model: Vec<u8>,
    /// Whether marked messages are examples, of which a model is to be made.
    pub(crate) training: bool,
    /// The attribute that bears marks; empty where none are taken.
    pub(crate) feedback_attr: String,
    /// As log-odds, so that no message need be asked for its probability.
    pub(crate) drop_below: f64,
    /// As log-odds.
    pub(crate) keep_above: f64,
    pub(crate) weight: f32,
    pub(crate) score_by: ScoreBy,
    /// In ms; at least 1.
    pub(crate) half_life: i64,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written { model, training, feedback_attr, drop_below, keep_above, weight, score_by, half_life } =
            crible_sdk::settings(config)?;
        let model = crible_sdk::content(&model).ok_or_else(unreadable_model)?;
        for (name, of) in [("drop_below", drop_below), ("keep_above", keep_above)] {
            if !(0.0..=1.0).contains(&of) {
                let message = format!("`{name}` is {of}, and a probability lies between 0 and 1");
                return Err(ConfigError::new(message).at(format!("/{name}")).hint("Write 0.5 for one half."));
            }
        }
        if keep_above > 0.0 && keep_above < drop_below {
            return Err(ConfigError::new("`keep_above` lies below `drop_below`")
                .at("/keep_above")
                .hint("Leave one of them out, or make `keep_above` the greater."));
        }
        let [drop_below, keep_above] = [drop_below, keep_above].map(|p| (p / (1.0 - p)).ln());
        let weight = weight as f32;
        if !weight.is_finite() {
            return Err(ConfigError::new("`weight` is too large").at("/weight").hint("Write 1 or so."));
        }
        let half_life = crible_sdk::duration(&half_life)
            .and_then(|half_life| i64::try_from(half_life.as_millis()).ok())
            .filter(|&ms| ms > 0)
            .ok_or_else(|| {
                ConfigError::new(format!("`{half_life}` is not a time to forget in"))
                    .at("/half_life")
                    .hint("Write a number and a unit, such as 12h, 30d or 52w.")
            })?;
        Ok(Self { model, training, feedback_attr, drop_below, keep_above, weight, score_by, half_life })
    }
}

pub(crate) fn unreadable_model() -> ConfigError {
    ConfigError::new("the model cannot be read: it is damaged, or another version wrote it")
        .at("/model")
        .hint("Make it anew from the examples with `crible train`.")
}
