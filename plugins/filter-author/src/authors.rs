//! The authors, in the order in which they last wrote.

use hashbrown::HashTable;

use crate::author::Author;

/// No place: the end of the list.
const NONE: u32 = u32::MAX;

/// The places of the authors who last wrote just before and just after one.
#[derive(Clone, Copy)]
struct Link {
    older: u32,
    newer: u32,
}

/// An author and the hash of their handle.
struct Kept {
    hash: u64,
    author: Author,
}

/// The authors who are remembered.
pub(crate) struct Authors {
    /// How many, at most; at least 1.
    most: u32,
    /// Places in `kept`, by the hash of the handle.
    table: HashTable<u32>,
    kept: Vec<Kept>,
    /// One for each of `kept`, and apart from them, since a message changes the links of three more authors.
    links: Vec<Link>,
    oldest: u32,
    newest: u32,
}

impl Authors {
    pub(crate) fn new(most: u32) -> Self {
        let (table, kept, links) = Default::default();
        Self { most, table, kept, links, oldest: NONE, newest: NONE }
    }

    /// How many are remembered.
    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    /// Those who are remembered and the hashes of their handles, the one who has been silent for longest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Author)> {
        let place = |place: u32| Some(place).filter(|&place| place != NONE);
        let places =
            std::iter::successors(place(self.oldest), move |&of| place(self.links[of as usize].newer));
        places.map(|place| &self.kept[place as usize]).map(|of| (of.hash, &of.author))
    }

    /// The author with a handle of this hash, who writes now; one of whom nothing is known where they are new.
    pub(crate) fn writing(&mut self, hash: u64, now: i64) -> &mut Author {
        let known = self.table.find(hash, |&place| self.kept[place as usize].hash == hash).copied();
        let place = match known {
            Some(place) if place == self.newest => place,
            Some(place) => {
                self.unlink(place);
                self.link_newest(place);
                place
            }
            None => self.add(hash, Author::new(now)),
        };
        &mut self.kept[place as usize].author
    }

    /// Add an author who is not known, and who wrote last of all.
    pub(crate) fn add(&mut self, hash: u64, author: Author) -> u32 {
        let new = Kept { hash, author };
        let place = if self.kept.len() >= self.most as usize {
            let place = self.oldest;
            self.forget(place);
            self.kept[place as usize] = new;
            place
        } else {
            self.kept.push(new);
            self.links.push(Link { older: NONE, newer: NONE });
            self.kept.len() as u32 - 1
        };
        self.link_newest(place);
        self.table.insert_unique(hash, place, |&place| self.kept[place as usize].hash);
        place
    }

    fn forget(&mut self, place: u32) {
        let hash = self.kept[place as usize].hash;
        if let Ok(entry) = self.table.find_entry(hash, |&of| of == place) {
            entry.remove();
        }
        self.unlink(place);
    }

    fn unlink(&mut self, place: u32) {
        let Link { older, newer } = self.links[place as usize];
        match self.links.get_mut(older as usize) {
            Some(link) => link.newer = newer,
            None => self.oldest = newer,
        }
        match self.links.get_mut(newer as usize) {
            Some(link) => link.older = older,
            None => self.newest = older,
        }
    }

    fn link_newest(&mut self, place: u32) {
        let before = std::mem::replace(&mut self.newest, place);
        self.links[place as usize] = Link { older: before, newer: NONE };
        match self.links.get_mut(before as usize) {
            Some(link) => link.newer = place,
            None => self.oldest = place,
        }
    }
}
