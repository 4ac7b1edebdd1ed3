//! Numbers by the hashes of their keys, in a table that asks for one place in memory at a time.
//!
//! A table that keeps hashes and numbers apart, as hashbrown's does, waits twice as often for memory; in a
//! memory of 100,000 messages that waiting is most of what a message costs.

/// The tag of a slot that is empty.
const EMPTY: u32 = 0;

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The low half of the hash, which also says where the slot would best be.
    tag: u32,
    number: u32,
}

/// Numbers by hash, probed in a row.
#[derive(Default)]
pub(crate) struct Places {
    /// As many as a power of two.
    slots: Vec<Slot>,
    taken: usize,
}

impl Places {
    /// The number under this hash that is the one looked for.
    pub(crate) fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let at = self.at(hash, |slot| is(slot.number))?;
        Some(self.slots[at].number)
    }

    /// Have the processor fetch what [`Places::find`] is going to read. What is answered means nothing.
    pub(crate) fn fetch(&self, hash: u64) -> u32 {
        let at = tag_of(hash) as usize & self.slots.len().wrapping_sub(1);
        self.slots.get(at).map_or(0, |slot| slot.tag)
    }

    /// Add a number.
    pub(crate) fn insert(&mut self, hash: u64, number: u32) {
        if self.taken * 2 >= self.slots.len() {
            let roomier = vec![Slot::default(); (2 * self.slots.len()).max(16)];
            let slots = std::mem::replace(&mut self.slots, roomier);
            slots.into_iter().filter(|slot| slot.tag != EMPTY).for_each(|slot| self.put(slot));
        }
        self.put(Slot { tag: tag_of(hash), number });
        self.taken += 1;
    }

    /// Take a number out that is there.
    pub(crate) fn remove(&mut self, hash: u64, number: u32) {
        let Some(mut gap) = self.at(hash, |slot| slot.number == number) else { return };
        self.taken -= 1;
        // What was put further on because of this slot moves up.
        let mask = self.slots.len() - 1;
        let mut at = gap;
        loop {
            at = (at + 1) & mask;
            let slot = self.slots[at];
            if slot.tag == EMPTY {
                break;
            }
            let best = slot.tag as usize & mask;
            if at.wrapping_sub(best) & mask >= at.wrapping_sub(gap) & mask {
                self.slots[gap] = slot;
                gap = at;
            }
        }
        self.slots[gap] = Slot::default();
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = slot.tag as usize & mask;
        while self.slots[at].tag != EMPTY {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    fn at(&self, hash: u64, is: impl Fn(&Slot) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let tag = tag_of(hash);
        let mut at = tag as usize & mask;
        loop {
            let slot = self.slots.get(at)?;
            if slot.tag == EMPTY {
                return None;
            }
            if slot.tag == tag && is(slot) {
                return Some(at);
            }
            at = (at + 1) & mask;
        }
    }
}

fn tag_of(hash: u64) -> u32 {
    (hash as u32).max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Hashes that share their homes, so that probing and moving up are what is tested.
        #[test]
        fn it_holds_what_a_map_holds(steps in prop::collection::vec((0u64..40, any::<bool>()), 0..400)) {
            let mut places = Places::default();
            let mut model = HashMap::new();
            for (number, (key, adds)) in (0..).zip(steps) {
                let hash = key % 8 + (key << 5);
                if adds && !model.contains_key(&hash) {
                    places.insert(hash, number);
                    model.insert(hash, number);
                } else if !adds && let Some(known) = model.remove(&hash) {
                    places.remove(hash, known);
                }
                for key in 0..40 {
                    let hash = key % 8 + (key << 5);
                    let known = model.get(&hash).copied();
                    prop_assert_eq!(places.find(hash, |found| Some(found) == known), known);
                }
                prop_assert_eq!(places.taken, model.len());
            }
        }
    }
}
