//! The authors and what their messages usually get, in the order in which they were last heard.

use hashbrown::HashTable;

use crate::normal::{Normal, Sample};

/// No place: the end of a list.
const NONE: u32 = u32::MAX;
/// So many of an author's latest messages are told apart, so that one which comes again counts once.
pub(crate) const RECENT: usize = 4;
/// An author's normal is learned of so many messages, beside the latest, the older fading.
const MEMORY: f32 = 32.0;

/// One of an author's latest messages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Recent {
    /// A hash of its id; 0 where it has none.
    pub(crate) id: u32,
    pub(crate) sample: Sample,
}

/// An author and what was learned of their messages.
#[derive(Clone, Debug)]
pub(crate) struct Author {
    pub(crate) hash: u64,
    /// All messages but the latest.
    pub(crate) past: Normal,
    /// The latest, of which there are `latest` so far.
    pub(crate) recent: [Recent; RECENT],
    pub(crate) latest: u8,
    /// The place of the next one.
    pub(crate) next: u8,
    /// Whether any of their messages had a like, a repost or a reply.
    pub(crate) counted: bool,
}

impl Author {
    pub(crate) fn new(hash: u64) -> Self {
        let recent = [Recent::default(); RECENT];
        let past = Normal::default();
        Self { hash, past, recent, latest: 0, next: 0, counted: false }
    }

    /// Where a message is among the latest.
    pub(crate) fn find(&self, id: u32) -> Option<usize> {
        let latest = &self.recent[..usize::from(self.latest)];
        latest.iter().position(|recent| recent.id == id && id != 0)
    }

    /// What all messages but one of the latest say together.
    pub(crate) fn normal_without(&self, known: Option<usize>) -> Normal {
        let latest = self.recent[..usize::from(self.latest)].iter().enumerate();
        let others = latest.filter(|(at, _)| Some(*at) != known);
        others.fold(self.past, |sum, (_, of)| sum.with(Normal { messages: 1.0, sum: of.sample }))
    }

    /// Add a message as the latest.
    pub(crate) fn add(&mut self, recent: Recent) {
        let place = &mut self.recent[usize::from(self.next)];
        let before = std::mem::replace(place, recent);
        self.next = (self.next + 1) % RECENT as u8;
        if usize::from(self.latest) == RECENT {
            self.past.add(before.sample, MEMORY);
        } else {
            self.latest += 1;
        }
    }
}

/// The authors that were last heard just before and just after another one.
struct Neighbours {
    older: u32,
    newer: u32,
}

/// The authors that are remembered.
pub(crate) struct Authors {
    most: usize,
    /// Places in `all`, by hash.
    table: HashTable<u32>,
    all: Vec<Author>,
    /// By place, apart from the authors, so that whom a message stands between is found in the cache.
    neighbours: Vec<Neighbours>,
    oldest: u32,
    newest: u32,
}

impl Authors {
    /// Room for so many, at least 1.
    pub(crate) fn new(most: usize) -> Self {
        let (table, all, neighbours) = Default::default();
        Self { most, table, all, neighbours, oldest: NONE, newest: NONE }
    }

    /// How many are remembered.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Them, the one that has been silent for longest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Author> {
        let known = |place: &u32| *place != NONE;
        let newer = move |place: &u32| Some(self.neighbours[*place as usize].newer).filter(known);
        let places = std::iter::successors(Some(self.oldest).filter(known), newer);
        places.map(|place| &self.all[place as usize])
    }

    /// An author, who is heard now; a new one takes the place of the one that has been silent for longest.
    pub(crate) fn hear(&mut self, hash: u64) -> &mut Author {
        let known = self.table.find(hash, |&place| self.all[place as usize].hash == hash);
        let place = match known {
            Some(&place) => {
                if place != self.newest {
                    self.unlink(place);
                    self.link_newest(place);
                }
                place
            }
            None => self.insert(Author::new(hash)),
        };
        &mut self.all[place as usize]
    }

    /// Add an author that is not among them as the one heard last.
    pub(crate) fn insert(&mut self, author: Author) -> u32 {
        let hash = author.hash;
        let place = if self.all.len() < self.most {
            self.all.push(author);
            self.neighbours.push(Neighbours { older: NONE, newer: NONE });
            self.all.len() as u32 - 1
        } else {
            let place = self.oldest;
            let before = self.all[place as usize].hash;
            if let Ok(entry) = self.table.find_entry(before, |&of| of == place) {
                entry.remove();
            }
            self.unlink(place);
            self.all[place as usize] = author;
            place
        };
        self.link_newest(place);
        self.table.insert_unique(hash, place, |&place| self.all[place as usize].hash);
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
