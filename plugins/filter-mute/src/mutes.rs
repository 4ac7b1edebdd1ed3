//! What is muted, and until when.

use std::collections::HashMap;

use crible_sdk::links::{Domains, Link, addresses};
use crible_sdk::words::WordScan;

use crate::phrases::Phrases;

/// Of a longer text only so many bytes are read: nobody writes so much, and the worst of them takes 20 MB of
/// memory.
const LONGEST: usize = 1 << 18;

/// What a mute goes by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Word,
    Author,
    Domain,
    Thread,
}

impl Kind {
    /// The option that lists them.
    pub(crate) fn option(self) -> &'static str {
        match self {
            Self::Word => "words",
            Self::Author => "authors",
            Self::Domain => "domains",
            Self::Thread => "threads",
        }
    }

    /// Why a message is dropped, where the config does not say.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Word => "muted word",
            Self::Author => "muted author",
            Self::Domain => "muted site",
            Self::Thread => "muted thread",
        }
    }
}

/// When a mute ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ends {
    Never,
    /// At this time, in ms.
    At(i64),
    /// So many ms after the first message that the stage judged.
    After(i64),
}

/// One thing that is muted.
#[derive(Debug)]
pub(crate) struct Muted {
    /// As the config names it.
    pub(crate) written: String,
    pub(crate) reason: String,
    pub(crate) ends: Ends,
}

/// The time of a message and of the first that the stage judged, in ms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now {
    pub(crate) time: i64,
    pub(crate) start: i64,
}

/// All that is muted, and where to find it by what a message has. The numbers are places in `all`.
#[derive(Default)]
pub(crate) struct Mutes {
    pub(crate) all: Vec<Muted>,
    pub(crate) words: Phrases,
    /// By their names in small letters.
    pub(crate) authors: HashMap<String, u32>,
    pub(crate) domains: Domains,
    pub(crate) threads: HashMap<String, u32>,
}

impl Mutes {
    /// Whether something is still muted.
    pub(crate) fn holds(&self, number: u32, now: Now) -> bool {
        match self.all[number as usize].ends {
            Ends::Never => true,
            Ends::At(end) => now.time < end,
            Ends::After(length) => now.time.saturating_sub(now.start) < length,
        }
    }

    /// The muted thread that begins with this message.
    pub(crate) fn thread(&self, id: &str, now: Now) -> Option<u32> {
        self.threads.get(id).copied().filter(|&number| self.holds(number, now))
    }

    /// The muted author of this handle or name; `small` is memory to work in.
    pub(crate) fn author(&self, name: &str, small: &mut String, now: Now) -> Option<u32> {
        let name = name.trim();
        let name = name.strip_prefix('@').unwrap_or(name);
        small.clear();
        if name.is_ascii() {
            small.push_str(name);
            small.make_ascii_lowercase();
        } else {
            small.extend(name.chars().flat_map(char::to_lowercase));
        }
        self.authors.get(small.as_str()).copied().filter(|&number| self.holds(number, now))
    }

    /// The muted site that an address is on.
    pub(crate) fn site(&self, address: &str, now: Now) -> Option<u32> {
        let host = Link::of_web(address)?.site();
        self.domains.above(host).find(|&number| self.holds(number, now))
    }

    /// The muted site of the first such address in a text.
    pub(crate) fn site_in(&self, text: &str, now: Now) -> Option<u32> {
        addresses(text).find_map(|address| self.site(address, now))
    }

    /// The first muted word or phrase of a text.
    pub(crate) fn word(&self, text: &str, scan: &mut WordScan, now: Now) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        scan.read(&text[..text.floor_char_boundary(LONGEST)]);
        self.words.find(scan, |number| self.holds(number, now))
    }
}
