//! The phrases that say nothing, as a tree of words.
//!
//! A line of `data/KIND.txt` is a phrase. `^` in front: only where the message begins with it. `=` in front: only
//! in a notice of a chat program. `#` for a word: any number. `*` for the last word: and up to three words more.

use std::num::NonZero;

use hashbrown::HashTable;

use crate::fold::{Folded, mixed};
use crate::kind::Kind;
use crate::openings::{Nodes, Openings};
use crate::token::Token;
use crate::tokens::Tokens;

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

/// A phrase that was found, or none: in one number, which components hand back faster than two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found(u64);

impl Found {
    const NONE: Self = Self(0);

    #[inline]
    fn new(node: u32, len: u32) -> Self {
        Self(u64::from(node) << 32 | u64::from(len))
    }

    #[inline]
    fn node(self) -> usize {
        (self.0 >> 32) as usize
    }

    /// How many tokens it takes.
    #[inline]
    pub(crate) fn len(self) -> u32 {
        self.0 as u32
    }
}

/// What ends at a node.
#[derive(Clone, Copy)]
pub(crate) struct End {
    pub(crate) meaning: Meaning,
    /// Whether the message began with it.
    pub(crate) at_start: bool,
    /// Whether a few words more belong to it.
    pub(crate) open: bool,
}

struct Edge {
    from: u32,
    word: u64,
    to: u32,
}

/// A place in the tree.
#[derive(Clone, Copy, Default)]
struct Node {
    /// The phrase that ends here.
    end: Option<End>,
    /// Bits of the words that lead on.
    next: u32,
}

/// The tree.
pub(crate) struct Lexicon {
    edges: HashTable<Edge>,
    nodes: Vec<Node>,
    openings: Openings,
    /// Bits of the words that phrases begin with: most words of a message are none of them.
    first_words: [u64; WORDS / 64],
    /// Where a number leads to from each root.
    number: Nodes,
    /// A word of a phrase that is read.
    word: Folded,
}

/// The nodes that phrases begin from: those that may stand anywhere, at the start, and in a notice.
const ROOT: u32 = 0;
const START: u32 = 1;
const NOTICE: u32 = 2;
const ROOTS: [u32; 3] = [ROOT, START, NOTICE];

/// How many bits tell the words that phrases begin with, of which there are some hundreds.
const WORDS: usize = 1 << 14;

/// Instead of a word what stands for any number.
const NUMBER: u64 = 3;

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut lexicon = Self {
            edges: HashTable::new(),
            nodes: vec![Node::default(); ROOTS.len()],
            openings: Openings::default(),
            first_words: [0; WORDS / 64],
            number: Nodes::default(),
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
        let at_start = node != ROOT;
        let mut any = false;
        for word in words {
            node = self.child(node, word);
            any = true;
        }
        if any {
            self.nodes[node as usize].end = Some(End { meaning, at_start, open });
        }
        any
    }

    /// Whether a phrase is known as noise, wherever it must stand.
    pub(crate) fn silence(&mut self, phrase: &str) -> bool {
        let (_, words, _) = self.begin(phrase);
        let mut any = false;
        for first in ROOTS {
            let node = words
                .iter()
                .try_fold(first, |node, &word| NonZero::new(self.edge(node, word)).map(NonZero::get));
            if let Some(node) = node
                && let Some(end) = &mut self.nodes[node as usize].end
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
        match self.edge(from, word) {
            0 => {}
            to => return to,
        }
        let to = self.nodes.len() as u32;
        self.nodes.push(Node::default());
        self.nodes[from as usize].next |= bit(word);
        let edge = Edge { from, word, to };
        self.edges.insert_unique(hash(from, word), edge, |edge| hash(edge.from, edge.word));
        if let Some(leads_to) = self.number.get_mut(from as usize) {
            if word == NUMBER {
                *leads_to = to;
            } else {
                self.openings.insert(word, from as usize, to);
                let (lane, known) = place(word);
                self.first_words[lane] |= known;
            }
        }
        to
    }

    /// Where a word leads to from a node; 0 where it leads nowhere.
    fn edge(&self, from: u32, word: u64) -> u32 {
        let edge = self.edges.find(hash(from, word), |edge| edge.from == from && edge.word == word);
        edge.map_or(0, |edge| edge.to)
    }

    /// Whether a phrase may begin with a word; hardly ever where none does.
    #[inline]
    pub(crate) fn may_begin(&self, word: u64) -> bool {
        let (lane, known) = place(word);
        self.first_words[lane] & known != 0
    }

    /// Whether a word adds nothing, and no longer phrase begins with it, but where a message begins.
    #[inline]
    pub(crate) fn is_lone_filler(&self, word: u64) -> bool {
        let node = self.openings.get(word).filter(|nodes| nodes[NOTICE as usize] == 0);
        node.is_some_and(|nodes| {
            let node = &self.nodes[nodes[ROOT as usize] as usize];
            node.next == 0 && node.end.is_some_and(|end| end.meaning == Meaning::Filler)
        })
    }

    /// The longest phrase that begins with the word that is read.
    #[inline]
    pub(crate) fn longest(
        &self,
        tokens: &mut Tokens<'_>,
        word: Token,
        at_start: bool,
        notice: bool,
    ) -> Found {
        let nodes = match self.openings.get(word.hash) {
            Some(nodes) => nodes,
            None if word.is_simple() => return Found::NONE,
            None => &[0; ROOTS.len()],
        };
        let mut longest = Found::NONE;
        for (root, may) in [(START, at_start), (NOTICE, notice), (ROOT, true)] {
            if !may {
                continue;
            }
            let mut node = nodes[root as usize];
            if node == 0 && !word.is_simple() {
                node = self.otherwise(root, tokens, word);
            }
            if node != 0 {
                let found = self.from(node, tokens);
                if found.len() > longest.len() {
                    longest = found;
                }
            }
        }
        longest
    }

    /// Where a number or a stretched word leads to from a root; 0 where it leads nowhere.
    #[cold]
    fn otherwise(&self, root: u32, tokens: &Tokens<'_>, word: Token) -> u32 {
        let other = if word.is_stretched() { self.openings.get(tokens.other(0)) } else { None };
        match other.map_or(0, |nodes| nodes[root as usize]) {
            0 if word.is_number() => self.number[root as usize],
            node => node,
        }
    }

    /// The longest phrase whose first word led to this node.
    fn from(&self, mut node: u32, tokens: &mut Tokens<'_>) -> Found {
        let mut found = Found::NONE;
        let mut len = 1;
        loop {
            let Node { end, next } = &self.nodes[node as usize];
            if end.is_some() {
                found = Found::new(node, len);
            }
            if *next == 0 {
                return found;
            }
            let mut word = tokens.ahead(len);
            // A mention may stand within a phrase: “I liked a @YouTube video”.
            while word == Token::ADDRESS {
                len += 1;
                word = tokens.ahead(len);
            }
            node = if word.is_word() { self.next(node, *next, word, tokens, len) } else { 0 };
            if node == 0 {
                return found;
            }
            len += 1;
        }
    }

    /// Where a word leads to from a node, from which words with these bits lead on; 0 where it leads nowhere.
    #[inline]
    fn next(&self, from: u32, may: u32, word: Token, tokens: &Tokens<'_>, len: u32) -> u32 {
        let edge = |word: u64| if may & bit(word) == 0 { 0 } else { self.edge(from, word) };
        match edge(word.hash) {
            0 if !word.is_simple() => match if word.is_stretched() { edge(tokens.other(len)) } else { 0 } {
                0 if word.is_number() => edge(NUMBER),
                node => node,
            },
            node => node,
        }
    }

    /// What was found, if anything was.
    #[inline]
    pub(crate) fn end(&self, found: Found) -> Option<&End> {
        self.nodes[found.node()].end.as_ref()
    }
}

#[inline]
fn hash(from: u32, word: u64) -> u64 {
    mixed(word ^ u64::from(from) << 40)
}

/// Where a word that phrases begin with has its bit.
#[inline]
fn place(word: u64) -> (usize, u64) {
    let bit = (word >> 40) as usize % WORDS;
    (bit / 64, 1 << (bit % 64))
}

/// One of the bits that tell which words lead on from a node.
#[inline]
fn bit(word: u64) -> u32 {
    1 << (word >> 59)
}
