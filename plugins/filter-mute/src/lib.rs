//! Hides for now what the reader does not want to see: words, authors, sites, threads. See `plugin.json`.

mod mutes;
mod phrases;
mod replies;
mod settings;
mod snapshot;

use crible_sdk::words::{Folding, WordScan};
use crible_sdk::{
    ConfigError, Filter, FilterPlugin, ListField, Plugin, Rows, StageError, TextField, Verdicts,
};
use xxhash_rust::xxh3::xxh3_64;

use mutes::{Mutes, Now};
use replies::Replies;
use settings::Settings;

/// Drops what is muted, until the mute ends.
pub struct Mute {
    mutes: Mutes,
    /// The time of the first message that was ever judged.
    start: Option<i64>,
    replies: Replies,
    scan: WordScan,
    /// A name or a tag as it is looked for.
    small: String,
}

impl Plugin for Mute {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Mute {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let mut scan = WordScan::new(Folding::default());
        let Settings { mutes, replies } = Settings::read(config, &mut scan)?;
        let (start, replies) = match state {
            Some(state) => snapshot::read(state, replies, &mutes)?,
            None => (None, Replies::new(replies)),
        };
        Ok(Self { mutes, start, replies, scan, small: String::new() })
    }
}

impl Filter for Mute {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        for (row, &time) in rows.times().iter().enumerate() {
            let now = Now { time, start: *self.start.get_or_insert(time) };
            // The thread comes first: what is muted for another reason too is still a part of it.
            let muted = self
                .thread(rows, row, now)
                .or_else(|| self.author(rows, row, now))
                .or_else(|| self.site(rows, row, now))
                .or_else(|| self.word(rows, row, now));
            if let Some(number) = muted {
                let muted = &self.mutes.all[number as usize];
                out.drop(row, &muted.reason);
                out.about(row, &muted.written);
            }
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(self.start, &self.replies, &self.mutes))
    }
}

impl Mute {
    fn thread(&mut self, rows: &Rows<'_>, row: usize, now: Now) -> Option<u32> {
        if self.mutes.threads.is_empty() {
            return None;
        }
        let (id, parent) = (rows.texts(TextField::Id).get(row), rows.texts(TextField::ReplyTo).get(row));
        let holds = |&number: &u32| self.mutes.holds(number, now);
        let replies_to_one = || self.replies.thread(xxh3_64(parent.as_bytes())).filter(holds);
        let number = self
            .mutes
            .thread(id, now)
            .or_else(|| self.mutes.thread(parent, now))
            .or_else(|| if parent.is_empty() { None } else { replies_to_one() })?;
        if !id.is_empty() {
            self.replies.remember(xxh3_64(id.as_bytes()), number);
        }
        Some(number)
    }

    fn author(&mut self, rows: &Rows<'_>, row: usize, now: Now) -> Option<u32> {
        if self.mutes.authors.is_empty() {
            return None;
        }
        let (mutes, small) = (&self.mutes, &mut self.small);
        let handle = rows.texts(TextField::Author).get(row);
        let name = rows.texts(TextField::AuthorName).get(row);
        mutes.author(handle, small, now).or_else(|| mutes.author(name, small, now))
    }

    fn site(&self, rows: &Rows<'_>, row: usize, now: Now) -> Option<u32> {
        let mutes = &self.mutes;
        if mutes.domains.is_empty() {
            return None;
        }
        let own = mutes.site(rows.texts(TextField::Url).get(row), now);
        let linked = || rows.lists(ListField::Links).get(row).find_map(|link| mutes.site(link, now));
        own.or_else(linked).or_else(|| mutes.site_in(rows.texts(TextField::Text).get(row), now))
    }

    fn word(&mut self, rows: &Rows<'_>, row: usize, now: Now) -> Option<u32> {
        let (mutes, scan, small) = (&self.mutes, &mut self.scan, &mut self.small);
        if mutes.words.is_empty() {
            return None;
        }
        let mut in_tag = |tag: &str| {
            // As it would stand in a text.
            small.clear();
            small.push('#');
            small.push_str(tag.strip_prefix('#').unwrap_or(tag));
            mutes.word(small, scan, now)
        };
        let tagged = rows.lists(ListField::Tags).get(row).find_map(&mut in_tag);
        tagged
            .or_else(|| mutes.word(rows.texts(TextField::Title).get(row), scan, now))
            .or_else(|| mutes.word(rows.texts(TextField::Text).get(row), scan, now))
    }
}

crible_sdk::export!(filter: Mute);
