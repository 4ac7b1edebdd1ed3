//! The stage's config.

use crible_sdk::ConfigError;
use serde::Deserialize;

use crate::bars::Kinds;
use crate::budget::{AtMost, Kind, Limit};

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
    at_most: AtMost,
    variety: bool,
    candidates: Option<u32>,
}

impl Default for Written {
    fn default() -> Self {
        let (at_most, variety, candidates) = Default::default();
        Self { best: 10, window: "1d".into(), per: None, keys: 10_000, at_most, variety, candidates }
    }
}

/// How many messages are held at least where there are budgets, and how many for each that is chosen.
const LEAST_CANDIDATES: usize = 1000;
const CANDIDATES_A_PLACE: usize = 10;

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
    /// How many of the best may be of one kind; the budgets that can be reached.
    pub(crate) limits: Vec<Limit>,
    /// How many messages are held where there are budgets; at least four times the best.
    pub(crate) candidates: usize,
    /// Why a message is kept.
    pub(crate) among: String,
    /// Why a message is dropped.
    pub(crate) not_among: String,
}

impl Settings {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let written: Written = crible_sdk::settings(config)?;
        let Written { per, at_most, variety, .. } = written;
        if written.best == 0 {
            return Err(ConfigError::new("`best` must be at least 1 message")
                .at("/best")
                .hint("To drop everything, use a query."));
        }
        if written.keys == 0 {
            return Err(ConfigError::new("`keys` must be at least 1").at("/keys"));
        }
        let ms = crible_sdk::window(&written.window)?;
        let time = match ms {
            60_000 => "minute".into(),
            3_600_000 => "hour".into(),
            86_400_000 => "day".into(),
            604_800_000 => "week".into(),
            _ => format!("window of {}", written.window.trim()),
        };
        let of = per.map_or("", Per::words);
        let best = written.best as usize;
        let among = match best {
            1 => format!("the best of its {time}{of}"),
            _ => format!("among the {best} best of its {time}{of}"),
        };
        if per.is_some() && (variety || at_most.kinds().next().is_some()) {
            return Err(ConfigError::new(
                "`per` chooses the best of each, so that there is nothing to share out",
            )
            .at("/per")
            .hint("Remove `per`: with at_most = { lang = 5 } at most 5 of a language are among the best."));
        }
        Ok(Self {
            best,
            window: ms,
            per,
            keys: written.keys as usize,
            limits: limits(at_most, variety, best, &time)?,
            candidates: candidates(written.candidates, best)?,
            not_among: format!("not {among}"),
            among,
        })
    }

    /// Why a message is dropped that lost to those that agree with it in some kinds: by the least limit of them.
    pub(crate) fn lost_in(&self, kinds: Kinds) -> &str {
        let of_kinds = self.limits.iter().enumerate().filter(|(at, _)| kinds & (1 << at) != 0);
        of_kinds.min_by_key(|(_, limit)| limit.most).map_or(&self.not_among, |(_, limit)| &limit.reason)
    }
}

/// The budgets that can be reached: of as many as are chosen there are never too many.
fn limits(at_most: AtMost, variety: bool, best: usize, time: &str) -> Result<Vec<Limit>, ConfigError> {
    let mut limits = Vec::new();
    if variety {
        let reason = format!("its story is already among the best of its {time}");
        limits.push(Limit { kind: Kind::Story, most: 1, reason });
    }
    for (kind, option, noun, most) in at_most.kinds() {
        if most == 0 {
            return Err(ConfigError::new(format!("`{option}` must be at least 1 message"))
                .at(format!("/at_most/{option}"))
                .hint("To drop them all, use a query."));
        }
        let reason = format!("enough of its {noun} already among the best of its {time}");
        limits.push(Limit { kind, most: most as usize, reason });
    }
    limits.retain(|limit| limit.most < best);
    Ok(limits)
}

fn candidates(written: Option<u32>, best: usize) -> Result<usize, ConfigError> {
    match written {
        None => Ok(LEAST_CANDIDATES.max(CANDIDATES_A_PLACE * best)),
        Some(most) if most as usize >= 4 * best => Ok(most as usize),
        Some(most) => Err(ConfigError::new(format!("`candidates` is {most}, too few to choose {best} from"))
            .at("/candidates")
            .hint(format!("Write at least four times `best`: {}.", 4 * best))),
    }
}
