//! A story that is remembered, and where its words and names lie.

use super::KEYS;
use crate::pages::{Pages, Place};
use crate::teller::{Better, Teller, push_cut};
use crate::words::Words;

/// A story that is remembered.
#[derive(Debug)]
pub(crate) struct Story {
    /// When it was first told.
    pub(crate) time: i64,
    /// Hashes of ids and links; 0 where there is none.
    pub(super) keys: [u64; KEYS],
    /// Where its words lie, and how many there are.
    hashes: Place,
    words: u8,
    /// Where it is written how long each of them is. Behind that their letters lie, what it is called by, its
    /// author and its channel, each of so many bytes.
    letters: Place,
    lens: [u16; 4],
    /// Whether it said that it passes on what another one wrote, and that it was cut off.
    passed_on: bool,
    cut_off: bool,
    /// By which of its words it is found, alone and together with the next one.
    pub(super) found_by: (u32, u32),
    /// The telling that stays, where it is not the first.
    better: Option<Box<Better>>,
}

impl Story {
    /// Another telling stays.
    pub(super) fn replace(&mut self, teller: Teller<'_>) {
        self.better = Some(Box::new(Better::new(teller)));
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
        let len = words.lens.len() + words.letters.len() + names.len();
        let letters = self.letters.add(len, |page| {
            page.extend_from_slice(words.lens);
            page.extend_from_slice(words.letters);
            page.extend_from_slice(names);
        });
        Story {
            time,
            keys: [0; KEYS],
            hashes,
            words: words.hashes.len() as u8,
            letters,
            lens: lens.map(|len| len as u16),
            passed_on: words.passed_on,
            cut_off: words.cut_off,
            found_by: (found_by.0 as u32, found_by.1 as u32),
            better: None,
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
        let (lens, letters) = rest.split_at_checked(count).unwrap_or_default();
        let (passed_on, cut_off) = (story.passed_on, story.cut_off);
        Words { hashes: self.hashes(story), lens, letters, passed_on, cut_off }
    }

    /// What a story is called by, and the telling that stays.
    pub(super) fn told<'a>(&'a self, story: &'a Story) -> (&'a str, Teller<'a>) {
        let first = self.first(story);
        (first.id, story.better.as_ref().map_or(first, |better| better.teller()))
    }

    /// Have the processor fetch what a story is compared by. What is answered means nothing.
    pub(super) fn fetch(&self, story: &Story) -> u32 {
        let hash = self.hashes(story).first().copied().unwrap_or_default();
        hash ^ self.letters.get(story.letters, 1).first().map_or(0, |&len| u32::from(len))
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
