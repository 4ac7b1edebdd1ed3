//! Lets at most so many messages of one author, channel or site pass within a window. See `plugin.json`.

mod log;
mod settings;
mod snapshot;

use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextField, Verdicts, site_of};
use xxhash_rust::xxh3::xxh3_64;

use log::Log;
use settings::{Per, Settings};

/// Drops the messages that one key has too many of.
pub struct Cap {
    per: Per,
    reason: String,
    log: Log,
    site: Vec<u8>,
}

impl Plugin for Cap {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Cap {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let Settings { per, reason, limits } = Settings::read(config)?;
        let log = match state {
            Some(state) => snapshot::read(state, limits)?,
            None => Log::new(limits),
        };
        Ok(Self { per, reason, log, site: Vec::new() })
    }
}

impl Filter for Cap {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        for (row, &time) in rows.times().iter().enumerate() {
            self.log.advance(time);
            let key = match self.per {
                Per::Author => rows.texts(TextField::Author).get(row),
                Per::Channel => rows.texts(TextField::Channel).get(row),
                Per::Domain => site_of(rows, row),
            };
            if key.is_empty() {
                continue;
            }
            let hash = self.hash(key);
            if !self.log.admit(hash) {
                out.drop(row, &self.reason);
                out.about(row, key);
            }
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&self.log))
    }
}

impl Cap {
    /// What a key is remembered by. Two of 200,000 keys share a hash, and so a cap, once in about a billion
    /// fillings of the log.
    fn hash(&mut self, key: &str) -> u64 {
        if self.per != Per::Domain {
            return xxh3_64(key.as_bytes());
        }
        self.site.clear();
        self.site.extend(key.bytes().map(|byte| byte.to_ascii_lowercase()));
        xxh3_64(&self.site)
    }
}

crible_sdk::export!(filter: Cap);
