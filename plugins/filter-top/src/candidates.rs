//! The messages of the window that may still be among its best within their budgets.

use crate::bars::{Bars, Kinds};
use crate::budget::{Keys, Limit};
use crate::counts::{Counts, mix};
use crate::entry::Entry;
use crate::settings::Settings;

/// A message that may be chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) entry: Entry,
    pub(crate) keys: Keys,
}

/// What becomes of a candidate at the end of its window.
pub(crate) enum End {
    /// It is chosen, with its rank.
    Chosen(usize),
    /// The limit of this number is reached by better ones.
    Full(usize),
    /// There are better ones enough.
    Below,
}

/// Messages of which it is not sure yet that they will not be chosen.
pub(crate) struct Candidates {
    best: usize,
    limits: Vec<Limit>,
    most: usize,
    all: Vec<Candidate>,
    bars: Bars,
    /// When there are so many, those that are lost go.
    sweep_at: usize,
}

impl Candidates {
    pub(crate) fn new(settings: &Settings) -> Self {
        let Settings { best, limits, candidates, .. } = settings;
        Self {
            best: *best,
            limits: limits.clone(),
            most: *candidates,
            all: Vec::new(),
            bars: Bars::new(*best, limits),
            sweep_at: 2 * best,
        }
    }

    /// Whether a message is lost, whatever its keys.
    #[inline]
    pub(crate) fn lost_to_all(&self, entry: &Entry) -> bool {
        self.bars.lost_to_all(entry)
    }

    /// A message arrives: the kinds in which it agrees with those that it lost to, if it is lost.
    pub(crate) fn place(&mut self, candidate: Candidate) -> Option<Kinds> {
        let lost = self.bars.lost_to(&candidate.entry, &candidate.keys);
        if lost.is_none() {
            self.all.push(candidate);
        }
        lost
    }

    /// Give those that are lost by now, where it is time to look for them.
    pub(crate) fn sweep(&mut self, mut lost: impl FnMut(Kinds, Entry)) {
        if self.all.len() < self.sweep_at {
            return;
        }
        self.all.sort_unstable_by_key(|of| of.entry);
        self.bars.begin();
        self.all.retain(|of| match self.bars.lost_to(&of.entry, &of.keys) {
            Some(kinds) => {
                lost(kinds, of.entry);
                false
            }
            None => {
                self.bars.count(of.entry, &of.keys);
                true
            }
        });
        // So many may in truth win only by a contrivance; half of the room is left for what comes.
        for of in self.all.drain(self.all.len().min(self.most / 2)..) {
            lost(0, of.entry);
        }
        self.sweep_at = (2 * self.all.len()).clamp(2 * self.best, self.most);
    }

    /// The window is over: give each with what becomes of it, best first, and begin anew.
    pub(crate) fn finish(&mut self, mut each: impl FnMut(End, Entry)) {
        self.all.sort_unstable_by_key(|of| of.entry);
        let (mut chosen, mut of_keys) = (0, Counts::default());
        for Candidate { entry, keys } in self.all.drain(..) {
            let limited = || (0..self.limits.len()).filter(|limit| keys[*limit] != 0);
            let of_key = |limit: usize| mix(keys[limit] ^ mix(limit as u64 + 1));
            let full = limited().find(|limit| of_keys.get(of_key(*limit)) >= self.limits[*limit].most);
            match full {
                _ if chosen >= self.best => each(End::Below, entry),
                Some(limit) => each(End::Full(limit), entry),
                None => {
                    limited().for_each(|limit| _ = of_keys.add(of_key(limit)));
                    chosen += 1;
                    each(End::Chosen(chosen), entry);
                }
            }
        }
        self.bars.clear();
        self.sweep_at = 2 * self.best;
    }

    /// The candidates, the bars, and when the lost go.
    pub(crate) fn contents(&self) -> (&[Candidate], &Bars, usize) {
        (&self.all, &self.bars, self.sweep_at)
    }

    /// Put a candidate back.
    pub(crate) fn restore(&mut self, candidate: Candidate) {
        self.all.push(candidate);
    }

    /// The bars and when the lost go, as they were under the same settings.
    pub(crate) fn restore_bars(&mut self, sweep_at: usize) -> &mut Bars {
        self.sweep_at = sweep_at.clamp(2 * self.best, self.most);
        &mut self.bars
    }
}
