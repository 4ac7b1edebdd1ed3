//! A message as features: hashed words, pairs of words and runs of letters, and a few shares that say what
//! form it has.

use xxhash_rust::xxh3::xxh3_64;

use crate::form;
use crate::sample::Sample;
use crate::tokens::{Kind, Tokens};

pub(crate) use crate::form::FORMS;

/// How many weights words, pairs, sites and authors share.
pub(crate) const WORDS: usize = 1 << WORD_BITS;
const WORD_BITS: u32 = 18;
/// How many weights runs of letters share.
pub(crate) const LETTERS: usize = 1 << LETTER_BITS;
const LETTER_BITS: u32 = 16;
/// How many places the words share whose use in the stream is counted.
pub(crate) const TOPICS: usize = 1 << TOPIC_BITS;
const TOPIC_BITS: u32 = 16;
/// How many words of a message are counted in the stream.
const MOST_TOPICS: usize = 100;
/// How many bytes of a word its runs of letters are taken from.
const MOST_LETTERS: usize = 40;

/// A hashed feature and the token that it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feature {
    pub(crate) place: u32,
    /// Which token; the number of tokens where it comes from none.
    pub(crate) of: u16,
}

/// The features of one message at a time; its memory is used again for the next.
pub(crate) struct Features {
    pub(crate) tokens: Tokens,
    /// How many of the tokens stand in the title.
    title: usize,
    pub(crate) words: Vec<Feature>,
    pub(crate) letters: Vec<Feature>,
    /// The words by themselves, as they are counted in the stream.
    pub(crate) topics: Vec<Feature>,
    pub(crate) form: [f32; FORMS],
    seen_words: Seen,
    seen_letters: Seen,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            tokens: Tokens::default(),
            title: 0,
            words: Vec::new(),
            letters: Vec::new(),
            topics: Vec::new(),
            form: [0.0; FORMS],
            seen_words: Seen::new(WORDS),
            seen_letters: Seen::new(LETTERS),
        }
    }
}

impl Features {
    /// Read a message. Each feature is there once, however often it occurs.
    pub(crate) fn read(&mut self, sample: &Sample<'_>) {
        self.tokens.clear();
        self.tokens.read(sample.title);
        self.title = self.tokens.all().len();
        self.tokens.read(sample.text);
        self.words.clear();
        self.letters.clear();
        self.topics.clear();
        self.seen_words.start();
        self.seen_letters.start();
        self.read_tokens();
        let none = self.tokens.all().len();
        for (seed, whole) in [(Seed::Author, sample.author), (Seed::Site, sample.site)] {
            if !whole.is_empty() {
                self.word(seeded(seed, whole), none);
            }
        }
        self.form = form::shares(&self.tokens, self.title, sample);
    }

    /// A token as it is written; empty where there is none of that number.
    pub(crate) fn written<'a>(&self, token: usize, sample: &Sample<'a>) -> &'a str {
        let text = if token < self.title { sample.title } else { sample.text };
        self.tokens.all().get(token).map_or("", |token| token.written(text))
    }

    /// Whether two tokens are the same word.
    pub(crate) fn same_token(&self, one: usize, other: usize) -> bool {
        let folded = |at: usize| self.tokens.all().get(at).map(|token| self.tokens.folded(token));
        folded(one) == folded(other)
    }

    fn read_tokens(&mut self) {
        let tokens = std::mem::take(&mut self.tokens);
        let mut before = 0;
        for (of, token) in tokens.all().iter().enumerate() {
            let folded = tokens.folded(token);
            let hash = match token.kind {
                Kind::Word | Kind::Number => seeded(Seed::Word, folded),
                Kind::Tag => seeded(Seed::Tag, folded),
                Kind::Mention => seeded(Seed::Mention, folded),
                Kind::Link => seeded(Seed::Site, folded),
                Kind::Sign => seeded(Seed::Sign, folded),
            };
            // What it stands for, so that a number or a name never seen before still says something.
            let general = match token.kind {
                Kind::Word | Kind::Sign => hash,
                Kind::Tag => seeded(Seed::Word, folded),
                Kind::Mention => mix(ANY_MENTION),
                Kind::Link => mix(ANY_LINK),
                Kind::Number => mix(ANY_NUMBER + folded.len().min(12) as u64),
            };
            self.word(hash, of);
            if general != hash {
                self.word(general, of);
            }
            self.word(mix(before ^ general.rotate_left(17)), of);
            before = general;
            self.topic(hash, of);
            if !matches!(token.kind, Kind::Link | Kind::Sign) {
                self.runs(folded.as_bytes(), of);
            }
        }
        self.tokens = tokens;
    }

    fn word(&mut self, hash: u64, of: usize) {
        let place = (hash >> (64 - WORD_BITS)) as u32;
        if self.seen_words.is_new(place) {
            self.words.push(Feature { place, of: of as u16 });
        }
    }

    fn topic(&mut self, hash: u64, of: usize) {
        let place = (hash << 24 >> (64 - TOPIC_BITS)) as u32;
        if self.topics.len() < MOST_TOPICS && self.topics.iter().all(|topic| topic.place != place) {
            self.topics.push(Feature { place, of: of as u16 });
        }
    }

    /// The runs of four bytes of a word, its start and its end included.
    fn runs(&mut self, word: &[u8], of: usize) {
        let word = &word[..word.len().min(MOST_LETTERS)];
        let mut run: u32 = 0;
        for (at, &byte) in word.iter().chain(&[0]).enumerate() {
            run = run << 8 | u32::from(byte);
            // The first run begins with the word's start, which is 0.
            if at < 2 {
                continue;
            }
            // Fibonacci hashing (Knuth, 6.4): the high bits of a product depend on all bits of the run.
            let place = run.wrapping_mul(0x9E37_79B9) >> (32 - LETTER_BITS);
            if self.seen_letters.is_new(place) {
                self.letters.push(Feature { place, of: of as u16 });
            }
        }
    }
}

/// Which features of the message have been seen, without clearing a table for each message.
struct Seen {
    rounds: Vec<u16>,
    round: u16,
}

impl Seen {
    fn new(places: usize) -> Self {
        Self { rounds: vec![0; places], round: 0 }
    }

    fn start(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.rounds.fill(0);
            self.round = 1;
        }
    }

    fn is_new(&mut self, place: u32) -> bool {
        match self.rounds.get_mut(place as usize) {
            Some(round) => std::mem::replace(round, self.round) != self.round,
            None => false,
        }
    }
}

/// What a hash is of, so that the word `x`, the tag `#x` and the author `x` are three features.
#[derive(Clone, Copy)]
enum Seed {
    Word = 1,
    Tag,
    Mention,
    Site,
    Sign,
    Author,
}

const ANY_MENTION: u64 = 101;
const ANY_LINK: u64 = 102;
/// To which its number of digits is added.
const ANY_NUMBER: u64 = 110;

fn seeded(seed: Seed, folded: &str) -> u64 {
    mix(xxh3_64(folded.as_bytes()) ^ seed as u64)
}

/// Spreads the bits of a hash: the finisher of SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) fn mix(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}
