//! A message as features: hashed words, pairs of words and the letters with which words begin and end, and a few
//! shares that say what form it has.

use crate::form;
use crate::letters::Letters;
use crate::sample::Sample;
use crate::tokens::{self, Kind, Tokens};

pub(crate) use crate::form::FORMS;

/// How many weights words, pairs, sites and authors share.
pub(crate) const WORDS: usize = 1 << WORD_BITS;
const WORD_BITS: u32 = 18;
/// How many weights beginnings and ends of words share.
pub(crate) const LETTERS: usize = 1 << LETTER_BITS;
const LETTER_BITS: u32 = 16;
/// How many places the words share whose use in the stream is counted.
pub(crate) const TOPICS: usize = 1 << TOPIC_BITS;
const TOPIC_BITS: u32 = 16;
/// How many words of a message are counted in the stream.
const MOST_TOPICS: usize = 100;

/// How many slots remember what was seen: more than a message has features, which are three a token, its author
/// and its site, and two runs of letters a token.
const WORD_SLOTS: usize = (6 * tokens::MOST).next_power_of_two();
const LETTER_SLOTS: usize = (4 * tokens::MOST).next_power_of_two();

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
    seen_words: Seen<WORD_SLOTS>,
    seen_letters: Seen<LETTER_SLOTS>,
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
            seen_words: Seen::new(),
            seen_letters: Seen::new(),
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
        let tokens = self.tokens.all().len();
        self.seen_words.start(3 * tokens + 2);
        self.seen_letters.start(2 * tokens);
        self.read_tokens();
        let none = self.tokens.all().len();
        for (seed, whole) in [(Seed::Author, sample.author), (Seed::Site, sample.site)] {
            if !whole.is_empty() {
                self.word(seeded(seed, Letters::of(whole).hash()), none);
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
        let hash = |at: usize| self.tokens.all().get(at).map(|token| token.letters.hash());
        hash(one) == hash(other)
    }

    fn read_tokens(&mut self) {
        let tokens = std::mem::take(&mut self.tokens);
        let mut before = 0;
        for (of, token) in tokens.all().iter().enumerate() {
            let letters = token.letters.hash();
            let hash = match token.kind {
                Kind::Word | Kind::Number => seeded(Seed::Word, letters),
                Kind::Tag => seeded(Seed::Tag, letters),
                Kind::Mention => seeded(Seed::Mention, letters),
                Kind::Link => seeded(Seed::Site, letters),
                Kind::Sign => seeded(Seed::Sign, letters),
            };
            // What it stands for, so that a number or a name never seen before still says something.
            let general = match token.kind {
                Kind::Word | Kind::Sign => hash,
                Kind::Tag => seeded(Seed::Word, letters),
                Kind::Mention => mix(ANY_MENTION),
                Kind::Link => mix(ANY_LINK),
                Kind::Number => mix(ANY_NUMBER + u64::from(token.letters.len().min(12))),
            };
            if self.word(hash, of) {
                self.topic(hash, of);
                if !matches!(token.kind, Kind::Link | Kind::Sign) {
                    let ends = [token.letters.first(), token.letters.end()];
                    ends.into_iter().flatten().for_each(|run| self.run(run, of));
                }
            }
            if general != hash {
                self.word(general, of);
            }
            self.word(mix(before ^ general.rotate_left(17)), of);
            before = general;
        }
        self.tokens = tokens;
    }

    /// Add a feature, unless it is there; whether it is new.
    fn word(&mut self, hash: u64, of: usize) -> bool {
        let place = (hash >> (64 - WORD_BITS)) as u32;
        let is_new = self.seen_words.is_new(place);
        if is_new {
            self.words.push(Feature { place, of: of as u16 });
        }
        is_new
    }

    /// Add a word that is new in the message.
    fn topic(&mut self, hash: u64, of: usize) {
        if self.topics.len() < MOST_TOPICS {
            let place = (hash << 24 >> (64 - TOPIC_BITS)) as u32;
            self.topics.push(Feature { place, of: of as u16 });
        }
    }

    /// How a word begins or ends, which stays the same where it is bent.
    fn run(&mut self, run: u32, of: usize) {
        // Fibonacci hashing (Knuth, 6.4): the high bits of a product depend on all bits of the run.
        let place = run.wrapping_mul(0x9E37_79B9) >> (32 - LETTER_BITS);
        if self.seen_letters.is_new(place) {
            self.letters.push(Feature { place, of: of as u16 });
        }
    }
}

/// Which features of the message have been seen: a small table, which need not be cleared for each message,
/// as what an earlier one put there is as good as free.
struct Seen<const SLOTS: usize> {
    /// Places of features, with the number of the message above them.
    slots: Box<[u32; SLOTS]>,
    message: u32,
    /// How many slots are used for this message, less one: few for a short one, so that they are in the cache.
    most: usize,
}

impl<const SLOTS: usize> Seen<SLOTS> {
    fn new() -> Self {
        Self { slots: Box::new([0; SLOTS]), message: 0, most: 0 }
    }

    /// A message begins that has at most so many features, which must be fewer than there are slots.
    fn start(&mut self, features: usize) {
        self.most = (8 * features + 1).next_power_of_two().min(SLOTS) - 1;
        self.message += 1;
        if self.message == 1 << (u32::BITS - WORD_BITS) {
            self.slots.fill(0);
            self.message = 1;
        }
    }

    fn is_new(&mut self, place: u32) -> bool {
        let feature = self.message << WORD_BITS | place;
        let mut at = place as usize & self.most;
        loop {
            let slot = &mut self.slots[at % SLOTS];
            if *slot == feature {
                return false;
            }
            if *slot >> WORD_BITS != self.message {
                *slot = feature;
                return true;
            }
            at = (at + 1) & self.most;
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

fn seeded(seed: Seed, hash: u64) -> u64 {
    mix(hash ^ seed as u64)
}

/// Spreads the bits of a hash: the finisher of SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) fn mix(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}
