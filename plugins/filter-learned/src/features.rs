//! A message as features: hashed words, pairs of words and the letters with which words begin and end, and a few
//! shares that say what form it has.

use crate::form;
use crate::letters::Letters;
use crate::sample::Sample;
use crate::seen::Seen;
use crate::tokens::{self, KINDS, Kind};

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

/// Where a feature is that there is not, or that the message has already: behind all places.
const NO_WORD: u32 = WORDS as u32;
const NO_RUN: u32 = LETTERS as u32;
pub(crate) const NO_TOPIC: u32 = TOPICS as u32;

/// How many tokens are weighed at a time; their number is made up to a multiple of it by such as say nothing. In a
/// sandbox each turn of a loop costs a check.
pub(crate) const STEP: usize = 4;

/// A token that says nothing.
const BLANK: Token = Token {
    words: [NO_WORD; 2],
    letters: [NO_RUN; 2],
    topic: NO_TOPIC,
    source: (0, 0),
    hash: 0,
    kind: Kind::Word,
};

/// A token: where its features have their weights, and where it stands in the text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Of the word and of the pair with the one before.
    pub(crate) words: [u32; 2],
    /// How it begins and how it ends.
    pub(crate) letters: [u32; 2],
    /// Where it is counted in the stream.
    pub(crate) topic: u32,
    source: (u32, u32),
    /// Of its letters.
    hash: u32,
    kind: Kind,
}

/// How many features there are of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) words: usize,
    pub(crate) letters: usize,
    pub(crate) topics: usize,
}

/// The features of one message at a time; its memory is used again for the next. Each is there once, however often
/// it occurs.
pub(crate) struct Features {
    /// Blank ones stand behind them once all of the message is read.
    pub(crate) tokens: Vec<Token>,
    /// How many of the tokens stand in the title.
    title: usize,
    /// How many tokens there are of each kind but words.
    kinds: [u32; KINDS],
    /// What the last token stands for.
    before: u64,
    /// What tokens stand for that are no words: where that has its weight, and which token it is.
    pub(crate) general: Vec<(u32, usize)>,
    /// Where the author and the site have their weights, as words have.
    pub(crate) wholes: [u32; 2],
    pub(crate) counts: Counts,
    pub(crate) form: [f32; FORMS],
    seen_words: Seen<WORD_SLOTS>,
    seen_letters: Seen<LETTER_SLOTS>,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            tokens: Vec::with_capacity(tokens::MOST),
            title: 0,
            kinds: [0; KINDS],
            before: 0,
            general: Vec::new(),
            wholes: [NO_WORD; 2],
            counts: Counts::default(),
            form: [0.0; FORMS],
            seen_words: Seen::new(),
            seen_letters: Seen::new(),
        }
    }
}

impl Features {
    /// Read a message.
    pub(crate) fn read(&mut self, sample: &Sample<'_>) {
        self.tokens.clear();
        self.kinds = [0; KINDS];
        self.before = 0;
        self.general.clear();
        self.counts = Counts::default();
        // A token has a byte at least, and one with letters two.
        let bytes = (sample.title.len() + sample.text.len()).min(WORD_SLOTS);
        self.seen_words.start(4 * bytes + 8);
        self.seen_letters.start(2 * bytes + 8);
        if !sample.title.is_empty() {
            tokens::read(sample.title, self);
        }
        self.title = self.tokens.len();
        let sorts = tokens::read(sample.text, self);
        self.wholes = [self.whole(Seed::Author, sample.author), self.whole(Seed::Site, sample.site)];
        let first = self.tokens.get(self.title).copied();
        self.tokens.resize(self.tokens.len().next_multiple_of(STEP), BLANK);
        let mentions = first.is_some_and(|token| token.kind == Kind::Mention);
        let repeats = sample.repost
            || first.is_some_and(|token| token.hash == const { Letters::of_short(b"rt").hash() as u32 });
        self.form = form::shares(sample.text.len(), &sorts, &self.kinds, mentions, repeats);
    }

    /// Add a plain word of the text that is being read.
    // Inlined for certain: each word comes here.
    #[inline(always)]
    pub(crate) fn add_word(&mut self, letters: Letters, start: usize, end: usize) {
        let word = seeded(Seed::Word, letters.hash());
        self.add_known(Kind::Word, [word, word], letters, start, end);
    }

    /// Add a token of any kind.
    #[inline(never)]
    pub(crate) fn add(&mut self, kind: Kind, letters: Letters, start: usize, end: usize) {
        self.kinds[kind as usize] += 1;
        self.add_known(kind, told_apart(kind, letters), letters, start, end);
    }

    /// Add a token, known what it is by itself and what it stands for.
    #[inline(always)]
    fn add_known(
        &mut self,
        kind: Kind,
        [hash, general]: [u64; 2],
        letters: Letters,
        start: usize,
        end: usize,
    ) {
        let pair = word_place(mix(self.before ^ general.rotate_left(17)));
        self.before = general;
        let place = word_place(hash);
        let (mut word, mut topic, mut first, mut last) = (NO_WORD, NO_TOPIC, NO_RUN, NO_RUN);
        if self.seen_words.is_new(place) {
            word = place;
            self.counts.words += 1;
            if self.counts.topics < MOST_TOPICS {
                topic = (hash << 24 >> (64 - TOPIC_BITS)) as u32;
                self.counts.topics += 1;
            }
            if kind.has_letters() {
                first = self.run(letters.first());
                last = self.run(letters.end());
            }
        }
        if general != hash {
            let place = self.word(word_place(general));
            self.general.push((place, self.tokens.len()));
        }
        let pair = self.word(pair);
        let source = (start as u32, end as u32);
        let (words, letters, hash) = ([word, pair], [first, last], letters.hash() as u32);
        self.tokens.push(Token { words, letters, topic, source, hash, kind });
    }

    /// The place of a feature of words, unless it is there.
    #[inline]
    fn word(&mut self, place: u32) -> u32 {
        if !self.seen_words.is_new(place) {
            return NO_WORD;
        }
        self.counts.words += 1;
        place
    }

    /// The place of letters with which a word begins or ends, which stay the same where it is bent, unless they are
    /// there.
    #[inline]
    fn run(&mut self, run: Option<u32>) -> u32 {
        // Fibonacci hashing (Knuth, 6.4): the high bits of a product depend on all bits of the run.
        let place = run.map(|run| run.wrapping_mul(0x9E37_79B9) >> (32 - LETTER_BITS));
        match place {
            Some(place) if self.seen_letters.is_new(place) => {
                self.counts.letters += 1;
                place
            }
            _ => NO_RUN,
        }
    }

    /// The place of an author or of a site, where there is one.
    fn whole(&mut self, seed: Seed, name: &str) -> u32 {
        if name.is_empty() { NO_WORD } else { self.word(word_place(seeded(seed, Letters::of(name).hash()))) }
    }

    /// The tokens, so many at a time.
    #[inline]
    pub(crate) fn steps(&self) -> &[[Token; STEP]] {
        self.tokens.as_chunks().0
    }

    /// Where the words of the tokens are counted in the stream, so many at a time.
    #[inline]
    pub(crate) fn topic_steps(&self) -> impl Iterator<Item = [u32; STEP]> {
        self.steps().iter().map(|tokens| tokens.each_ref().map(|token| token.topic))
    }

    /// Where all its features of words have their weights.
    pub(crate) fn words(&self) -> impl Iterator<Item = u32> {
        let general = self.general.iter().map(|&(place, _)| place);
        let places = self.tokens.iter().flat_map(|token| token.words).chain(general).chain(self.wholes);
        places.filter(|&place| place != NO_WORD)
    }

    /// Where all its features of letters have their weights.
    pub(crate) fn letters(&self) -> impl Iterator<Item = u32> {
        self.tokens.iter().flat_map(|token| token.letters).filter(|&place| place != NO_RUN)
    }

    /// Where its words are counted in the stream.
    pub(crate) fn topics(&self) -> impl Iterator<Item = u32> {
        self.tokens.iter().map(|token| token.topic).filter(|&place| place != NO_TOPIC)
    }

    /// A token as it is written; empty where there is none of that number.
    pub(crate) fn written<'a>(&self, token: usize, sample: &Sample<'a>) -> &'a str {
        let text = if token < self.title { sample.title } else { sample.text };
        let source = self.tokens.get(token).map(|token| token.source.0 as usize..token.source.1 as usize);
        source.and_then(|source| text.get(source)).unwrap_or_default()
    }

    #[cfg(test)]
    pub(crate) fn kind(&self, token: usize) -> Kind {
        self.tokens[token].kind
    }

    /// What is the same for tokens that are the same word.
    pub(crate) fn name(&self, token: usize) -> u32 {
        self.tokens.get(token).map_or(0, |token| token.hash)
    }
}

/// What a token is by itself; and what it stands for, so that a number or a name never seen before still says
/// something.
fn told_apart(kind: Kind, letters: Letters) -> [u64; 2] {
    let seeded = |seed| seeded(seed, letters.hash());
    match kind {
        Kind::Word => [seeded(Seed::Word); 2],
        Kind::Number => [seeded(Seed::Word), mix(ANY_NUMBER + u64::from(letters.len().min(12)))],
        Kind::Tag => [seeded(Seed::Tag), seeded(Seed::Word)],
        Kind::Mention => [seeded(Seed::Mention), mix(ANY_MENTION)],
        Kind::Link => [seeded(Seed::Site), mix(ANY_LINK)],
        Kind::Call | Kind::Question | Kind::Sign => [seeded(Seed::Sign); 2],
    }
}

#[inline]
fn word_place(hash: u64) -> u32 {
    (hash >> (64 - WORD_BITS)) as u32
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

#[inline]
fn seeded(seed: Seed, hash: u64) -> u64 {
    mix(hash ^ seed as u64)
}

/// Spreads the bits of a hash: the finisher of SplitMix64 (Steele, Lea and Flood, 2014).
#[inline]
pub(crate) const fn mix(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}
