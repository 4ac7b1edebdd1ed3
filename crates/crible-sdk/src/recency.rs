//! A table that forgets what was not seen for longest.

use hashbrown::HashTable;

/// No place: the end of the list.
const NONE: u32 = u32::MAX;

/// Values by hashed keys, in the order in which the keys were last seen. A filter that remembers authors or links
/// bounds its memory by forgetting the one that was silent for longest.
///
/// ```
/// use crible_sdk::recency::Recency;
///
/// let mut seen: Recency<u32> = Recency::default();
/// for key in [7, 8, 7] {
///     *seen.touch(key, || 0) += 1;
/// }
/// assert_eq!(seen.iter().collect::<Vec<_>>(), [(8, &1), (7, &2)]);
/// assert_eq!(seen.forget_oldest(), Some((8, &mut 1)));
/// assert_eq!(seen.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Recency<V> {
    /// Places in `kept`, by key.
    table: HashTable<u32>,
    kept: Vec<(u64, V)>,
    /// One for each of `kept`, and apart from them: whoever is seen changes the neighbours of three, which are so
    /// found in the cache.
    neighbours: Vec<Neighbours>,
    free: Vec<u32>,
    oldest: u32,
    newest: u32,
}

/// The places of those that were last seen just before and just after one.
#[derive(Clone, Copy, Debug)]
struct Neighbours {
    older: u32,
    newer: u32,
}

impl<V> Default for Recency<V> {
    fn default() -> Self {
        let (table, kept, neighbours, free) = Default::default();
        Self { table, kept, neighbours, free, oldest: NONE, newest: NONE }
    }
}

impl<V> Recency<V> {
    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// All keys and values, the one that was not seen for longest first.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &V)> {
        let known = |place: &u32| *place != NONE;
        let newer = move |place: &u32| Some(self.neighbours[*place as usize].newer).filter(known);
        let places = std::iter::successors(Some(self.oldest).filter(known), newer);
        places.map(|place| &self.kept[place as usize]).map(|(key, value)| (*key, value))
    }

    /// The one that was not seen for longest.
    pub fn oldest(&self) -> Option<(u64, &V)> {
        self.kept.get(self.oldest as usize).map(|(key, value)| (*key, value))
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u64) -> bool {
        self.place(key).is_some()
    }

    /// The value of a key, which is seen now; made where the key is new. Room is not made by itself: see
    /// [`forget_oldest`](Self::forget_oldest).
    #[inline]
    pub fn touch(&mut self, key: u64, make: impl FnOnce() -> V) -> &mut V {
        let place = match self.place(key) {
            Some(place) => {
                if place != self.newest {
                    self.unlink(place);
                    self.link_newest(place);
                }
                place
            }
            None => self.add(key, make()),
        };
        &mut self.kept[place as usize].1
    }

    /// Forget the key that was not seen for longest; it and its value, which lies there until another takes its
    /// place.
    pub fn forget_oldest(&mut self) -> Option<(u64, &mut V)> {
        let place = self.oldest;
        let key = self.kept.get(place as usize)?.0;
        if let Ok(entry) = self.table.find_entry(key, |&of| of == place) {
            entry.remove();
        }
        self.unlink(place);
        self.free.push(place);
        self.kept.get_mut(place as usize).map(|(key, value)| (*key, value))
    }

    fn place(&self, key: u64) -> Option<u32> {
        self.table.find(key, |&place| self.kept[place as usize].0 == key).copied()
    }

    fn add(&mut self, key: u64, value: V) -> u32 {
        let place = match self.free.pop() {
            Some(place) => {
                self.kept[place as usize] = (key, value);
                place
            }
            None => {
                self.kept.push((key, value));
                self.neighbours.push(Neighbours { older: NONE, newer: NONE });
                self.kept.len() as u32 - 1
            }
        };
        self.link_newest(place);
        self.table.insert_unique(key, place, |&place| self.kept[place as usize].0);
        place
    }

    fn unlink(&mut self, place: u32) {
        let Neighbours { older, newer } = self.neighbours[place as usize];
        match self.neighbours.get_mut(older as usize) {
            Some(of) => of.newer = newer,
            None => self.oldest = newer,
        }
        match self.neighbours.get_mut(newer as usize) {
            Some(of) => of.older = older,
            None => self.newest = older,
        }
    }

    fn link_newest(&mut self, place: u32) {
        let before = std::mem::replace(&mut self.newest, place);
        self.neighbours[place as usize] = Neighbours { older: before, newer: NONE };
        match self.neighbours.get_mut(before as usize) {
            Some(of) => of.newer = place,
            None => self.oldest = place,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A list that is searched from end to end says the same.
        #[test]
        fn it_is_as_a_list_that_is_kept_in_order(steps in prop::collection::vec(prop_oneof![4 => (0u64..12).prop_map(Some), 1 => Just(None)], 0..200)) {
            let mut recency: Recency<u32> = Recency::default();
            let mut list: Vec<(u64, u32)> = Vec::new();
            for step in steps {
                match step {
                    Some(key) => {
                        *recency.touch(key, || 0) += 1;
                        let known = list.iter().position(|(of, _)| *of == key);
                        let before = known.map_or(0, |at| list.remove(at).1);
                        list.push((key, before + 1));
                    }
                    None => {
                        let forgotten = recency.forget_oldest().map(|(key, value)| (key, *value));
                        prop_assert_eq!(forgotten, (!list.is_empty()).then(|| list.remove(0)));
                    }
                }
                let all: Vec<(u64, u32)> = recency.iter().map(|(key, value)| (key, *value)).collect();
                prop_assert_eq!(&all, &list);
                prop_assert_eq!(recency.oldest().map(|(key, _)| key), list.first().map(|(key, _)| *key));
                prop_assert_eq!((recency.len(), recency.is_empty()), (list.len(), list.is_empty()));
                prop_assert!((0..12).all(|key| recency.contains(key) == list.iter().any(|(of, _)| *of == key)));
            }
        }
    }
}
