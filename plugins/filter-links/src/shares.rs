//! Who shared which link when: the latest time for each author and link, in the order of these times.

use hashbrown::HashTable;

use crate::settings::Limits;

/// No place: the end of a list.
const NONE: u32 = u32::MAX;

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

/// A share between those that were made just before and just after it.
struct Kept {
    share: Share,
    older: u32,
    newer: u32,
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
    /// Places in `kept`, by the hash of the pair.
    table: HashTable<u32>,
    kept: Vec<Kept>,
    free: Vec<u32>,
    oldest: u32,
    newest: u32,
    /// By the hash of the link.
    links: HashTable<Authors>,
}

impl Shares {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            clock: i64::MIN,
            table: HashTable::new(),
            kept: Vec::new(),
            free: Vec::new(),
            oldest: NONE,
            newest: NONE,
            links: HashTable::new(),
        }
    }

    /// The latest time so far, in ms.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    /// How many shares are remembered.
    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    /// What is remembered, the oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Share> {
        let kept = |place: u32| self.kept.get(place as usize);
        std::iter::successors(kept(self.oldest), move |of| kept(of.newer)).map(|of| of.share)
    }

    /// Time has come so far: forget what has left the window.
    pub(crate) fn advance(&mut self, time: i64) {
        self.clock = self.clock.max(time);
        while let Some(kept) = self.kept.get(self.oldest as usize)
            && self.clock.saturating_sub(kept.share.at) >= self.limits.window
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
        if let Some(&place) =
            self.table.find(share.pair, |&place| self.kept[place as usize].share.pair == share.pair)
        {
            self.kept[place as usize].share.at = share.at;
            if place != self.newest {
                self.unlink(place);
                self.link_newest(place);
            }
            return;
        }
        while self.table.len() >= self.limits.most as usize {
            self.forget_oldest();
        }
        let kept = Kept { share, older: NONE, newer: NONE };
        let place = match self.free.pop() {
            Some(place) => {
                self.kept[place as usize] = kept;
                place
            }
            None => {
                self.kept.push(kept);
                self.kept.len() as u32 - 1
            }
        };
        self.link_newest(place);
        self.table.insert_unique(share.pair, place, |&place| self.kept[place as usize].share.pair);
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
        let place = self.oldest;
        let Share { link, pair, .. } = self.kept[place as usize].share;
        if let Ok(entry) = self.table.find_entry(pair, |&of| of == place) {
            entry.remove();
        }
        if let Ok(mut entry) = self.links.find_entry(link, |of| of.link == link) {
            entry.get_mut().count -= 1;
            if entry.get().count == 0 {
                entry.remove();
            }
        }
        self.unlink(place);
        self.free.push(place);
    }

    fn unlink(&mut self, place: u32) {
        let Kept { older, newer, .. } = self.kept[place as usize];
        match self.kept.get_mut(older as usize) {
            Some(kept) => kept.newer = newer,
            None => self.oldest = newer,
        }
        match self.kept.get_mut(newer as usize) {
            Some(kept) => kept.older = older,
            None => self.newest = older,
        }
    }

    fn link_newest(&mut self, place: u32) {
        let before = std::mem::replace(&mut self.newest, place);
        let kept = &mut self.kept[place as usize];
        (kept.older, kept.newer) = (before, NONE);
        match self.kept.get_mut(before as usize) {
            Some(kept) => kept.newer = place,
            None => self.oldest = place,
        }
    }
}
