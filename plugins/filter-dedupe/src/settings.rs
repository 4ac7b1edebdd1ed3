//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

/// What two messages are compared by.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Id,
    Text,
    Url,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Id, Self::Text, Self::Url];

    /// Why a message that agrees with an earlier one in this is dropped.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Id => "same message read before",
            Self::Text => "same text as an earlier message",
            Self::Url => "same link as an earlier message",
        }
    }
}

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    by: Vec<Kind>,
    window: String,
    most: u32,
}

impl Default for Written {
    fn default() -> Self {
        Self { by: Kind::ALL.to_vec(), window: "1d".into(), most: 100_000 }
    }
}

/// The config, checked.
pub(crate) struct Settings {
    /// In the order of [`Kind::ALL`], whatever the order in which it is written.
    pub(crate) by: Vec<Kind>,
    /// How long a message is remembered, in ms; at least 1.
    pub(crate) window: i64,
    /// How many messages are remembered; at least 1.
    pub(crate) most: usize,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written { by, window, most } = crible_sdk::settings(config)?;
        if by.is_empty() {
            return Err(ConfigError::new("`by` is empty, so nothing would be compared")
                .at("/by")
                .hint("Leave it out, or name one of id, text and url."));
        }
        if most == 0 {
            return Err(ConfigError::new("`most` must be at least 1 message").at("/most"));
        }
        let window = crible_sdk::duration(&window)
            .and_then(|window| i64::try_from(window.as_millis()).ok())
            .filter(|&ms| ms > 0)
            .ok_or_else(|| {
                ConfigError::new(format!("`{window}` is not a time to remember for"))
                    .at("/window")
                    .hint("Write a number and a unit, such as 90s, 12h or 7d.")
            })?;
        let by = Kind::ALL.into_iter().filter(|kind| by.contains(kind)).collect();
        Ok(Self { by, window, most: most as usize })
    }
}
