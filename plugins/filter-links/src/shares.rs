//! Who shared which link when: the latest time for each author and link, in the order of these times.

use crible_sdk::recency::Recency;
use hashbrown::HashTable;

use crate::settings::Limits;

/// That an author shared a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    /// The hash of the link.
    pub(crate) link: u64,
    /// The hash of the link and the author together.
    pub(crate) pair: u64,
    /// When the author shared it last.
    pub(crate) at: i64,
}

/// How many authors share a link.
struct Authors {
    link: u64,
    count: u32,
}

/// The shares within the window.
pub(crate) struct Shares {
    limits: Limits,
    clock: i64,
    /// By the hash of the pair.
    kept: Recency<Share>,
    /// By the hash of the link.
    links: HashTable<Authors>,
}

impl Shares {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, clock: i64::MIN, kept: Recency::default(), links: HashTable::new() }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// How many shares are remembered.
    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    /// What is remembered, the oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Share> {
        self.kept.iter().map(|(_, &share)| share)
    }

    /// Time has come so far: forget what has left the window.
    pub(crate) fn advance(&mut self, time: i64) {
        self.clock = self.clock.max(time);
        while let Some((_, share)) = self.kept.oldest()
            && self.clock.saturating_sub(share.at) >= self.limits.window
        {
            self.forget_oldest();
        }
    }

    /// How many authors share a link.
    pub(crate) fn authors(&self, link: u64) -> u32 {
        self.links.find(link, |of| of.link == link).map_or(0, |of| of.count)
    }

    /// Remember a share, which must not lie before the last one.
    pub(crate) fn remember(&mut self, share: Share) {
        if self.kept.contains(share.pair) {
            self.kept.touch(share.pair, || share).at = share.at;
            return;
        }
        while self.kept.len() >= self.limits.most as usize {
            self.forget_oldest();
        }
        self.kept.touch(share.pair, || share);
        self.links
            .entry(share.link, |of| of.link == share.link, |of| of.link)
            .and_modify(|of| of.count += 1)
            .or_insert(Authors { link: share.link, count: 1 });
    }

    /// The clock as it was when a snapshot was made.
    pub(crate) fn set_clock(&mut self, clock: i64) {
        self.clock = clock;
    }

    fn forget_oldest(&mut self) {
        let Some((_, &mut Share { link, .. })) = self.kept.forget_oldest() else { return };
        if let Ok(mut entry) = self.links.find_entry(link, |of| of.link == link) {
            entry.get_mut().count -= 1;
            if entry.get().count == 0 {
                entry.remove();
            }
        }
    }
}
