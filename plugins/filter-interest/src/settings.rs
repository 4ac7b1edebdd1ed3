//! The stage's config.

use std::collections::HashSet;

use crible_sdk::ConfigError;
use serde::Deserialize;

use crate::messages;

/// No score is larger: those of all stages are added up in 32 bits.
const LARGEST: f64 = 1e6;
/// How many interests a stage may have.
const MOST_INTERESTS: usize = 256;

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    about: String,
    name: String,
    liked: Vec<String>,
    liked_file: String,
    unlike: Vec<String>,
    unlike_file: String,
    interests: Vec<Interest>,
    weight: f64,
    label_from: f64,
    drop_below: f64,
    half_life: String,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            about: String::new(),
            name: String::new(),
            liked: Vec::new(),
            liked_file: String::new(),
            unlike: Vec::new(),
            unlike_file: String::new(),
            interests: Vec::new(),
            weight: 1.0,
            label_from: 0.5,
            drop_below: 0.0,
            half_life: "7d".into(),
        }
    }
}

/// One interest as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Interest {
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) about: String,
    /// With the texts of the messages in `liked_file`, once the config was read.
    #[serde(default)]
    pub(crate) liked: Vec<String>,
    #[serde(default)]
    liked_file: String,
    /// The same of `unlike_file`.
    #[serde(default)]
    pub(crate) unlike: Vec<String>,
    #[serde(default)]
    unlike_file: String,
    #[serde(default = "one")]
    pub(crate) weight: f64,
}

impl Interest {
    /// Read the files that it names; `of` is where it stands in the config.
    fn read_files(&mut self, of: &str) -> Result<(), ConfigError> {
        for (texts, option, content) in [
            (&mut self.liked, "liked_file", &self.liked_file),
            (&mut self.unlike, "unlike_file", &self.unlike_file),
        ] {
            if !content.is_empty() {
                texts.extend(messages::texts(&format!("{of}/{option}"), content)?);
            }
        }
        Ok(())
    }
}

fn one() -> f64 {
    1.0
}

/// The config, checked.
pub(crate) struct Settings {
    /// At least one.
    pub(crate) interests: Vec<Interest>,
    /// Whether they stand in a list, or the stage has the one only.
    pub(crate) listed: bool,
    /// From which relevance on a message is said to be close.
    pub(crate) label_from: f32,
    /// Below which relevance it is dropped.
    pub(crate) drop_below: f32,
    /// After how long what is known of the stream counts half, in ms; at least 1.
    pub(crate) half_life: i64,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Written {
            about,
            name,
            liked,
            liked_file,
            unlike,
            unlike_file,
            mut interests,
            weight,
            label_from,
            drop_below,
            half_life,
        } = crible_sdk::settings(config)?;
        let listed = !interests.is_empty();
        let single = !about.is_empty() || !liked.is_empty() || !liked_file.is_empty();
        let beside = [
            ("name", !name.is_empty()),
            ("weight", weight != 1.0),
            ("unlike", !unlike.is_empty()),
            ("unlike_file", !unlike_file.is_empty()),
        ];
        let beside = beside.iter().find_map(|(option, is_there)| is_there.then_some(option));
        match (single, listed) {
            (true, false) => {
                interests.push(Interest { name, about, liked, liked_file, unlike, unlike_file, weight });
            }
            (true, true) => {
                return Err(ConfigError::new(
                    "there is one interest in `about` or `liked`, and more in `interests`",
                )
                .at("/interests")
                .hint("Write all of them in `interests`."));
            }
            (false, true) if let Some(option) = beside => {
                return Err(ConfigError::new(format!(
                    "`{option}` stands beside `interests`, for none of them"
                ))
                .at(format!("/{option}"))
                .hint("Write it in the interest that it is for."));
            }
            (false, true) => {}
            (false, false) => {
                return Err(ConfigError::new("there is no interest").hint(
                    "Write what you care for, such as about = \"grève des trams\", or name messages that you liked: \
                     liked_file = \"liked.jsonl\".",
                ));
            }
        }
        if interests.len() > MOST_INTERESTS {
            return Err(ConfigError::new(format!("there are {} interests", interests.len()))
                .at("/interests")
                .hint(format!("A stage takes {MOST_INTERESTS}; put the others into another one.")));
        }
        let mut names = HashSet::new();
        for (number, interest) in interests.iter_mut().enumerate() {
            let of = if listed { format!("/interests/{number}") } else { String::new() };
            let at = |option| format!("{of}/{option}");
            interest.read_files(&of)?;
            if !(0.0..=LARGEST).contains(&interest.weight) {
                let message = format!("a weight of {} is not possible", interest.weight);
                return Err(ConfigError::new(message).at(at("weight")).hint(
                    "Write a number between 0 and 1000000. What you do not care for belongs into `unlike`.",
                ));
            }
            if !interest.name.is_empty() && !names.insert(interest.name.clone()) {
                return Err(ConfigError::new(format!("two interests are named `{}`", interest.name))
                    .at(at("name"))
                    .hint("Give each a name of its own."));
            }
        }
        for (option, from) in [("label_from", label_from), ("drop_below", drop_below)] {
            if !(0.0..=1.0).contains(&from) {
                return Err(ConfigError::new(format!("`{option}` is {from}, and no relevance is"))
                    .at(format!("/{option}"))
                    .hint("Write a number between 0 and 1."));
            }
        }
        let ms = crible_sdk::duration(&half_life).and_then(|time| i64::try_from(time.as_millis()).ok());
        let half_life = ms.filter(|&ms| ms > 0).ok_or_else(|| {
            ConfigError::new(format!("`{half_life}` is not a half-life"))
                .at("/half_life")
                .hint("Write a number and a unit, such as 12h or 7d.")
        })?;
        let (label_from, drop_below) = (label_from as f32, drop_below as f32);
        Ok(Self { interests, listed, label_from, drop_below, half_life })
    }
}
