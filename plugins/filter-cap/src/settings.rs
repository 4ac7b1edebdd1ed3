//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

/// Whose messages are counted together.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Per {
    #[default]
    Author,
    Channel,
    Domain,
}

impl Per {
    /// As readers are told.
    fn noun(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Channel => "channel",
            Self::Domain => "site",
        }
    }
}

/// The config as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    most: u32,
    #[serde(default)]
    per: Per,
    #[serde(default = "an_hour")]
    window: String,
    #[serde(default = "many_keys")]
    keys: u32,
}

fn an_hour() -> String {
    "1h".into()
}

fn many_keys() -> u32 {
    200_000
}

/// The config, checked.
pub(crate) struct Settings {
    pub(crate) per: Per,
    /// Why a message too many is dropped.
    pub(crate) reason: String,
    pub(crate) limits: Limits,
}

/// How much is let pass and remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many pass within any window; at least 1.
    pub(crate) most: u32,
    /// Its length in ms; at least 1.
    pub(crate) window: i64,
    /// How many keys are remembered; at least 1.
    pub(crate) keys: u32,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written { most, per, window, keys } = crible_sdk::settings(config)?;
        if most == 0 {
            return Err(ConfigError::new("`most` must be at least 1 message")
                .at("/most")
                .hint("To drop everything, use a query."));
        }
        if keys == 0 {
            return Err(ConfigError::new("`keys` must be at least 1").at("/keys"));
        }
        let ms = crible_sdk::window(&window)?;
        let reason = format!("more than {most} from one {} within {}", per.noun(), window.trim());
        Ok(Self { per, reason, limits: Limits { most, window: ms, keys } })
    }
}
