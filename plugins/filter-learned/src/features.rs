//! A message as features: hashed words, pairs of words and the letters with which words begin and end, and a few
//! shares that say what form it has.

use crate::form;
use crate::letters::Letters;
use crate::runs::Runs;
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
/// Among how many tokens of a message words are counted in the stream.
const MOST_TOPICS: usize = 100;

/// How many slots remember what was seen: more than a message has features, which are three a token, its author
/// and its site, and two runs of letters a token.
const SLOTS: usize = (6 * tokens::MOST).next_power_of_two();

/// Where a feature is that there is not, or that the message has already: there is nothing at this place of any table,
/// for to read that is cheaper than to ask whether there is a feature.
pub(crate) const NOWHERE: u32 = 0;

/// How many tokens are weighed at a time; their number is made up to a multiple of it by such as say nothing. In a
/// sandbox each turn of a loop costs a check.
pub(crate) const STEP: usize = 4;
/// How many tokens a message has at most, with those that say nothing.
pub(crate) const MOST_TOKENS: usize = tokens::MOST.next_multiple_of(STEP);

/// A token: what it is by itself and what it stands for, as hashes, and where it stands in the text, in bytes.
#[derive(Clone, Copy, Debug)]
struct Token {
    hash: u64,
    general: u64,
    /// Where its beginning and its end have their weights.
    letters: [u16; 2],
    source: (u32, u32),
    /// Of its letters.
    name: u32,
    kind: Kind,
}

/// A token that is none.
const BLANK: Token =
    Token { hash: 0, general: 0, letters: [NOWHERE as u16; 2], source: (0, 0), name: 0, kind: Kind::Word };

/// Where the features of a token have their weights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Places {
    /// Of the word and of the pair with the one before.
    pub(crate) words: [u32; 2],
    /// How it begins and how it ends.
    pub(crate) letters: [u16; 2],
}

impl Places {
    /// Where its word is counted in the stream.
    #[inline(always)]
    fn topic(&self) -> u32 {
        self.words[0] >> (WORD_BITS - TOPIC_BITS)
    }
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
    /// Behind those of the message stand some of a longer one before.
    tokens: Box<[Token; MOST_TOKENS]>,
    /// Of each token; behind them stand some that say nothing.
    places: Box<[Places; MOST_TOKENS]>,
    /// How many tokens the message has.
    len: usize,
    /// How many of the tokens stand in the title.
    title: usize,
    /// How many tokens there are of each kind but words.
    kinds: [u32; KINDS],
    /// What tokens stand for that are no words: where that has its weight, and which token it is.
    pub(crate) general: Vec<(u32, usize)>,
    /// Where the author and the site have their weights, as words have.
    pub(crate) wholes: [u32; 2],
    pub(crate) counts: Counts,
    pub(crate) form: [f32; FORMS],
    seen: Seen<SLOTS>,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            tokens: Box::new([BLANK; MOST_TOKENS]),
            places: Box::new([Places::default(); MOST_TOKENS]),
            len: 0,
            title: 0,
            kinds: [0; KINDS],
            general: Vec::new(),
            wholes: [NOWHERE; 2],
            counts: Counts::default(),
            form: [0.0; FORMS],
            seen: Seen::new(),
        }
    }
}

impl Features {
    /// Forget the message.
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Read a message.
    pub(crate) fn read(&mut self, sample: &Sample<'_>) {
        self.clear();
        self.kinds = [0; KINDS];
        self.general.clear();
        self.counts = Counts::default();
        if !sample.title.is_empty() {
            tokens::read(sample.title, self);
        }
        self.title = self.len;
        let sorts = tokens::read(sample.text, self);
        self.place();
        self.wholes = [self.whole(Seed::Author, sample.author), self.whole(Seed::Site, sample.site)];
        let is_topic = |topics: [u32; STEP]| topics.map(|topic| usize::from(topic != NOWHERE));
        self.counts.topics = self.topic_steps().map(is_topic).map(|are| are.iter().sum::<usize>()).sum();
        let first = self.tokens[..self.len].get(self.title);
        let mentions = first.is_some_and(|token| token.kind == Kind::Mention);
        let repeats = sample.repost
            || first.is_some_and(|token| token.name == const { name(Letters::of_short(b"rt").hash()) });
        self.form = form::shares(sample.text.len(), &sorts, &self.kinds, mentions, repeats);
    }

    /// Add the next plain words of the text that is being read, up to the first run that may be something else;
    /// whether there was one.
    // Nothing is called from here, for what stands in registers would have to leave them; each word comes here.
    #[inline(never)]
    pub(crate) fn add_words(&mut self, text: &[u8], runs: &mut Runs) -> bool {
        let Some(last) = text.len().checked_sub(8) else { return false };
        let mut left = *runs;
        let mut added = 0;
        for token in &mut self.tokens[self.len..] {
            let Some(run) = left.next().filter(|run| run.is_plain()) else { break };
            let start = left.block + run.offset as usize;
            let letters = Letters::of_plain(text, last, start, run.len as usize);
            if letters.may_begin_address() {
                break;
            }
            left.skip();
            added += 1;
            let (hash, source) = (letters.hash(), (start as u32, start as u32 + run.len));
            let letters = [letters.first(), letters.end()].map(run_place);
            *token = Token { hash, general: hash, letters, source, name: name(hash), kind: Kind::Word };
        }
        *runs = left;
        self.len += added;
        added > 0
    }

    /// Add a token of any kind.
    #[inline(never)]
    pub(crate) fn add(&mut self, kind: Kind, letters: Letters, start: usize, end: usize) {
        self.kinds[kind as usize] += 1;
        let [hash, general] = told_apart(kind, letters);
        let runs = if kind.has_letters() { [letters.first(), letters.end()] } else { [0; 2] };
        let (source, name) = ((start as u32, end as u32), name(letters.hash()));
        if let Some(token) = self.tokens.get_mut(self.len) {
            *token = Token { hash, general, letters: runs.map(run_place), source, name, kind };
            if general != hash {
                self.general.push((NOWHERE, self.len));
            }
            self.len += 1;
        }
    }

    /// Find the places of the features of all tokens.
    fn place(&mut self) {
        // Three features of words a token and two of letters, and the author and the site.
        self.seen.start(8 * self.len + 8);
        let mut seen = self.seen.open();
        let (mut before, mut of_words, mut of_letters) = (0, 0, 0);
        for (token, places) in self.tokens[..self.len].iter().zip(self.places.iter_mut()) {
            let pair = pair(before, token.general);
            before = token.general;
            let words = [token.hash, pair].map(|hash| seen.word(word_place(hash)));
            let letters = token.letters.map(|place| seen.letters(u32::from(place)));
            of_words += u32::from(words[0] != NOWHERE) + u32::from(words[1] != NOWHERE);
            of_letters += u32::from(letters[0] != NOWHERE) + u32::from(letters[1] != NOWHERE);
            *places = Places { words, letters: letters.map(|place| place as u16) };
        }
        let end = self.len.next_multiple_of(STEP).min(MOST_TOKENS);
        self.places[self.len..end].fill(Places::default());
        for (place, token) in &mut self.general {
            *place = seen.word(word_place(self.tokens[*token].general));
            of_words += u32::from(*place != NOWHERE);
        }
        self.counts = Counts { words: of_words as usize, letters: of_letters as usize, topics: 0 };
    }

    /// The place of an author or of a site, where there is one.
    fn whole(&mut self, seed: Seed, name: &str) -> u32 {
        if name.is_empty() {
            return NOWHERE;
        }
        let place = self.seen.open().word(word_place(seeded(seed, Letters::of(name).hash())));
        self.counts.words += usize::from(place != NOWHERE);
        place
    }

    /// How many tokens there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Where the features of each token have their weights.
    #[inline]
    pub(crate) fn places(&self) -> &[Places] {
        &self.places[..self.len]
    }

    /// The same, so many tokens at a time; some may stand behind the last that say nothing.
    #[inline]
    pub(crate) fn steps(&self) -> &[[Places; STEP]] {
        let (steps, _) = self.places.as_chunks();
        steps.get(..self.len.div_ceil(STEP)).unwrap_or_default()
    }

    /// Where the words of the tokens are counted in the stream, so many at a time.
    #[inline]
    pub(crate) fn topic_steps(&self) -> impl ExactSizeIterator<Item = [u32; STEP]> {
        let steps = self.steps().iter().take(MOST_TOPICS / STEP);
        steps.map(|places| places.each_ref().map(Places::topic))
    }

    /// Where all its features of words have their weights.
    pub(crate) fn words(&self) -> impl Iterator<Item = u32> {
        let general = self.general.iter().map(|&(place, _)| place);
        let places = self.places().iter().flat_map(|places| places.words).chain(general).chain(self.wholes);
        places.filter(|&place| place != NOWHERE)
    }

    /// Where all its features of letters have their weights.
    pub(crate) fn letters(&self) -> impl Iterator<Item = u32> {
        self.places()
            .iter()
            .flat_map(|places| places.letters)
            .map(u32::from)
            .filter(|&place| place != NOWHERE)
    }

    /// Where its words are counted in the stream.
    pub(crate) fn topics(&self) -> impl Iterator<Item = u32> {
        self.topic_steps().flatten().filter(|&place| place != NOWHERE)
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
        self.tokens.get(token).map_or(0, |token| token.name)
    }
}

/// What a token is by itself; and what it stands for, so that a number or a name never seen before still says
/// something.
fn told_apart(kind: Kind, letters: Letters) -> [u64; 2] {
    let seeded = |seed| seeded(seed, letters.hash());
    match kind {
        Kind::Word => [letters.hash(); 2],
        Kind::Number => [letters.hash(), mix(ANY_NUMBER + u64::from(letters.len().min(12)))],
        Kind::Tag => [seeded(Seed::Tag), letters.hash()],
        Kind::Mention => [seeded(Seed::Mention), mix(ANY_MENTION)],
        Kind::Link => [seeded(Seed::Site), mix(ANY_LINK)],
        Kind::Call | Kind::Question | Kind::Sign => [seeded(Seed::Sign); 2],
    }
}

/// The hash of two words that stand side by side.
#[inline(always)]
fn pair(before: u64, hash: u64) -> u64 {
    (before.rotate_left(17) ^ hash).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// What is the same for words of the same letters, by their hash.
pub(crate) const fn name(hash: u64) -> u32 {
    (hash >> u32::BITS) as u32
}

#[inline(always)]
fn word_place(hash: u64) -> u32 {
    (hash >> (64 - WORD_BITS)) as u32
}

/// Where letters with which a word begins or ends have their weight.
#[inline(always)]
fn run_place(run: u32) -> u16 {
    // Fibonacci hashing (Knuth, 6.4): the high bits of a product depend on all bits of the run.
    (run.wrapping_mul(0x9E37_79B9) >> (32 - LETTER_BITS)) as u16
}

/// What a hash is of that is no word, so that the word `x`, the tag `#x` and the author `x` are three features.
#[derive(Clone, Copy)]
enum Seed {
    Tag = 1,
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What each token is, and where its features have their weights.
    fn read(text: &str) -> Vec<(u64, u64, Kind, Places)> {
        let mut features = Features::default();
        features.read(&Sample { text, ..Sample::default() });
        let tokens = features.tokens.iter().zip(features.places());
        tokens.map(|(token, places)| (token.hash, token.general, token.kind, *places)).collect()
    }

    proptest! {
        #[test]
        fn tokens_are_the_same_wherever_a_text_begins(
            text in "([a-z]{1,9}|[A-Z0-9_]{1,70}|[ .]|[#@!?%»éÉ💥日]|http://a\\.b/|www\\.){0,20}", before in 0..130usize,
        ) {
            prop_assert_eq!(read(&format!("{}{text}", " ".repeat(before))), read(&text));
        }
    }
}
