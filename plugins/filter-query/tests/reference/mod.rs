//! A slow, obvious evaluator: what a query means, said a second time and differently.
#![expect(clippy::unwrap_used, reason = "a module of a test")]

use filter_query::{Counter, Document, Field, Query, Words};
use regex_lite::RegexBuilder;
use unicode_normalization::UnicodeNormalization;

#[derive(Clone, Copy)]
pub(crate) struct Meaning {
    pub(crate) case: bool,
    pub(crate) accents: bool,
}

struct Token {
    word: String,
    lead: Option<char>,
    trail: String,
}

struct Wanted {
    token: Token,
    prefix: bool,
}

impl Meaning {
    pub(crate) fn matches(self, query: &Query, document: &Document<'_>) -> bool {
        match query {
            Query::And(parts) => parts.iter().all(|part| self.matches(part, document)),
            Query::Or(parts) => parts.iter().any(|part| self.matches(part, document)),
            Query::Not(inner) => !self.matches(inner, document),
            Query::Count { counter, least, most } => {
                let count = match counter {
                    Counter::Followers => document.followers,
                    Counter::Likes => document.likes,
                    Counter::Reposts => document.reposts,
                    Counter::Replies => document.replies,
                };
                count >= *least && count <= *most
            }
            Query::Regex { field, pattern, ignore_case } => {
                let regex = RegexBuilder::new(pattern).case_insensitive(*ignore_case).build().unwrap();
                values(*field, document).iter().any(|value| !value.is_empty() && regex.is_match(value))
            }
            Query::Words { field: field @ (Field::Tag | Field::Lang), words } => {
                values(*field, document).iter().any(|value| self.is_whole(*field, &words.typed, value))
            }
            Query::Words { field, words } => values(*field, document)
                .iter()
                .any(|value| !self.spans(*field, words, &self.tokens(value)).is_empty()),
            Query::Near { field, left, right, distance } => values(*field, document).iter().any(|value| {
                let tokens = self.tokens(value);
                let all = |side: &[Words]| -> Vec<(usize, usize)> {
                    side.iter().flat_map(|words| self.spans(*field, words, &tokens)).collect()
                };
                let (left, right) = (all(left), all(right));
                let gap = *distance as usize;
                left.iter().any(|a| {
                    right.iter().any(|b| (b.0 > a.1 && b.0 - a.1 <= gap) || (a.0 > b.1 && a.0 - b.1 <= gap))
                })
            }),
        }
    }

    /// Every occurrence, by its first and last word.
    fn spans(self, field: Field, words: &Words, tokens: &[Token]) -> Vec<(usize, usize)> {
        let mut wanted: Vec<Wanted> = Vec::new();
        let parts: Vec<&str> = words.typed.split('*').collect();
        for (index, part) in parts.iter().enumerate() {
            for token in self.tokens(part) {
                wanted.push(Wanted { token, prefix: false });
            }
            if index + 1 < parts.len() {
                wanted.last_mut().unwrap().prefix = true;
            }
        }
        let signs = matches!(field, Field::Body | Field::Title | Field::Text);
        if wanted.is_empty() {
            return Vec::new();
        }
        (0..tokens.len())
            .filter(|start| {
                wanted.iter().enumerate().all(|(offset, wanted)| {
                    tokens.get(start + offset).is_some_and(|found| self.is_word(wanted, found, signs))
                })
            })
            .map(|start| (start, start + wanted.len() - 1))
            .collect()
    }

    fn is_word(self, wanted: &Wanted, found: &Token, signs: bool) -> bool {
        let same = if wanted.prefix {
            self.begins(&found.word, &wanted.token.word)
        } else {
            found.word == wanted.token.word
        };
        let lead = !signs || wanted.token.lead.is_none() || wanted.token.lead == found.lead;
        let asked = matches!(wanted.token.trail.as_str(), "+" | "++" | "#");
        same && lead && (!asked || wanted.token.trail == found.trail)
    }

    fn begins(self, value: &str, beginning: &str) -> bool {
        value.strip_prefix(beginning).is_some_and(|rest| !rest.starts_with(is_mark))
    }

    fn is_whole(self, field: Field, typed: &str, value: &str) -> bool {
        let (typed, prefix) = match typed.strip_suffix('*') {
            Some(typed) => (typed, true),
            None => (typed, false),
        };
        let plain = |text: &str| {
            let text = if field == Field::Lang { text.replace('_', "-") } else { text.to_owned() };
            self.fold(text.trim().trim_start_matches('#')).trim().to_owned()
        };
        let (wanted, value) = (plain(typed), plain(value));
        if wanted.is_empty() {
            return false;
        }
        let sub = field == Field::Lang && value.starts_with(&format!("{wanted}-"));
        value == wanted || sub || prefix && self.begins(&value, &wanted)
    }

    fn tokens(self, text: &str) -> Vec<Token> {
        let chars: Vec<char> = self.fold(text).chars().collect();
        let ordinary = |at: usize| {
            chars.get(at).is_some_and(|c| c.is_alphanumeric() && !stands_alone(*c) || is_mark(*c))
        };
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let start = at;
            if stands_alone(chars[at]) {
                at += 1;
                tokens.push(Token { word: chars[start].to_string(), lead: None, trail: String::new() });
                continue;
            }
            while ordinary(at) {
                at += 1;
            }
            if at == start {
                at += 1;
                continue;
            }
            let sign = start.checked_sub(1).map(|before| chars[before]).filter(|c| "#@$.".contains(*c));
            let before = start.checked_sub(2);
            let free = before.is_none_or(|before| !ordinary(before))
                && !(sign == Some('.') && before.is_some_and(|before| chars[before] == '.'));
            let trail = chars[at..].iter().take_while(|c| "+#".contains(**c)).collect();
            tokens.push(Token {
                word: chars[start..at].iter().collect(),
                lead: sign.filter(|_| free),
                trail,
            });
        }
        tokens
    }

    fn fold(self, text: &str) -> String {
        let visible = text.chars().filter(|c| !"\u{200d}\u{fe0f}\u{1f3fd}\u{ad}".contains(*c));
        let known = visible.map(|c| {
            let word = c.is_ascii() || c.is_alphanumeric() || stands_alone(c) || is_mark(c);
            if word && c != '\u{2bc}' { c } else { ' ' }
        });
        let mut folded: String = known.nfkd().collect();
        if !self.accents {
            folded.retain(|c| !is_mark(c));
        }
        if !self.case {
            folded = folded.chars().flat_map(char::to_lowercase).collect();
        }
        if !self.accents {
            for (from, to) in [("œ", "oe"), ("Œ", "OE"), ("ß", "ss"), ("ẞ", "SS"), ("ø", "o"), ("Ø", "O")]
            {
                folded = folded.replace(from, to);
            }
        }
        folded
    }
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn stands_alone(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
        || ('\u{3041}'..='\u{3096}').contains(&c)
        || "👍🔥👩💻❤".contains(c)
}

fn values<'a>(field: Field, document: &Document<'a>) -> Vec<&'a str> {
    match field {
        Field::Body => vec![document.title, document.text],
        Field::Title => vec![document.title],
        Field::Text => vec![document.text],
        Field::Author => vec![document.author, document.author_name],
        Field::Channel => vec![document.channel],
        Field::Lang => vec![document.lang],
        Field::Tag => document.tags.to_vec(),
        Field::Link => std::iter::once(document.url).chain(document.links.iter().copied()).collect(),
    }
}
