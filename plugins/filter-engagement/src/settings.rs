//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

/// No score is larger: those of all stages are added up in 32 bits.
const LARGEST: f64 = 1e6;
/// No count weighs more, and no more doublings count.
const MOST_POINTS: f64 = 1000.0;
const MOST_DOUBLINGS: f64 = 64.0;

/// The config as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    likes: f64,
    reposts: f64,
    replies: f64,
    half: String,
    weight: f64,
    doublings: f64,
    drop_below: Option<f64>,
    most: u32,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            likes: 1.0,
            reposts: 1.0,
            replies: 1.0,
            half: "1h".into(),
            weight: 1.0,
            doublings: 4.0,
            drop_below: None,
            most: 100_000,
        }
    }
}

/// The config, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) points: Points,
    /// The age in ms at which a message has half of its attention; 0 where ages do not count.
    pub(crate) half: f64,
    /// What a doubling adds to the score.
    pub(crate) weight: f64,
    /// So many doublings or halvings count; at least 0.
    pub(crate) doublings: f64,
    /// What has less than this part of the usual is dropped; 0 where nothing is.
    pub(crate) drop_below: f64,
    /// How many authors are remembered; at least 1.
    pub(crate) most: usize,
}

/// What a like, a repost and a reply count.
#[derive(Clone, Debug)]
pub(crate) struct Points {
    pub(crate) likes: f64,
    pub(crate) reposts: f64,
    pub(crate) replies: f64,
    /// What is counted, as readers are told.
    pub(crate) noun: String,
}

impl Points {
    fn new(likes: f64, reposts: f64, replies: f64) -> Self {
        let all = [(likes, "likes"), (reposts, "reposts"), (replies, "replies")];
        let names: Vec<&str> = all.iter().filter(|(of, _)| *of > 0.0).map(|(_, name)| *name).collect();
        let names = match names.as_slice() {
            [first, second, third] => format!("{first}, {second} and {third}"),
            few => few.join(" and "),
        };
        let whole = all.iter().all(|(of, _)| *of == 0.0 || *of == 1.0);
        let noun = if whole { names } else { format!("points for {names}") };
        Self { likes, reposts, replies, noun }
    }
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let written: Written = crible_sdk::settings(config)?;
        let within = |option: &str, value: f64, least: f64, most: f64| match (least..=most).contains(&value) {
            true => Ok(value),
            false => Err(ConfigError::new(format!("`{option}` cannot be {value}"))
                .at(format!("/{option}"))
                .hint(format!("Write a number between {least} and {most}."))),
        };
        let points = Points::new(
            within("likes", written.likes, 0.0, MOST_POINTS)?,
            within("reposts", written.reposts, 0.0, MOST_POINTS)?,
            within("replies", written.replies, 0.0, MOST_POINTS)?,
        );
        if points.likes + points.reposts + points.replies == 0.0 {
            return Err(ConfigError::new("neither likes nor reposts nor replies count")
                .at("/likes")
                .hint("Write at least one of them above 0."));
        }
        let half = crible_sdk::duration(&written.half).ok_or_else(|| {
            ConfigError::new(format!("`{}` is not an age", written.half))
                .at("/half")
                .hint("Write a number and a unit, such as 30m or 1h; 0s where ages do not count.")
        })?;
        let drop_below = match written.drop_below {
            Some(part) if part > 0.0 && part <= 1.0 => part,
            None => 0.0,
            Some(part) => {
                return Err(ConfigError::new(format!("`drop_below` cannot be {part}"))
                    .at("/drop_below")
                    .hint("Write a part of what is usual, such as 0.25 for a quarter."));
            }
        };
        if written.most == 0 {
            return Err(ConfigError::new("`most` must be at least 1 author")
                .at("/most")
                .hint("To judge by the number of likes alone, use a query."));
        }
        Ok(Self {
            points,
            half: half.as_millis() as f64,
            weight: within("weight", written.weight, -LARGEST, LARGEST)?,
            doublings: within("doublings", written.doublings, 0.0, MOST_DOUBLINGS)?,
            drop_below,
            most: written.most as usize,
        })
    }
}
