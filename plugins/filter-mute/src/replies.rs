//! The messages that were muted with their thread, so that what answers them is muted too.

use std::collections::{HashMap, VecDeque};

/// Ids of replies in muted threads, the oldest forgotten first.
pub(crate) struct Replies {
    most: usize,
    /// Hashes of the ids, the oldest first.
    order: VecDeque<u64>,
    /// The numbers of the threads that they belong to.
    threads: HashMap<u64, u32>,
}

impl Replies {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, order: VecDeque::new(), threads: HashMap::new() }
    }

    /// How many are remembered.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Hashes of ids with the numbers of their threads, the oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, u32)> {
        self.order.iter().filter_map(|&hash| Some((hash, *self.threads.get(&hash)?)))
    }

    /// The number of the muted thread that a message belongs to.
    pub(crate) fn thread(&self, hash: u64) -> Option<u32> {
        self.threads.get(&hash).copied()
    }

    /// Remember a message of a thread.
    pub(crate) fn remember(&mut self, hash: u64, thread: u32) {
        if self.most == 0 || self.threads.insert(hash, thread).is_some() {
            return;
        }
        self.order.push_back(hash);
        while self.order.len() > self.most {
            if let Some(oldest) = self.order.pop_front() {
                self.threads.remove(&oldest);
            }
        }
    }
}
