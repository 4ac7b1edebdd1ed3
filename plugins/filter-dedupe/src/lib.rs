//! Drops what was read before: the same id, the same text, the same link. See `plugin.json`.

mod folded_text;
mod letters;
mod link;
mod memory;
mod settings;
mod snapshot;

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, ListField, Plugin, Rows, StageError, TextField, Verdicts,
};
use xxhash_rust::xxh3::xxh3_64;

use folded_text::FoldedText;
use memory::{Hashes, Memory};
use settings::{Kind, Settings};

/// Lets the first of several same messages pass and drops the later ones.
pub struct Dedupe {
    by: Vec<Kind>,
    memory: Memory,
    folded: FoldedText,
    link: Vec<u8>,
}

impl Plugin for Dedupe {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Dedupe {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let Settings { by, window, most } = Settings::read(config)?;
        let memory = match state {
            Some(state) => snapshot::read(state, window, most)?,
            None => Memory::new(window, most),
        };
        Ok(Self { by, memory, folded: FoldedText::default(), link: Vec::new() })
    }
}

impl Filter for Dedupe {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        for (row, &time) in rows.times().iter().enumerate() {
            self.memory.advance(time);
            self.judge_row(rows, row, out);
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&self.memory))
    }
}

impl Dedupe {
    fn judge_row(&mut self, rows: &Rows<'_>, row: usize, out: &mut Verdicts) {
        let mut hashes = Hashes::default();
        for at in 0..self.by.len() {
            let kind = self.by[at];
            hashes[kind as usize] = match kind {
                Kind::Id => hash(rows.texts(TextField::Id).get(row).as_bytes()),
                Kind::Text => hash(self.folded.fold(rows.texts(TextField::Text).get(row))),
                Kind::Url => hash(self.canonical_link(rows, row)),
            };
            if let Some(first) = self.memory.find(kind, hashes[kind as usize]) {
                out.drop(row, kind.reason());
                out.about(row, &self.memory.id(first));
                return;
            }
        }
        // Only what passes is remembered: nobody has seen the link of a message that was dropped.
        self.memory.remember(hashes, rows.texts(TextField::Id).get(row));
    }

    /// The message's own address or, where it has none, the one that it links to, in canonical form;
    /// empty where there is none to compare by.
    fn canonical_link(&mut self, rows: &Rows<'_>, row: usize) -> &[u8] {
        self.link.clear();
        let url = rows.texts(TextField::Url).get(row);
        if !url.is_empty() {
            link::write_canonical(url, &mut self.link);
        } else {
            let mut links = rows.lists(ListField::Links).get(row);
            if let (Some(only), None) = (links.next(), links.next()) {
                link::write_canonical(only, &mut self.link);
            }
        }
        if link::is_home_page(&self.link) {
            self.link.clear();
        }
        &self.link
    }
}

/// What a key is remembered by; 0 where there is nothing to compare.
///
/// Two of 100,000 different keys share a hash once in about four billion fillings of the memory. The
/// function is fixed by a specification, so a snapshot is good on any machine and in any version.
fn hash(key: &[u8]) -> u64 {
    if key.is_empty() { 0 } else { xxh3_64(key).max(1) }
}

crible_sdk::export!(filter: Dedupe);
