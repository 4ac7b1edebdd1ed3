//! The language of a text, or that it cannot be told.

use crible_sdk::words::chunks;

use crate::languages::{self, LANES};
use crate::model::{Evidence, Model, UNITS};
use crate::script::Script;
use crate::words::{self, Word};

/// So many words are looked at from the beginning on, and so many in the last bytes of what is left: the rest is in
/// the same language, or the text is mixed.
const FIRST_WORDS: usize = 12;
const LAST_WORDS: usize = 5;
const LAST_BYTES: usize = 64;

/// So few are enough from the beginning on where they speak for a language so much more than for any other, in natural
/// logarithms.
const FEW_WORDS: usize = 4;
const SURE: f32 = 10.0;

/// Fewer letters than these may be a name or a word of any language that uses them.
const LATIN_LETTERS: u32 = 11;
const OTHER_LETTERS: u32 = 4;
/// Chinese signs alone may be a Japanese name.
const HAN_LETTERS: u32 = 6;

/// The share of the letters that must be in one writing. A Chinese, Japanese or Korean letter counts for two.
const ONE_SCRIPT: f32 = 0.65;

/// The first languages of the Latin writing are so much likelier than the others before a word is read, in natural
/// logarithms: more people write them.
const COMMON: usize = 4;
const COMMON_MORE: f32 = 1.0;

/// By how much the best language must be ahead of the second, in natural logarithms.
const AHEAD: f32 = 3.5;
/// The least evidence for a word on average: less has a language that is not known here.
const A_WORD: f32 = 6.0;
/// The text is mixed where words that speak for another language weigh so much of those that speak for the best.
const MIXED: f32 = 0.5;
const MIXED_AT_LEAST: f32 = 10.0;

/// How far the language that words speak for is ahead of the others.
struct Lead {
    best: usize,
    /// Of the second, in natural logarithms.
    ahead: f32,
    /// The evidence for a word on average.
    a_word: f32,
    /// The evidence for each language, in [`UNITS`].
    sums: [i32; LANES],
}

fn nats(units: i32) -> f32 {
    units as f32 / UNITS
}

/// Guesses languages, one text after the other, in the same memory.
pub(crate) struct Guesser {
    model: Model,
    letters: [u32; Script::COUNT],
    words: Vec<(Script, Evidence)>,
}

impl Guesser {
    pub(crate) fn new() -> Self {
        Self {
            model: Model::learn(),
            letters: [0; Script::COUNT],
            words: Vec::with_capacity(FIRST_WORDS + LAST_WORDS),
        }
    }

    /// The language of a title and a text, as a BCP 47 code.
    pub(crate) fn guess(&mut self, title: &str, text: &str) -> Option<&'static str> {
        if !self.read(title, text, FEW_WORDS) {
            self.read(title, text, FIRST_WORDS);
        }
        let (script, letters) = self.script()?;
        let alone = |code, at_least| (letters >= at_least).then_some(code);
        match script {
            Script::Latin if letters < LATIN_LETTERS => None,
            Script::Latin | Script::Cyrillic | Script::Arabic if letters >= OTHER_LETTERS => {
                self.among(script)
            }
            Script::Greek => alone("el", OTHER_LETTERS),
            Script::Hebrew => alone("he", OTHER_LETTERS),
            Script::Devanagari => alone("hi", OTHER_LETTERS),
            Script::Thai => alone("th", OTHER_LETTERS),
            Script::Hangul => alone("ko", OTHER_LETTERS / 2),
            Script::Kana => alone("ja", OTHER_LETTERS / 2),
            Script::Han => alone("zh", HAN_LETTERS),
            Script::Latin | Script::Cyrillic | Script::Arabic | Script::Other => None,
        }
    }

    /// Read the beginning of a message, `few` words of it if they leave no doubt, and the end. Whether that is enough:
    /// not where after those few the end is in another language.
    fn read(&mut self, title: &str, text: &str, few: usize) -> bool {
        self.letters = [0; Script::COUNT];
        self.words.clear();
        let rest = match words::each(title, |word| self.see(&word) && self.begins(few)) {
            Some(_) => text,
            None => words::each(text, |word| self.see(&word) && self.begins(few)).unwrap_or_default(),
        };
        let begun = self.words.len();
        let mut end = &rest[rest.floor_char_boundary(rest.len().saturating_sub(LAST_BYTES))..];
        if end.len() < rest.len() {
            // It may begin within a word.
            let mut chunks = chunks(end);
            chunks.next();
            end = chunks.rest();
        }
        words::each(end, |word| self.see(&word) && self.words.len() < begun + LAST_WORDS);
        if begun != few || self.words.len() == begun {
            return true;
        }
        let (beginning, end) = self.words.split_at(begun);
        let script = beginning[0].0;
        let best = |words| lead(words, script).map(|lead| lead.best);
        end.iter().all(|(of, _)| *of == script) && best(beginning) == best(end)
    }

    /// Note what a word says; always `true`, for what follows.
    fn see(&mut self, word: &Word<'_>) -> bool {
        self.letters[word.script as usize] += word.letters.len() as u32;
        self.words.push((word.script, self.model.evidence(word.script, word.letters)));
        true
    }

    /// Whether more words of the beginning are to be read.
    fn begins(&self, few: usize) -> bool {
        self.words.len() < FIRST_WORDS && !(self.words.len() == few && self.is_sure())
    }

    /// Whether all words are of one writing and speak far more for one language than for any other.
    fn is_sure(&self) -> bool {
        let script = self.words[0].0;
        self.words.iter().all(|(of, _)| *of == script)
            && lead(&self.words, script).is_some_and(|lead| lead.ahead >= SURE && lead.a_word >= A_WORD)
    }

    /// The writing of most letters, and how many those are. Kana among Chinese signs make it Japanese.
    fn script(&self) -> Option<(Script, u32)> {
        let of = |script: Script| self.letters[script as usize];
        let east = of(Script::Kana) + of(Script::Han);
        let alphabets = [
            Script::Latin,
            Script::Cyrillic,
            Script::Arabic,
            Script::Greek,
            Script::Hebrew,
            Script::Devanagari,
            Script::Thai,
            Script::Other,
        ];
        let japanese = of(Script::Kana) * 8 >= east;
        let eastern = [
            (if japanese { Script::Kana } else { Script::Han }, east, 2 * east),
            (Script::Hangul, of(Script::Hangul), 2 * of(Script::Hangul)),
        ];
        let each = alphabets.into_iter().map(|script| (script, of(script), of(script))).chain(eastern);
        let all: u32 = each.clone().map(|(.., weight)| weight).sum();
        let (script, letters, weight) = each.max_by_key(|(.., weight)| *weight)?;
        (letters > 0 && weight as f32 >= ONE_SCRIPT * all as f32).then_some((script, letters))
    }

    /// The one of a writing's languages that the words speak for.
    fn among(&self, script: Script) -> Option<&'static str> {
        let languages = languages::of(script);
        let Lead { best, ahead, a_word, sums } = lead(&self.words, script)?;
        if ahead < AHEAD || a_word < A_WORD {
            return None;
        }
        // How much the words that speak rather for another language speak for it.
        let mut contra = [0u16; LANES];
        for evidence in words_of(&self.words, script) {
            let of_best = evidence[best];
            for (contra, &said) in contra.iter_mut().zip(evidence) {
                *contra = contra.saturating_add(said.saturating_sub(of_best));
            }
        }
        let mixed_with = |other: usize| {
            let contra = i32::from(contra[other]);
            let pro = sums[best] - sums[other] + contra;
            nats(contra) >= MIXED_AT_LEAST && contra as f32 >= MIXED * pro as f32
        };
        let mixed = (0..languages.len()).any(|other| other != best && mixed_with(other));
        (!mixed).then(|| languages[best].code)
    }
}

/// What the words of a writing say.
fn words_of(words: &[(Script, Evidence)], script: Script) -> impl Iterator<Item = &Evidence> {
    words.iter().filter(move |(of, _)| *of == script).map(|(_, evidence)| evidence)
}

/// Which of a writing's languages the words speak for; none where it has not several.
fn lead(words: &[(Script, Evidence)], script: Script) -> Option<Lead> {
    let languages = languages::of(script).len();
    let mut sums = [0u16; LANES];
    for evidence in words_of(words, script) {
        sums.iter_mut().zip(evidence).for_each(|(sum, &said)| *sum = sum.saturating_add(said));
    }
    let mut sums = sums.map(i32::from);
    if script == Script::Latin {
        sums[..COMMON].iter_mut().for_each(|sum| *sum += (COMMON_MORE * UNITS) as i32);
    }
    let best = (0..languages).max_by_key(|&lane| sums[lane])?;
    let second = (0..languages).filter(|&lane| lane != best).max_by_key(|&lane| sums[lane])?;
    let a_word = nats(sums[best]) / words_of(words, script).count() as f32;
    Some(Lead { best, ahead: nats(sums[best] - sums[second]), a_word, sums })
}
