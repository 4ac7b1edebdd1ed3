//! The stage's options.

use crible_sdk::{ConfigError, settings, size};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    path: String,
    #[serde(default)]
    mode: Mode,
    rotate: Option<String>,
    keep: Option<u32>,
}

/// What becomes of what the file held before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// It stays.
    #[default]
    Append,
    /// It is replaced at once when the run has ended.
    Replace,
}

/// When to begin another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rotation {
    /// How long a file may become, in bytes.
    pub(crate) longest: u64,
    /// How many files are kept beside the one that is written.
    pub(crate) keep: u32,
}

/// The options as they are meant.
pub(crate) struct Config {
    pub(crate) path: String,
    pub(crate) mode: Mode,
    pub(crate) rotation: Option<Rotation>,
}

impl Config {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let Options { path, mode, rotate, keep } = settings(config)?;
        if path.is_empty() {
            let error = ConfigError::new("no file is named").at("/path");
            return Err(error.hint("name one, or \"-\" for standard output"));
        }
        if path == "-" && mode == Mode::Replace {
            return Err(ConfigError::new("standard output cannot be replaced").at("/mode"));
        }
        let rotation = match &rotate {
            None => None,
            Some(_) if path == "-" => {
                return Err(ConfigError::new("standard output cannot be rotated").at("/rotate"));
            }
            Some(_) if mode == Mode::Replace => {
                let error =
                    ConfigError::new("a file that is replaced as a whole cannot be rotated").at("/rotate");
                return Err(error.hint("leave out `rotate`, or write mode = \"append\""));
            }
            Some(text) => Some(Rotation { longest: longest(text)?, keep: kept(keep.unwrap_or(5))? }),
        };
        if keep.is_some() && rotation.is_none() {
            let error =
                ConfigError::new("`keep` says how many rotated files are kept, but nothing is rotated");
            return Err(error.at("/keep").hint("add rotate = \"100MB\", or leave out `keep`"));
        }
        Ok(Self { path, mode, rotation })
    }
}

fn longest(text: &str) -> Result<u64, ConfigError> {
    size(text).filter(|&longest| longest > 0).ok_or_else(|| {
        let error = ConfigError::new(format!("`{text}` is no length that a file may have")).at("/rotate");
        error.hint("write it like \"100MB\"")
    })
}

fn kept(keep: u32) -> Result<u32, ConfigError> {
    match keep {
        1..=1000 => Ok(keep),
        _ => Err(ConfigError::new("between 1 and 1000 rotated files can be kept").at("/keep")),
    }
}
