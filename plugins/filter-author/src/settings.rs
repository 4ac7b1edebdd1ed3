//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

use crate::rate::Flood;

/// No score is larger: those of all stages are added up in 32 bits.
const LARGEST: f64 = 1e6;

/// No more messages than this can be told apart where they are counted in 32 bits.
const LARGEST_PRIOR: f64 = 1e6;

/// Counts fade in 64 steps a half-life, so that it cannot be a few ms.
const SHORTEST_HALF_LIFE: i64 = 60_000;

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    worth_from: f64,
    weight: f64,
    half_life: String,
    prior: f64,
    flood_from: u32,
    flood_window: String,
    flood_cost: f64,
    drop_below: Option<f64>,
    most: u32,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            worth_from: 1.0,
            weight: 1.0,
            half_life: "30d".into(),
            prior: 5.0,
            flood_from: 20,
            flood_window: "1h".into(),
            flood_cost: 1.0,
            drop_below: None,
            most: 100_000,
        }
    }
}

/// The config, checked.
pub(crate) struct Settings {
    /// From which score on a message is worth reading.
    pub(crate) worth_from: f64,
    /// What the best standing adds to the score, and the worst takes off; from 0 on.
    pub(crate) weight: f64,
    /// After how many ms a message counts half.
    pub(crate) half_life: i64,
    /// How many usual messages everyone is thought to have written before; above 0.
    pub(crate) prior: f64,
    pub(crate) flood: Flood,
    /// Its window as it is written, for readers.
    pub(crate) flood_window: String,
    /// Below which standing, from -1 to 1, a message is dropped.
    pub(crate) drop_below: Option<f64>,
    /// How many authors are remembered; at least 1.
    pub(crate) most: u32,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let written: Written = crible_sdk::settings(config)?;
        for (option, value, hint) in [
            ("weight", written.weight, "To count standings without scoring by them, write weight = 0."),
            (
                "flood_cost",
                written.flood_cost,
                "It is taken off the score; for floods to cost nothing, write 0.",
            ),
        ] {
            if !(0.0..=LARGEST).contains(&value) {
                let message = format!("`{option}` must be between 0 and 1000000, and is {value}");
                return Err(ConfigError::new(message).at(format!("/{option}")).hint(hint));
            }
        }
        if written.prior <= 0.0 || written.prior > LARGEST_PRIOR {
            return Err(ConfigError::new("`prior` must be above 0 and at most 1000000 messages")
                .at("/prior")
                .hint("A small one, such as 0.5, believes a few messages; 20 wants to see more."));
        }
        if let Some(below) = written.drop_below
            && !(-1.0..=1.0).contains(&below)
        {
            return Err(ConfigError::new("standings lie between -1 and 1")
                .at("/drop_below")
                .hint("Write -0.5 or so; newcomers stand at 0."));
        }
        if written.flood_from == 0 {
            return Err(ConfigError::new("`flood_from` must be at least 1 message")
                .at("/flood_from")
                .hint("For floods to cost nothing, write flood_cost = 0."));
        }
        if written.most == 0 {
            return Err(ConfigError::new("`most` must be at least 1 author")
                .at("/most")
                .hint("To remember nobody, leave the stage out."));
        }
        let half_life = crible_sdk::duration(&written.half_life)
            .and_then(|half_life| i64::try_from(half_life.as_millis()).ok())
            .filter(|&half_life| half_life >= SHORTEST_HALF_LIFE)
            .ok_or_else(|| {
                ConfigError::new(format!("`{}` is not a time to forget in", written.half_life))
                    .at("/half_life")
                    .hint("Write a number and a unit, from 1m on, such as 12h or 30d.")
            })?;
        let window = crible_sdk::window(&written.flood_window).map_err(|error| error.at("/flood_window"))?;
        Ok(Self {
            worth_from: written.worth_from,
            weight: written.weight,
            half_life,
            prior: written.prior,
            flood: Flood { from: written.flood_from, window, cost: written.flood_cost },
            flood_window: written.flood_window.trim().to_owned(),
            drop_below: written.drop_below,
            most: written.most,
        })
    }
}
