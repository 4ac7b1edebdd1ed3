//! Drops what was read before: the same id, the same text, the same link. See `plugin.json`.

mod folded_text;
mod letters;
mod memory;
mod places;
mod settings;
mod snapshot;

use crible_sdk::links::{Link, breaks_off_in, names_page};
use crible_sdk::{
    ConfigError, Filter, FilterPlugin, ListField, Plugin, Rows, StageError, TextField, Verdicts,
};
use xxhash_rust::xxh64::xxh64;

use folded_text::FoldedText;
use memory::{Hashes, Memory};
use settings::{Kind, Settings};

/// Lets the first of several same messages pass and drops the later ones.
pub struct Dedupe {
    by: Vec<Kind>,
    memory: Memory,
    folded: FoldedText,
    link: Vec<u8>,
    /// The keys of the messages of one batch.
    keys: Vec<Hashes>,
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
        Ok(Self { by, memory, folded: FoldedText::default(), link: Vec::new(), keys: Vec::new() })
    }
}

impl Filter for Dedupe {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        keys.extend((0..rows.len()).map(|row| self.keys_of(rows, row)));
        self.memory.fetch(&keys);
        let ids = rows.texts(TextField::Id);
        for (row, (&time, &key)) in rows.times().iter().zip(&keys).enumerate() {
            self.memory.advance(time);
            let seen = self.by.iter().find_map(|&kind| Some((kind, self.memory.find(kind, key)?)));
            if let Some((kind, first)) = seen {
                out.drop(row, kind.reason());
                out.about(row, self.memory.id(first));
            } else {
                // Only what passes is remembered: nobody has seen the link of a message that was dropped.
                self.memory.remember(key, ids.get(row));
            }
        }
        self.keys = keys;
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&mut self.memory))
    }
}

impl Dedupe {
    fn keys_of(&mut self, rows: &Rows<'_>, row: usize) -> Hashes {
        let mut keys = Hashes::default();
        for &kind in &self.by {
            keys[kind as usize] = match kind {
                Kind::Id => hash(rows.texts(TextField::Id).get(row).as_bytes()),
                Kind::Text => hash(self.folded.fold(rows.texts(TextField::Text).get(row))),
                Kind::Url => hash(canonical_link(&mut self.link, rows, row)),
            };
        }
        keys
    }
}

/// The message's own address or, where it has none, the one that it links to, in canonical form;
/// empty where there is none to compare by.
fn canonical_link<'a>(link: &'a mut Vec<u8>, rows: &Rows<'_>, row: usize) -> &'a [u8] {
    link.clear();
    let mut address = rows.texts(TextField::Url).get(row);
    if address.is_empty() {
        let mut links = rows.lists(ListField::Links).get(row);
        if let (Some(only), None) = (links.next(), links.next()) {
            address = only;
        }
    }
    if address.is_empty() {
        return link;
    }
    Link::read(address).write_canonical(link);
    if !names_page(link) || breaks_off_in(rows.texts(TextField::Text).get(row), address) {
        link.clear();
    }
    link
}

/// What a key is remembered by; 0 where there is nothing to compare.
///
/// Two of 100,000 different keys share a hash once in about four billion fillings of the memory. The
/// function is fixed by a specification, so a snapshot is good on any machine and in any version.
fn hash(key: &[u8]) -> u64 {
    if key.is_empty() { 0 } else { xxh64(key, 0).max(1) }
}

crible_sdk::export!(filter: Dedupe);
