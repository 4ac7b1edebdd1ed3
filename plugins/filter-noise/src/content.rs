//! What is left of a message when its sterile parts are taken away.

use crate::kind::Kind;
use crate::lexicon::{Found, Lexicon, Meaning};
use crate::tokens::{Token, Tokens};

/// So many words after “I'm at” name the place.
const PLACE: u32 = 3;

/// Which kinds of noise a message is, for what it says. In the order of [`Kind::ALL`].
pub(crate) type Kinds = [bool; Kind::ALL.len()];

/// Judge a message by what is left of it.
pub(crate) fn kinds(lexicon: &Lexicon, tokens: &mut Tokens<'_>) -> Kinds {
    let mut reading = Reading {
        lexicon,
        tokens,
        at: 0,
        left: 0,
        words: 0,
        at_start: true,
        room: [None; Kind::ALL.len()],
        most_room: Kind::MOST_LEFT_WITHIN,
    };
    while reading.left <= reading.most_left() && reading.step() {}
    let Reading { tokens, left, words, room, .. } = reading;
    let mut kinds = Kinds::default();
    if !tokens.cut {
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            let bare = kind == Kind::Bare && words == 0;
            kinds[place] = bare || room[place].is_some_and(|room| left <= room);
        }
    }
    kinds
}

struct Reading<'a, 't> {
    lexicon: &'a Lexicon,
    tokens: &'a mut Tokens<'t>,
    at: usize,
    /// How many words say something.
    left: u32,
    words: u32,
    /// Whether nothing but mentions and names stood in front.
    at_start: bool,
    /// For each kind that was found, how many words it leaves room for.
    room: [Option<u32>; Kind::ALL.len()],
    /// For how many words there is room, now or after what may still be found.
    most_room: u32,
}

impl Reading<'_, '_> {
    /// Where more words than this are left, the message is no noise of any kind for what it says, whatever follows.
    #[inline]
    fn most_left(&self) -> u32 {
        if self.at_start || self.tokens.notice {
            return Kind::MOST_LEFT;
        }
        self.most_room
    }

    /// Read a word or a phrase; whether there was one.
    fn step(&mut self) -> bool {
        let Some(token) = self.tokens.get(self.at) else { return false };
        let Token::Word { laugh, words, .. } = token else {
            self.at += 1;
            return true;
        };
        match self.lexicon.longest(self.tokens, self.at, self.at_start, self.tokens.notice) {
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
                if laugh {
                    self.words += 1;
                    self.noise(Kind::Reaction, false);
                } else if !self.is_addressee() {
                    self.words += 1;
                    self.left += words;
                    self.at_start = false;
                }
                self.at += 1;
            }
        }
        true
    }

    /// Whether this word only says whom the rest is for.
    fn is_addressee(&mut self) -> bool {
        let addressee = self.tokens.addressee;
        self.at < addressee && self.tokens.get(self.at + addressee).is_some()
    }

    fn noise(&mut self, kind: Kind, at_start: bool) {
        let room = kind.words_left(at_start);
        self.most_room = self.most_room.max(room);
        if let Some(place) = Kind::ALL.into_iter().position(|of| of == kind) {
            self.room[place] = self.room[place].max(Some(room));
        }
    }

    /// Pass the name of a place, its address in brackets, and who else is there.
    fn place(&mut self) {
        let mut words = 0;
        let mut brackets = 0u32;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Open => brackets += 1,
                Token::Close => brackets = brackets.saturating_sub(1),
                Token::Word { .. } if brackets > 0 || self.is_filler() => {}
                Token::Word { words: more, .. } if words + more <= PLACE => words += more,
                Token::Address => {}
                Token::Word { .. } | Token::Stop => return,
            }
            self.at += 1;
        }
    }

    fn is_filler(&mut self) -> bool {
        let found = self.lexicon.longest(self.tokens, self.at, false, false);
        found.is_some_and(|found| found.meaning == Meaning::Filler)
    }
}
