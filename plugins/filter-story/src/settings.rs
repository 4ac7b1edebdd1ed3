//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

/// By what two messages are known to tell the same story.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Repost,
    Link,
    Text,
}

/// Which telling of a story stays.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Keep {
    First,
    Best,
}

/// The config as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    by: Vec<Kind>,
    keep: Keep,
    wait: String,
    window: String,
    most: u32,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            by: vec![Kind::Repost, Kind::Link, Kind::Text],
            keep: Keep::First,
            wait: "0s".into(),
            window: "2d".into(),
            most: 50_000,
        }
    }
}

/// The config, checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) by_repost: bool,
    pub(crate) by_link: bool,
    pub(crate) by_text: bool,
    pub(crate) keep: Keep,
    /// How long a story is held after its first telling, in ms; 0: not at all.
    pub(crate) wait: i64,
    /// How long a story is remembered after its first telling, in ms; more than `wait`.
    pub(crate) window: i64,
    /// How many stories are remembered; at least 1.
    pub(crate) most: usize,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written { by, keep, wait, window, most } = crible_sdk::settings(config)?;
        if by.is_empty() {
            return Err(ConfigError::new("`by` is empty, so nothing would be compared")
                .at("/by")
                .hint("Leave it out, or name one of repost, link and text."));
        }
        if most == 0 {
            return Err(ConfigError::new("`most` must be at least 1 story").at("/most"));
        }
        let window = crible_sdk::window(&window)?;
        let waits = crible_sdk::duration(&wait).and_then(|wait| i64::try_from(wait.as_millis()).ok());
        let waits = waits.ok_or_else(|| {
            ConfigError::new(format!("`{wait}` is not a time to wait"))
                .at("/wait")
                .hint("Write a number and a unit, such as 90s or 10m; 0s does not wait.")
        })?;
        if waits >= window {
            return Err(ConfigError::new("`wait` must be shorter than `window`")
                .at("/wait")
                .hint("A story that is forgotten cannot be waited for."));
        }
        if keep == Keep::Best && waits == 0 {
            return Err(ConfigError::new("`keep = \"best\"` needs a time to wait for better tellings")
                .at("/keep")
                .hint("Add `wait = \"10m\"`, or keep the first."));
        }
        let has = |kind| by.contains(&kind);
        Ok(Self {
            by_repost: has(Kind::Repost),
            by_link: has(Kind::Link),
            by_text: has(Kind::Text),
            keep,
            wait: waits,
            window,
            most: most as usize,
        })
    }
}
