//! What the files of `data/` hold.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};

use super::TimelineError;

/// Words by the name that stands for them in a line.
pub(super) type Lists = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Essentials {
    pub(super) message: Vec<Essential>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Essential {
    /// `hh:mm:ss`
    pub(super) at: String,
    pub(super) author: String,
    pub(super) name: String,
    pub(super) channel: String,
    pub(super) lang: String,
    #[serde(default)]
    pub(super) title: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) url: String,
    pub(super) tags: Vec<String>,
    pub(super) followers: u32,
    pub(super) likes: u32,
    pub(super) reposts: u32,
    pub(super) replies: u32,
    /// How many people repeat it.
    #[serde(default)]
    pub(super) passed_on: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bots {
    pub(super) lists: Lists,
    pub(super) bot: Vec<Bot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bot {
    pub(super) author: String,
    pub(super) name: String,
    pub(super) channel: String,
    pub(super) lang: String,
    pub(super) followers: u32,
    pub(super) every_minutes: i64,
    pub(super) lines: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chatter {
    pub(super) lists: Lists,
    pub(super) persona: Vec<Persona>,
    pub(super) conversation: Vec<Conversation>,
    pub(super) spam: Vec<Spam>,
}

/// People who write the same kind of thing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Persona {
    pub(super) authors: u32,
    /// At least and at most, each.
    pub(super) messages: [u64; 2],
    /// From and until, hours of the day.
    pub(super) hours: [i64; 2],
    pub(super) channels: Vec<String>,
    pub(super) lines: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conversation {
    /// `hh:mm`
    pub(super) at: String,
    pub(super) channel: String,
    /// `who: what`
    pub(super) lines: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spam {
    pub(super) channels: Vec<String>,
    pub(super) senders: u32,
    /// How often each sends its line, at least and at most.
    pub(super) repeats: [u64; 2],
    pub(super) lines: Vec<String>,
}

pub(super) fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, TimelineError> {
    toml::from_str(text).map_err(|cause| TimelineError::new(format!("data/{file}"), cause))
}

/// The second of the day that `hh:mm` or `hh:mm:ss` names.
pub(super) fn second_of_day(at: &str) -> Result<i64, TimelineError> {
    let mut seconds = 0;
    for (part, unit) in at.split(':').zip([3_600, 60, 1]) {
        let value: i64 = part.parse().map_err(|cause| TimelineError::new(format!("at = \"{at}\""), cause))?;
        seconds += value * unit;
    }
    Ok(seconds)
}
