//! What is left of a message when its sterile parts are taken away.

use crate::kind::{Kind, Kinds};
use crate::lexicon::{End, Lexicon, Meaning};
use crate::token::Token;
use crate::tokens::Tokens;

/// So many words after “I'm at” name the place.
const PLACE: u32 = 3;

/// Which kinds of noise a message is for what it says: judged by what is left of it.
pub(crate) fn kinds(lexicon: &Lexicon, tokens: &mut Tokens<'_>) -> Kinds {
    let mut reading = Reading {
        lexicon,
        tokens,
        left: 0,
        words: 0,
        at_start: true,
        room: [0; Kind::ALL.len()],
        most_room: Kind::MOST_LEFT_WITHIN,
    };
    let mut kinds = Kinds::default();
    while reading.step() {
        if reading.left > reading.most_left() {
            return kinds;
        }
    }
    if !reading.tokens.cut {
        kinds.set(Kind::Bare, reading.words == 0);
        for kind in Kind::ALL {
            kinds.set(kind, reading.left < reading.room[kind as usize]);
        }
    }
    kinds
}

struct Reading<'a, 't> {
    lexicon: &'a Lexicon,
    tokens: &'a mut Tokens<'t>,
    /// How many words say something.
    left: u32,
    words: u32,
    /// Whether nothing but mentions and names stood in front.
    at_start: bool,
    /// For each kind, fewer words than this may be left: one more than it leaves room for, and 0 where it was not
    /// found.
    room: [u32; Kind::ALL.len()],
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
    #[inline]
    fn step(&mut self) -> bool {
        let most = self.most_left() + 1 - self.left;
        let left = self.tokens.pass_words(self.lexicon, most, self.at_start);
        if left > 0 {
            self.words += left;
            self.left += left;
            self.at_start = false;
            return true;
        }
        let token = self.tokens.ahead(0);
        if !token.is_word() {
            self.tokens.pass(1);
            return token != Token::NONE;
        }
        let notice = self.tokens.notice;
        let found = self.lexicon.longest(self.tokens, token, self.at_start, notice);
        if let Some(&End { meaning, at_start, open }) = self.lexicon.end(found) {
            self.tokens.pass(found.len());
            self.words += 1;
            match meaning {
                Meaning::Noise(kind) => self.noise(kind, at_start),
                Meaning::Content => self.left += found.len(),
                Meaning::Filler => {}
            }
            if open {
                self.place();
            }
            self.at_start = false;
            return true;
        }
        if token.is_laugh() {
            self.words += 1;
            self.noise(Kind::Reaction, false);
        } else if !self.tokens.is_addressee() {
            self.words += 1;
            self.left += token.words();
            self.at_start = false;
        }
        self.tokens.pass(1);
        true
    }

    fn noise(&mut self, kind: Kind, at_start: bool) {
        let room = kind.words_left(at_start);
        self.most_room = self.most_room.max(room);
        let found = &mut self.room[kind as usize];
        *found = (room + 1).max(*found);
    }

    /// Pass the name of a place, its address in brackets, and who else is there.
    fn place(&mut self) {
        let mut words = 0;
        let mut brackets = 0u32;
        loop {
            match self.tokens.ahead(0) {
                Token::OPEN => brackets += 1,
                Token::CLOSE => brackets = brackets.saturating_sub(1),
                Token::ADDRESS => {}
                word if word.is_word() && (brackets > 0 || self.is_filler(word)) => {}
                word if word.is_word() && words + word.words() <= PLACE => words += word.words(),
                _ => return,
            }
            self.tokens.pass(1);
        }
    }

    fn is_filler(&mut self, word: Token) -> bool {
        let found = self.lexicon.longest(self.tokens, word, false, false);
        self.lexicon.end(found).is_some_and(|end| end.meaning == Meaning::Filler)
    }
}
