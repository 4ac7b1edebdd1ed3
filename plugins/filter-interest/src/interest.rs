//! What a reader cares for, as terms.

use std::collections::{HashMap, HashSet};

use crate::background::log2;
use crate::fold::folded;
use crate::letters::{Letters, beginning};
use crate::recipe::Recipe;
use crate::stop_words::{function_words, words_of_asking};
use crate::words::{Form, Word, words_of};

/// How many different terms of an interest are looked for.
const MOST_TERMS: usize = 512;
/// How many pairs of its terms are known, and how many beginnings of words.
const MOST_PAIRS: usize = 2_048;
/// How much more a name counts than another word.
const NAME: f32 = 1.5;
/// After the first three words of an interest each counts so much less than the one before.
const LATER: f32 = 0.05;
const FIRST: usize = 3;
/// A shorter word has no beginning that others could have, in bytes of its folded form.
const SHORTEST_BEGUN: usize = 6;

/// What a reader wrote of one interest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    /// A sentence or a page about it; may be empty.
    pub about: &'a str,
    /// Texts of messages that were liked.
    pub liked: &'a [String],
    /// Texts of messages that were not.
    pub unlike: &'a [String],
}

/// A word that is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) hash: u64,
    /// How much of the interest it is; below 0 where it speaks against it.
    pub(crate) share: f32,
}

/// An interest as terms.
#[derive(Default)]
pub(crate) struct Interest {
    pub(crate) terms: Vec<Term>,
    /// Terms that stand side by side in it, by their places, sorted.
    pub(crate) pairs: Vec<(u16, u16)>,
    /// Two words written as one, each with the place of one of them.
    pub(crate) joined: Vec<(u64, u16)>,
    /// Beginnings of words, each with the place of the word.
    pub(crate) beginnings: Vec<(u64, u16)>,
    places: HashMap<u64, u16>,
}

/// A term as a text speaks of it.
struct Mention {
    /// Its place among the terms.
    place: u16,
    count: f32,
    /// Whether it is written with a capital within a sentence.
    name: bool,
}

impl Interest {
    /// Read an interest.
    pub(crate) fn read(wish: &Wish<'_>, recipe: &Recipe) -> Self {
        let mut interest = Self::default();
        interest.add_about(wish.about, recipe);
        for text in wish.liked {
            for of in interest.mentions(text, &function_words(), recipe) {
                interest.terms[usize::from(of.place)].share += often(of.count) / wish.liked.len() as f32;
            }
        }
        let wanted = interest.terms.len();
        for text in wish.unlike {
            for of in interest.mentions(text, &function_words(), recipe) {
                // What the reader wants stays wanted, though it stands in a message that was not liked.
                if usize::from(of.place) >= wanted {
                    interest.terms[usize::from(of.place)].share -= 1.0 / wish.unlike.len() as f32;
                }
            }
        }
        interest
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.iter().all(|term| term.share <= 0.0)
    }

    /// Whether a word is a term of it.
    pub(crate) fn has(&self, hash: u64) -> bool {
        self.places.contains_key(&hash)
    }

    fn add_about(&mut self, text: &str, recipe: &Recipe) {
        let mut stop = function_words();
        if recipe.asking {
            let both = stop.union(&words_of_asking()).copied().collect();
            // Who asks for "news" and for nothing else means these.
            if speaks(text, &both) {
                stop = both;
            }
        }
        let mentions = self.mentions(text, &stop, recipe);
        // Where all words are written so, it says nothing.
        let names = recipe.names && mentions.iter().any(|of| !of.name);
        for (before, of) in mentions.iter().enumerate() {
            let later = if recipe.order { before.saturating_sub(FIRST) as f32 } else { 0.0 };
            let name = if names && of.name { NAME } else { 1.0 };
            self.terms[usize::from(of.place)].share += name * often(of.count) / (1.0 + LATER * later);
        }
    }

    /// The terms that a text speaks of, in the order in which it does.
    fn mentions(&mut self, text: &str, stop: &HashSet<&str>, recipe: &Recipe) -> Vec<Mention> {
        let words = words_of(text, recipe.stems);
        let mut mentions: Vec<Mention> = Vec::new();
        let mut before: Option<(&Word, u16)> = None;
        for word in whole_words(text, &words) {
            let written = &text[word.start as usize..word.end as usize];
            if is_stop(written, stop) {
                continue;
            }
            let Some(place) = self.place(word.hash) else { continue };
            let name = written.starts_with(char::is_uppercase) && may_be_a_name(&text[..word.start as usize]);
            match mentions.iter_mut().find(|of| of.place == place) {
                Some(of) => {
                    of.count += 1.0;
                    of.name |= name;
                }
                None => mentions.push(Mention { place, count: 1.0, name }),
            }
            let room = self.beginnings.len() < MOST_PAIRS;
            if recipe.beginnings && room && folded(written).len() >= SHORTEST_BEGUN {
                self.beginnings.push((beginning(word.letters), place));
            }
            if let Some((before, of_before)) = before
                && of_before != place
                && text.get(before.end as usize..word.start as usize).is_some_and(|between| !parts(between))
            {
                self.add_pair(text, (before, of_before), (word, place), recipe);
            }
            before = Some((word, place));
        }
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.joined.sort_unstable();
        self.joined.dedup();
        self.beginnings.sort_unstable();
        self.beginnings.dedup();
        mentions
    }

    /// Two terms that stand side by side, or with a word between them that is not looked for.
    fn add_pair(&mut self, text: &str, first: (&Word, u16), second: (&Word, u16), recipe: &Recipe) {
        if self.pairs.len().max(self.joined.len()) >= MOST_PAIRS {
            return;
        }
        let apart = second.0.position - first.0.position;
        if recipe.pairs && apart <= 2 {
            self.pairs.push((first.1, second.1));
        }
        if recipe.tags && apart == 1 {
            let written = |word: &Word| folded(&text[word.start as usize..word.end as usize]);
            let joined = written(first.0) + &written(second.0);
            let joined = Letters::of(joined.as_bytes()).hash(recipe.stems);
            self.joined.extend([(joined, first.1), (joined, second.1)]);
        }
    }

    fn place(&mut self, hash: u64) -> Option<u16> {
        if let Some(&place) = self.places.get(&hash) {
            return Some(place);
        }
        if self.terms.len() >= MOST_TERMS {
            return None;
        }
        let place = self.terms.len() as u16;
        self.terms.push(Term { hash, share: 0.0 });
        self.places.insert(hash, place);
        Some(place)
    }
}

/// What is said twice is meant more, but not twice as much.
fn often(count: f32) -> f32 {
    1.0 + 0.5 * log2(count)
}

/// The words of a text of which each stands for itself: of `#LikeThis` the parts, of `LikeThis` the whole.
fn whole_words<'a>(text: &str, words: &'a [Word]) -> Vec<&'a Word> {
    let is_tagged = |word: &Word| text[..word.start as usize].ends_with('#');
    let mut whole: Vec<&Word> = Vec::new();
    let mut in_tag = false;
    for word in words {
        match word.form {
            Form::Affix => {}
            Form::Plain | Form::Tag => {
                in_tag = false;
                whole.push(word);
            }
            Form::Part => {
                if is_tagged(word) {
                    // The first part takes the place of the tag.
                    in_tag = true;
                    whole.pop();
                }
                if in_tag {
                    whole.push(word);
                }
            }
        }
    }
    whole
}

fn speaks(text: &str, stop: &HashSet<&str>) -> bool {
    words_of(text, false).iter().any(|word| !is_stop(&text[word.start as usize..word.end as usize], stop))
}

fn is_stop(written: &str, stop: &HashSet<&str>) -> bool {
    let folded = folded(written);
    let letter = folded.len() == 1 && !folded.as_bytes()[0].is_ascii_digit();
    letter || stop.contains(folded.as_str())
}

/// Whether a capital means a name behind this: not where a second sentence begins.
fn may_be_a_name(before: &str) -> bool {
    !before.trim_end().ends_with(['.', '!', '?', '…'])
}

fn parts(between: &str) -> bool {
    between.contains(['.', ',', ';', ':', '!', '?', '(', ')', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::hash_of;

    fn of(about: &str) -> Interest {
        Interest::read(&Wish { about, ..Wish::default() }, &Recipe::default())
    }

    fn share(interest: &Interest, word: &str) -> f32 {
        interest.terms.iter().find(|term| term.hash == hash_of(word)).map_or(0.0, |term| term.share)
    }

    #[test]
    fn words_that_hold_a_sentence_together_or_ask_are_left_out() {
        let interest = of("Je m’intéresse à tout ce qui concerne la grève des tramways de Montpellier.");
        let expected = ["greve", "tramway", "montpellier"].map(hash_of);
        assert_eq!(interest.terms.iter().map(|term| term.hash).collect::<Vec<_>>(), expected);
        assert!(share(&interest, "montpellier") > share(&interest, "greve"), "a name counts more");
        assert_eq!(interest.pairs, [(0, 1), (1, 2)]);
        assert_eq!(of("news").terms.len(), 1, "who only asks means what is asked for");
        assert!(of("what is it about?").is_empty());
        assert!(of("").is_empty());
    }

    #[test]
    fn a_tag_is_its_words_and_a_name_is_whole() {
        let terms = |about| of(about).terms.iter().map(|term| term.hash).collect::<Vec<_>>();
        assert_eq!(terms("#AlbertaFlood"), ["alberta", "flood"].map(hash_of));
        assert_eq!(terms("the #flood"), ["flood"].map(hash_of));
        assert_eq!(terms("an iPhone"), ["iphone"].map(hash_of));
    }

    #[test]
    fn an_unliked_message_speaks_against_what_is_not_wanted_alone() {
        let unlike = ["tram model railway".to_owned()];
        let wish = Wish { about: "tram strike", unlike: &unlike, ..Wish::default() };
        let interest = Interest::read(&wish, &Recipe::default());
        assert!(share(&interest, "tram") > 0.0 && share(&interest, "railway") < 0.0);
    }
}
