//! What words and letters say about the language: a naive Bayes model over whole words, and letters, pairs and
//! triples of them, learned from a few kilobytes of text for each language when the stage is configured.
//!
//! For a feature with the share p in a language's text the language gets ln(1 + p/ε), where ε is the share that
//! an unseen feature is taken to have: what was never seen says nothing. Triples overlap each other and the words
//! that they are part of, so they are not independent as the formula has it; each kind has a weight for that.

use crate::languages::{LANES, LANGUAGES, Language};
use crate::script::Script;
use crate::words;

/// Evidence for each language of a writing, in [`UNITS`] of a natural logarithm.
pub(crate) type Evidence = [i16; LANES];

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

/// The mark in front of and behind a word.
const EDGE: char = ' ';

/// The learned features, about 20,000 of them, in an open table of 1.6 MB.
pub(crate) struct Model {
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The feature's hash; 0 where the slot is empty.
    key: u64,
    evidence: [i8; LANES],
}

const SLOTS: usize = 1 << 16;

impl Model {
    /// Learn all languages.
    pub(crate) fn learn() -> Self {
        let mut model = Self { slots: vec![Slot::default(); SLOTS] };
        let mut seen = Vec::new();
        for (script, languages) in LANGUAGES {
            for (lane, language) in languages.iter().enumerate() {
                model.learn_language(*script, lane, language, &mut seen);
            }
        }
        model.fold_in(seen);
        model
    }

    fn learn_language(&mut self, script: Script, lane: usize, language: &Language, seen: &mut Vec<Letters>) {
        let Counts { words, triples, pairs, letters } = Counts::of(script, language.text);
        self.learn_kind(WORD, lane, words);
        for (kind, counts) in [(TRIPLE, triples), (PAIR, pairs), (LETTER, letters)] {
            seen.extend(counts.iter().map(|(key, _)| *key));
            self.learn_kind(kind, lane, counts.into_iter().map(|(key, count)| (hash(key), count)).collect());
        }
    }

    fn learn_kind(&mut self, kind: Kind, lane: usize, counts: Vec<(u64, f32)>) {
        let total: f32 = counts.iter().map(|(_, count)| count).sum();
        for (key, count) in counts {
            let said = (1.0 + count / total / kind.unseen).ln() * kind.weight;
            self.slot(key).evidence[lane] = (said * UNITS).round().min(127.0) as i8;
        }
    }

    /// Add to what a triple says what its last two letters say, and to that what the last one says: where a
    /// triple is known, it takes one look instead of three.
    fn fold_in(&mut self, mut seen: Vec<Letters>) {
        // Pairs, which begin with NONE, come before triples.
        seen.sort_unstable();
        seen.dedup();
        for [first, second, third] in seen {
            let shorter = match (first, second) {
                (NONE, NONE) => continue,
                (NONE, _) => [NONE, NONE, third],
                _ => [NONE, second, third],
            };
            let more = self.find(hash(shorter)).map_or([0; LANES], |slot| slot.evidence);
            let slot = self.slot(hash([first, second, third]));
            slot.evidence.iter_mut().zip(more).for_each(|(said, more)| *said = said.saturating_add(more));
        }
    }

    /// The slot of a feature, taken where it is new.
    fn slot(&mut self, key: u64) -> &mut Slot {
        let mut at = home(key);
        while self.slots[at].key != 0 && self.slots[at].key != key {
            at = (at + 1) % SLOTS;
        }
        self.slots[at].key = key;
        &mut self.slots[at]
    }

    #[inline]
    fn find(&self, key: u64) -> Option<&Slot> {
        let mut at = home(key);
        loop {
            let slot = &self.slots[at];
            if slot.key == key {
                return Some(slot);
            }
            if slot.key == 0 {
                return None;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// What a word says. Words have at most 40 letters, so sums fit.
    pub(crate) fn evidence(&self, letters: &[char]) -> Evidence {
        let mut sum = [0; LANES];
        let mut add = |slot: Option<&Slot>| {
            if let Some(slot) = slot {
                sum.iter_mut().zip(slot.evidence).for_each(|(sum, said)| *sum += i16::from(said));
            }
        };
        let mut word = 0;
        let (mut before, mut last) = (NONE, EDGE);
        for &letter in letters.iter().chain([&EDGE]) {
            word = mixed(word ^ u64::from(letter));
            let triple = if before == NONE { None } else { self.find(hash([before, last, letter])) };
            let known = triple
                .or_else(|| self.find(hash([NONE, last, letter])))
                .or_else(|| self.find(hash([NONE, NONE, letter])));
            add(known);
            (before, last) = (last, letter);
        }
        add(self.find(word | 1));
        sum
    }
}

/// Up to three letters; in front of fewer stands [`NONE`].
type Letters = [char; 3];

const NONE: char = '\0';

#[inline]
fn home(key: u64) -> usize {
    (key >> 40) as usize % SLOTS
}

/// A letter is a number of 21 bits.
#[inline]
fn hash([first, second, third]: Letters) -> u64 {
    mixed(u64::from(first) << 42 | u64::from(second) << 21 | u64::from(third)) | 1
}

#[inline]
fn mixed(key: u64) -> u64 {
    let product = (key ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xA076_1D64_78BD_642F);
    product ^ product >> 32
}

/// How often each feature is in a language's text, sorted. Words are counted by their hashes.
#[derive(Default)]
struct Counts {
    words: Vec<(u64, f32)>,
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
        words::each(text, |word| {
            if word.script == script {
                self.word(word.letters, count);
                let bare: Vec<char> = word.letters.iter().map(|&letter| without_accent(letter)).collect();
                if bare != word.letters {
                    self.word(&bare, count * BARE);
                }
            }
            true
        });
    }

    fn word(&mut self, letters: &[char], count: f32) {
        let mut word = 0;
        let (mut before, mut last) = (NONE, EDGE);
        for &letter in letters.iter().chain([&EDGE]) {
            word = mixed(word ^ u64::from(letter));
            self.letters.push(([NONE, NONE, letter], count));
            self.pairs.push(([NONE, last, letter], count));
            if before != NONE {
                self.triples.push(([before, last, letter], count));
            }
            (before, last) = (last, letter);
        }
        self.words.push((word | 1, count));
    }
}

fn sum_up<K: Ord + Copy>(counts: &mut Vec<(K, f32)>) {
    counts.sort_by_key(|(key, _)| *key);
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
