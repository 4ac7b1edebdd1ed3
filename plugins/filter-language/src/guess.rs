//! The language of a text, or that it cannot be told.

use crate::languages;
use crate::lead::Lead;
use crate::model::{Evidence, Model};
use crate::script::Script;
use crate::words::{self, LONGEST, chunk_end};

/// How many words are read of the beginning of a message, or of the end: the rest is in the same language, or the
/// message is mixed.
#[derive(Clone, Copy)]
struct Enough {
    /// So many, and then every second time, are enough where they are `sure`.
    few: usize,
    /// They speak so much more for one language than for any other, in natural logarithms.
    sure: f32,
    most: usize,
}

const BEGINNING: Enough = Enough { few: 4, sure: 10.0, most: 12 };
/// Where the beginning is sure, the end has only to be in the same language.
const END: Enough = Enough { few: 3, sure: 3.0, most: 5 };
const ALL: usize = usize::MAX;
/// The end is so many bytes.
const LAST_BYTES: usize = 64;

/// A writing, and one of its languages.
type Told = (Script, usize);

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

/// Guesses languages, one text after the other, in the same memory.
pub(crate) struct Guesser {
    model: Model,
    letters: [u32; Script::COUNT],
    words: Vec<(Script, Evidence)>,
    /// Room for a word.
    spelled: [char; LONGEST],
}

impl Guesser {
    pub(crate) fn new() -> Self {
        Self {
            model: Model::learn(),
            letters: [0; Script::COUNT],
            spelled: ['\0'; LONGEST],
            words: Vec::with_capacity(BEGINNING.most + END.most),
        }
    }

    /// The language of a title and a text, as a BCP 47 code.
    pub(crate) fn guess(&mut self, title: &str, text: &str) -> Option<&'static str> {
        if !self.read(title, text, BEGINNING) {
            self.read(title, text, Enough { few: ALL, ..BEGINNING });
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

    /// Read the beginning of a message and the end. Whether that is enough: not where the end is in another language
    /// than the few words of the beginning that were read.
    fn read(&mut self, title: &str, text: &str, beginning: Enough) -> bool {
        self.letters = [0; Script::COUNT];
        self.words.clear();
        let (rest, sure) = match self.see(title, 0, beginning, None) {
            (Some(_), sure) => (text, sure),
            (None, _) => {
                let (rest, sure) = self.see(text, 0, beginning, None);
                (rest.unwrap_or_default(), sure)
            }
        };
        let begun = self.words.len();
        let mut end = &rest[rest.floor_char_boundary(rest.len().saturating_sub(LAST_BYTES))..];
        if end.len() < rest.len() {
            // It may begin within a word.
            end = &end[chunk_end(end, 0)..];
        }
        let Some(language) = sure else {
            self.see(end, begun, Enough { few: ALL, ..END }, None);
            return true;
        };
        let (_, same) = self.see(end, begun, END, sure);
        let end = &self.words[begun..];
        same.is_some() || end.is_empty() || told_by(end, 0.0) == Some(language)
    }

    /// Note what the words of a text say, until those from a place on are enough, and for this language where one is
    /// expected. What was not read then, and the language that they leave no doubt of.
    fn see<'t>(
        &mut self,
        text: &'t str,
        from: usize,
        enough: Enough,
        expected: Option<Told>,
    ) -> (Option<&'t str>, Option<Told>) {
        let Self { model, letters, words, spelled } = self;
        let mut told = None;
        let rest = words::each(text, spelled, |word| {
            let script = word.script();
            letters[script as usize] += word.len() as u32;
            words.push((script, model.evidence(&word)));
            let count = words.len() - from;
            if count >= enough.few && (count - enough.few).is_multiple_of(2) {
                told = told_by(&words[from..], enough.sure);
                told = told.filter(|told| expected.is_none_or(|expected| expected == *told));
            }
            count < enough.most && told.is_none()
        });
        (rest, told)
    }

    /// The writing of most letters, and how many those are. Kana among Chinese signs make it Japanese.
    fn script(&self) -> Option<(Script, u32)> {
        let of = |script: Script| self.letters[script as usize];
        let all = self.letters.iter().sum();
        if of(Script::Latin) == all && all > 0 {
            return Some((Script::Latin, all));
        }
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
        let lead = Lead::of(&self.words, script)?;
        if lead.ahead < AHEAD || lead.a_word < A_WORD || lead.is_mixed(&self.words, script) {
            return None;
        }
        languages::of(script).get(lead.best).map(|language| language.code)
    }
}

/// The writing and the language that all words speak for, if they are of one writing.
fn told_by(words: &[(Script, Evidence)], sure: f32) -> Option<Told> {
    let script = words.first()?.0;
    let lead = Lead::of(words, script).filter(|lead| lead.words == words.len() && lead.ahead >= sure)?;
    Some((script, lead.best))
}
