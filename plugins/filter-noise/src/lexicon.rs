//! The phrases that say nothing, as a tree of words.
//!
//! A line of `data/KIND.txt` is a phrase. `^` in front: only where the message begins with it. `=` in front: only
//! in a notice of a chat program. `#` for a word: any number. `*` for the last word: and up to three words more.

use hashbrown::HashTable;

use crate::fold::{Folded, mixed};
use crate::kind::Kind;
use crate::tokens::{Token, Tokens};

/// The phrases that come with the plugin.
const PHRASES: [(Kind, &str); 6] = [
    (Kind::Greeting, include_str!("../data/greeting.txt")),
    (Kind::Thanks, include_str!("../data/thanks.txt")),
    (Kind::Reaction, include_str!("../data/reaction.txt")),
    (Kind::CheckIn, include_str!("../data/check_in.txt")),
    (Kind::Automated, include_str!("../data/automated.txt")),
    (Kind::Bait, include_str!("../data/bait.txt")),
];

/// Words that add nothing to a phrase.
const FILLERS: &str = include_str!("../data/filler.txt");

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Noise(Kind),
    Filler,
    /// A phrase that the reader does not want to count.
    Content,
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) meaning: Meaning,
    /// How many tokens it takes.
    pub(crate) len: usize,
    pub(crate) at_start: bool,
    /// Whether a few words more belong to it.
    pub(crate) open: bool,
}

#[derive(Clone, Copy)]
struct End {
    meaning: Meaning,
    open: bool,
}

struct Edge {
    from: u32,
    word: u64,
    to: u32,
}

/// The tree.
pub(crate) struct Lexicon {
    edges: HashTable<Edge>,
    /// What ends at each node.
    ends: Vec<Option<End>>,
    /// Bits of the words that a phrase begins with: most words of a message are none of them.
    openings: [u64; OPENINGS / 64],
    /// A word of a phrase that is read.
    word: Folded,
}

/// The nodes that phrases begin from: those that may stand anywhere, at the start, and in a notice.
const ROOT: u32 = 0;
const START: u32 = 1;
const NOTICE: u32 = 2;

/// Instead of a word what stands for any number.
const NUMBER: u64 = 3;

/// How many bits tell openings, of which there are some hundreds.
const OPENINGS: usize = 1 << 14;

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut lexicon = Self {
            edges: HashTable::new(),
            ends: vec![None; 3],
            openings: [0; OPENINGS / 64],
            word: Folded::default(),
        };
        for filler in FILLERS.lines() {
            lexicon.add(filler, Meaning::Filler);
        }
        for (kind, phrases) in PHRASES {
            for phrase in phrases.lines() {
                lexicon.add(phrase, Meaning::Noise(kind));
            }
        }
        lexicon
    }

    /// Add a phrase, or change what it means. Whether it has words.
    pub(crate) fn add(&mut self, phrase: &str, meaning: Meaning) -> bool {
        let (mut node, words, open) = self.begin(phrase);
        let mut any = false;
        for word in words {
            node = self.child(node, word);
            any = true;
        }
        if any {
            self.ends[node as usize] = Some(End { meaning, open });
        }
        any
    }

    /// Whether a phrase is known as noise, wherever it must stand.
    pub(crate) fn silence(&mut self, phrase: &str) -> bool {
        let (_, words, _) = self.begin(phrase);
        let mut any = false;
        for first in [ROOT, START, NOTICE] {
            let node = words.iter().try_fold(first, |node, &word| self.edge(node, word));
            if let Some(node) = node
                && let Some(end) = &mut self.ends[node as usize]
                && let Meaning::Noise(_) = end.meaning
            {
                end.meaning = Meaning::Content;
                any = true;
            }
        }
        any
    }

    /// The node that a phrase starts from, its words, and whether more may follow.
    fn begin(&mut self, phrase: &str) -> (u32, Vec<u64>, bool) {
        let phrase = phrase.trim();
        let (node, rest) = match phrase.chars().next() {
            Some('^') => (START, &phrase[1..]),
            Some('=') => (NOTICE, &phrase[1..]),
            _ => (ROOT, phrase),
        };
        let (rest, open) = rest.strip_suffix(" *").map_or((rest, false), |rest| (rest, true));
        (node, self.words(rest), open)
    }

    /// The hashes of a phrase's words.
    fn words(&mut self, phrase: &str) -> Vec<u64> {
        let mut words = Vec::new();
        let word = &mut self.word;
        for letter in phrase.chars().chain([' ']) {
            if letter == '#' {
                words.push(NUMBER);
            } else if letter.is_alphanumeric() || letter == '+' && word.is_empty() || letter == '_' {
                word.push(letter);
            } else if !matches!(letter, '\'' | '’') && !word.is_empty() {
                words.push(word.hashes().first);
                word.clear();
            }
        }
        words
    }

    fn child(&mut self, from: u32, word: u64) -> u32 {
        if let Some(to) = self.edge(from, word) {
            return to;
        }
        let to = self.ends.len() as u32;
        self.ends.push(None);
        let edge = Edge { from, word, to };
        self.edges.insert_unique(hash(from, word), edge, |edge| hash(edge.from, edge.word));
        if from <= NOTICE {
            let (lane, bit) = opening(word);
            self.openings[lane] |= bit;
        }
        to
    }

    /// Whether a phrase may begin with this word; hardly ever where none does.
    #[inline]
    fn may_open(&self, word: u64) -> bool {
        let (lane, bit) = opening(word);
        self.openings[lane] & bit != 0
    }

    #[inline]
    fn edge(&self, from: u32, word: u64) -> Option<u32> {
        self.edges.find(hash(from, word), |edge| edge.from == from && edge.word == word).map(|edge| edge.to)
    }

    /// The longest phrase that stands at this token.
    #[inline]
    pub(crate) fn longest(
        &self,
        tokens: &mut Tokens<'_>,
        at: usize,
        at_start: bool,
        notice: bool,
    ) -> Option<Found> {
        let Token::Word { hashes, number, .. } = tokens.get(at)? else { return None };
        let opens = self.may_open(hashes.first)
            || hashes.other != hashes.first && self.may_open(hashes.other)
            || number && self.may_open(NUMBER);
        if !opens {
            return None;
        }
        let mut longest: Option<Found> = None;
        for (node, may) in [(START, at_start), (NOTICE, notice), (ROOT, true)] {
            if may
                && let Some(found) = self.from(node, tokens, at)
                && longest.is_none_or(|longest| found.len > longest.len)
            {
                longest = Some(found);
            }
        }
        longest
    }

    fn from(&self, node: u32, tokens: &mut Tokens<'_>, at: usize) -> Option<Found> {
        let at_start = node != ROOT;
        let mut node = node;
        let mut found = None;
        for len in 1.. {
            let Some(Token::Word { hashes, number, .. }) = tokens.get(at + len - 1) else {
                // A mention may stand within a phrase: “I liked a @YouTube video”.
                if len > 1 && tokens.get(at + len - 1) == Some(Token::Address) {
                    continue;
                }
                break;
            };
            let next = self.edge(node, hashes.first);
            let next = next
                .or_else(|| if hashes.other == hashes.first { None } else { self.edge(node, hashes.other) });
            let Some(next) = next.or_else(|| if number { self.edge(node, NUMBER) } else { None }) else {
                break;
            };
            node = next;
            if let Some(End { meaning, open }) = self.ends[node as usize] {
                found = Some(Found { meaning, len, at_start, open });
            }
        }
        found
    }
}

#[inline]
fn hash(from: u32, word: u64) -> u64 {
    mixed(word ^ u64::from(from) << 40)
}

/// Where a word that opens a phrase has its bit.
#[inline]
fn opening(word: u64) -> (usize, u64) {
    let bit = (word >> 40) as usize % OPENINGS;
    (bit / 64, 1 << (bit % 64))
}
