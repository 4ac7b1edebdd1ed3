//! The messages that filters hold: parked with the engine, so that they pin neither cursor nor memory.

use std::collections::{HashMap, HashSet};

use crible_core::{Held, Release, Verdict};

/// What one filter holds, and how that differs from the last checkpoint.
#[derive(Debug, Default)]
pub(crate) struct Holding {
    held: HashMap<u64, Held>,
    changes: Changes,
}

/// How what is held differs from the last checkpoint.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Changes {
    pub(crate) added: Vec<Held>,
    pub(crate) removed: Vec<u64>,
    /// Which of `held` the last checkpoint does not have.
    fresh: HashSet<u64>,
}

/// What a filter lets go of what it held.
#[derive(Debug, Default)]
pub(crate) struct LetGo {
    /// What goes on, and the place of each in the answer.
    pub(crate) going: Vec<Held>,
    pub(crate) places: Vec<usize>,
    /// What goes no further, with its place in the answer.
    pub(crate) dropped: Vec<(usize, Held)>,
}

impl Holding {
    /// What was held at the last checkpoint.
    pub(crate) fn restored(held: Vec<Held>) -> Self {
        Self { held: held.into_iter().map(|held| (held.seq, held)).collect(), changes: Changes::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.held.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    pub(crate) fn park(&mut self, held: Held) {
        self.changes.fresh.insert(held.seq);
        self.held.insert(held.seq, held);
    }

    pub(crate) fn take(&mut self, seq: u64) -> Option<Held> {
        let held = self.held.remove(&seq)?;
        if !self.changes.fresh.remove(&seq) {
            self.changes.removed.push(seq);
        }
        Some(held)
    }

    /// What is held under this `seq`.
    pub(crate) fn get(&self, seq: u64) -> Option<&Held> {
        self.held.get(&seq)
    }

    /// Take what a filter lets go. What was dropped in the call that held it was never parked; what is
    /// unknown was answered for before a crash.
    pub(crate) fn let_go(&mut self, release: &Release) -> LetGo {
        let mut let_go = LetGo::default();
        for (at, &seq) in release.seqs.iter().enumerate() {
            let Some(held) = self.take(seq) else { continue };
            if release.verdicts[at] == Verdict::Drop as u8 {
                let_go.dropped.push((at, held));
            } else {
                let_go.going.push(held);
                let_go.places.push(at);
            }
        }
        let_go
    }

    /// All that is held, in the order in which it was read.
    pub(crate) fn take_all(&mut self) -> Vec<Held> {
        let mut seqs: Vec<u64> = self.held.keys().copied().collect();
        seqs.sort_unstable();
        seqs.into_iter().filter_map(|seq| self.take(seq)).collect()
    }

    /// How what is held differs from the last time that this was asked.
    pub(crate) fn changes(&mut self) -> Changes {
        let mut changes = std::mem::take(&mut self.changes);
        changes.added = changes.fresh.drain().filter_map(|seq| self.held.get(&seq).cloned()).collect();
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(seq: u64) -> Held {
        Held { seq, ..Held::default() }
    }

    #[test]
    fn what_comes_and_goes_between_two_checkpoints_is_written_to_neither() {
        let mut holding = Holding::restored(vec![held(1), held(2)]);
        holding.park(held(3));
        holding.park(held(4));
        assert_eq!(holding.take(3), Some(held(3)));
        assert_eq!(holding.take(1), Some(held(1)));
        assert_eq!(holding.take(9), None);
        let changes = holding.changes();
        assert_eq!((changes.added, changes.removed), (vec![held(4)], vec![1]));
        holding.take(4);
        let changes = holding.changes();
        assert_eq!((changes.added, changes.removed), (vec![], vec![4]));
        assert_eq!(holding.len(), 1);
    }
}
