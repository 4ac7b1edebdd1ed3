//! Which messages are surely lost, whatever still comes.
//!
//! Say that m is chosen at last. Fewer than `best` are chosen before it. So of a kind of which at most M are
//! chosen, no more than (best - 1) / M keys are full by then, and none of them is m's own.
//!
//! Take better messages that agree with m in the keys of some kinds, or any better messages. Fewer than the
//! smallest limit of these kinds were chosen of them (of any: fewer than `best`). Each of the rest was passed
//! over since a key of another kind was full, and of each kind only so many keys can be full: no more were
//! passed over than have the most frequent ones. Once there are more than all that explains, no worse message
//! that agrees in these kinds can be chosen. The last of them is the bar for the group of all that agree.
//!
//! A bar stays true, as messages only come, and whether a message is lost may be asked once and for all.

use hashbrown::HashTable;

use crate::budget::{KINDS, Keys, Limit};
use crate::counts::{Counts, mix};
use crate::entry::Entry;

/// A set of kinds: a bit for each limit. The empty one is that of all messages.
pub(crate) type Kinds = usize;

/// What lies behind a group's bar is lost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bar {
    /// The hash of the group's kinds and keys.
    pub(crate) group: u64,
    pub(crate) kinds: Kinds,
    pub(crate) entry: Entry,
}

/// Better messages that agree in some kinds.
#[derive(Default)]
struct Group {
    hash: u64,
    messages: usize,
    /// How many of them may have been passed over for full keys of other kinds.
    passed_over: usize,
}

/// The bars so far.
pub(crate) struct Bars {
    limits: usize,
    /// For each set of kinds how many of a group may be chosen and leave room for one more.
    chosen: Vec<usize>,
    /// For each limit how many keys may be full before the last is chosen.
    full: Vec<usize>,
    /// The bar of all messages.
    all: Option<Entry>,
    others: HashTable<Bar>,
    /// The sets of kinds that have bars: a bit for each set.
    with_bars: u64,
    groups: HashTable<Group>,
    counts: Counts,
}

impl Bars {
    pub(crate) fn new(best: usize, limits: &[Limit]) -> Self {
        let room = |kinds: Kinds| {
            let of_kinds = limits.iter().enumerate().filter(|(at, _)| kinds & (1 << at) != 0);
            of_kinds.map(|(_, limit)| limit.most).fold(best, usize::min) - 1
        };
        Self {
            limits: limits.len(),
            chosen: (0..1 << limits.len()).map(room).collect(),
            full: limits.iter().map(|limit| (best - 1) / limit.most).collect(),
            all: None,
            others: HashTable::new(),
            with_bars: 0,
            groups: HashTable::new(),
            counts: Counts::default(),
        }
    }

    /// Forget all bars.
    pub(crate) fn clear(&mut self) {
        self.all = None;
        self.others.clear();
        self.with_bars = 0;
    }

    /// Whether a message is lost, whatever its keys.
    #[inline]
    pub(crate) fn lost_to_all(&self, entry: &Entry) -> bool {
        self.all.as_ref().is_some_and(|bar| entry > bar)
    }

    /// The kinds in which a message agrees with those that it lost to.
    pub(crate) fn lost_to(&self, entry: &Entry, keys: &Keys) -> Option<Kinds> {
        if self.lost_to_all(entry) {
            return Some(0);
        }
        let mut left = self.with_bars & self.within(keys);
        while left != 0 {
            let kinds = left.trailing_zeros() as Kinds;
            left &= left - 1;
            let group = hash(kinds, keys);
            let bar = self.others.find(group, |bar| bar.group == group);
            if bar.is_some_and(|bar| *entry > bar.entry) {
                return Some(kinds);
            }
        }
        None
    }

    /// Begin to go through messages, the best first.
    pub(crate) fn begin(&mut self) {
        self.groups.clear();
        self.counts.clear();
    }

    /// Count the next best of those that are not lost.
    pub(crate) fn count(&mut self, entry: Entry, keys: &Keys) {
        let mut left = self.within(keys);
        while left != 0 {
            let kinds = left.trailing_zeros() as Kinds;
            left &= left - 1;
            let group = hash(kinds, keys);
            let mut passed_over = 0;
            for limit in (0..self.limits).filter(|limit| kinds & (1 << limit) == 0 && keys[*limit] != 0) {
                // How many keys are found so often: as many as can be full are passed over once more.
                let of_limit = mix(group ^ (limit as u64 + 1));
                let found = self.counts.add(mix(of_limit ^ keys[limit]));
                let so_often = self.counts.add(mix(of_limit.rotate_left(32) ^ found as u64));
                passed_over += usize::from(so_often <= self.full[limit]);
            }
            let new = || Group { hash: group, ..Group::default() };
            let of = self.groups.entry(group, |of| of.hash == group, |of| of.hash).or_insert_with(new);
            let of = of.into_mut();
            of.messages += 1;
            of.passed_over += passed_over;
            if of.messages > self.chosen[kinds] + of.passed_over {
                self.set(Bar { group, kinds, entry });
            }
        }
    }

    /// The bar of all and those of the groups, in the order of their hashes.
    pub(crate) fn contents(&self) -> (Option<Entry>, Vec<Bar>) {
        let mut others: Vec<Bar> = self.others.iter().copied().collect();
        others.sort_unstable_by_key(|bar| bar.group);
        (self.all, others)
    }

    /// Set a bar, unless there is a better one.
    pub(crate) fn set(&mut self, bar: Bar) {
        if bar.kinds == 0 {
            self.all = Some(self.all.map_or(bar.entry, |all| all.min(bar.entry)));
            return;
        }
        self.with_bars |= 1 << bar.kinds;
        let known = self.others.entry(bar.group, |of| of.group == bar.group, |of| of.group);
        known.and_modify(|of| of.entry = of.entry.min(bar.entry)).or_insert(bar);
    }

    /// The sets of kinds of which a message has all keys: a bit for each set.
    fn within(&self, keys: &Keys) -> u64 {
        let mut sets = 1;
        for (limit, _) in keys.iter().enumerate().take(self.limits).filter(|(_, key)| **key != 0) {
            sets |= sets << (1 << limit);
        }
        sets
    }
}

/// The hash of some kinds and a message's keys of them.
fn hash(kinds: Kinds, keys: &Keys) -> u64 {
    let of_kinds = (0..KINDS).filter(|limit| kinds & (1 << limit) != 0);
    of_kinds.fold(mix(kinds as u64 + 1), |hash, limit| mix(hash ^ keys[limit]))
}
