//! A message as a row of tokens, read as far as they are asked for: most messages are known to have content after
//! a few words.

use crate::chunks::{Chunk, Chunks, chunks};
use crate::fold::{Folded, Hashes};

/// A message of more words than this is not noise for what it says.
const WORDS: usize = 24;

/// Nor is one of more tokens of any kind.
const TOKENS: usize = 256;

/// What a message consists of; signs, emoji and emoticons leave no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Word {
        hashes: Hashes,
        number: bool,
        laugh: bool,
        /// How many words it counts for: writings without spaces put many into one run.
        words: u32,
    },
    /// A link, a mention or a hashtag.
    Address,
    /// An opening and a closing bracket.
    Open,
    Close,
    /// The end of a sentence.
    Stop,
}

/// Memory for the tokens of one message after the other.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    all: Vec<Token>,
    word: Folded,
}

/// The tokens of one message.
#[derive(Debug)]
pub(crate) struct Tokens<'t> {
    /// How many there are at most at the start that only say whom the message is for: `zoé: merci`.
    pub(crate) addressee: usize,
    /// Whether it is a notice of a chat program: `=== zoé has joined`.
    pub(crate) notice: bool,
    /// Whether the message turned out to be longer than what is looked at.
    pub(crate) cut: bool,
    memory: &'t mut Memory,
    /// How many words were read.
    words: usize,
    title: Option<Chunks<'t>>,
    /// What the text begins with: a mark of a message that is passed on, and the first chunk.
    begin: [Option<Chunk<'t>>; 2],
    text: Chunks<'t>,
}

impl<'t> Tokens<'t> {
    /// The tokens of a message, none of them read yet but those of whom it is for.
    pub(crate) fn of(title: &'t str, text: &'t str, memory: &'t mut Memory) -> Self {
        memory.all.clear();
        let mut text = chunks(text);
        let (mut mark, mut first) = (None, text.next());
        if first.is_some_and(|chunk| matches!(chunk.text, "RT" | "MT" | "rt")) {
            (mark, first) = (first, text.next());
            mark = mark.filter(|_| !first.is_some_and(|next| next.text.starts_with('@')));
        }
        let notice = first.is_some_and(|chunk| {
            matches!(chunk.text, "===" | "***" | "-->" | "<--" | "-!-" | "→" | "←" | "⇐")
        });
        let of_someone = title.is_empty()
            && first.is_some_and(|chunk| chunk.text.len() > 1 && chunk.text.ends_with([':', ',']));
        let mut tokens = Self {
            addressee: 0,
            notice,
            cut: false,
            memory,
            words: 0,
            title: (!title.is_empty()).then(|| chunks(title)),
            begin: [mark, first],
            text,
        };
        if of_someone {
            while tokens.begin[1].is_some() {
                tokens.read_on();
            }
            tokens.addressee = tokens.memory.all.len();
        }
        tokens
    }

    /// The token of this place; none behind the last, or where the message is cut.
    #[inline]
    pub(crate) fn get(&mut self, at: usize) -> Option<Token> {
        loop {
            if let Some(token) = self.memory.all.get(at) {
                return Some(*token);
            }
            if !self.read_on() {
                return None;
            }
        }
    }

    /// Read the next chunk, if there is one.
    fn read_on(&mut self) -> bool {
        if self.cut {
            return false;
        }
        if let Some(title) = &mut self.title {
            match title.next() {
                Some(chunk) => self.chunk(chunk),
                None => {
                    self.title = None;
                    self.memory.all.push(Token::Stop);
                }
            }
            return true;
        }
        let [mark, first] = &mut self.begin;
        let Some(chunk) = mark.take().or_else(|| first.take()).or_else(|| self.text.next()) else {
            return false;
        };
        self.chunk(chunk);
        true
    }

    fn chunk(&mut self, chunk: Chunk<'_>) {
        if self.words >= WORDS || self.memory.all.len() >= TOKENS {
            self.cut = true;
        } else if chunk.is_plain() {
            self.memory.word.push_ascii(chunk.text.as_bytes());
            self.finish();
        } else if chunk.is_address() {
            self.memory.all.push(Token::Address);
        } else if !(chunk.has_signs() && is_emoticon(chunk.text)) {
            self.words_of(chunk.text);
        }
    }

    fn words_of(&mut self, chunk: &str) {
        let mut rest = chunk;
        while let Some(letter) = rest.chars().next() {
            if self.words > WORDS || self.memory.all.len() >= TOKENS {
                self.cut = true;
                break;
            }
            let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if run > 0 {
                self.memory.word.push_ascii(&rest.as_bytes()[..run]);
                rest = &rest[run..];
                continue;
            }
            let behind = &rest[letter.len_utf8()..];
            let sign = match letter {
                '&' => behind
                    .find(';')
                    .filter(|&end| behind[..end].bytes().all(|byte| byte.is_ascii_alphanumeric())),
                _ => None,
            };
            if letter.is_alphanumeric() || self.belongs(letter, behind) {
                self.memory.word.push(letter);
            } else if !matches!(letter, '\'' | '’' | '\u{300}'..='\u{36F}') {
                self.finish();
                match letter {
                    '(' | '[' => self.memory.all.push(Token::Open),
                    ')' | ']' => self.memory.all.push(Token::Close),
                    '.' | '!' | '?' | ';' | ':' | '…' => self.memory.all.push(Token::Stop),
                    _ => {}
                }
            }
            // `&amp;` is a sign.
            rest = sign.map_or(behind, |end| &behind[end + 1..]);
        }
        self.finish();
    }

    /// Whether a sign is part of a word: `+1`, `snake_case`.
    fn belongs(&self, sign: char, behind: &str) -> bool {
        match sign {
            '+' => self.memory.word.is_empty() && behind.starts_with(|next: char| next.is_ascii_digit()),
            '_' => !self.memory.word.is_empty(),
            _ => false,
        }
    }

    fn finish(&mut self) {
        let word = &mut self.memory.word;
        if word.is_empty() {
            return;
        }
        self.memory.all.push(Token::Word {
            hashes: word.hashes(),
            number: word.is_number(),
            laugh: word.is_laugh(),
            words: 1 + word.spaceless() / 3,
        });
        word.clear();
        self.words += 1;
    }
}

/// Whether a run is a face made of signs: `:-)`, `;D`, `=p`, `8)`, `:smile:`.
fn is_emoticon(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    let face = |eyes: &[u8]| bytes.len() <= 4 && bytes.first().is_some_and(|first| eyes.contains(first));
    let mouth = |from: usize| bytes.get(from).is_some_and(|mouth| b")(]['/\\|*DPpOoSsXx3".contains(mouth));
    let named = chunk.len() > 2
        && chunk.starts_with(':')
        && chunk.ends_with(':')
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b":_+-".contains(byte));
    named
        || face(b":;=") && (mouth(1) || mouth(2))
        || face(b"8xX") && b")(".contains(bytes.get(1).unwrap_or(&0))
        || matches!(
            chunk,
            "o/" | "\\o/" | "\\o" | "<3" | "</3" | "&lt;3" | "o_O" | "O_o" | "o_o" | "T_T" | "u_u"
        )
}
