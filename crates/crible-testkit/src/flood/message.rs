//! One message of a flood, from its number.

use std::fmt::Write;

use super::{
    Rows,
    lexicon::{SubjectWords, Tongue},
    repeat::Repeat,
    vocabulary::{EMOJI, SUBJECTS},
};
use crate::{Row, instant, prng::Prng};

/// Streams of random numbers: one for what is said, one for who says it when.
const CONTENT: u64 = 0;
const OCCASION: u64 = 1;
const AUTHOR: u64 = 3;

impl Rows {
    /// Makes message number `index` in `row`, whatever was in it.
    pub(super) fn make(&self, index: u64, row: &mut Row) {
        row.clear();
        let source = self.flood.source_of(index);
        let mut occasion = Prng::of_item(self.flood.seed, index, OCCASION);

        let original_author = self.author_of_original(source.of);
        let author = match source.repeat {
            // People repeat themselves as much as others.
            Some(_) if occasion.chance(50) => self.author_law.draw(&mut occasion),
            _ => original_author,
        };
        self.say(source.of, original_author, source.repeat, &mut occasion, row);
        self.sign(author, row);

        let _ = write!(row.id, "{:x}-{index}", self.flood.seed);
        let seconds = (index as f64 + occasion.fraction()) / self.flood.per_second;
        instant::push_rfc3339(&mut row.created_at, self.flood.start + (seconds * 1_000.0) as i64);
        row.likes = heavy_tail(&mut occasion, 10);
        row.reposts = row.likes / 3;
        row.replies = heavy_tail(&mut occasion, 6);
    }

    fn author_of_original(&self, index: u64) -> usize {
        self.author_law.draw(&mut Prng::of_item(self.flood.seed, index, AUTHOR))
    }

    /// Author, name and followers.
    fn sign(&self, author: usize, row: &mut Row) {
        let mut prng = Prng::of_item(self.flood.seed, author as u64, AUTHOR + 1);
        let first = prng.pick_str(&self.lexicon.first_names);
        let last = prng.pick_str(&self.lexicon.last_names);
        row.author.extend(first.chars().flat_map(char::to_lowercase));
        let _ = write!(row.author, "_{author}");
        let _ = write!(row.author_name, "{first} {last}");
        row.followers = heavy_tail(&mut prng, 16);
    }

    /// Text, language, channel, title, tags and links.
    fn say(&self, original: u64, author: usize, repeat: Option<Repeat>, occasion: &mut Prng, row: &mut Row) {
        let mut prng = Prng::of_item(self.flood.seed, original, CONTENT);
        // Nine in ten messages are in the author's own language.
        let tongue = &self.lexicon.languages[(author + usize::from(prng.chance(10))) % 2];
        let topic = prng.below(SUBJECTS.len() as u64) as usize;
        let subject = &tongue.subjects[topic];
        row.lang.push_str(tongue.code);
        row.channel.push_str(SUBJECTS[topic]);

        if prng.chance(10) {
            self.push_words(&mut row.title, tongue, subject, 7, &mut prng);
        }
        if prng.chance(12) {
            let _ = write!(row.text, "@{} ", prng.pick_str(&self.lexicon.first_names).to_lowercase());
        }
        let words = 5 + prng.below(25) + prng.below(25);
        self.push_words(&mut row.text, tongue, subject, words, &mut prng);
        if prng.chance(8) {
            row.text.push(' ');
            row.text.push_str(prng.pick_str(&EMOJI));
        }
        if prng.chance(30) {
            row.tags.push(SUBJECTS[topic].to_owned());
            if prng.chance(30) {
                row.tags.push(prng.pick_str(&subject.words).to_owned());
            }
            for tag in &row.tags {
                row.text.push_str(" #");
                row.text.push_str(tag);
            }
        }
        let has_page = prng.chance(33);
        match repeat {
            Some(Repeat::CaseAndSpacing) => row.text = respelled(&row.text, occasion),
            Some(Repeat::Tracking) if has_page => {
                row.text.clear();
                let words = 3 + occasion.below(9);
                self.push_words(&mut row.text, tongue, subject, words, occasion);
            }
            _ => {}
        }
        if has_page {
            let word = prng.pick_str(&subject.words);
            let _ = write!(row.url, "https://news{}.example.org/{word}/{original}", prng.below(40));
            if repeat == Some(Repeat::Tracking) {
                push_tracking(&mut row.url, occasion);
            }
            // Half of the pages are also named in the text, as people do.
            if prng.chance(50) {
                row.text.push(' ');
                row.text.push_str(&row.url);
                row.links.push(row.url.clone());
            }
        }
    }

    /// Sentences of `count` words in all.
    fn push_words(
        &self,
        out: &mut String,
        tongue: &Tongue,
        subject: &SubjectWords,
        count: u64,
        prng: &mut Prng,
    ) {
        let mut sentence_start = true;
        for position in 0..count {
            // One number for both choices: this is the innermost loop.
            let chance = prng.next();
            let word = match chance % 128 {
                0..4 => prng.pick_str(&subject.phrases),
                4..23 => prng.pick_str(&subject.words),
                _ => self.lexicon.word(tongue, prng),
            };
            if position > 0 {
                out.push(' ');
            }
            match word.chars().next() {
                Some(first) if sentence_start => {
                    out.extend(first.to_uppercase());
                    out.push_str(&word[first.len_utf8()..]);
                }
                _ => out.push_str(word),
            }
            sentence_start = false;
            match chance >> 32 & 63 {
                0..3 => out.push(','),
                3..6 => {
                    out.push_str(prng.pick_str(&[".", ".", "!", "?", "…"]));
                    sentence_start = true;
                }
                _ => {}
            }
        }
    }
}

/// The same words in other case, with other spaces.
fn respelled(text: &str, prng: &mut Prng) -> String {
    let cased = if prng.chance(50) { text.to_uppercase() } else { text.to_lowercase() };
    match prng.below(3) {
        0 => cased.replacen(' ', "  ", 3),
        1 => format!(" {cased}  "),
        _ => cased,
    }
}

/// Tracking parameters, which lead to the same page whatever they say.
fn push_tracking(url: &mut String, prng: &mut Prng) {
    let who = prng.pick_str(&["newsletter", "social", "app", "rss"]);
    let _ = write!(url, "?utm_source={who}&utm_medium=link{}", prng.below(100));
    if prng.chance(30) {
        let _ = write!(url, "&fbclid=Iw{:x}", prng.next());
    }
}

/// Mostly small, sometimes up to `2^(bits + 1)`: each further bit half as likely as the one before,
/// with a slow decay as popularity has.
fn heavy_tail(prng: &mut Prng, bits: u64) -> u32 {
    let width = prng.below(bits + 1).min(prng.below(bits + 1));
    prng.below(2 << width) as u32
}
