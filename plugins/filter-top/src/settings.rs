//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

/// Whose best are chosen.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Per {
    Author,
    Channel,
    Lang,
    Domain,
}

impl Per {
    /// As readers are told, behind "of its day".
    fn words(self) -> &'static str {
        match self {
            Self::Author => " by its author",
            Self::Channel => " in its channel",
            Self::Lang => " in its language",
            Self::Domain => " from its site",
        }
    }
}

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    best: u32,
    window: String,
    per: Option<Per>,
    keys: u32,
}

impl Default for Written {
    fn default() -> Self {
        Self { best: 10, window: "1d".into(), per: None, keys: 10_000 }
    }
}

/// The config, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// How many are kept of each window and key; at least 1.
    pub(crate) best: usize,
    /// The length of a window in ms; at least 1.
    pub(crate) window: i64,
    pub(crate) per: Option<Per>,
    /// How many keys are told apart; at least 1.
    pub(crate) keys: usize,
    /// Why a message is kept.
    pub(crate) among: String,
    /// Why a message is dropped.
    pub(crate) not_among: String,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written { best, window, per, keys } = crible_sdk::settings(config)?;
        if best == 0 {
            return Err(ConfigError::new("`best` must be at least 1 message")
                .at("/best")
                .hint("To drop everything, use a query."));
        }
        if keys == 0 {
            return Err(ConfigError::new("`keys` must be at least 1").at("/keys"));
        }
        let ms = crible_sdk::window(&window)?;
        let time = match ms {
            60_000 => "minute".into(),
            3_600_000 => "hour".into(),
            86_400_000 => "day".into(),
            604_800_000 => "week".into(),
            _ => format!("window of {}", window.trim()),
        };
        let of = per.map_or("", Per::words);
        let among = match best {
            1 => format!("the best of its {time}{of}"),
            _ => format!("among the {best} best of its {time}{of}"),
        };
        let (best, keys) = (best as usize, keys as usize);
        Ok(Self { best, window: ms, per, keys, not_among: format!("not {among}"), among })
    }
}
