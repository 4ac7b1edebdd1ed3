//! A message as a row of tokens, read as far as they are asked for: most messages are known to have content after
//! a few words.

use crate::chunks::{Chunk, Chunks, Seen};
use crate::fold::{Folded, Plain};
use crate::lexicon::Lexicon;
use crate::token::Token;

/// A message of more words than this is not noise for what it says.
pub(crate) const WORDS: u32 = 24;

/// Nor is one of more tokens of any kind.
const TOKENS: usize = 256;

/// Memory for the tokens of one message after the other.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    all: Vec<Token>,
    /// The second hashes of words with stretched letters, by their places.
    others: Vec<(usize, u64)>,
    word: Folded,
}

/// The tokens of one message.
#[derive(Debug)]
pub(crate) struct Tokens<'t> {
    /// How many there are at most at the start that only say whom the message is for: `zoé: merci`.
    addressee: usize,
    /// Whether it is a notice of a chat program: `=== zoé has joined`.
    pub(crate) notice: bool,
    /// Whether the message turned out to be longer than what is looked at.
    pub(crate) cut: bool,
    memory: &'t mut Memory,
    /// Which is read.
    at: usize,
    /// How many words were passed without a token, and how many there were in all.
    passed: u32,
    words: u32,
    title: Option<Chunks<'t>>,
    text: Chunks<'t>,
}

impl<'t> Tokens<'t> {
    /// The tokens of a message, none of them read yet but those of whom it is for.
    pub(crate) fn of(title: &'t Seen<'t>, text: &'t Seen<'t>, memory: &'t mut Memory) -> Self {
        memory.all.clear();
        memory.others.clear();
        let title = (title.text.len() > 0).then(|| title.chunks());
        let text = text.chunks();
        let mut tokens =
            Self { addressee: 0, notice: false, cut: false, memory, at: 0, passed: 0, words: 0, title, text };
        tokens.begin();
        tokens
    }

    /// See what the text begins with.
    fn begin(&mut self) {
        let mut text = self.text;
        let Some(mut first) = text.next() else { return };
        // A mark of a message that is passed on.
        if first.len() == 2 && matches!(text.of.bytes(first), b"RT" | b"MT" | b"rt") {
            let behind = text;
            let Some(next) = text.next() else { return };
            if text.of.bytes(next).starts_with(b"@") {
                self.text = behind;
            }
            first = next;
        }
        if first.plain {
            return;
        }
        let first = text.of.text(first);
        self.notice = matches!(first, "===" | "***" | "-->" | "<--" | "-!-" | "→" | "←" | "⇐");
        if self.title.is_none() && first.len() > 1 && first.ends_with([':', ',']) {
            while self.text.at() < text.at() {
                self.read_on();
            }
            self.addressee = self.memory.all.len();
        }
    }

    /// Pass words that need no token: those that no phrase begins with, up to so many, and behind them fillers that
    /// stand alone. What follows is read. How many words were passed that say something.
    #[inline]
    pub(crate) fn pass_words(&mut self, lexicon: &Lexicon, most: u32, mut at_start: bool) -> u32 {
        let of = self.text.of;
        if self.at < self.memory.all.len() || self.title.is_some() || of.outline.signs.tripled {
            return 0;
        }
        let mut left = 0;
        while left < most && !self.is_full() {
            let Some(chunk) = self.text.next() else { break };
            if !chunk.plain {
                self.chunk(of, chunk);
                break;
            }
            let word = Plain::at(of.text, chunk.start, chunk.len());
            if word.may_laugh || word.number {
                self.plain(of, chunk.start, chunk.end);
                break;
            }
            self.words += 1;
            if !lexicon.may_begin(word.hash) {
                left += 1;
                at_start = false;
            } else if at_start || !lexicon.is_lone_filler(word.hash) {
                self.memory.all.push(Token::word(word.hash, false));
                break;
            }
            self.passed += 1;
        }
        left
    }

    /// The token so many behind the one that is read: none behind the last, or where the message is cut.
    #[inline]
    pub(crate) fn ahead(&mut self, by: u32) -> Token {
        loop {
            if let Some(token) = self.memory.all.get(self.at + by as usize) {
                return *token;
            }
            if !self.read_on() {
                return Token::NONE;
            }
        }
    }

    /// Whether no more is looked at.
    #[inline]
    fn is_full(&self) -> bool {
        self.words >= WORDS || self.tokens() >= TOKENS
    }

    /// How many tokens there were.
    #[inline]
    fn tokens(&self) -> usize {
        self.memory.all.len() + self.passed as usize
    }

    /// Go on behind so many tokens.
    #[inline]
    pub(crate) fn pass(&mut self, tokens: u32) {
        self.at += tokens as usize;
    }

    /// The second hash of the word so many tokens ahead, which has stretched letters.
    pub(crate) fn other(&self, by: u32) -> u64 {
        let at = self.at + by as usize;
        self.memory.others.iter().find(|(place, _)| *place == at).map_or(0, |(_, other)| *other)
    }

    /// Whether the word that is read only says whom the rest is for.
    #[inline]
    pub(crate) fn is_addressee(&mut self) -> bool {
        self.at < self.addressee && self.ahead(self.addressee as u32) != Token::NONE
    }

    /// Read the next chunk, if there is one and no end of what is looked at.
    fn read_on(&mut self) -> bool {
        if self.cut {
            return false;
        }
        if let Some(title) = &mut self.title {
            match title.next() {
                Some(chunk) => {
                    let title = title.of;
                    self.chunk(title, chunk);
                }
                None => {
                    self.title = None;
                    self.memory.all.push(Token::STOP);
                }
            }
            return true;
        }
        let Some(chunk) = self.text.next() else { return false };
        self.chunk(self.text.of, chunk);
        true
    }

    // Always: a chunk that is handed over in memory is waited for.
    #[inline(always)]
    fn chunk(&mut self, of: &Seen<'_>, chunk: Chunk) {
        if self.is_full() {
            self.cut = true;
        } else if chunk.plain {
            self.plain(of, chunk.start, chunk.end);
        } else if of.is_address(chunk) {
            self.memory.all.push(Token::ADDRESS);
        } else if !is_emoticon(of.bytes(chunk)) {
            self.words_of(of, chunk);
        }
    }

    /// Add letters and digits of ASCII, which are all of a word.
    #[inline]
    fn plain(&mut self, of: &Seen<'_>, start: usize, end: usize) {
        if !of.outline.signs.tripled {
            let Plain { hash, number, may_laugh } = Plain::at(of.text, start, end - start);
            if !may_laugh {
                self.memory.all.push(Token::word(hash, number));
                self.words += 1;
                return;
            }
        }
        self.memory.word.push_ascii(&of.text.text.as_bytes()[start..end]);
        self.finish();
    }

    fn words_of(&mut self, of: &Seen<'_>, chunk: Chunk) {
        let bytes = of.bytes(chunk);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if self.words > WORDS || self.tokens() >= TOKENS {
                self.cut = true;
                break;
            }
            if byte.is_ascii_alphanumeric() {
                let start = chunk.start + at;
                let run = (of.outline.at(start).plain().trailing_ones() as usize).min(bytes.len() - at);
                at += run;
                let goes_on = run == 64
                    || !self.memory.word.is_empty()
                    || bytes.get(at).is_some_and(|&next| matches!(next, b'\'' | b'_' | b'+' | 0x80..));
                if goes_on {
                    self.memory.word.push_ascii(&bytes[at - run..at]);
                    continue;
                }
                self.plain(of, start, start + run);
            }
            match bytes.get(at) {
                None => break,
                Some(&sign) if sign.is_ascii() => at += self.sign(sign, &bytes[at + 1..]),
                Some(_) => at += self.beyond_ascii(&of.text.text[chunk.start + at..chunk.end]),
            }
        }
        self.finish();
    }

    /// Read a sign of ASCII. How many bytes it is with those that belong to it.
    fn sign(&mut self, sign: u8, behind: &[u8]) -> usize {
        if self.belongs(sign, behind) {
            self.memory.word.push(char::from(sign));
        } else if sign != b'\'' {
            self.finish();
            match sign {
                b'(' | b'[' => self.memory.all.push(Token::OPEN),
                b')' | b']' => self.memory.all.push(Token::CLOSE),
                b'.' | b'!' | b'?' | b';' | b':' => self.memory.all.push(Token::STOP),
                // `&amp;` is a sign.
                b'&' => {
                    let name = behind.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                    if behind.get(name) == Some(&b';') {
                        return name + 2;
                    }
                }
                _ => {}
            }
        }
        1
    }

    /// Read the first letter or sign, which is none of ASCII. How many bytes it is.
    fn beyond_ascii(&mut self, rest: &str) -> usize {
        let Some(letter) = rest.chars().next() else { return 1 };
        if is_alphanumeric(letter) {
            self.memory.word.push(letter);
        } else if !matches!(letter, '’' | '\u{300}'..='\u{36F}') {
            self.finish();
            if letter == '…' {
                self.memory.all.push(Token::STOP);
            }
        }
        letter.len_utf8()
    }

    /// Whether a sign is part of a word: `+1`, `snake_case`.
    fn belongs(&self, sign: u8, behind: &[u8]) -> bool {
        match sign {
            b'+' => self.memory.word.is_empty() && behind.first().is_some_and(u8::is_ascii_digit),
            b'_' => !self.memory.word.is_empty(),
            _ => false,
        }
    }

    fn finish(&mut self) {
        let word = &mut self.memory.word;
        if word.is_empty() {
            return;
        }
        let (token, other) = Token::of(word);
        if let Some(other) = other {
            self.memory.others.push((self.memory.all.len(), other));
        }
        self.memory.all.push(token);
        word.clear();
        self.words += 1;
    }
}

/// [`char::is_alphanumeric`], which takes its time with those that are most frequent beyond ASCII: Latin letters,
/// punctuation and emoji.
fn is_alphanumeric(letter: char) -> bool {
    match letter {
        'À'..='ɏ' => !matches!(letter, '×' | '÷'),
        '\u{2000}'..='\u{206F}' | '\u{1F300}'..='\u{1FAFF}' => false,
        _ => letter.is_alphanumeric(),
    }
}

/// Whether a run is a face made of signs: `:-)`, `;D`, `=p`, `8)`, `:smile:`.
fn is_emoticon(chunk: &[u8]) -> bool {
    let mouth = |at: usize| chunk.get(at).is_some_and(|mouth| b")(]['/\\|*DPpOoSsXx3".contains(mouth));
    match chunk {
        [b':', name @ .., b':']
            if !name.is_empty()
                && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b":_+-".contains(byte)) =>
        {
            true
        }
        [b':' | b';' | b'=', ..] => chunk.len() <= 4 && (mouth(1) || mouth(2)),
        [b'8' | b'x' | b'X', b')' | b'(', ..] => chunk.len() <= 4,
        [b'o' | b'O' | b'\\' | b'<' | b'&' | b'T' | b'u', ..] => matches!(
            chunk,
            b"o/" | b"\\o/" | b"\\o" | b"<3" | b"</3" | b"&lt;3" | b"o_O" | b"O_o" | b"o_o" | b"T_T" | b"u_u"
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::outline::Outline;

    use super::*;

    proptest! {
        #[test]
        fn a_message_that_looks_too_long_is(text in "((a|I|to|don't|ab|W\\.|c:d|8\\)|o/|http://x|www\\.ab|é|\\PC)[ ]){20,60}") {
            let (mut outline, nothing) = (Outline::default(), Outline::default());
            outline.look(text.as_str().into());
            let title = Seen { text: "".into(), outline: &nothing };
            let text = Seen { text: text.as_str().into(), outline: &outline };
            let mut memory = Memory::default();
            let mut tokens = Tokens::of(&title, &text, &mut memory);
            while tokens.ahead(0) != Token::NONE {
                tokens.pass(1);
            }
            prop_assert!(tokens.cut || outline.signs.tripled || outline.signs.words <= WORDS);
        }
    }

    #[test]
    fn letters_and_digits_are_known_as_such() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(letter), letter.is_alphanumeric(), "{letter:?}");
        }
    }
}
