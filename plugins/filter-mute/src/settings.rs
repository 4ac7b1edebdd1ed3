//! The stage's config.

use std::collections::HashMap;

use crible_sdk::links::domain;
use crible_sdk::words::WordScan;
use crible_sdk::{ConfigError, instant};
use serde::Deserialize;

use crate::mutes::{Ends, Kind, Muted, Mutes};
use crate::phrases::Unusable;

/// The config as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    mute: Vec<WrittenMute>,
    #[serde(default = "many_replies")]
    replies: u32,
}

fn many_replies() -> u32 {
    10_000
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenMute {
    words: Vec<String>,
    authors: Vec<String>,
    domains: Vec<String>,
    threads: Vec<String>,
    until: Option<String>,
    r#for: Option<String>,
    because: Option<String>,
}

/// The config, checked.
pub(crate) struct Settings {
    pub(crate) mutes: Mutes,
    /// How many replies in muted threads are remembered.
    pub(crate) replies: usize,
}

impl Settings {
    pub(crate) fn read(config: &str, scan: &mut WordScan) -> Result<Self, ConfigError> {
        let Written { mute, replies } = crible_sdk::settings(config)?;
        if mute.is_empty() {
            return Err(ConfigError::new("`mute` is empty, so nothing would be muted").at("/mute").hint(
                "Write what you do not want to see, such as words = [\"mercato\"], or remove the stage.",
            ));
        }
        let mut reading = Reading { mutes: Mutes::default(), places: Vec::new(), scan };
        for (index, mute) in mute.into_iter().enumerate() {
            reading.add(&format!("/mute/{index}"), mute)?;
        }
        if let Some((first, second)) = reading.mutes.words.sort() {
            return Err(reading.twice(first, &reading.places[second as usize]));
        }
        Ok(Self { mutes: reading.mutes, replies: replies as usize })
    }
}

/// The mutes as far as they were read.
struct Reading<'s> {
    mutes: Mutes,
    /// Where each thing that is muted stands in the config.
    places: Vec<String>,
    scan: &'s mut WordScan,
}

impl Reading<'_> {
    fn add(&mut self, place: &str, mute: WrittenMute) -> Result<(), ConfigError> {
        let WrittenMute { words, authors, domains, threads, until, r#for, because } = mute;
        let ends = match (until, r#for) {
            (None, None) => Ends::Never,
            (Some(until), None) => Ends::At(instant(&until).ok_or_else(|| {
                ConfigError::new(format!("`{until}` is not a date"))
                    .at(format!("{place}/until"))
                    .hint("Write a day such as 2026-12-01, or a time such as 2026-12-01T18:00:00+01:00.")
            })?),
            (None, Some(length)) => Ends::After(ms_of(&length).ok_or_else(|| {
                ConfigError::new(format!("`{length}` is not a length of time"))
                    .at(format!("{place}/for"))
                    .hint("Write a number and a unit, such as 12h, 7d or 2w.")
            })?),
            (Some(_), Some(_)) => {
                return Err(ConfigError::new("a mute ends once: by `until` or by `for`")
                    .at(format!("{place}/for"))
                    .hint("Remove one of the two."));
            }
        };
        if words.is_empty() && authors.is_empty() && domains.is_empty() && threads.is_empty() {
            return Err(ConfigError::new("this mutes nothing")
                .at(place)
                .hint("Name some words, authors, domains or threads."));
        }
        let because = because.filter(|because| !because.trim().is_empty());
        for (kind, list) in
            [(Kind::Word, words), (Kind::Author, authors), (Kind::Domain, domains), (Kind::Thread, threads)]
        {
            for (index, written) in list.into_iter().enumerate() {
                let reason = because.clone().unwrap_or_else(|| kind.reason().to_owned());
                let place = format!("{place}/{}/{index}", kind.option());
                self.add_one(kind, place, Muted { written, reason, ends })?;
            }
        }
        Ok(())
    }

    fn add_one(&mut self, kind: Kind, place: String, muted: Muted) -> Result<(), ConfigError> {
        let number = self.places.len() as u32;
        let written = muted.written.trim();
        let refuse = |what: &str, hint: &str| {
            ConfigError::new(format!("`{written}` {what}")).at(place.clone()).hint(hint.to_owned())
        };
        let mutes = &mut self.mutes;
        let known = match kind {
            Kind::Word => {
                mutes.words.add(written, number, self.scan).map_err(|why| match why {
                    Unusable::NoWord => {
                        refuse("has no word to look for", "Write at least one letter, digit or emoji.")
                    }
                    Unusable::Beginning => refuse(
                        "asks for the beginning of a word, and only whole words are muted",
                        "Write each word, or use a query: drop = [\"mercat*\"].",
                    ),
                })?;
                None
            }
            Kind::Author => insert(&mut mutes.authors, author(written), number).map_err(|()| {
                refuse("names nobody", "Write a handle, such as zoe, or a name as it is shown.")
            })?,
            Kind::Domain => {
                let name = domain(written).ok_or_else(|| {
                    refuse(
                        "is not a domain",
                        "Write the site alone, such as journal.fr; those below it are meant too.",
                    )
                })?;
                mutes.domains.insert(&name, number)
            }
            Kind::Thread => insert(&mut mutes.threads, written.to_owned(), number).map_err(|()| {
                refuse("is no id", "Write the id of the message that the thread begins with.")
            })?,
        };
        if let Some(first) = known {
            return Err(self.twice(first, &place));
        }
        self.mutes.all.push(muted);
        self.places.push(place);
        Ok(())
    }

    fn twice(&self, first: u32, second_place: &str) -> ConfigError {
        let first = first as usize;
        ConfigError::new(format!(
            "`{}` is muted twice; the first is {}",
            self.mutes.all[first].written, self.places[first]
        ))
        .at(second_place)
        .hint("Keep one of them, so that it is plain when it ends and why.")
    }
}

/// Add a name; answers with the number that it had already.
fn insert(names: &mut HashMap<String, u32>, name: String, number: u32) -> Result<Option<u32>, ()> {
    if name.is_empty() { Err(()) } else { Ok(names.insert(name, number)) }
}

/// An author as authors are compared: in small letters and without `@`.
fn author(written: &str) -> String {
    written.strip_prefix('@').unwrap_or(written).to_lowercase()
}

fn ms_of(length: &str) -> Option<i64> {
    let ms = crible_sdk::duration(length)?.as_millis();
    i64::try_from(ms).ok().filter(|&ms| ms > 0)
}
