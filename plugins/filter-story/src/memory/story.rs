//! A story that is remembered, and where its words and names lie.

use super::KEYS;
use crate::pages::{Pages, Place};
use crate::teller::{Better, Teller, push_cut};
use crate::words::Words;

/// How many keys most stories have at most: an id and an address.
const USUAL_KEYS: usize = 2;

/// A story that is remembered. There are many: what few of them have lies elsewhere.
#[derive(Debug)]
pub(crate) struct Story {
    /// When it was first told.
    pub(crate) time: i64,
    /// Hashes of ids and links; 0 where there is none.
    keys: [u64; USUAL_KEYS],
    /// What few stories have.
    more: Option<Box<More>>,
    /// By which of its words it is found, alone and together with the next one.
    pub(super) found_by: (u32, u32),
    /// Where its words lie, and how many there are.
    hashes: Place,
    words: u8,
    /// Whether it said that it passes on what another one wrote, and that it was cut off.
    passed_on: bool,
    cut_off: bool,
    /// Where it is written where the letters of each begin. Behind that their letters lie, what it is called by, its
    /// author and its channel, each of so many bytes.
    letters: Place,
    lens: [u16; 4],
}

/// What few stories have.
#[derive(Debug, Default)]
struct More {
    /// More keys.
    keys: [u64; KEYS - USUAL_KEYS],
    /// The telling that stays, where it is not the first.
    better: Option<Better>,
}

impl Story {
    /// Hashes of ids and links.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> + Clone {
        let more = self.more.as_ref().map_or(&[][..], |more| &more.keys);
        self.keys.iter().chain(more).copied().take_while(|&key| key != 0)
    }

    pub(super) fn has_key(&self, key: u64) -> bool {
        self.keys().any(|known| known == key)
    }

    /// Give it one more key, if it has room for it; whether it has.
    pub(super) fn add_key(&mut self, key: u64) -> bool {
        let free = match self.keys.iter_mut().find(|key| **key == 0) {
            Some(free) => Some(free),
            None => self.more.get_or_insert_default().keys.iter_mut().find(|key| **key == 0),
        };
        free.map(|free| *free = key).is_some()
    }

    /// Another telling stays.
    pub(super) fn replace(&mut self, teller: Teller<'_>) {
        self.more.get_or_insert_default().better = Some(Better::new(teller));
    }
}

/// The words and names of all stories.
#[derive(Default)]
pub(super) struct Texts {
    hashes: Pages<u32>,
    letters: Pages<u8>,
    /// Names on their way there.
    names: String,
}

impl Texts {
    /// A story, without keys, with its words, what it is called by and who told it first.
    pub(super) fn add(
        &mut self,
        time: i64,
        words: Words<'_>,
        found_by: (u64, u64),
        teller: Teller<'_>,
    ) -> Story {
        self.names.clear();
        self.names.push_str(teller.id);
        let id = self.names.len();
        push_cut(&mut self.names, teller.author);
        let author = self.names.len();
        push_cut(&mut self.names, teller.channel);
        let names = self.names.as_bytes();
        let lens = [words.letters.len(), id, author - id, names.len() - author];
        let hashes = self.hashes.add(words.hashes.len(), |page| page.extend_from_slice(words.hashes));
        let len = words.starts.len() + words.letters.len() + names.len();
        let letters = self.letters.add(len, |page| {
            page.extend_from_slice(words.starts);
            page.extend_from_slice(words.letters);
            page.extend_from_slice(names);
        });
        Story {
            time,
            keys: [0; USUAL_KEYS],
            more: None,
            found_by: (found_by.0 as u32, found_by.1 as u32),
            hashes,
            words: words.hashes.len() as u8,
            passed_on: words.passed_on,
            cut_off: words.cut_off,
            letters,
            lens: lens.map(|len| len as u16),
        }
    }

    /// The stories before this one are forgotten.
    pub(super) fn forget_before(&mut self, story: &Story) {
        self.hashes.forget_before(story.hashes);
        self.letters.forget_before(story.letters);
    }

    pub(super) fn hashes(&self, story: &Story) -> &[u32] {
        self.hashes.get(story.hashes, usize::from(story.words))
    }

    pub(super) fn words(&self, story: &Story) -> Words<'_> {
        let count = usize::from(story.words);
        let rest = self.letters.get(story.letters, count + usize::from(story.lens[0]));
        let (starts, letters) = rest.split_at_checked(count).unwrap_or_default();
        let (passed_on, cut_off) = (story.passed_on, story.cut_off);
        Words { hashes: self.hashes(story), starts, letters, passed_on, cut_off }
    }

    /// What a story is called by, and the telling that stays.
    pub(super) fn told<'a>(&'a self, story: &'a Story) -> (&'a str, Teller<'a>) {
        let first = self.first(story);
        let better = story.more.as_ref().and_then(|more| more.better.as_ref());
        (first.id, better.map_or(first, Better::teller))
    }

    /// Have the processor fetch what a story is compared by. What is answered means nothing.
    pub(super) fn fetch(&self, story: &Story) -> u32 {
        let hash = self.hashes(story).first().copied().unwrap_or_default();
        hash ^ self.letters.get(story.letters, 1).first().map_or(0, |&start| u32::from(start))
    }

    /// Who told it first, with what the story is called by as the id, which begins as that does.
    fn first(&self, story: &Story) -> Teller<'_> {
        let lens = story.lens.map(usize::from);
        let words = usize::from(story.words) + lens[0];
        let rest = self.letters.get(story.letters, words + lens[1..].iter().sum::<usize>());
        let rest = rest.get(words..).and_then(|names| str::from_utf8(names).ok()).unwrap_or_default();
        let (id, rest) = rest.split_at_checked(lens[1]).unwrap_or_default();
        let (author, channel) = rest.split_at_checked(lens[2]).unwrap_or_default();
        Teller { id, author, channel }
    }
}
