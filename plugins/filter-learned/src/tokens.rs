//! A text as tokens: words, tags, mentions, numbers, addresses, emoji and strong signs, in small letters and
//! without accents.

use crate::letters::Letters;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Tag,
    Mention,
    Number,
    /// An address; its folded form is its site.
    Link,
    /// An emoji, a sign of money, a run of `!` or `?`.
    Sign,
}

/// A token: what is known of its letters, and where it stands in the text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Small and without accents.
    pub(crate) letters: Letters,
    source: (u32, u32),
}

/// The tokens of one text at a time; its memory is used again for the next.
#[derive(Default)]
pub(crate) struct Tokens {
    tokens: Vec<Token>,
}

/// How many tokens of a text are looked at, so that the longest text costs a bounded time.
pub(crate) const MOST: usize = 1_000;

/// What an ASCII byte is: part of a word, as its small letter; 0 where it stands between words.
static PART: [u8; 256] = parts();

const fn parts() -> [u8; 256] {
    let mut parts = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let plain = byte as u8;
        if plain.is_ascii_alphanumeric() || plain == b'_' {
            parts[byte] = plain.to_ascii_lowercase();
        }
        byte += 1;
    }
    parts
}

impl Tokens {
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
    }

    pub(crate) fn all(&self) -> &[Token] {
        &self.tokens
    }

    /// Read a text; the tokens that were read before stay.
    pub(crate) fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at)
            && self.tokens.len() < MOST
        {
            at = match byte {
                _ if PART[usize::from(byte)] != 0 => match address_len(&text[at..]) {
                    Some(len) => self.push(Kind::Link, crible_sdk::site(&text[at..at + len]), at, at + len),
                    None => self.read_word(Kind::Word, text, at, at),
                },
                b'#' if starts_word(text, at + 1) => self.read_word(Kind::Tag, text, at, at + 1),
                b'@' if starts_word(text, at + 1) => self.read_word(Kind::Mention, text, at, at + 1),
                b'!' | b'?' => {
                    let len = bytes[at..].iter().take_while(|byte| matches!(byte, b'!' | b'?')).count();
                    // One, or more than one: three exclamation marks say no more than five.
                    let form = match (len, byte) {
                        (1, b'!') => "!",
                        (1, _) => "?",
                        _ => "!!",
                    };
                    self.push(Kind::Sign, form, at, at + len)
                }
                b'$' | b'%' => self.push(Kind::Sign, &text[at..=at], at, at + 1),
                0..0x80 => at + 1,
                _ => match text[at..].chars().next() {
                    Some(c) if is_part(c) => self.read_word(Kind::Word, text, at, at),
                    Some(c) if is_sign(c) => {
                        let end = at + c.len_utf8();
                        self.push(Kind::Sign, &text[at..end], at, end)
                    }
                    c => at + c.map_or(1, char::len_utf8),
                },
            };
        }
    }

    /// Read a word whose token begins at `start` and whose letters begin at `at`; where it ends.
    fn read_word(&mut self, kind: Kind, text: &str, start: usize, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        let mut letters = Letters::default();
        let mut digits = true;
        loop {
            // In a copy, which the processor's registers hold.
            let mut plain = letters;
            let parts = bytes[at..].iter().map(|&byte| PART[usize::from(byte)]).take_while(|&part| part != 0);
            for part in parts {
                plain.push(part);
                digits &= part <= b'9';
            }
            at += (plain.len() - letters.len()) as usize;
            letters = plain;
            if bytes.get(at).is_none_or(u8::is_ascii) {
                break;
            }
            match text[at..].chars().next() {
                Some(c) if is_part(c) => {
                    fold(c, &mut letters);
                    digits = false;
                    at += c.len_utf8();
                }
                _ => break,
            }
        }
        let kind = if digits && kind == Kind::Word { Kind::Number } else { kind };
        self.tokens.push(Token { kind, letters, source: (start as u32, at as u32) });
        at
    }

    /// Add a token of this form; where it ends.
    fn push(&mut self, kind: Kind, form: &str, start: usize, end: usize) -> usize {
        let mut letters = Letters::default();
        form.chars().for_each(|c| fold(c, &mut letters));
        self.tokens.push(Token { kind, letters, source: (start as u32, end as u32) });
        end
    }
}

impl Token {
    /// The token as it is written in the text that was read.
    pub(crate) fn written<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.source.0 as usize..self.source.1 as usize).unwrap_or_default()
    }
}

/// Whether there is part of a word at a place.
fn starts_word(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_part)
}

fn is_part(c: char) -> bool {
    match c {
        '\0'..='\x7F' => PART[c as usize] != 0,
        // Accented letters, and accents that stand behind their letter.
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{300}'..='\u{36F}' => true,
        // Apostrophes, dashes, dots.
        '\u{2010}'..='\u{203A}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Signs that mean something alone: money, emoji, arrows and hearts.
fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '%' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn address_len(text: &str) -> Option<usize> {
    if !matches!(text.as_bytes().first(), Some(b'h' | b'H' | b'w' | b'W')) {
        return None;
    }
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    if !(starts("http://") || starts("https://") || starts("www.")) {
        return None;
    }
    Some(text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '»')).unwrap_or(text.len()))
}

/// Small letters without accents, for the letters of French and its neighbours; others are made small.
fn fold(c: char, out: &mut Letters) {
    let plain = match c {
        '\0'..='\x7F' => return out.push(c.to_ascii_lowercase() as u8),
        'à'..='å' | 'À'..='Å' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' => "c",
        'è'..='ë' | 'È'..='Ë' => "e",
        'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => "o",
        'œ' | 'Œ' => "oe",
        'ù'..='ü' | 'Ù'..='Ü' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => "y",
        'ß' => "ss",
        // Accents that stand behind their letter.
        '\u{300}'..='\u{36F}' => "",
        _ => {
            let mut utf8 = [0; 4];
            return c.to_lowercase().for_each(|c| out.push_all(c.encode_utf8(&mut utf8).as_bytes()));
        }
    };
    out.push_all(plain.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Kind, u64)> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        tokens.all().iter().map(|token| (token.kind, token.letters.hash())).collect()
    }

    #[test]
    fn words_are_folded_and_told_apart_from_tags_mentions_and_addresses() {
        let expected = [
            (Kind::Word, "l"),
            (Kind::Word, "ete"),
            (Kind::Tag, "cafe"),
            (Kind::Mention, "zoe_1"),
            (Kind::Number, "2012"),
            (Kind::Link, "journal.fr"),
            (Kind::Sign, "!!"),
            (Kind::Sign, "🎉"),
        ];
        let found = tokens("L’ÉTÉ #Café @zoé_1 2012 https://www.journal.fr/a?b!c !!! 🎉");
        assert_eq!(found, expected.map(|(kind, form)| (kind, Letters::of(form).hash())));
    }

    #[test]
    fn a_token_knows_how_it_was_written() {
        let mut tokens = Tokens::default();
        let text = "déjà, #Été";
        tokens.read(text);
        let written: Vec<&str> = tokens.all().iter().map(|token| token.written(text)).collect();
        assert_eq!(written, ["déjà", "#Été"]);
    }
}
