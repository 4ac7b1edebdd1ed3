//! Query rules over the flood's vocabulary.

use std::{collections::HashSet, fmt};

use serde::Serialize;

use super::lexicon::{Lexicon, Tongue, made_up_french};
use crate::prng::Prng;

/// A scored rule, as the config of the `query` filter has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueryRule {
    /// In the query language.
    pub query: String,
    /// What a match adds to the score.
    pub weight: f64,
    /// The reason that is shown.
    pub because: String,
}

/// `count` rules of every form: words, phrases, booleans, `NEAR`, prefixes, fields, comparisons.
/// Of the messages of any [`Flood`](super::Flood), about a fifth match at least one of a hundred.
pub fn query_rules(count: usize, seed: u64) -> Vec<QueryRule> {
    let lexicon = Lexicon::new();
    (0..count as u64)
        .map(|index| {
            let mut prng = Prng::of_item(seed, index, 0);
            let form = Form::draw(prng.pick(&lexicon.languages), index, &mut prng);
            let weight = (1 + prng.below(8)) as f64 / 2.0;
            QueryRule { query: form.to_string(), weight, because: format!("rule {}", index + 1) }
        })
        .collect()
}

/// `count` different words that a rule may name. The first few thousand occur in floods; those
/// beyond the vocabulary never do.
pub fn words(count: usize, seed: u64) -> Vec<String> {
    let mut prng = Prng::new(seed);
    let mut words: Vec<String> = Lexicon::new()
        .languages
        .into_iter()
        .flat_map(|tongue| tongue.words.into_iter().skip(tongue.common))
        .collect();
    let mut known: HashSet<String> = HashSet::with_capacity(count);
    words.retain(|word| known.insert(word.clone()));
    prng.shuffle(&mut words);
    words.truncate(count);
    while words.len() < count {
        let word = made_up_french(&mut prng) + &made_up_french(&mut prng);
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// The forms that a rule can take.
#[derive(Debug)]
enum Form<'a> {
    AnyOf(Vec<&'a str>),
    Both(&'a str, &'a str),
    Without(&'a str, &'a str),
    Near(&'a str, &'a str),
    Prefix(&'a str),
    PhraseFrom { phrase: &'a str, min_followers: u32 },
    InLanguage { lang: &'a str, word: &'a str },
    LikedTag { tag: &'a str, min_likes: u32 },
}

impl<'a> Form<'a> {
    fn draw(tongue: &'a Tongue, index: u64, prng: &mut Prng) -> Self {
        // Words that are neither in every message nor in none.
        let rare = |prng: &mut Prng| -> &'a str { prng.pick_str(&tongue.words[tongue.common + 250..]) };
        let subject = prng.pick(&tongue.subjects);
        let topical = |prng: &mut Prng| -> &'a str { prng.pick_str(&subject.words) };
        match index % 8 {
            0 => Self::AnyOf((0..2 + prng.below(3)).map(|_| rare(prng)).collect()),
            1 => Self::Both(topical(prng), topical(prng)),
            2 => Self::Without(rare(prng), topical(prng)),
            3 => Self::Near(topical(prng), topical(prng)),
            4 => {
                let word = rare(prng);
                let end = word
                    .char_indices()
                    .enumerate()
                    .find(|(place, (_, letter))| *place == 6 || !letter.is_alphanumeric())
                    .map_or(word.len(), |(_, (at, _))| at);
                Self::Prefix(&word[..end])
            }
            5 => Self::PhraseFrom { phrase: prng.pick_str(&subject.phrases), min_followers: 1_000 },
            6 => Self::InLanguage { lang: tongue.code, word: rare(prng) },
            _ => Self::LikedTag { tag: topical(prng), min_likes: 5 },
        }
    }
}

impl fmt::Display for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyOf(words) => {
                let words: Vec<String> = words.iter().map(|word| literal(word)).collect();
                f.write_str(&words.join(" OR "))
            }
            Self::Both(one, other) => write!(f, "{} AND {}", literal(one), literal(other)),
            Self::Without(word, unwanted) => write!(f, "{} AND NOT {}", literal(word), literal(unwanted)),
            Self::Near(one, other) => write!(f, "{} NEAR/5 {}", literal(one), literal(other)),
            Self::Prefix(start) => write!(f, "{start}*"),
            Self::PhraseFrom { phrase, min_followers } => {
                write!(f, "\"{phrase}\" AND followers:>{min_followers}")
            }
            Self::InLanguage { lang, word } => write!(f, "lang:{lang} AND {}", literal(word)),
            Self::LikedTag { tag, min_likes } => write!(f, "tag:{} AND likes:>={min_likes}", literal(tag)),
        }
    }
}

/// A word as a query writes it: quoted where it holds more than letters.
fn literal(word: &str) -> String {
    if word.chars().all(char::is_alphanumeric) { word.to_owned() } else { format!("\"{word}\"") }
}
