//! What is left of a message when its sterile parts are taken away.

use crate::kind::Kind;
use crate::lexicon::{Found, Lexicon, Meaning};
use crate::tokens::{Token, Tokens};

/// So many words after “I'm at” name the place.
const PLACE: u32 = 3;

/// Which kinds of noise a message is, for what it says. In the order of [`Kind::ALL`].
pub(crate) type Kinds = [bool; Kind::ALL.len()];

/// Judge a message by what is left of it.
pub(crate) fn kinds(lexicon: &Lexicon, tokens: &Tokens) -> Kinds {
    let mut kinds = Kinds::default();
    if tokens.cut {
        return kinds;
    }
    let mut reading =
        Reading { lexicon, tokens, at: 0, left: 0, words: 0, at_start: true, room: [None; Kind::ALL.len()] };
    while reading.at < tokens.all.len() && reading.left <= Kind::MOST_LEFT {
        reading.step();
    }
    for (place, kind) in Kind::ALL.into_iter().enumerate() {
        let bare = kind == Kind::Bare && reading.words == 0;
        kinds[place] = bare || reading.room[place].is_some_and(|room| reading.left <= room);
    }
    kinds
}

struct Reading<'a> {
    lexicon: &'a Lexicon,
    tokens: &'a Tokens,
    at: usize,
    /// How many words say something.
    left: u32,
    words: u32,
    /// Whether nothing but mentions and names stood in front.
    at_start: bool,
    /// For each kind that was found, how many words it leaves room for.
    room: [Option<u32>; Kind::ALL.len()],
}

impl Reading<'_> {
    fn step(&mut self) {
        let rest = &self.tokens.all[self.at..];
        let Some(Token::Word { laugh, words, .. }) = rest.first() else {
            self.at += 1;
            return;
        };
        let found = self.lexicon.longest(rest, self.at_start, self.tokens.notice);
        let named = self.at < self.tokens.addressee && rest.len() > self.tokens.addressee;
        match found {
            Some(Found { meaning, len, at_start, open }) => {
                self.at += len;
                self.words += 1;
                match meaning {
                    Meaning::Noise(kind) => self.noise(kind, at_start),
                    Meaning::Content => self.left += len as u32,
                    Meaning::Filler => {}
                }
                if open {
                    self.place();
                }
                self.at_start = false;
            }
            None => {
                self.at += 1;
                if *laugh {
                    self.words += 1;
                    self.noise(Kind::Reaction, false);
                } else if !named {
                    self.words += 1;
                    self.left += words;
                    self.at_start = false;
                }
            }
        }
    }

    fn noise(&mut self, kind: Kind, at_start: bool) {
        let room = kind.words_left(at_start);
        if let Some(place) = Kind::ALL.into_iter().position(|of| of == kind) {
            self.room[place] = self.room[place].max(Some(room));
        }
    }

    /// Pass the name of a place, its address in brackets, and who else is there.
    fn place(&mut self) {
        let mut words = 0;
        let mut brackets = 0u32;
        while let Some(token) = self.tokens.all.get(self.at) {
            let filler = |found: Found| found.meaning == Meaning::Filler;
            match token {
                Token::Open => brackets += 1,
                Token::Close => brackets = brackets.saturating_sub(1),
                Token::Word { .. } if brackets > 0 => {}
                Token::Word { .. }
                    if self
                        .lexicon
                        .longest(&self.tokens.all[self.at..], false, false)
                        .is_some_and(filler) => {}
                Token::Word { words: more, .. } if words + more <= PLACE => words += more,
                Token::Address => {}
                Token::Word { .. } | Token::Stop => return,
            }
            self.at += 1;
        }
    }
}
