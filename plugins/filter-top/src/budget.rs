//! How many of the best may be of one author, channel, site, language, theme and story.

use crible_sdk::{Rows, TextField, site_of};
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

/// What a budget is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Story = 0,
    Author = 1,
    Channel = 2,
    Domain = 3,
    Lang = 4,
    Theme = 5,
}

/// How many kinds there are.
pub(crate) const KINDS: usize = 6;

/// By what a message counts in each budget, in the order of the limits; 0 where it does not.
pub(crate) type Keys = [u64; KINDS];

/// How many of a kind may be among the best.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) kind: Kind,
    /// At least 1 and less than the number of the best.
    pub(crate) most: usize,
    /// Why a message too many is dropped.
    pub(crate) reason: String,
}

/// The option `at_most` as it is written.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AtMost {
    author: Option<u32>,
    channel: Option<u32>,
    domain: Option<u32>,
    lang: Option<u32>,
    theme: Option<u32>,
}

impl AtMost {
    /// What is limited, each by the name of its option, its noun for readers, and how many.
    pub(crate) fn kinds(self) -> impl Iterator<Item = (Kind, &'static str, &'static str, u32)> {
        let all = [
            (Kind::Author, "author", "author", self.author),
            (Kind::Channel, "channel", "channel", self.channel),
            (Kind::Domain, "domain", "site", self.domain),
            (Kind::Lang, "lang", "language", self.lang),
            (Kind::Theme, "theme", "theme", self.theme),
        ];
        all.into_iter().filter_map(|(kind, option, noun, most)| Some((kind, option, noun, most?)))
    }
}

/// Read by what a row counts. Two of 10,000 keys share a hash, and so a budget, once in hundreds of billions of
/// windows.
pub(crate) fn keys(limits: &[Limit], rows: &Rows<'_>, row: usize, site: &mut Vec<u8>) -> Keys {
    let mut keys = [0; KINDS];
    for (key, limit) in keys.iter_mut().zip(limits) {
        *key = match limit.kind {
            Kind::Author => hash(rows.texts(TextField::Author).get(row).as_bytes()),
            Kind::Channel => hash(rows.texts(TextField::Channel).get(row).as_bytes()),
            Kind::Lang => hash(rows.texts(TextField::Lang).get(row).as_bytes()),
            Kind::Domain => {
                write_site(rows, row, site);
                hash(site)
            }
            Kind::Theme => first_label(rows, row, "theme:"),
            Kind::Story => first_label(rows, row, "story:"),
        };
    }
    keys
}

/// The site of a row in small letters.
pub(crate) fn write_site(rows: &Rows<'_>, row: usize, site: &mut Vec<u8>) {
    site.clear();
    site.extend(site_of(rows, row).bytes().map(|byte| byte.to_ascii_lowercase()));
}

fn first_label(rows: &Rows<'_>, row: usize, prefix: &str) -> u64 {
    let name = rows.labels().get(row).find_map(|label| label.strip_prefix(prefix));
    name.map_or(0, |name| hash(name.as_bytes()))
}

fn hash(bytes: &[u8]) -> u64 {
    if bytes.is_empty() { 0 } else { xxh3_64(bytes).max(1) }
}
