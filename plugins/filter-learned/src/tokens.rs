//! A text as tokens: words, tags, mentions, numbers, addresses, emoji and strong signs, in small letters and
//! without accents.

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

/// A token: its folded form and where it stands in the text, both in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    folded: (u32, u32),
    source: (u32, u32),
}

/// The tokens of one text at a time; its memory is used again for the next.
#[derive(Default)]
pub(crate) struct Tokens {
    folded: String,
    tokens: Vec<Token>,
}

/// How many tokens of a text are looked at, so that the longest text costs a bounded time.
pub(crate) const MOST: usize = 1_000;

impl Tokens {
    pub(crate) fn clear(&mut self) {
        self.folded.clear();
        self.tokens.clear();
    }

    pub(crate) fn all(&self) -> &[Token] {
        &self.tokens
    }

    pub(crate) fn folded(&self, token: &Token) -> &str {
        let (start, end) = token.folded;
        self.folded.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Read a text; the tokens that were read before stay.
    pub(crate) fn read(&mut self, text: &str) {
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if self.tokens.len() >= MOST {
                return;
            }
            let kind = match c {
                '#' | '@' if rest.peek().is_some_and(|&(_, next)| is_part(next)) => {
                    if c == '#' {
                        Kind::Tag
                    } else {
                        Kind::Mention
                    }
                }
                _ if is_part(c) => Kind::Word,
                '!' | '?' => {
                    let mut end = at + c.len_utf8();
                    while let Some((at, c)) = rest.next_if(|&(_, next)| matches!(next, '!' | '?')) {
                        end = at + c.len_utf8();
                    }
                    // One, or more than one: three exclamation marks say no more than five.
                    let form = if end - at > 1 {
                        "!!"
                    } else if c == '!' {
                        "!"
                    } else {
                        "?"
                    };
                    self.push(Kind::Sign, form, at, end);
                    continue;
                }
                _ if is_sign(c) => {
                    let end = at + c.len_utf8();
                    self.push(Kind::Sign, &text[at..end], at, end);
                    continue;
                }
                _ => continue,
            };
            if kind == Kind::Word
                && let Some(len) = address_len(&text[at..])
            {
                let end = at + len;
                while rest.next_if(|&(next, _)| next < end).is_some() {}
                self.push(Kind::Link, crible_sdk::site(&text[at..end]), at, end);
                continue;
            }
            let start = self.folded.len();
            let mut end = at + c.len_utf8();
            let mut digits = c.is_ascii_digit();
            if kind == Kind::Word {
                fold(c, &mut self.folded);
            }
            while let Some((at, c)) = rest.next_if(|&(_, next)| is_part(next)) {
                digits &= c.is_ascii_digit();
                fold(c, &mut self.folded);
                end = at + c.len_utf8();
            }
            let kind = if digits && kind == Kind::Word { Kind::Number } else { kind };
            let folded = (start as u32, self.folded.len() as u32);
            self.tokens.push(Token { kind, folded, source: (at as u32, end as u32) });
        }
    }

    fn push(&mut self, kind: Kind, form: &str, at: usize, end: usize) {
        let start = self.folded.len();
        form.chars().for_each(|c| fold(c, &mut self.folded));
        let folded = (start as u32, self.folded.len() as u32);
        self.tokens.push(Token { kind, folded, source: (at as u32, end as u32) });
    }
}

impl Token {
    /// The token as it is written in the text that was read.
    pub(crate) fn written<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.source.0 as usize..self.source.1 as usize).unwrap_or_default()
    }
}

fn is_part(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}')
    }
}

/// Signs that mean something alone: money, emoji, arrows and hearts.
fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '%' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn address_len(text: &str) -> Option<usize> {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    if !(starts("http://") || starts("https://") || starts("www.")) {
        return None;
    }
    Some(text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '»')).unwrap_or(text.len()))
}

/// Small letters without accents, for the letters of French and its neighbours; others are made small.
#[inline]
fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        fold_accented(c, out);
    }
}

fn fold_accented(c: char, out: &mut String) {
    let plain = match c {
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
        _ => return out.extend(c.to_lowercase()),
    };
    out.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Kind, String)> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        tokens.all().iter().map(|token| (token.kind, tokens.folded(token).to_owned())).collect()
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
        let found: Vec<(Kind, &str)> = found.iter().map(|(kind, form)| (*kind, form.as_str())).collect();
        assert_eq!(found, expected);
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
