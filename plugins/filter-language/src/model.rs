//! What words and letters say about the language: a naive Bayes model over whole words, and letters, pairs and
//! triples of them, learned from a few kilobytes of text for each language when the stage is configured.
//!
//! For a feature with the share p in a language's text the language gets ln(1 + p/ε), where ε is the share that
//! an unseen feature is taken to have: what was never seen says nothing. Triples overlap each other and the words
//! that they are part of, so they are not independent as the formula has it; each kind has a weight for that.

use std::collections::BTreeMap;

use crate::ascii::AsciiTriples;
use crate::languages::{LANES, LANGUAGES, LATIN, Language};
use crate::script::Script;
use crate::table::{EDGE, Features, Letters, NONE, Said, Table};
use crate::words::{self, LONGEST, Word};

/// Evidence for each language of a writing, in [`UNITS`] of a natural logarithm.
pub(crate) type Evidence = [u16; LANES];

/// How much is one natural logarithm.
pub(crate) const UNITS: f32 = 12.0;

/// A kind of feature.
#[derive(Clone, Copy)]
struct Kind {
    /// The share ε that an unseen one is taken to have.
    unseen: f32,
    weight: f32,
}

const WORD: Kind = Kind { unseen: 3e-4, weight: 1.0 };
const TRIPLE: Kind = Kind { unseen: 4e-4, weight: 0.45 };
const PAIR: Kind = Kind { unseen: 1e-3, weight: 0.35 };
const LETTER: Kind = Kind { unseen: 4e-3, weight: 0.4 };

/// How often the first of the common words counts; the others less, by their rank, as the law of Zipf has it.
const FIRST_WORD: f32 = 60.0;
const RANK_OFFSET: f32 = 3.0;

/// How often a word counts without its accents, which many leave out.
const BARE: f32 = 0.25;

/// What was learned of the writings that have several languages, in the order of [`LANGUAGES`]: about 14,000 features
/// in 1.5 MB.
pub(crate) struct Model {
    tables: [Table; LANGUAGES.len()],
    ascii: AsciiTriples,
}

impl Model {
    /// Learn all languages.
    pub(crate) fn learn() -> Self {
        let tables = std::array::from_fn(|at| Table::of(&learn(LANGUAGES[at].0, LANGUAGES[at].1)));
        let ascii = tables[LATIN].ascii();
        Self { tables, ascii }
    }

    /// What a word says; nothing where the writing alone tells the language.
    #[inline]
    pub(crate) fn evidence(&self, word: &Word<'_>) -> Evidence {
        match word {
            Word::Plain(word) => self.tables[LATIN].plain_evidence(word, &self.ascii),
            Word::Other { letters, script } => match LANGUAGES.iter().position(|(of, _)| of == script) {
                Some(at) => self.tables[at].evidence(letters),
                None => Evidence::default(),
            },
        }
    }
}

fn learn(script: Script, languages: &[Language]) -> Features {
    let mut features = Features::default();
    for (lane, language) in languages.iter().enumerate() {
        let Counts { words, triples, pairs, letters } = Counts::of(script, language.text);
        learn_kind(&mut features.words, WORD, lane, words);
        for (kind, counts) in [(TRIPLE, triples), (PAIR, pairs), (LETTER, letters)] {
            learn_kind(&mut features.letters, kind, lane, counts);
        }
    }
    fold_in(&mut features.letters);
    features
}

fn learn_kind<K: Ord>(features: &mut BTreeMap<K, Said>, kind: Kind, lane: usize, counts: Vec<(K, f32)>) {
    let total: f32 = counts.iter().map(|(_, count)| count).sum();
    for (key, count) in counts {
        let said = (1.0 + count / total / kind.unseen).ln() * kind.weight;
        features.entry(key).or_default()[lane] = (said * UNITS).round().min(127.0) as u8;
    }
}

/// Add to what a triple says what its last two letters say, and to that what the last one says: so a triple takes one
/// look instead of three.
fn fold_in(features: &mut BTreeMap<Letters, Said>) {
    // Pairs, which begin with NONE, come before triples.
    let all: Vec<Letters> = features.keys().copied().collect();
    for [first, second, third] in all {
        let shorter = match (first, second) {
            (NONE, NONE) => continue,
            (NONE, _) => [NONE, NONE, third],
            _ => [NONE, second, third],
        };
        let more = features.get(&shorter).copied().unwrap_or_default();
        if let Some(said) = features.get_mut(&[first, second, third]) {
            said.iter_mut().zip(more).for_each(|(said, more)| *said = said.saturating_add(more).min(127));
        }
    }
}

/// How often each feature is in a language's text, sorted.
#[derive(Default)]
struct Counts {
    words: Vec<(Vec<char>, f32)>,
    triples: Vec<(Letters, f32)>,
    pairs: Vec<(Letters, f32)>,
    letters: Vec<(Letters, f32)>,
}

impl Counts {
    fn of(script: Script, text: &str) -> Self {
        let mut counts = Self::default();
        let (common, sentences) = text.split_once("---").unwrap_or(("", text));
        for (rank, word) in common.split_whitespace().enumerate() {
            counts.text(script, word, FIRST_WORD * RANK_OFFSET / (rank as f32 + RANK_OFFSET));
        }
        counts.text(script, sentences, 1.0);
        sum_up(&mut counts.words);
        for letters in [&mut counts.triples, &mut counts.pairs, &mut counts.letters] {
            sum_up(letters);
        }
        counts
    }

    fn text(&mut self, script: Script, text: &str, count: f32) {
        words::each(text, &mut ['\0'; LONGEST], |word| {
            if word.script() == script {
                let letters = word.letters();
                self.word(&letters, count);
                let bare: Vec<char> = letters.iter().map(|&letter| without_accent(letter)).collect();
                if bare != letters {
                    self.word(&bare, count * BARE);
                }
            }
            true
        });
    }

    fn word(&mut self, letters: &[char], count: f32) {
        let (mut before, mut last) = (NONE, EDGE);
        for &letter in letters.iter().chain([&EDGE]) {
            // How long words are is no evidence.
            if letter != EDGE {
                self.letters.push(([NONE, NONE, letter], count));
            }
            self.pairs.push(([NONE, last, letter], count));
            if before != NONE {
                self.triples.push(([before, last, letter], count));
            }
            (before, last) = (last, letter);
        }
        self.words.push((letters.to_vec(), count));
    }
}

fn sum_up<K: Ord>(counts: &mut Vec<(K, f32)>) {
    counts.sort_by(|(one, _), (other, _)| one.cmp(other));
    counts.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'ș' | 'š' => 's',
        'ț' | 'ť' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        'ý' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::plain::word_at;
    use crate::words::small;

    static MODEL: LazyLock<Model> = LazyLock::new(Model::learn);

    proptest! {
        #[test]
        fn plain_words_say_what_their_letters_say(text in "[a-z]{1,16}|[a-zA-Zà-öÀ-Ö]{1,9}|[tThHeE]{3}|été|weiß") {
            if let Some((plain, _)) = word_at(&text, 0) {
                let letters: Vec<char> = text.chars().map(small).collect();
                let other = Word::Other { letters: &letters, script: Script::Latin };
                prop_assert_eq!(plain.letters, letters.len());
                prop_assert_eq!(MODEL.evidence(&Word::Plain(plain)), MODEL.evidence(&other));
            }
        }
    }
}
