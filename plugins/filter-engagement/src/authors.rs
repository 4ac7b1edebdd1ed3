//! The authors and what their messages usually get, in the order in which they were last heard.

use crible_sdk::recency::Recency;

use crate::normal::{Normal, Sample};

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
#[derive(Clone, Debug, Default)]
pub(crate) struct Author {
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

/// The authors that are remembered.
pub(crate) struct Authors {
    most: usize,
    known: Recency<Author>,
}

impl Authors {
    /// Room for so many, at least 1.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, known: Recency::default() }
    }

    /// How many are remembered.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// Them by their hashes, the one that has been silent for longest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Author)> {
        self.known.iter()
    }

    /// An author, who is heard now; a new one takes the place of the one that has been silent for longest.
    pub(crate) fn hear(&mut self, hash: u64) -> &mut Author {
        self.entry(hash, Author::default)
    }

    /// Add an author that is not among them as the one heard last.
    pub(crate) fn insert(&mut self, hash: u64, author: Author) {
        self.entry(hash, || author);
    }

    fn entry(&mut self, hash: u64, make: impl FnOnce() -> Author) -> &mut Author {
        if self.known.len() >= self.most && !self.known.contains(hash) {
            self.known.forget_oldest();
        }
        self.known.touch(hash, make)
    }
}
