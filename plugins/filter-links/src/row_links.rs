//! The links of one message.

use crible_sdk::links::{Link, breaks_off_in, find, names_page};
use crible_sdk::{ListField, Rows, TextField};
use xxhash_rust::xxh3::xxh3_64;

use crate::settings::{Sites, Standing};

/// So many links of a message are counted; the sites of all of them are looked at.
const MOST: usize = 16;

/// A link in canonical form, by its place among all those of the message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) hash: u64,
    start: usize,
    end: usize,
}

/// The links of one message after another, in the same memory.
#[derive(Default)]
pub(crate) struct RowLinks {
    canonical: Vec<u8>,
    found: Vec<Found>,
    /// Where the message's own address ends, as far as it has one.
    own: usize,
    /// The number of the first trusted and of the first distrusted site.
    trusted: Option<u32>,
    distrusted: Option<u32>,
}

impl RowLinks {
    /// Find the links of a row: its own address, those that it lists and those in its text. Pages only: a home
    /// page tells no story.
    pub(crate) fn read(&mut self, rows: &Rows<'_>, row: usize, sites: &Sites) {
        self.canonical.clear();
        self.found.clear();
        (self.own, self.trusted, self.distrusted) = (0, None, None);
        let text = rows.texts(TextField::Text).get(row);
        self.add(rows.texts(TextField::Url).get(row), text, sites);
        self.own = self.canonical.len();
        let listed = || rows.lists(ListField::Links).get(row);
        listed().for_each(|link| self.add(link, text, sites));
        let mut rest = text;
        while let Some((start, end)) = find(rest) {
            let (address, behind) = (&rest[start..end], &rest[end..]);
            rest = behind;
            // Most sources list what stands in the text.
            if listed().take(MOST).any(|link| link == address) {
                continue;
            }
            // Of an address that a service has cut (`https://t.co/a…`), the page is not known.
            if behind.starts_with('…') || behind.starts_with("...") {
                self.look_at_site(Link::read(address), sites);
            } else {
                self.add(address, text, sites);
            }
        }
    }

    /// Add a link of a message of this text.
    fn add(&mut self, address: &str, text: &str, sites: &Sites) {
        let Some(link) = Link::of_web(address) else { return };
        self.look_at_site(link, sites);
        if self.found.len() >= MOST || breaks_off_in(text, address) {
            return;
        }
        let start = self.canonical.len();
        link.write_canonical(&mut self.canonical);
        let canonical = &self.canonical[start..];
        let hash = xxh3_64(canonical);
        if !names_page(canonical) || self.found.iter().any(|of| of.hash == hash) {
            return;
        }
        self.found.push(Found { hash, start, end: self.canonical.len() });
    }

    fn look_at_site(&mut self, link: Link<'_>, sites: &Sites) {
        if sites.domains.is_empty() {
            return;
        }
        // The most exact name counts: a trusted blog may be on a distrusted site.
        let Some(number) = sites.domains.above(link.site()).next() else { return };
        match sites.all[number as usize].standing {
            Standing::Trusted => self.trusted.get_or_insert(number),
            Standing::Distrusted => self.distrusted.get_or_insert(number),
        };
    }

    /// The links, each once.
    pub(crate) fn found(&self) -> &[Found] {
        &self.found
    }

    /// A link in canonical form.
    pub(crate) fn canonical(&self, found: Found) -> &str {
        str::from_utf8(&self.canonical[found.start..found.end]).unwrap_or_default()
    }

    /// The message's own address in canonical form; empty where it has none.
    pub(crate) fn own(&self) -> &str {
        str::from_utf8(&self.canonical[..self.own]).unwrap_or_default()
    }

    /// The site by which the message is trusted.
    pub(crate) fn trusted(&self) -> Option<u32> {
        self.trusted
    }

    /// The site by which the message is distrusted.
    pub(crate) fn distrusted(&self) -> Option<u32> {
        self.distrusted
    }
}
