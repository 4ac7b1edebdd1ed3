//! The language of a text, or that it cannot be told.

use crate::languages::{self, LANES};
use crate::model::{Evidence, Model, UNITS};
use crate::script::Script;
use crate::words::{self, Word};

/// So many words are looked at: the rest of a text is in the same language, or the text is mixed.
const WORDS: usize = 32;

/// Fewer letters than these may be a name or a word of any language that uses them.
const LATIN_LETTERS: u32 = 11;
const OTHER_LETTERS: u32 = 4;
/// Chinese signs alone may be a Japanese name.
const HAN_LETTERS: u32 = 6;

/// The share of the letters that must be in one writing. A Chinese, Japanese or Korean letter counts for two.
const ONE_SCRIPT: f32 = 0.65;

/// By how much the best language must be ahead of the second, in natural logarithms.
const AHEAD: f32 = 3.5;
/// The least evidence for a word on average: less has a language that is not known here.
const A_WORD: f32 = 6.0;
/// The text is mixed where words that speak for another language weigh so much of those that speak for the best.
const MIXED: f32 = 0.5;
const MIXED_AT_LEAST: f32 = 10.0;

/// Guesses languages, one text after the other, in the same memory.
pub(crate) struct Guesser {
    model: Model,
    letters: [u32; Script::COUNT],
    words: Vec<(Script, Evidence)>,
}

impl Guesser {
    pub(crate) fn new() -> Self {
        Self { model: Model::learn(), letters: [0; Script::COUNT], words: Vec::with_capacity(WORDS) }
    }

    /// The language of a title and a text, as a BCP 47 code.
    pub(crate) fn guess(&mut self, title: &str, text: &str) -> Option<&'static str> {
        self.letters = [0; Script::COUNT];
        self.words.clear();
        let _ = words::each(title, |word| self.see(&word)) && words::each(text, |word| self.see(&word));
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

    fn see(&mut self, word: &Word<'_>) -> bool {
        self.letters[word.script as usize] += word.letters.len() as u32;
        if matches!(word.script, Script::Latin | Script::Cyrillic | Script::Arabic) {
            self.words.push((word.script, self.model.evidence(word.letters)));
        } else {
            self.words.push((word.script, [0; LANES]));
        }
        self.words.len() < WORDS
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
        let words = || self.words.iter().filter(|(of, _)| *of == script).map(|(_, evidence)| evidence);
        let mut sums = [0i32; LANES];
        for evidence in words() {
            sums.iter_mut().zip(evidence).for_each(|(sum, &said)| *sum += i32::from(said));
        }
        let best = (0..languages.len()).max_by_key(|&lane| sums[lane])?;
        let second = (0..languages.len()).filter(|&lane| lane != best).max_by_key(|&lane| sums[lane])?;
        let count = words().count() as f32;
        let nats = |units: i32| units as f32 / UNITS;
        let ahead = nats(sums[best] - sums[second]);
        if ahead < AHEAD || nats(sums[best]) < A_WORD * count {
            return None;
        }
        let mixed_with = |other: usize| {
            let (mut pro, mut contra) = (0, 0);
            for evidence in words() {
                let more = i32::from(evidence[best]) - i32::from(evidence[other]);
                pro += more.max(0);
                contra += (-more).max(0);
            }
            nats(contra) >= MIXED_AT_LEAST && contra as f32 >= MIXED * pro as f32
        };
        let mixed = (0..languages.len()).any(|other| other != best && mixed_with(other));
        (!mixed).then(|| languages[best].code)
    }
}
