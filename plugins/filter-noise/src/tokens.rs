//! A message as a row of tokens.

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

/// The tokens of one message after the other, in the same memory.
#[derive(Default)]
pub(crate) struct Tokens {
    pub(crate) all: Vec<Token>,
    /// How many there are at most at the start that only say whom the message is for: `zoé: merci`.
    pub(crate) addressee: usize,
    /// Whether it is a notice of a chat program: `=== zoé has joined`.
    pub(crate) notice: bool,
    /// Whether the message is longer than what is looked at.
    pub(crate) cut: bool,
    word: Folded,
    words: usize,
}

impl Tokens {
    /// Read a message.
    pub(crate) fn read(&mut self, title: &str, text: &str) {
        self.all.clear();
        self.words = 0;
        (self.addressee, self.notice, self.cut) = (0, false, false);
        if !title.is_empty() {
            title.split_whitespace().for_each(|chunk| self.chunk(chunk));
            self.all.push(Token::Stop);
        }
        let mut chunks = text.split_whitespace().peekable();
        if let Some(mark) = chunks.next_if(|chunk| matches!(*chunk, "RT" | "MT" | "rt")) {
            let of_someone = chunks.peek().is_some_and(|next| next.starts_with('@'));
            if !of_someone {
                self.chunk(mark);
            }
        }
        if let Some(first) = chunks.next() {
            self.first(first, title.is_empty());
        }
        for chunk in chunks {
            if self.cut {
                return;
            }
            self.chunk(chunk);
        }
    }

    fn first(&mut self, chunk: &str, without_title: bool) {
        self.notice = matches!(chunk, "===" | "***" | "-->" | "<--" | "-!-" | "→" | "←" | "⇐");
        self.chunk(chunk);
        if without_title && chunk.len() > 1 && chunk.ends_with([':', ',']) {
            self.addressee = self.all.len();
        }
    }

    /// Read a run without spaces.
    fn chunk(&mut self, chunk: &str) {
        if self.words >= WORDS || self.all.len() >= TOKENS {
            self.cut = true;
            return;
        }
        if is_address(chunk) {
            self.all.push(Token::Address);
        } else if !is_emoticon(chunk) {
            self.words_of(chunk);
        }
    }

    fn words_of(&mut self, chunk: &str) {
        let mut rest = chunk;
        while let Some(letter) = rest.chars().next() {
            if self.words > WORDS || self.all.len() >= TOKENS {
                self.cut = true;
                break;
            }
            let behind = &rest[letter.len_utf8()..];
            let sign = match letter {
                '&' => behind
                    .find(';')
                    .filter(|&end| behind[..end].bytes().all(|byte| byte.is_ascii_alphanumeric())),
                _ => None,
            };
            if letter.is_alphanumeric() || self.belongs(letter, behind) {
                self.word.push(letter);
            } else if !matches!(letter, '\'' | '’' | '\u{300}'..='\u{36F}') {
                self.finish();
                match letter {
                    '(' | '[' => self.all.push(Token::Open),
                    ')' | ']' => self.all.push(Token::Close),
                    '.' | '!' | '?' | ';' | ':' | '…' => self.all.push(Token::Stop),
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
            '+' => self.word.is_empty() && behind.starts_with(|next: char| next.is_ascii_digit()),
            '_' => !self.word.is_empty(),
            _ => false,
        }
    }

    fn finish(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let letters = self.word.letters();
        let spaceless = letters.iter().filter(|&&letter| letter >= '\u{E00}').count() as u32;
        self.all.push(Token::Word {
            hashes: self.word.hashes(),
            number: letters.iter().all(char::is_ascii_digit),
            laugh: self.word.is_laugh(),
            words: 1 + spaceless / 3,
        });
        self.words += 1;
        self.word.clear();
    }
}

/// Whether a run without spaces is a link, a mail address, a mention or a hashtag.
pub(crate) fn is_address(chunk: &str) -> bool {
    let told_by = |byte: &u8| matches!(byte, b':' | b'@' | b'#' | b'.');
    if !chunk.as_bytes().iter().any(told_by) {
        return false;
    }
    let bare = chunk.trim_start_matches(['(', '[', '"', '«', '“', '.', ',', '-']);
    let named = |behind: &str| behind.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    bare.strip_prefix(['@', '#']).is_some_and(named)
        || bare.starts_with("www.")
        || bare.bytes().any(|byte| matches!(byte, b':' | b'@'))
            && (bare.contains("://")
                || bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
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
